"""Files of slow structure in, rows of `external_events` out: UN votes, alliances, disputes, rivalries, memberships.

The user brings the files, as CSV or Parquet with the columns of their sources (docs/structure.md); nothing of them is
part of the project. The rows have no event type, so that they never count as events.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import json

from detente.errors import BadInput
from detente.record.exchange import codes, lines, typed, values
from detente.record.exchange.row import BadLine, ExternalRow

Row = dict[str, Any]
Parsed = tuple[int, ExternalRow] | BadLine
NEEDED = {
    "un-votes": ("rcid", "country", "country_code", "vote"),
    "un-roll-calls": ("rcid", "session", "date"),
    "un-ideal-points": ("ccode", "session", "IdealPoint", "iso3c"),
    "atop": ("ccode1", "ccode2", "year", "atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul"),
    "mid": ("dispnum", "ccode1", "ccode2", "year", "hostlev"),
    "rivalries": ("tssr_id", "ccode1", "ccode2", "start", "end"),
    "igo": ("ccode", "igo", "first_year", "last_year", "status"),
}
FORMATS = tuple(NEEDED)
VOTES = {"yes": "yes", "no": "no", "abstain": "abstain", "1": "yes", "2": "abstain", "3": "no"}
UN_CODES = {"MM": "MMR", "YD": "YMD", "CG": "COG", "CD": "COD", "FM": "FSM"}
"""States that the votes' file names in a way of its own, by its code."""
SESSION_YEAR = 1945
"""The first session of the General Assembly began in the year after it."""
_ABSENT = {"8", "9", "absent", "not a member"}


def read(path: Path, form: str) -> Iterator[Parsed]:
    """Rows in order; a bad line comes as a BadLine. Raises BadInput where the file lacks the format's columns."""
    make = MAKERS[form]
    for item in _rows(path, form):
        if isinstance(item, BadLine):
            yield item
            continue
        number, row = item
        try:
            made = make(row)
        except ValueError as error:
            yield BadLine(number, str(error))
            continue
        if made is not None:
            made.payload = json.encode(row).decode()
            yield number, made


def _rows(path: Path, form: str) -> Iterator[tuple[int, Row] | BadLine]:
    if lines.is_parquet(path):
        _check(path, form, typed.columns_of(path))
        yield from enumerate(typed.records(path), 1)
        return
    found = _latin(path) if form == "un-ideal-points" else lines.split_lines(path, ",")
    first = next(found, None)
    if not isinstance(first, tuple) or isinstance(first, BadLine):
        raise BadInput(f"{path}: has no header line")
    header = [name.strip() for name in first[1]]
    _check(path, form, header)
    yield from lines.named(found, header)


def _check(path: Path, form: str, header: list[str]) -> None:
    lacking = [name for name in NEEDED[form] if name not in header]
    if lacking:
        raise BadInput(f"{path}: has no column {lacking[0]!r}; is this {form}? (it has {', '.join(header[:6])}, …)")


def _latin(path: Path) -> Iterator[Any]:
    """Lines of a small CSV file that may not be UTF-8 throughout."""
    with lines.opened(path) as stream:
        data = stream.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for fields in reader:
            if fields:
                yield reader.line_num, fields
    except csv.Error as error:
        yield BadLine(reader.line_num, f"no CSV line: {error}")


def _vote(row: Row) -> ExternalRow | None:
    roll = str(_whole(row["rcid"], "rcid"))
    said = str(row["vote"]).strip().lower().removesuffix(".0")
    if said in _ABSENT:
        return None
    if said not in VOTES:
        raise ValueError(f"{said[:40]!r} is no vote (yes, no or abstain)")
    name = str(row["country"] or "").strip()
    code = str(row["country_code"] or "").strip()
    state = UN_CODES.get(code) or codes.from_name(name)
    if not name and not code:
        raise ValueError("country is empty")
    return ExternalRow(external_id=f"{roll}:{state or name}", kind="vote", source=state, source_raw=name or code, text=VOTES[said], story=roll)  # fmt: skip


