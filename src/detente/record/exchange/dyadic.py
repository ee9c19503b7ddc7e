"""Any table of dated events between two parties, with a column mapping: a row of named values in, an ExternalRow out."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import json

from detente.errors import BadInput
from detente.ontology import EVENT_TYPES, MODES, plover_to_cameo
from detente.record.exchange import codes, values
from detente.record.exchange.row import ExternalRow

KEYS = (
    "id", "date", "source", "target", "cameo", "type", "mode", "goldstein", "intensity", "text", "url", "place",
    "country", "lat", "lon", "source_name", "target_name",
)  # fmt: skip
GUESSES = {
    "date": ("date", "event_date", "Event Date", "day"),
    "source": ("src_iso3", "source_iso3", "source", "actor1", "a", "Source Country"),
    "target": ("tgt_iso3", "target_iso3", "target", "actor2", "b", "Target Country"),
    "cameo": ("cameo", "code", "CAMEO Code", "event_code"),
    "type": ("type", "event_type", "Event Type"),
    "goldstein": ("goldstein", "GoldsteinScale"),
    "id": ("id", "event_id", "external_id"),
    "source_name": ("source_name", "Source Name"),
    "target_name": ("target_name", "Target Name"),
}
Mapping = dict[str, str]


def complete(mapping: Mapping | None, columns: list[str], origin: str) -> dict[str, tuple[str, ...]]:
    """The columns that each key reads, the first non-empty one counts ("source=iso3|name").

    What `mapping` leaves out is guessed from usual column names. Raises BadInput, naming the columns there are, for an
    unknown key or column, or where date, source, target and one of cameo or type are not all found.
    """
    given = dict(mapping or {})
    unknown = [key for key in given if key not in KEYS]
    if unknown:
        raise BadInput(f"--map: unknown key {unknown[0]!r}; the keys are {', '.join(KEYS)}")
    found = {key: tuple(part.strip() for part in name.split("|")) for key, name in given.items()}
    for key, names in found.items():
        absent = [name for name in names if name not in columns]
        if absent:
            raise BadInput(f"{origin}: no column {absent[0]!r} (for {key}); the columns are {', '.join(columns)}")
    for key, guesses in GUESSES.items():
        if key not in found and not (key in {"cameo", "type"} and found.keys() & {"cameo", "type"}):
            usual = next((name for name in guesses if name in columns), None)
            if usual:
                found[key] = (usual,)
    lacking = [key for key in ("date", "source", "target") if key not in found]
    if not found.keys() & {"cameo", "type"}:
        lacking.append("cameo (or type)")
    if lacking:
        raise BadInput(
            f"{origin}: say with --map which column holds {', '.join(lacking)}; the columns are {', '.join(columns)}"
        )
    return found


def parser(found: dict[str, tuple[str, ...]]) -> Callable[[dict[str, Any]], ExternalRow]:
    """A function that parses one row of named values; it raises ValueError with the reason for a bad one."""
    more = [(found[key], column, read) for key, (column, read) in _MORE.items() if key in found]
    none: tuple[str, ...] = ()
    sides = found["source"], found["target"]
    names = found.get("source_name", none), found.get("target_name", none)
    kinds, modes, cameos = found.get("type", none), found.get("mode", none), found.get("cameo", none)
    ids, days = found.get("id", none), found["date"]

    def parse(record: dict[str, Any]) -> ExternalRow:
        kind, mode, code = _act(_cell(record, kinds), _cell(record, modes), _cell(record, cameos))
        payload = json.encode(record).decode()
        source, target = _cell(record, sides[0]), _cell(record, sides[1])
        day = _day(_cell(record, days))
        row = ExternalRow(
            external_id=_cell(record, ids) or values.digest(payload),
            date=day,
            source=codes.from_name(source, day),
            target=codes.from_name(target, day),
            source_raw=_cell(record, names[0]) or source or None,
            target_raw=_cell(record, names[1]) or target or None,
            type=kind,
            mode=mode,
            cameo=code,
            payload=payload,
        )
        for columns, field, read in more:
            setattr(row, field, read(_cell(record, columns)))
        return row

    return parse


def _cell(record: dict[str, Any], columns: tuple[str, ...]) -> str:
    for name in columns:
        value = record[name]
        if value is not None and value != "":
            return value if isinstance(value, str) else _plain(value)
    return ""


@lru_cache(maxsize=65536)
def _day(text: str) -> date:
    return values.day(text, "date")


_MORE: dict[str, tuple[str, Callable[[str], Any]]] = {
    "goldstein": ("goldstein", lambda text: values.number(text, "goldstein")),
    "intensity": ("intensity", lambda text: values.number(text, "intensity")),
    "place": ("place_name", values.present),
    "country": ("country", codes.from_name),
    "lat": ("lat", lambda text: values.coordinate(text, "lat", 90)),
    "lon": ("lon", lambda text: values.coordinate(text, "lon", 180)),
    "text": ("text", values.present),
    "url": ("url", values.present),
}


@lru_cache(maxsize=65536)
def _act(kind: str, mode: str, code: str) -> tuple[str | None, str | None, str]:
    if kind:
        kind = kind.upper()
        if kind not in EVENT_TYPES:
            raise ValueError(f"unknown type {kind[:40]!r}")
        mode = mode.lower()
        return kind, mode or None, code or plover_to_cameo(kind, mode if mode in MODES[kind] else None)
    entry = values.cameo(code)
    return entry.type, entry.mode, code


def _plain(value: Any) -> str:
    if isinstance(value, dict):  # a day or a time as `typed` wraps it
        return str(next(iter(value.values()), ""))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def repeats(row: ExternalRow, following: ExternalRow) -> bool:
    """Whether a row under a root code ("04") is written again, next to it, under the root's own detail code ("040")."""
    return (
        row.cameo is not None
        and len(row.cameo) == 2
        and following.cameo == row.cameo + "0"
        and following.date == row.date
        and following.source_raw == row.source_raw
        and following.target_raw == row.target_raw
        and following.source == row.source
        and following.target == row.target
    )
