"""Any table of dated events between two parties, with a column mapping: a row of named values in, an ExternalRow out."""

from collections.abc import Callable
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

    def parse(record: dict[str, Any]) -> ExternalRow:
        def cell(key: str) -> str:
            for name in found.get(key, ()):
                value = record[name]
                if value is not None and value != "":
                    return value if isinstance(value, str) else _plain(value)
            return ""

        kind, mode, code = _act(cell("type"), cell("mode"), cell("cameo"))
        payload = json.encode(record).decode()
        source, target = cell("source"), cell("target")
        return ExternalRow(
            external_id=cell("id") or values.digest(payload),
            date=values.day(cell("date"), "date"),
            source=codes.from_name(source),
            target=codes.from_name(target),
            source_raw=cell("source_name") or source or None,
            target_raw=cell("target_name") or target or None,
            type=kind,
            mode=mode,
            cameo=code,
            goldstein=values.number(cell("goldstein"), "goldstein"),
            intensity=values.number(cell("intensity"), "intensity"),
            place_name=cell("place") or None,
            country=codes.from_name(cell("country")),
            lat=values.coordinate(cell("lat"), "lat", 90),
            lon=values.coordinate(cell("lon"), "lon", 180),
            text=cell("text") or None,
            url=cell("url") or None,
            payload=payload,
        )

    return parse


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
