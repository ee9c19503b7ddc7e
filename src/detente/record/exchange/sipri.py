"""SIPRI's arms-transfers files in, one row a delivery or a pair's year out: the trade register and the tables of trend-indicator values.

The user brings the files (armstransfers.sipri.org); nothing of them is part of the project.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import json

from detente import actors
from detente.errors import BadInput
from detente.record.exchange import codes, lines, typed, values
from detente.record.exchange.row import BadLine, ExternalRow

FORMATS = ("sipri-register", "sipri-tiv")
DEAL = "SIPRI AT Database ID"
NEEDED = {
    "sipri-register": (DEAL, "Supplier", "Recipient", "Delivery year", "TIV delivery values"),
    "sipri-tiv": ("supplier", "recipient", "year", "value"),
}
PREFACE = 40  # lines before the header that SIPRI's own CSV files may have
_TITLE = re.compile(r"(?:exports|imports) (?P<way>to|from) (?P<state>[^,\d\"]+?)(?:, ?\d{4}|\"|$)", re.IGNORECASE)
_REBELS = re.compile(r"(?P<name>[^(*]+?)\s*(?:\((?P<state>[^)]+)\))?\*{1,2}$")
Parsed = tuple[int, ExternalRow] | BadLine


def read(path: Path, form: str) -> Iterator[Parsed]:
    """Rows of a register or of a table of values, in order, from CSV or Parquet; a bad line comes as a BadLine.

    A table may be long (supplier, recipient, year, value) or as SIPRI's site gives it: the title names one side, the
    rows the other, the columns the years. Raises BadInput where the file has neither the columns nor such a title.
    """
    if lines.is_parquet(path):
        lacking = set(NEEDED[form]) - set(typed.columns_of(path))
        if lacking:
            raise BadInput(f"{path}: has no column {min(lacking)!r}; is this {form}?")
        yield from _each(enumerate(typed.records(path), 1), form)
        return
    title = ""
    found = lines.split_lines(path, ",")
    for number, fields in _whole(found):
        names = [name.strip() for name in fields]
        if set(NEEDED[form]) <= set(names):
            yield from _each(lines.named(found, names), form)
            return
        years = {n: int(name) for n, name in enumerate(names) if re.fullmatch(r"(?:19|20)\d\d", name)}
        if form == "sipri-tiv" and len(years) >= 1 and names and not names[0]:
            yield from _wide(found, years, title, path)
            return
        title = " ".join([title, *names])
        if number > PREFACE:
            break
    raise BadInput(f"{path}: no line with the columns {', '.join(NEEDED[form])}; is this {form}?")


def _whole(found: Iterator[Any]) -> Iterator[tuple[int, list[str]]]:
    for item in found:
        if not isinstance(item, BadLine):
            yield item


def _wide(found: Iterator[Any], years: dict[int, int], title: str, path: Path) -> Iterator[Parsed]:
    named = _TITLE.search(title)
    if named is None:
        raise BadInput(f"{path}: a table of years needs a title such as 'TIV of arms exports to India, 2000-2010'")
    ours, theirs = ("recipient", "supplier") if named["way"].lower() == "to" else ("supplier", "recipient")
    for item in found:
        if isinstance(item, BadLine):
            yield item
            continue
        number, fields = item
        other = fields[0].strip() if fields else ""
        if not other or other.lower().startswith("total"):
            continue
        cells = [(year, fields[n].strip()) for n, year in years.items() if n < len(fields) and fields[n].strip()]
        made = ((number, {ours: named["state"].strip(), theirs: other, "year": y, "value": v}) for y, v in cells)
        yield from _each(made, "sipri-tiv")


def _each(found: Iterator[Any], form: str) -> Iterator[Parsed]:
    make = _deal if form == "sipri-register" else _year
    for item in found:
        if isinstance(item, BadLine):
            yield item
            continue
        try:
            yield item[0], make(item[1])
        except ValueError as error:
            yield BadLine(item[0], str(error))


def _deal(row: dict[str, Any]) -> ExternalRow:
    """One delivery of the register; a deal has one row for each year of delivery."""
    when = _year_of(row["Delivery year"])
    _number(row["TIV delivery values"])
    return _row(row, row["Supplier"], row["Recipient"], when, f"{row[DEAL]}:{when.year}", "deal")


def _year(row: dict[str, Any]) -> ExternalRow:
    """One year of a pair."""
    when = _year_of(row["year"])
    _number(row["value"])
    return _row(
        row, row["supplier"], row["recipient"], when, f"{row['supplier']}>{row['recipient']}:{when.year}", "tiv"
    )


def _row(row: dict[str, Any], supplier: Any, recipient: Any, when: date, key: str, kind: str) -> ExternalRow:
    if not supplier or not recipient:
        raise ValueError("supplier or recipient is empty")
    return ExternalRow(
        external_id=key, kind=kind, date=when, source=actor(str(supplier)), target=actor(str(recipient)),
        source_raw=str(supplier), target_raw=str(recipient), payload=json.encode(row).decode(),
    )  # fmt: skip


def _year_of(value: Any) -> date:
    text = str(value).strip().strip("()")
    if not re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", text):
        raise ValueError(f"{text[:40]!r} is no year")
    return date(int(text[:4]), 1, 1)


def _number(value: Any) -> float:
    try:
        found = float(str(value).strip().replace(",", ""))
    except ValueError:
        found = float("nan")
    if not 0 <= found < 1e9:
        raise ValueError(f"{str(value)[:40]!r} is no number of trend-indicator values")
    return found


@lru_cache(maxsize=4096)
def actor(name: str) -> str | None:
    """The actor id of a party as SIPRI writes it: 'India', 'Hamas (Palestine)*'; None for 'Unknown supplier(s)'."""
    name = values.present(name) or ""
    found = codes.from_name(name)
    if found or not name or name.lower().startswith("unknown"):
        return found
    rebels = _REBELS.fullmatch(name)
    known = actors.resolve(rebels["name"] if rebels else name.split(" (")[0])
    if known and known.id:
        return known.id
    state = codes.from_name(rebels["state"]) if rebels and rebels["state"] else None
    return f"{state}.REB" if state else None
