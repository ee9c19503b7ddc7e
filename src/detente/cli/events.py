"""`detente events`: what the record holds of who did what to whom, filtered."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import output
from detente.cli.context import get_settings, open_record
from detente.cli.names import actor_id, event_type, status_name
from detente.errors import BadInput

if TYPE_CHECKING:
    import pyarrow as pa


def events(
    context: typer.Context,
    actor: Annotated[str | None, typer.Option(help="An actor on either side: RUS, or a name such as Russia.")] = None,
    dyad: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Two actors, in either direction.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--type", help="A PLOVER type: CONSULT, SANCTION, …")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Events on or after this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Events on or before this day.")] = None,
    status: Annotated[
        str | None, typer.Option(help="occurred, ongoing, planned, hypothetical, denied or alleged.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what was published by the end of this day.")
    ] = None,
    copies: Annotated[bool, typer.Option(help="Count syndicated copies of a page, too.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="At most so many, newest first; 0: all.")] = 0,
    form: Annotated[str | None, typer.Option("--format", help="table, json, jsonl, csv or parquet.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here; the ending names the format.")] = None,
) -> None:
    """List coded events with the sentence behind each; filters narrow together.

    \b
    Examples:
      detente events --dyad RUS PAK --since 2012-01-01
      detente events --actor Pakistan --type REJECT --json
      detente events --status planned --as-of 2012-09-20
      detente events --out events.parquet
    """
    from detente.reader import parse_day

    shape = output.choose_format("json" if as_json else form, out)
    pair = (actor_id(dyad[0]), actor_id(dyad[1])) if dyad else None
    if pair and pair[0] == pair[1]:
        raise BadInput(f"--dyad needs two different actors, not {pair[0]} twice")
    record = open_record(context)
    with record:
        table = record.events(
            actor=actor_id(actor) if actor else None,
            dyad=pair,
            type=event_type(kind) if kind else None,
            since=parse_day(since) if since else None,
            until=parse_day(until) if until else None,
            status=status_name(status) if status else None,
            as_of=parse_day(as_of) if as_of else None,
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

    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    for row in table.to_pylist():
        sides = [" + ".join(dict.fromkeys(row[f"{side}_ids"])) for side in ("source", "target")]
        who = " – ".join(row["source_ids"]) if row["mutual"] else " → ".join(side for side in sides if side)
        line = Text(f"{row['start'] or '–'!s:<12}").append(f"{who}  ", "bold")
        style = "dark_cyan" if row["intensity"] >= 0 else "dark_orange3"
        line.append(row["type"] + (f"/{row['mode']}" if row["mode"] else ""), style).append(f"  {row['status']}")
        origin = " · ".join(str(x) for x in (f"{row['intensity']:+.1f}", row["outlet"], row["published"]) if x)
        console.print(line.append(f"  {origin}", "dim"), soft_wrap=True)
        console.print(Padding(Text(row["sentence"] or "", style="dim"), (0, 0, 0, 12)))
