"""ICEWS events as Dataverse publishes them: a row of 20 tab-separated fields in, an ExternalRow out, and back."""

from msgspec import json

from detente.ontology import CAMEO, goldstein
from detente.record.exchange import codes, values
from detente.record.exchange.row import ExternalRow

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
HEADER = True
NATIVE_LENGTH = len(COLUMNS)
_MISSING = "NA"
_SECTORS = {"GOV": "Government", "MIL": "Military", "REB": "Rebel", "OPP": "Opposition", "BUS": "Business",
            "CVL": "General Population / Civilian / Social", "MED": "Media", "NGO": "Nongovernmental Organization (NGO)",
            "IGO": "International Government Organization"}  # fmt: skip


def parse(fields: list[str]) -> ExternalRow:
    """One line. Raises ValueError with the reason where it is no ICEWS event."""
    if len(fields) != len(COLUMNS):
        raise ValueError(f"{len(fields)} fields, not the {len(COLUMNS)} of ICEWS")
    entry = values.cameo(fields[6])
    if not fields[0]:
        raise ValueError("no Event ID")
    day = values.day(fields[1], "Event Date")
    return ExternalRow(
        external_id=fields[0],
        date=day,
        source=codes.from_name(fields[4]) or codes.from_name(fields[2], day),
        target=codes.from_name(fields[10]) or codes.from_name(fields[8], day),
        source_raw=values.present(fields[2]),
        target_raw=values.present(fields[8]),
        source_sectors=values.present(fields[3]),
        target_sectors=values.present(fields[9]),
        type=entry.type,
        mode=entry.mode,
        cameo=fields[6],
        goldstein=values.number(fields[7], "Intensity"),
        place_name=next(filter(None, map(values.present, (fields[14], fields[15], fields[16]))), None),
        country=codes.from_name(fields[17]),
        lat=values.coordinate(fields[18], "Latitude", 90),
        lon=values.coordinate(fields[19], "Longitude", 180),
        text=values.present(fields[5]),
        story=values.present(fields[11]),
        payload=json.encode(fields).decode(),
    )


def render(row: ExternalRow) -> list[str]:
    """One line from a row; what is not known is NA. Raises ValueError without date or code."""
    if row.date is None:
        raise ValueError("no date")
    if row.cameo is None:
        raise ValueError("no CAMEO code")
    scale = row.goldstein if row.goldstein is not None else goldstein(row.cameo)
    known = CAMEO.get(row.cameo)
    fields = [
        str(values.whole(row.external_id)),
        row.date.isoformat(),
        row.source_raw or codes.country_name(row.source) or row.source or "",
        _sectors(row.source_sectors),
        codes.country_name(row.source),
        known.label.capitalize() if known else row.text or "",
        row.cameo,
        values.shown(scale),
        row.target_raw or codes.country_name(row.target) or row.target or "",
        _sectors(row.target_sectors),
        codes.country_name(row.target),
        row.story or "",
        "",
        "",
        row.place_name or "",
        "",
        "",
        codes.country_name(row.country),
        values.shown(row.lat),
        values.shown(row.lon),
    ]
    return [value or _MISSING for value in fields]


def _sectors(sectors: str | None) -> str:
    return ",".join(_SECTORS.get(sector, sector) for sector in (sectors or "").split(",") if sector)
