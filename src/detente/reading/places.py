"""A text in, the place names in it out, each with the country and the coordinates it most likely means."""

import re
from collections.abc import Sequence
from functools import cache
from math import log10

from detente.reading.gazetteer import Site, gazetteer, rows
from detente.reading.text import PlaceSpan
from detente.types import Mention, Place, Span

_WORD_BEFORE = re.compile(r"(?:^|[\s(\"“‘—–-])([\w.'’-]+)(,?)\s+$")
_WORD_AFTER = re.compile(r"\s([A-Z][\w’'-]*)")
_INSIDE = re.compile(r",\s+(?:the\s+)?$|\s\($")
_KNOWN = 100_000  # inhabitants from which a city needs no country named in the text
_SMALL = 30_000  # inhabitants from which a town needs no country right beside it


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(next(row[1] for row in rows("place_words.tsv") if row[0] == kind).split())


def find(text: str, mentions: Sequence[Mention] = ()) -> list[PlaceSpan]:
    """Return the places named in `text`, in order; `mentions` (of actors) tell persons from places.

    Among places of one name that one is taken whose country is named beside it ("Paris, Texas"), then one whose country
    the text speaks of, then the largest. A name that is more often a person's or a common word is left out without such signs.
    """
    found = gazetteer().scan(text)
    if not found:
        return []
    sites = gazetteer().sites
    people = [(m.start, m.end) for m in mentions if m.kind == "person"]
    spoken = {m.id for m in mentions if m.id and m.role not in ("capital", "place")}
    for name, _, _ in found:
        spoken.update(s.country for s in sites[name] if s.country and s.kind in ("country", "own", "state"))
    out: list[PlaceSpan] = []
    for n, (name, start, end) in enumerate(found):
        if any(a < end and start < b for a, b in people):
            continue
        beside = _beside(text, found, n)
        site = _choose(sites[name], spoken, {s.country for s in beside if s.country})
        if site and _is_place(text, (start, end), name, site, bool(beside), site.country in spoken):
            place = Place(name=site.name, country=site.country, lat=site.lat, lon=site.lon)
            out.append(PlaceSpan(start=start, end=end, text=name, place=place))
    return out


def _beside(text: str, found: Sequence[tuple[str, int, int]], n: int) -> list[Site]:
    """What the name right after this one means, where they stand as 'City, Country'."""
    if n + 1 < len(found) and _INSIDE.fullmatch(text, found[n][2], found[n + 1][1]):
        return [s for s in gazetteer().sites[found[n + 1][0]] if s.kind != "city"]
    return []


def _choose(sites: Sequence[Site], spoken: set[str], beside: set[str | None]) -> Site | None:
    def points(site: Site) -> float:
        return (
            log10(site.weight + 1)
            + 2.0 * (site.country in spoken and site.kind == "city")
            + 6.0 * (site.country in beside)
        )

    best = max(sites, key=points)
    if best.kind != "city" or best.weight >= _KNOWN or best.country in beside:
        return best
    return best if best.weight >= _SMALL and best.country in spoken else None


def _is_place(text: str, span: Span, name: str, site: Site, beside: bool, spoken: bool) -> bool:
    """Tell whether the words around the name leave it a place."""
    start, end = span
    if beside:
        return True
    left = _WORD_BEFORE.search(text, max(0, start - 30), start)
    before, comma = (left[1], left[2]) if left else ("", "")
    right = _WORD_AFTER.match(text, end)
    after = right[1] if right else ""
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].islower():  # "Moscow-based", "Washington-led"
        return site.weight >= _KNOWN and name not in _words("doubtful")
    if before in _words("person") or (
        before and before[0].isupper() and not comma and not _stays_place(before, site, text, start)
    ):
        return False
    if after and after not in _words("after") and not _stays_place_before(after, site):
        return False
    if name in _words("doubtful") and site.kind != "country":
        return before.lower() in _words("before") and (
            spoken or before.lower() in ("in", "near", "at") or site.weight >= 10**6
        )
    return site.kind != "city" or site.weight >= _KNOWN or (spoken and before.lower() in _words("before"))


def _stays_place(before: str, site: Site, text: str, start: int) -> bool:
    """A capitalised word before: a direction, a word that opens the sentence, or a place too large to be a surname."""
    if before in _words("part"):
        return True
    opens = re.search(r"(?:^|[.?!:\"“]\s+|\n)$", text[max(0, start - len(before) - 4) : start - len(before) - 1])
    return (
        site.kind in ("own", "country", "state")
        or site.weight >= 10**6
        or (opens is not None and site.weight >= _KNOWN)
    )


def _stays_place_before(after: str, site: Site) -> bool:
    """A capitalised word after: most names of persons and firms go on like that, large places do not mind."""
    return site.kind in ("own", "country", "state") or site.weight >= 500_000 or after in _words("part")
