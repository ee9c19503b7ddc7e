"""The name of a table under actors/data in, its rows out; loose dates ("1946", "2010-05", "") become day numbers."""

import calendar
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

FIRST = date(1, 1, 1).toordinal()
LAST = date.max.toordinal()
_DATA = files("detente.actors") / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table with a header; an empty cell is ""; a table that is not there has no rows."""
    path = _DATA / name
    if not path.is_file():
        return
    header: list[str] | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        cells += [""] * (len(header) - len(cells))
        yield dict(zip(header, cells, strict=False))


def document(name: str) -> dict[str, Any]:
    """A TOML file as a dict."""
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def words(cell: str) -> list[str]:
    """The parts of a cell separated by |."""
    return [part.strip() for part in cell.split("|") if part.strip()]


@lru_cache(maxsize=20_000)
def first_day(cell: str) -> int:
    """Day number of a loose date read as a beginning: "1946" is 1 January; "" is the beginning of time."""
    if not cell:
        return FIRST
    parts = [int(part) for part in cell.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1).toordinal()


@lru_cache(maxsize=20_000)
def last_day(cell: str) -> int:
    """Day number of a loose date read as an end: "1946" is 31 December; "" is the end of time."""
    if not cell:
        return LAST
    parts = [int(part) for part in cell.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day).toordinal()


def as_date(day: int) -> date | None:
    """A day number as a date; None for the beginning and the end of time."""
    return None if day in (FIRST, LAST) else date.fromordinal(day)
