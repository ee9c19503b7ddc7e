"""POLECAT events: a row under the dataset's own header in, an ExternalRow out, and back."""

from datetime import date

from msgspec import json

from detente.errors import BadInput
from detente.ontology import EVENT_TYPES, MODES, cameo_to_plover, plover_to_cameo
from detente.record.exchange import codes, values
from detente.record.exchange.row import ExternalRow, Value

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
REQUIRED = ("Event ID", "Event Date", "Event Type", "Actor Country", "Recipient Country")
HEADER = True
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
_SYNONYMS = {"DEMAND": "REQUEST"}


def parse(record: dict[str, str]) -> ExternalRow:
    """One line as column name to field. Raises ValueError with the reason where it is no POLECAT event."""
    get = record.get
    if not record["Event ID"]:
        raise ValueError("no Event ID")
    kind = _SYNONYMS.get(record["Event Type"].upper(), record["Event Type"].upper())
    if kind not in EVENT_TYPES:
        raise ValueError(f"unknown Event Type {record['Event Type'][:40]!r}")
    mode = (values.present(get("Event Mode", "")) or "").lower().removeprefix(f"{kind.lower()}-") or None
    day = values.day(record["Event Date"], "Event Date")
    return ExternalRow(
        external_id=record["Event ID"],
        date=day,
        source=_actor(record["Actor Country"], get("Actor Name", ""), day),
        target=_actor(record["Recipient Country"], get("Recipient Name", ""), day),
        source_raw=values.present(get("Actor Name", "")),
        target_raw=values.present(get("Recipient Name", "")),
        source_sectors=values.present(get("Actor Sectors", "")) or values.present(get("Primary Actor Sector", "")),
        target_sectors=values.present(get("Recipient Sectors", ""))
        or values.present(get("Primary Recipient Sector", "")),
        type=kind,
        mode=mode,
        cameo=plover_to_cameo(kind, mode if mode in MODES[kind] else None),
        intensity=values.number(get("Intensity", ""), "Intensity"),
        place_name=values.present(get("City", "")) or values.present(get("Placename", "")),
        country=codes.from_name(get("Country", "")),
        lat=values.coordinate(get("Latitude", ""), "Latitude", 90),
        lon=values.coordinate(get("Longitude", ""), "Longitude", 180),
        payload=json.encode(record).decode(),
    )


def _actor(country: str, name: str, on: date) -> str | None:
    """Only one actor: a cell that lists several states is left open, and stays in the original row."""
    return codes.from_name(country) or (None if values.present(country) else codes.from_name(name, on))


def check_header(header: list[str], origin: str) -> None:
    """Raises BadInput where columns that matter are missing."""
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise BadInput(f"{origin}: not POLECAT: no column {', '.join(missing)}")


def render(row: ExternalRow, contexts: str = "") -> dict[str, Value]:
    """One line from a row. Raises ValueError without date or PLOVER type."""
    if row.date is None:
        raise ValueError("no date")
    kind, mode = row.type, row.mode
    if kind is None and row.cameo:
        try:
            kind, mode, _ = cameo_to_plover(row.cameo)
        except BadInput:
            kind = None
    if kind is None:
        raise ValueError("no PLOVER type")
    made: dict[str, Value] = dict.fromkeys(COLUMNS, "")
    made.update(
        {
            "Event ID": row.external_id,
            "Event Date": row.date.isoformat(),
            "Event Type": kind,
            "Event Mode": mode or "",
            "Intensity": values.shown(row.intensity if row.intensity is not None else row.goldstein),
            "Quad Code": _QUADS[EVENT_TYPES[kind].quad],
            "Contexts": contexts,
            "Placename": row.place_name or "",
            "Country": codes.country_name(row.country),
            "Latitude": values.shown(row.lat),
            "Longitude": values.shown(row.lon),
            "Source": row.url or "",
        }
    )
    for side, actor, name, sectors in (
        ("Actor", row.source, row.source_raw, row.source_sectors),
        ("Recipient", row.target, row.target_raw, row.target_sectors),
    ):
        made[f"{side} Name"] = name or codes.country_name(actor) or actor or ""
        made[f"{side} Country"] = actor or ""
        made[f"{side} COW"] = codes.cow_of(actor)
        made[f"Primary {side} Sector"] = (sectors or "").split(",")[0]
        made[f"{side} Sectors"] = sectors or ""
    return made
