"""The desk's shelf in; all threads and comments as JSON Lines or one JSON document out, whole or not at all."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from detente.desk.importing.own import FORMAT, VERSION, CommentLine, Head, ThreadLine
from detente.desk.importing.shelf import Shelf
from detente.errors import BadInput
from detente.files import started

ExportForm = Literal["json", "jsonl"]
EXPORT_FORMS: tuple[ExportForm, ...] = ("json", "jsonl")


def export_form(out: Path, asked: str | None) -> ExportForm:
    """The form asked for, else the one the file's ending names. Raises BadInput for any other."""
    name = asked or {".ndjson": "jsonl"}.get(out.suffix.lower(), out.suffix.lower().lstrip("."))
    for known in EXPORT_FORMS:
        if name == known:
            return known
    raise BadInput(f"{out}: the format should be jsonl or json, by the file's ending or --format")


def write(shelf: Shelf, out: Path, form: ExportForm, progress: Callable[[int], None]) -> int:
    """Write the export and return the number of comments. Raises BadInput where the folder is missing."""
    part = started(out)
    try:
        with part.open("wb") as file:
            number = (_json if form == "json" else _jsonl)(shelf, file, progress)
        part.replace(out)
    except OSError as error:
        raise BadInput(f"{out}: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
    return number


def _jsonl(shelf: Shelf, file: BinaryIO, progress: Callable[[int], None]) -> int:
    file.write(msgspec.json.encode(Head()) + b"\n")
    _entries(shelf.all_threads(), file, b"", b"\n", lambda done: None)
    return _entries(shelf.all_comments(), file, b"", b"\n", progress)


def _json(shelf: Shelf, file: BinaryIO, progress: Callable[[int], None]) -> int:
    file.write(f'{{"format":"{FORMAT}","version":{VERSION},"threads":['.encode())
    _entries(shelf.all_threads(), file, b",\n", b"", lambda done: None)
    file.write(b'],\n"comments":[')
    number = _entries(shelf.all_comments(), file, b",\n", b"", progress)
    file.write(b"]}\n")
    return number


def _entries(
    entries: Iterable[ThreadLine | CommentLine],
    file: BinaryIO,
    between: bytes,
    after: bytes,
    progress: Callable[[int], None],
) -> int:
    number = 0
    for number, entry in enumerate(entries, 1):
        file.write((between if number > 1 else b"") + msgspec.json.encode(entry) + after)
        if number % 1000 == 0:
            progress(number)
    return number
