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

SHOWN = ["date", "source", "target", "type", "status", "intensity", "sentence"]


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
    if shape == "table" and out is None and table.num_rows == 0:
        output.note("No events match.", quiet=False)
        return
    output.emit(_flatten(table) if shape == "table" else table, shape, out, columns=SHOWN,
                widths={"sentence": 70, "source": 18, "target": 18})  # fmt: skip
    if out is not None or shape == "table":
        output.note(f"{table.num_rows:,} events" + (f" → {out}" if out else ""), quiet=get_settings(context).quiet)


def _flatten(table: "pa.Table") -> "pa.Table":
    """The columns a person reads: parties joined, a mutual act as one side of both."""
    import pyarrow as pa

    rows = [
        {
            "date": str(row["start"]) if row["start"] else "–",
            "source": "+".join(row["source_ids"]),
            "target": "(mutual)" if row["mutual"] and not row["target_ids"] else "+".join(row["target_ids"]),
            "type": row["type"] + (f"/{row['mode']}" if row["mode"] else ""),
            "status": row["status"],
            "intensity": row["intensity"],
            "sentence": row["sentence"],
        }
        for row in table.to_pylist()
    ]
    return pa.Table.from_pylist(rows)
