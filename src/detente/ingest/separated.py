"""CSV or TSV with a header in, raw items out: one item or Skip for every row, in order, never the whole file in memory."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from detente.errors import BadInput
from detente.ingest.fields import map_columns
from detente.ingest.lines import Fetch, from_row
from detente.ingest.streams import BROKEN, describe
from detente.types import Raw, Skip

MARKS = ",;\t|"


def read_separated(
    stream: BinaryIO,
    name: str,
    *,
    limit: int,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Raw | Skip]:
    """Yield what each row holds; the header names the columns, as for Parquet, and its commonest mark parts them.

    limit: bytes of a line and characters of a cell. Raises BadInput where no column holds a text, HTML or an address.
    """
    lines = _lines(stream, limit)
    number = 0
    try:
        header = next(lines, "")
        mark = max(MARKS, key=header.count)
        names = next(csv.reader([header], delimiter=mark), [])
        _checked(name, names, columns)
        csv.field_size_limit(limit)
        for number, row in enumerate(csv.DictReader(lines, names, delimiter=mark), 1):
            row.pop(None, None)
            yield from_row(row, f"{name}:{number}", published, columns, fetch)
    except BROKEN as error:
        yield Skip(
            origin=f"{name}:{number + 1}", reason="truncated", detail=f"{describe(error)}; the rows before it were read"
        )
    except (csv.Error, UnicodeDecodeError, _TooLong) as error:
        yield Skip(origin=f"{name}:{number + 1}", reason="malformed", detail=f"cannot be read on: {error}")


class _TooLong(Exception):
    """A line that is longer than may be kept."""


def _lines(stream: BinaryIO, limit: int) -> Iterator[str]:
    encoding = "utf-8-sig"
    while line := stream.readline(limit + 1):
        if len(line) > limit:
            raise _TooLong(f"a line is longer than {limit:,} bytes")
        yield line.decode(encoding)
        encoding = "utf-8"


def _checked(name: str, names: list[str], columns: Mapping[str, str] | None) -> None:
    try:
        mapping = map_columns(names, columns)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from None
    if not {"text", "html", "url"} & mapping.keys():
        raise BadInput(
            f"{name}: no column is known to hold text ({', '.join(names[:30])}); name it, e.g. --map text=COLUMN"
        )
