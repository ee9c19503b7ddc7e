"""`detente read`: a page in, what it says out; nothing is stored."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import output
from detente.cli.context import get_settings
from detente.errors import BadInput
from detente.files import started

if TYPE_CHECKING:
    from detente.types import Raw, Reading, Skip


def read(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="A path, a URL, or - for standard input.")] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day it appeared, YYYY-MM-DD; relative dates count from it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON Reading a line (docs/reference.md).")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="With each event, the words and scores behind it.")
    ] = False,
    jsonl: Annotated[
        Path | None, typer.Option(metavar="IN", help="Read many: lines with id, published and text, html or url.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="OUT", help="Where the Readings of --jsonl go.")] = None,
    allow_private: Annotated[bool, typer.Option(help="Allow URLs on this machine or a private network.")] = False,
) -> None:
    """Read one page, feed or archive and show who did what to whom, when, and the words that say so.

    \b
    Examples:
      detente read article.txt --published 2012-09-17
      detente read https://example.org/news/1 --json
      detente read article.txt --explain
      cat page.html | detente read - --json
      detente read --jsonl items.jsonl --out readings.jsonl
    """
    from detente import ingest
    from detente.reader import parse_day, read_raw
    from detente.types import Skip

    quiet = get_settings(context).quiet
    if jsonl is not None:
        if source is not None or out is None or explain:
            raise BadInput("--jsonl IN goes with --out OUT and without a SOURCE or --explain")
        _read_lines(jsonl, out, quiet, allow_private)
        return
    if source is None:
        raise BadInput("name what to read: a path, a URL, or - for standard input")
    day = parse_day(published) if published else None
    taken = skipped = 0
    for item in ingest.iterate(source, published=day, allow_private=allow_private):
        result = item if isinstance(item, Skip) else read_raw(item)
        if isinstance(result, Skip):
            skipped += 1
            output.note(f"detente: {result.origin}: {result.detail}", quiet=False)
            continue
        taken += 1
        _show(result, as_json, explain, item.origin)
    if not taken:
        if not skipped:
            raise BadInput(f"{source}: holds nothing to read")
        raise typer.Exit(1)
    if skipped:
        raise typer.Exit(3)


def _show(reading: "Reading", as_json: bool, explain: bool, origin: str) -> None:
    import msgspec

    from detente import reader

    explained = reader.explain(reading.document) if explain else []
    if as_json:
        whole = msgspec.to_builtins(reading) | ({"reasons": [each.reason for each in explained]} if explain else {})
        typer.echo(msgspec.json.encode(whole).decode())
        return
    from detente.cli.show import show_reading

    show_reading(reading, explained, origin)


def _read_lines(source: Path, out: Path, quiet: bool, allow_private: bool) -> None:
    """Read JSON lines to JSON lines, in order; a line that cannot be read gives an empty Reading and a remark."""
    import msgspec

    from detente import ingest
    from detente.cli.progress import bar
    from detente.reader import read_raw
    from detente.types import Skip

    encoder, failed, done = msgspec.json.Encoder(), 0, 0
    part = started(out)
    with part.open("wb") as sink, bar("reading", quiet=quiet) as tick:
        for item in ingest.iterate(str(source), allow_private=allow_private, follow=True):
            result = item if isinstance(item, Skip) else read_raw(item)
            if isinstance(result, Skip):
                failed += 1
                output.note(f"detente: {result.origin}: {result.detail}", quiet=False)
                result = _empty(item)
            sink.write(encoder.encode(result) + b"\n")
            done += 1
            tick(done)
    part.replace(out)
    output.note(f"{done - failed} of {done} items read into {out}", quiet=quiet)
    if failed:
        raise typer.Exit(3)


def _empty(item: "Raw | Skip") -> "Reading":
    """A Reading without text, so that line n of the output stays the answer to line n of the input."""
    from detente.types import Document, Raw, Reading

    given = item.id if isinstance(item, Raw) else None
    return Reading(document=Document(id=given or "", url=item.url, language="und", text=""))
