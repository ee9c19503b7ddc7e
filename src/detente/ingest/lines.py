"""JSON lines in, raw items out: one item or Skip for every line that is not blank, in order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

import msgspec

from detente.ingest.fields import map_columns, to_raw
from detente.ingest.streams import BROKEN, describe
from detente.types import Raw, Skip, SkipReason

Fetch = Callable[[str], Raw | Skip]
_CHUNK = 1 << 20


def read_lines(
    stream: BinaryIO,
    name: str,
    *,
    limit: int,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Raw | Skip]:
    """Yield what each line holds: {"id","published","text"|"html"|"url"}, with title, source, author where there.

    A line with a URL alone is fetched by `fetch`. A line longer than `limit` bytes is passed over without keeping it.
    """
    number = 0
    while True:
        number += 1
        origin = f"{name}:{number}"
        try:
            line = stream.readline(limit + 1)
            if len(line) > limit:
                _drain(stream, line)
        except BROKEN as error:
            yield _skip(origin, "truncated", f"{describe(error)}; the lines before it were read")
            return
        if not line:
            return
        if len(line) > limit:
            yield _skip(origin, "too-large", f"the line is longer than {limit:,} bytes")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _item(line, origin, published, columns, fetch)


def read_json(
    body: bytes,
    name: str,
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    fetch: Fetch | None,
) -> Iterator[Raw | Skip]:
    """Yield the items of one JSON document: an object, or a list of objects."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        yield _skip(name, "malformed", f"is not JSON: {error}")
        return
    rows = value if isinstance(value, list) else [value]
    if not rows:
        yield _skip(name, "empty", "is an empty list")
    for number, row in enumerate(rows, 1):
        yield from_row(row, f"{name}#{number}", published, columns, fetch)


def _item(
    line: bytes, origin: str, published: date | None, columns: Mapping[str, str] | None, fetch: Fetch | None
) -> Raw | Skip:
    try:
        row = msgspec.json.decode(line.strip(b"\xef\xbb\xbf \t\r\n"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return _skip(origin, "malformed", f"the line is not JSON: {error}")
    return from_row(row, origin, published, columns, fetch)


def from_row(
    row: Any, origin: str, published: date | None, columns: Mapping[str, str] | None, fetch: Fetch | None
) -> Raw | Skip:
    """The item in one row of names and values; what has an address alone is fetched."""
    if not isinstance(row, dict):
        return _skip(origin, "malformed", "is not a JSON object with a text, html or url")
    present = {field: column for field, column in (columns or {}).items() if column in row}
    found = to_raw(row, map_columns(row, present), origin, published)
    if isinstance(found, Raw) or found.url is None or fetch is None:
        return found
    fetched = fetch(found.url)
    if isinstance(fetched, Skip):
        return Skip(origin=origin, reason=fetched.reason, detail=fetched.detail, url=found.url)
    given = to_raw({**row, "html": "-"}, {**map_columns(row, present), "html": "html"}, origin, published)
    return _merge(fetched, given) if isinstance(given, Raw) else fetched


def _merge(fetched: Raw, given: Raw) -> Raw:
    for field in ("id", "title", "published", "source", "author", "language"):
        if (value := getattr(given, field)) is not None:
            setattr(fetched, field, value)
    fetched.origin = given.origin
    return fetched


def _drain(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)


def _skip(origin: str, reason: SkipReason, detail: str) -> Skip:
    return Skip(origin=origin, reason=reason, detail=" ".join(detail.split())[:300])