def _roll_call(row: Row) -> ExternalRow:
    roll = str(_whole(row["rcid"], "rcid"))
    day = row["date"]
    important = str(row.get("importantvote") or "").strip().removesuffix(".0") == "1"
    return ExternalRow(
        external_id=roll, kind="roll-call", date=values.day(str(typed.unwrap(day) if isinstance(day, dict) else day)[:10], "date"),
        story=roll, mode="important" if important else None, text=str(row.get("short") or row.get("descr") or "") or None,
    )  # fmt: skip


def _point(row: Row) -> ExternalRow:
    year = _whole(row["session"], "session") + SESSION_YEAR
    _real(row["IdealPoint"], "IdealPoint")
    state = codes.from_name(str(row["iso3c"] or "")) or codes.from_cow(_whole(row["ccode"], "ccode"), year)
    name = str(row.get("Countryname") or row["iso3c"] or row["ccode"])
    return ExternalRow(external_id=f"{state or name}:{year}", kind="ideal-point", date=_first(year), source=state, source_raw=name)  # fmt: skip


def _alliance(row: Row) -> ExternalRow:
    for name in NEEDED["atop"][3:]:
        _whole(row[name], name)
    return _dyad(row, "alliance", _whole(row["year"], "year"))


def _dispute(row: Row) -> ExternalRow:
    level = _whole(row["hostlev"], "hostlev")
    if not 1 <= level <= 5:
        raise ValueError(f"hostlev {level} is not one of 1 to 5")
    made = _dyad(row, "dispute", _whole(row["year"], "year"))
    made.external_id = f"{_whole(row['dispnum'], 'dispnum')}:{made.external_id}"
    return made


def _rivalry(row: Row) -> ExternalRow:
    start, end = _spell(row, "start", "end")
    made = _dyad(row, "rivalry", start, end)
    made.external_id = str(_whole(row["tssr_id"], "tssr_id"))
    return made


def _membership(row: Row) -> ExternalRow:
    start, end = _spell(row, "first_year", "last_year")
    number = _whole(row["ccode"], "ccode")
    group = str(row["igo"] or "").strip()
    if not group:
        raise ValueError("igo is empty")
    return ExternalRow(
        external_id=f"{number}:{group}:{start}", kind="membership", date=_first(start), source=codes.from_cow(number, end),
        source_raw=str(number), story=group, mode=str(row["status"] or "").strip() or None,
        text=str(row.get("orgname") or group),
    )  # fmt: skip


def _dyad(row: Row, kind: str, year: int, until: int | None = None) -> ExternalRow:
    one, other = (_whole(row[name], name) for name in ("ccode1", "ccode2"))
    if one == other:
        raise ValueError(f"both sides are state {one}")
    source, target = (codes.from_cow(number, until or year) for number in (one, other))
    return ExternalRow(
        external_id=f"{one}-{other}:{year}", kind=kind, date=_first(year), source=source, target=target,
        source_raw=str(one), target_raw=str(other),
    )  # fmt: skip


def _spell(row: Row, first: str, last: str) -> tuple[int, int]:
    start, end = _whole(row[first], first), _whole(row[last], last)
    if end < start:
        raise ValueError(f"{last} {end} is before {first} {start}")
    return start, end


def _first(year: int) -> date:
    if not 1400 <= year <= 2100:
        raise ValueError(f"{year} is no year")
    return date(year, 1, 1)


def _whole(value: Any, name: str) -> int:
    text = str(value).strip()
    if not re.fullmatch(r"-?\d{1,9}(?:\.0+)?", text):
        raise ValueError(f"{name}: {text[:40]!r} is no whole number")
    return int(text.split(".")[0])


def _real(value: Any, name: str) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise ValueError(f"{name}: {str(value)[:40]!r} is no number") from None


MAKERS: dict[str, Callable[[Row], ExternalRow | None]] = {
    "un-votes": _vote, "un-roll-calls": _roll_call, "un-ideal-points": _point, "atop": _alliance, "mid": _dispute,
    "rivalries": _rivalry, "igo": _membership,
}  # fmt: skip
