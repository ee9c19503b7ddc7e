"""A pair in, what changes slowly between the two out: votes, treaties, disputes, arms, each on one axis of years."""

from markupsafe import Markup
from msgspec import Struct

from detente.relations.structure import MEASURES, told
from detente.web.asking import Ask
from detente.web.svg.years import year_bars
from detente.web.wording import actor_name

YEARS = 60
"""Years that are drawn, the last ones."""
FORMATS = {"un-votes", "un-ideal-points", "atop", "mid", "rivalries", "igo", "sipri-tiv", "sipri-register"}
"""Datasets that slow structure is made of."""
TOPS: dict[str, float | None] = {"dispute": 5.0, "ideal points": None}


class Measured(Struct, frozen=True):
    """One measure: its name, its drawing, what it was last."""

    name: str
    drawn: Markup
    last: str


def has_slow(ask: Ask) -> bool:
    """Whether any such file was imported."""
    return bool(FORMATS & set(ask.sight.status.imported))


def slow_structure(ask: Ask, a: str, b: str) -> list[Measured]:
    """The measures that imported files have of a pair; none where none were imported."""
    if not has_slow(ask):
        return []
    record = ask.sight.record.beside()
    try:
        found = record.structure(a, b, as_of=ask.as_of)
    finally:
        record.close()
    if not found:
        return []
    last = max(fact.year for fact in found)
    first = max(last - YEARS + 1, min(fact.year for fact in found))
    made = []
    for measure, name in MEASURES.items():
        facts = [fact for fact in found.of(measure) if fact.year >= first]
        if facts:
            side = {"arms": (a, b), "arms back": (b, a)}.get(measure)
            label = f"{name} of {actor_name(side[0])} from {actor_name(side[1])}" if side else name
            words = [told(fact) for fact in facts]
            drawn = year_bars(label, facts, first, last, TOPS.get(measure, 1.0), words)
            made.append(Measured(f"{label[:1].upper()}{label[1:]}", drawn, words[-1]))
    return made
