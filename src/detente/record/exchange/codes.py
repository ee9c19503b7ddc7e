"""Names and codes that datasets give to states and groups: one of them in, our actor id out, and back."""

import csv
from datetime import date
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct


class Country(Struct, kw_only=True, frozen=True):
    """One state in the codes of each dataset; `fips` and `icews` may hold several."""

    iso3: str
    fips: tuple[str, ...]
    cameo: str
    cow: str
    name: str
    icews: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("detente.record.exchange") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split(";") if word)


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All states by ISO 3166-1 alpha-3 code, some historical ones included."""
    return {
        row["iso3"]: Country(
            iso3=row["iso3"],
            fips=_split(row["fips"]),
            cameo=row["cameo"] or row["iso3"],
            cow=row["cow"],
            name=row["name"],
            icews=_split(row["icews"]),
        )
        for row in _rows("countries.tsv")
    }


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return {row["cameo"]: row["id"] for row in _rows("groups.tsv")}


@lru_cache(maxsize=1)
def _by_cameo() -> dict[str, str]:
    return {state.cameo: iso for iso, state in countries().items()} | {iso: iso for iso in countries()}


@lru_cache(maxsize=1)
def _by_fips() -> dict[str, str]:
    return {code: iso for iso, state in countries().items() for code in state.fips}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name.lower(): iso for iso, state in countries().items() for name in (state.name, *state.icews)}


def from_cameo(country: str, group: str = "") -> str | None:
    """Actor id of a CAMEO country code, else of a CAMEO known-group code."""
    return _by_cameo().get(country) or _groups().get(group)


def to_cameo(actor: str) -> tuple[str, str]:
    """CAMEO country code and known-group code of an actor id; both "" where CAMEO has none."""
    base = actor.split(".", maxsplit=1)[0]
    state = countries().get(base)
    if state:
        return state.cameo, ""
    return "", next((code for code, known in _groups().items() if known == base), "")


def from_fips(code: str) -> str | None:
    """State of a two-letter FIPS 10-4 code, as GDELT writes places."""
    return _by_fips().get(code)


def to_fips(iso3: str | None) -> str:
    """FIPS 10-4 code of a state, "" where unknown."""
    state = countries().get((iso3 or "").split(".")[0])
    return state.fips[0] if state and state.fips else ""


def cow_of(iso3: str | None) -> str:
    """Correlates of War number of a state, "" where it has none."""
    state = countries().get((iso3 or "").split(".")[0])
    return state.cow if state else ""


SPELLS: dict[int, tuple[tuple[int, str], ...]] = {
    255: ((9999, "DEU"),), 260: ((9999, "DEU"),), 265: ((9999, "DDR"),), 345: ((2002, "YUG"), (2005, "SCG"), (9999, "SRB")),
    365: ((1921, "RUS"), (1990, "SUN"), (9999, "RUS")), 678: ((9999, "YEM"),), 679: ((9999, "YEM"),),
    680: ((9999, "YMD"),), 817: ((9999, "RVN"),), 816: ((9999, "VNM"),),
}  # fmt: skip
"""Correlates of War numbers that several of our actors have had: the last year of each, and the actor."""
LINEAGE = {"RUS": ("SUN",), "SRB": ("SCG", "YUG"), "CZE": ("CSK",)}
"""States whose long series go on from another's: UN seats and treaties were taken over, or are counted so."""


@lru_cache(maxsize=4096)
def from_cow(number: int, year: int) -> str | None:
    """State of a Correlates of War number in a year; None for one that the catalogue lacks."""
    if number in SPELLS:
        return next(actor for last, actor in SPELLS[number] if year <= last)
    return _by_cow().get(str(number))


@lru_cache(maxsize=1)
def _by_cow() -> dict[str, str]:
    return {state.cow: iso for iso, state in countries().items() if state.cow}


def country_name(actor: str | None) -> str:
    """Name of a state as ICEWS spells it, "" for what is no state."""
    state = countries().get((actor or "").split(".")[0])
    return "" if state is None else state.icews[0] if state.icews else state.name


def from_name(name: str, on: date | None = None) -> str | None:
    """Actor id of a name: an id as it stands, a state's name, "Citizen (India)", or what the catalogue resolves.

    A person counts for a state, or an organisation, only on days in office, where `on` says which day: a former minister's
    act is his own. Who is named with an office, and is not in the catalogue, acts for the office.
    """
    actor, person = _meant(name)
    if person is None or on is None:
        return actor
    from detente import actors

    found = actors.serving(person, on)
    return actor if found is None else found[0] if found else None


@lru_cache(maxsize=65536)
def _meant(name: str) -> tuple[str | None, str | None]:
    """The actor of a name; and the person, where it is one."""
    name = name.strip()
    if not name or name in {"NA", "None"}:
        return None, None
    if name in countries():
        return name, None
    known = _by_name().get(name.lower())
    if known is None and name.endswith(")") and " (" in name:
        known = _by_name().get(name[name.index(" (") + 2 : -1].lower())
    return (known, None) if known else _catalogue(name)


def _catalogue(name: str) -> tuple[str | None, str | None]:
    from detente import actors

    if actors.lookup(name):
        return name, None
    found = actors.resolve(name)
    if found is None or not found.id:
        return None, None
    return found.id, found.name if found.kind == "person" else None
