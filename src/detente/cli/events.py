"""`detente events`: what the record holds of who did what to whom, filtered."""

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import options, output
from detente.cli.context import get_settings, open_record
from detente.cli.names import event_type, status_name

if TYPE_CHECKING:
    import pyarrow as pa


def events(
    context: typer.Context,
    actor: options.Who = None,
    dyad: options.Dyad = None,
    kind: Annotated[str | None, typer.Option("--type", help="A PLOVER type: CONSULT, SANCTION, …")] = None,
    since: options.Since = None,
    until: options.Until = None,
    status: Annotated[
        str | None, typer.Option(help="occurred, ongoing, planned, hypothetical, denied or alleged.")
    ] = None,
    as_of: options.AsOf = None,
    copies: options.Copies = False,
    limit: Annotated[int, typer.Option(min=0, help="At most so many, newest first; 0: all.")] = 0,
    form: options.Form = None,
    as_json: options.Json = False,
    out: options.Out = None,
) -> None:
    """List coded events with the sentence behind each; filters narrow together.

    \b
    Examples:
      detente events --dyad RUS PAK --since 2012-01-01
      detente events --actor Pakistan --type REJECT --json
      detente events --status planned --as-of 2012-09-20
      detente events --out events.parquet
    """
    shape = output.choose_format("json" if as_json else form, out)
    narrow = options.filters(actor, dyad, since, until, as_of)
    with open_record(context) as record:
        table = record.events(
            **narrow,
            type=event_type(kind) if kind else None,
            status=status_name(status) if status else None,
            copies=copies,
            limit=limit or None,
        )
    if shape == "table" and table.num_rows == 0:
        output.note("No events match.", quiet=False)
        return
    if shape == "table":
        _list(table)
    else:
        output.emit(table, shape, out)
    if out is not None or shape == "table":
        output.note(f"{table.num_rows:,} events" + (f" → {out}" if out else ""), quiet=get_settings(context).quiet)


def _list(table: "pa.Table") -> None:
    """One event a line, as `detente read` shows it, with its sentence beneath."""
    import sys

    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from detente.cli.show import at_precision

    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    for row in table.to_pylist():
        sides = [" + ".join(dict.fromkeys(row[f"{side}_ids"])) for side in ("source", "target")]
        who = " – ".join(row["source_ids"]) if row["mutual"] else " → ".join(side for side in sides if side)
        line = Text(f"{at_precision(row['start'], row['end'], row['precision']):<18}").append(f"{who}  ", "bold")
        style = "dark_cyan" if row["intensity"] >= 0 else "dark_orange3"
        line.append(row["type"] + (f"/{row['mode']}" if row["mode"] else ""), style).append(f"  {row['status']}")
        origin = " · ".join(str(x) for x in (f"{row['intensity']:+.1f}", row["outlet"], row["published"]) if x)
        console.print(line.append(f"  {origin}", "dim"), soft_wrap=True)
        console.print(Padding(Text(row["sentence"] or "", style="dim"), (0, 0, 0, 18)))
