"""GDELT 2.0 events: a row of 61 tab-separated fields in, an ExternalRow out, and back."""

from msgspec import json

from detente.ontology import base_and_root, goldstein
from detente.record.exchange import codes, values
from detente.record.exchange.row import ExternalRow

GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in ACTOR),
    *(f"Actor2{name}" for name in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{place}_{name}" for place in ("Actor1Geo", "Actor2Geo", "ActionGeo") for name in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
AT = {name: position for position, name in enumerate(COLUMNS)}
HEADER = False
NATIVE_LENGTH = len(COLUMNS)
_CITY, _COUNTRY = "4", "1"


def parse(fields: list[str]) -> ExternalRow:
    """One line. Raises ValueError with the reason where it is no GDELT 2.0 event."""
    if len(fields) != len(COLUMNS):
        raise ValueError(f"{len(fields)} fields, not the {len(COLUMNS)} of GDELT 2.0 events")
    if not fields[0].isdigit():
        raise ValueError(f"GLOBALEVENTID {fields[0][:40]!r} is no number")
    entry = values.cameo(fields[AT["EventCode"]])
    return ExternalRow(
        external_id=fields[0],
        date=values.day(fields[AT["SQLDATE"]], "SQLDATE"),
        source=_actor(fields, 1),
        target=_actor(fields, 2),
        source_raw=fields[AT["Actor1Name"]] or fields[AT["Actor1Code"]] or None,
        target_raw=fields[AT["Actor2Name"]] or fields[AT["Actor2Code"]] or None,
        source_sectors=_sectors(fields, 1),
        target_sectors=_sectors(fields, 2),
        type=entry.type,
        mode=entry.mode,
        cameo=fields[AT["EventCode"]],
        goldstein=values.number(fields[AT["GoldsteinScale"]], "GoldsteinScale"),
        place_name=fields[AT["ActionGeo_FullName"]] or None,
        country=codes.from_fips(fields[AT["ActionGeo_CountryCode"]]),
        lat=values.coordinate(fields[AT["ActionGeo_Lat"]], "ActionGeo_Lat", 90),
        lon=values.coordinate(fields[AT["ActionGeo_Long"]], "ActionGeo_Long", 180),
        url=fields[AT["SOURCEURL"]] or None,
        payload=json.encode(fields).decode(),
    )


def _actor(fields: list[str], side: int) -> str | None:
    return codes.from_cameo(fields[AT[f"Actor{side}CountryCode"]], fields[AT[f"Actor{side}KnownGroupCode"]])


def _sectors(fields: list[str], side: int) -> str | None:
    return ",".join(filter(None, (fields[AT[f"Actor{side}Type{n}Code"]] for n in (1, 2, 3)))) or None


def render(row: ExternalRow) -> list[str]:
    """One line from a row: what is known is filled in, the rest is empty. Raises ValueError without date or code."""
    if row.date is None:
        raise ValueError("no date")
    if row.cameo is None:
        raise ValueError("no CAMEO code")
    fields = [""] * len(COLUMNS)
    fields[0] = str(values.whole(row.external_id))
    when = row.date
    fields[1:5] = [
        f"{when:%Y%m%d}",
        f"{when:%Y%m}",
        f"{when:%Y}",
        f"{_fraction(when.timetuple().tm_yday, when.year):.4f}",
    ]
    _put_actor(fields, 1, row.source, row.source_raw, row.source_sectors)
    _put_actor(fields, 2, row.target, row.target_raw, row.target_sectors)
    base, root = base_and_root(row.cameo)
    scale = row.goldstein if row.goldstein is not None else goldstein(row.cameo)
    fields[AT["IsRootEvent"]] = "1"
    fields[AT["EventCode"]], fields[AT["EventBaseCode"]], fields[AT["EventRootCode"]] = row.cameo, base, root
    fields[AT["QuadClass"]] = str(_quad(root))
    fields[AT["GoldsteinScale"]] = values.shown(scale)
    for name in ("NumMentions", "NumSources", "NumArticles"):
        fields[AT[name]] = "1"
    if row.place_name or row.lat is not None or row.country:
        fields[AT["ActionGeo_Type"]] = _CITY if row.lat is not None else _COUNTRY
        fields[AT["ActionGeo_FullName"]] = row.place_name or ""
        fields[AT["ActionGeo_CountryCode"]] = codes.to_fips(row.country)
        fields[AT["ActionGeo_Lat"]], fields[AT["ActionGeo_Long"]] = values.shown(row.lat), values.shown(row.lon)
    fields[AT["DATEADDED"]] = f"{when:%Y%m%d}000000"
    fields[AT["SOURCEURL"]] = row.url or ""
    return fields


def _fraction(day_of_year: int, year: int) -> float:
    return year + day_of_year / 366 if year % 4 == 0 else year + day_of_year / 365


def _quad(root: str) -> int:
    """GDELT's own quad class, which goes by the root code alone: requests (02) are verbal cooperation there."""
    return next(quad for last, quad in ((5, 1), (8, 2), (13, 3), (20, 4)) if int(root) <= last)


def _put_actor(fields: list[str], side: int, actor: str | None, name: str | None, sectors: str | None) -> None:
    country, group = codes.to_cameo(actor or "")
    roles = [role for role in (sectors or "").split(",") if len(role) == 3 and role.isupper()][:3]
    fields[AT[f"Actor{side}Code"]] = (country or group) + "".join(roles) if country or group else ""
    fields[AT[f"Actor{side}Name"]] = (name or "").upper()
    fields[AT[f"Actor{side}CountryCode"]] = country
    fields[AT[f"Actor{side}KnownGroupCode"]] = group
    for position, role in enumerate(roles, 1):
        fields[AT[f"Actor{side}Type{position}Code"]] = role
