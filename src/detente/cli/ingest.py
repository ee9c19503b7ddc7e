"""`detente ingest` and `detente recode`: news into the record, and the record through a newer coder."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import output
from detente.cli.context import get_settings, open_record
from detente.cli.progress import bar

if TYPE_CHECKING:
    from datetime import date

    from detente.types import Raw, Skip
    from detente.watch.intake import IntakeReport

WORKERS = typer.Option(min=1, max=64, help="Processes that read and code.")


def ingest(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, archives, feeds or URLs.")],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication day for items that do not say their own.")
    ] = None,
    workers: Annotated[int, WORKERS] = 2,
    columns: Annotated[
        str | None, typer.Option("--map", help="Columns of a Parquet or CSV file: text=body,published=day,id=key …")
    ] = None,
    follow: Annotated[bool, typer.Option(help="Fetch the pages that feeds link to.")] = False,
    allow_private: Annotated[bool, typer.Option(help="Allow URLs on this machine or a private network.")] = False,
) -> None:
    """Read and code news, and keep it: text, HTML, RSS/Atom/JSON feeds, WARC, JSON lines, CSV, Parquet, or a folder of these.

    Ingesting the same thing twice changes nothing. What cannot be read is skipped and listed in `detente status`.

    \b
    Examples:
      detente ingest article.txt --published 2012-09-17
      detente ingest crawl.warc.gz items.jsonl folder/
      detente ingest https://example.org/feed.xml --follow
      detente ingest news.parquet --map text=body,published=day
    """
    from detente.reader import parse_day
    from detente.watch import intake

    day = parse_day(published) if published else None
    quiet = get_settings(context).quiet
    items = _all(sources, day, parse_map(columns), follow, allow_private)
    first = list(islice(items, 1))  # a source that cannot be opened is said before a record is made
    with open_record(context, create=True) as record, bar("ingesting", quiet=quiet) as tick:
        report = intake.ingest(record, chain(first, items), workers=workers, progress=tick, origin=" ".join(sources))
    output.note(summarise(report), quiet=quiet)
    if report.skipped and not (report.kept or report.unchanged):
        raise typer.Exit(1)
    if report.skipped:
        raise typer.Exit(3)


def _all(
    sources: list[str], published: "date | None", columns: dict[str, str], follow: bool, allow_private: bool
) -> "Iterator[Raw | Skip]":
    from detente import ingest

    for source in sources:
        yield from ingest.iterate(
            source, published=published, columns=columns or None, follow=follow, allow_private=allow_private
        )


def recode(context: typer.Context, workers: Annotated[int, WORKERS] = 2) -> None:
    """Code every document of the record again with this version's coder; what it replaces stays in the history."""
    from detente.watch import intake

    quiet = get_settings(context).quiet
    with open_record(context) as record, bar("recoding", quiet=quiet) as tick:
        report = intake.recode(record, workers=workers, progress=tick)
    output.note(summarise(report), quiet=quiet)
    if report.skipped:
        raise typer.Exit(3)


def parse_map(text: str | None) -> dict[str, str]:
    """Turn "date=day,source=a" into a dict; raises BadInput with the part that is wrong."""
    from detente.errors import BadInput

    pairs = {}
    for part in (text or "").split(","):
        if not part:
            continue
        key, equals, value = part.partition("=")
        if not (key.strip() and equals and value.strip()):
            raise BadInput(f"--map {part!r}: write name=column, e.g. --map date=day,source=a,target=b")
        pairs[key.strip()] = value.strip()
    return pairs


def summarise(report: "IntakeReport") -> str:
    """One line: what became of the items."""
    counted = output.counted
    parts = [f"{counted(report.items, 'item')}: {report.kept:,} kept", counted(report.events, "event")]
    copies = "syndicated copy" if report.copies == 1 else "syndicated copies"
    for label, n in (("revised", report.revised), ("unchanged", report.unchanged), ("not English, kept uncoded", report.uncoded),
                     (copies, report.copies), ("skipped (see `detente status`)", report.skipped)):  # fmt: skip
        if n:
            parts.append(f"{n:,} {label}")
    return ", ".join(parts)
