"""Our own exports (JSON Lines or one JSON document, plain or gzipped) in; threads and comments out."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct

from detente.desk.importing import values
from detente.desk.importing.archive import Readable, opened
from detente.desk.importing.neutral import ImportedComment, ImportedThread, Item, State
from detente.errors import BadInput

FORMAT = "detente-comments"
VERSION = 1
LONGEST_LINE = 4 << 20
LARGEST_DOCUMENT = 256 << 20


class Head(Struct, frozen=True, kw_only=True):
    """The first line: what the file is."""

    format: str = FORMAT
    version: int = VERSION


class ThreadLine(Struct, frozen=True, kw_only=True, tag_field="type", tag="thread"):
    """A thread. `id` names it in this file; `kind` and `target` are what it is about; times are UTC, RFC 3339."""

    id: str
    kind: str
    target: str
    url: str | None = None
    title: str | None = None
    created: datetime | None = None
    closed: bool = False


class CommentLine(Struct, frozen=True, kw_only=True, tag_field="type", tag="comment"):
    """A comment. `id` is `source:key` and stays the same through every export and import; `body` is Markdown."""

    id: str
    thread: str
    parent: str | None = None
    created: datetime
    edited: datetime | None = None
    state: State = "visible"
    author: str | None = None
    body: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """The same as one JSON document."""

    format: str
    version: int
    threads: list[ThreadLine]
    comments: list[CommentLine]


def read(path: Path) -> Iterator[Item]:
    """Yield what the export holds; both forms are told apart by the first line.

    Raises BadInput `file:line: …` for anything that does not follow the schema.
    """
    with opened(path) as stream:
        lines = _lines(path, stream)
        first = next(lines, b"")
        if _is_head(first):
            decoder = msgspec.json.Decoder(ThreadLine | CommentLine)
            for number, line in enumerate(lines, 2):
                if line.strip():
                    yield _item(path, number, _decoded(path, number, decoder, line))
            return
        document = _decoded(path, 1, msgspec.json.Decoder(Document), _whole(path, first, lines))
        _check(path, document.format, document.version)
        for entry in (*document.threads, *document.comments):
            yield _item(path, 1, entry)


def _is_head(line: bytes) -> bool:
    try:
        head = msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError:
        return False
    if "threads" in head:
        return False
    return head.get("format") == FORMAT and head.get("version") == VERSION


def _check(path: Path, form: str, version: int) -> None:
    if form != FORMAT or version != VERSION:
        raise BadInput(f"{path}: no export of Détente's comments of version {VERSION}")


def _decoded(path: Path, number: int, decoder: msgspec.json.Decoder[Any], line: bytes) -> Any:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}:{number}: {error}; nothing was imported") from None


def _lines(path: Path, stream: Readable) -> Iterator[bytes]:
    parts: list[bytes] = []
    number, waiting = 0, 0
    while chunk := stream.read(1 << 16):
        first, *others = chunk.split(b"\n")
        parts.append(first)
        waiting += len(first)
        if waiting > LARGEST_DOCUMENT or (number and waiting > LONGEST_LINE):
            raise BadInput(f"{path}:{number + 1}: the line is too long; is this JSON Lines?")
        for part in others:
            number += 1
            yield b"".join(parts)
            parts, waiting = [part], len(part)
    if waiting:
        yield b"".join(parts)


def _whole(path: Path, first: bytes, lines: Iterator[bytes]) -> bytes:
    text = io.BytesIO()
    text.write(first)
    for line in lines:
        text.write(b"\n" + line)
        if text.tell() > LARGEST_DOCUMENT:
            raise BadInput(f"{path}: too large for one JSON document; export JSON Lines instead")
    return text.getvalue()


def _item(path: Path, number: int, entry: ThreadLine | CommentLine) -> Item:
    if isinstance(entry, ThreadLine):
        return ImportedThread(
            key=entry.id,
            url=values.words(entry.url, values.LONGEST_URL),
            title=values.words(entry.title, values.LONGEST_TITLE),
            created=_utc(entry.created),
            closed=entry.closed,
            kind=entry.kind,
            target=values.words(entry.target, values.LONGEST_URL),
        )
    source, _, key = entry.id.partition(":")
    if not source or not key or len(entry.id) > 2 * values.LONGEST_NAME:
        raise BadInput(f"{path}:{number}: the id {entry.id[:80]!r} is not of the form source:key; nothing was imported")
    return ImportedComment(
        key=entry.id,
        thread=entry.thread,
        parent=entry.parent,
        created=cast(datetime, _utc(entry.created)),
        edited=_utc(entry.edited),
        state=entry.state,
        author=values.words(entry.author),
        body=values.prose(entry.body),
    )


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
