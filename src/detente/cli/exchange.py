"""`detente import` and `detente export`: the field's event files in and out."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli import output
from detente.cli.context import get_settings, open_record
from detente.cli.ingest import parse_map
from detente.cli.progress import bar
from detente.errors import BadInput

FORMATS = "gdelt, gdelt-mentions, icews, polecat, dyadic"
REGISTERS = "sipri-register, sipri-tiv"
STRUCTURE = "un-votes, un-roll-calls, un-ideal-points, atop, mid, rivalries, igo"


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file; .zip and .gz are opened.")],
    form: Annotated[str, typer.Option("--format", help=f"{FORMATS}, {REGISTERS}, {STRUCTURE}.")],
    columns: Annotated[
        str | None, typer.Option("--map", help="For dyadic: date=…,source=…,target=…,cameo=… (or type=…).")
    ] = None,
) -> None:
    """Bring another dataset's events, SIPRI's arms transfers, or slow structure (votes, alliances, …) into the record, beside the coded ones; twice changes nothing.

    Every bad line is named with its number and reason; the others are imported.

    \b
    Examples:
      detente import 20240101.export.CSV.zip --format gdelt
      detente import events.2018.tab --format icews
      detente import dyads.parquet --format dyadic --map date=date,source=a,target=b,cameo=code
      detente import trade-register.csv --format sipri-register
      detente import un_votes.csv --format un-votes
    """
    from detente.record import exchange

    quiet = get_settings(context).quiet
    if form not in exchange.IMPORT_FORMATS:
        raise BadInput(f"unknown format {form!r}; the formats are {', '.join(exchange.IMPORT_FORMATS)}")
    if not file.is_file():
        raise BadInput(f"{file}: no such file")
    with open_record(context, create=True) as record, bar("importing", quiet=quiet, unit="rows") as tick:
        report = exchange.import_file(record, file, form, mapping=parse_map(columns) or None, progress=tick)
    for number, reason in report.bad[:20]:
        output.note(f"detente: {file}:{number}: {reason}", quiet=False)
    if len(report.bad) > 20:
        output.note(f"detente: {file}: {len(report.bad) - 20:,} more bad lines", quiet=False)
    output.note(
        f"{report.rows:,} rows: {report.new:,} new{f' ({report.revised:,} of them revised)' if report.revised else ''}, "
        f"{report.unchanged:,} already there, {len(report.bad):,} bad",
        quiet=quiet,
    )
    if report.bad:
        raise typer.Exit(3 if report.new or report.unchanged else 1)


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="The file to write; it appears whole or not at all.")],
    form: Annotated[str, typer.Option("--format", help=f"{FORMATS}, csv, jsonl or parquet.")],
    dataset: Annotated[
        str | None, typer.Option(help="An imported dataset (its name in `detente status`), not the coded events.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Events on or after this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Events on or before this day.")] = None,
) -> None:
    """Write events in a format of the field, so that its tools can read them.

    \b
    Examples:
      detente export events.tsv --format gdelt
      detente export mentions.tsv --format gdelt-mentions
      detente export icews.tab --format icews --dataset icews
    """
    from detente.reader import parse_day
    from detente.record import exchange

    quiet = get_settings(context).quiet
    with open_record(context) as record, bar("exporting", quiet=quiet, unit="rows") as tick:
        rows = exchange.export_file(
            record,
            out,
            form,
            dataset=dataset,
            since=parse_day(since) if since else None,
            until=parse_day(until) if until else None,
            progress=tick,
        )
    output.note(f"{rows:,} rows → {out}", quiet=quiet)
    for reason, number in sorted(rows.left_out.items()):
        output.note(f"  {number:,} left out: {reason}", quiet=quiet)
