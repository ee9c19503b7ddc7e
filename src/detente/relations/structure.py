"""Tables of slow structure of two states in, yearly points out: votes, ideal points, alliances, disputes, rivalry, arms.

What each measure means and does not mean: docs/structure.md.
"""

from collections.abc import Iterable
from math import hypot, isnan, nan
from typing import TYPE_CHECKING, Any

from msgspec import Struct, json

from detente.relations.results import DEVIATIONS, Listed

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, Any]
LEAST_VOTES = 10
"""Roll calls in which both voted below which a year's agreement is not told."""
TAIL = 0.1
"""Part of the distribution on either side of an 80 % interval."""
TREATIES = {
    "atop_defense": "defence", "atop_offense": "offence", "atop_neutral": "neutrality", "atop_nonagg": "non-aggression",
    "atop_consul": "consultation",
}  # fmt: skip
HOSTILITY = {1: "no militarised act", 2: "threat of force", 3: "display of force", 4: "use of force", 5: "war"}
RIVALRIES = ("positional", "spatial", "ideological", "interventionary")
MEASURES = {
    "votes": "UN votes alike", "important votes": "UN votes alike, important ones", "ideal points": "UN ideal points apart",
    "alliance": "alliance", "dispute": "militarised dispute", "rivalry": "rivalry", "organisations": "organisations shared",
    "arms": "arms imports", "arms back": "arms imports",
}  # fmt: skip


class Fact(Struct, kw_only=True, frozen=True):
    """One measure of a pair in one year.

    `value`: a share 0..1 (votes, organisations, arms), a distance (ideal points), 1 to 5 (dispute), or 1 for being in
    force (alliance, rivalry). `low`, `high`: 80 % interval where the source or the count gives one. `n`: what it rests on
    (votes, organisations). `note` in words: which treaty, which level.
    """

    measure: str
    year: int
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    note: str = ""


def told(fact: Fact) -> str:
    """A fact of a year in words."""
    if fact.note:
        return f"{fact.year}: {fact.note}"
    if fact.measure == "rivalry":
        return f"{fact.year}: in force"
    value = f"{fact.value:.2f}" if fact.measure == "ideal points" else f"{fact.value:.0%}"
    span = "" if fact.low is None or fact.high is None else f" ({fact.low:.2f} … {fact.high:.2f})"
    return f"{fact.year}: {value}{span}" + ("" if fact.n is None else f", n {fact.n:,}")


class Structure(Listed[Fact]):
    """Facts by measure and year."""

    def of(self, measure: str) -> list[Fact]:
        """The facts of one measure, by year."""
        return [fact for fact in self if fact.measure == measure]

    def plot(self) -> "alt.VConcatChart":
        """One panel a measure, on one axis of years."""
        from detente.relations.slowcharts import structure_chart

        return structure_chart(self)


def structure(votes: list[Row], states: list[Row], pairs: list[Row], arms: list[Row]) -> Structure:
    """All measures of a pair, from the tables of `record.structure`."""
    found = [*_votes(votes), *_points(states), *_pairs(pairs), *_organisations(states), *_arms(arms)]
    order = {name: place for place, name in enumerate(MEASURES)}
    return Structure(sorted(found, key=lambda fact: (order[fact.measure], fact.year)))


def _votes(rows: list[Row]) -> Iterable[Fact]:
    """Share of roll calls voted alike, half a one where one abstained (Lijphart 1963), with Jeffreys' interval."""
    for name, n, alike in (("votes", "n", "alike"), ("important votes", "important", "alike_important")):
        for row in rows:
            if row[n] >= LEAST_VOTES:
                low, high = agreement_interval(float(row[alike]), int(row[n]))
                value = round(float(row[alike]) / row[n], 4)
                yield Fact(measure=name, year=row["year"], value=value, low=low, high=high, n=int(row[n]))


def agreement_interval(alike: float, n: int) -> tuple[float, float]:
    """80 % interval of a share, by Jeffreys' prior."""
    from scipy.special import betaincinv

    low, high = (float(betaincinv(alike + 0.5, n - alike + 0.5, tail)) for tail in (TAIL, 1 - TAIL))
    return round(low, 4), round(high, 4)


def _points(rows: list[Row]) -> Iterable[Fact]:
    """Distance of the two ideal points (Bailey, Strezhnev and Voeten 2017), its interval from their tenths of probability."""
    sides: tuple[dict[int, Row], dict[int, Row]] = ({}, {})
    for row in rows:
        if row["kind"] == "ideal-point":
            sides[0 if row["first"] else 1][row["year"]] = json.decode(row["payload"])
    for year in sorted(sides[0].keys() & sides[1].keys()):
        one, other = sides[0][year], sides[1][year]
        gap = abs(_number(one["IdealPoint"]) - _number(other["IdealPoint"]))
        spread = [
            (_number(side["Q90%"]) - _number(side["Q10%"])) / DEVIATIONS
            if side.get("Q90%") and side.get("Q10%")
            else nan
            for side in (one, other)
        ]
        half = DEVIATIONS / 2 * hypot(*spread)
        low, high = (None, None) if isnan(half) else (round(max(0.0, gap - half), 4), round(gap + half, 4))
        yield Fact(measure="ideal points", year=year, value=round(gap, 4), low=low, high=high)


def _pairs(rows: list[Row]) -> Iterable[Fact]:
    treaties: dict[int, set[str]] = {}
    levels: dict[int, int] = {}
    rivals: dict[int, set[str]] = {}
    for row in rows:
        told, year = json.decode(row["payload"]), row["year"]
        if row["kind"] == "alliance":
            treaties.setdefault(year, set()).update(name for key, name in TREATIES.items() if _number(told[key]) == 1)
        elif row["kind"] == "dispute":
            levels[year] = max(levels.get(year, 0), int(_number(told["hostlev"])))
        else:
            kinds = {name for name in RIVALRIES if _number(told.get(name)) == 1}
            for within in range(int(_number(told["start"])), int(_number(told["end"])) + 1):
                rivals.setdefault(within, set()).update(kinds)
    for year, names in sorted(treaties.items()):
        if names:
            yield Fact(
                measure="alliance", year=year, value=1, note=", ".join(n for n in TREATIES.values() if n in names)
            )
    for year, level in sorted(levels.items()):
        yield Fact(measure="dispute", year=year, value=level, note=HOSTILITY[level])
    for year, kinds in sorted(rivals.items()):
        yield Fact(measure="rivalry", year=year, value=1, note=", ".join(n for n in RIVALRIES if n in kinds))


def _organisations(rows: list[Row]) -> Iterable[Fact]:
    """Organisations of which both are full members, as a share of those of which either is."""
    spells: tuple[dict[str, list[tuple[int, int]]], dict[str, list[tuple[int, int]]]] = ({}, {})
    for row in rows:
        if row["kind"] == "membership" and row["mode"] == "full":
            end = int(_number(json.decode(row["payload"])["last_year"]))
            spells[0 if row["first"] else 1].setdefault(row["story"], []).append((row["year"], end))
    if not (spells[0] and spells[1]):
        return
    first = max(min(start for found in side.values() for start, _ in found) for side in spells)
    last = min(max(end for found in side.values() for _, end in found) for side in spells)
    for year in range(first, last + 1):
        one, other = ({g for g, found in side.items() if any(s <= year <= e for s, e in found)} for side in spells)
        if one | other:
            shared = len(one & other)
            yield Fact(measure="organisations", year=year, value=round(shared / len(one | other), 4), n=shared)


def _arms(rows: list[Row]) -> Iterable[Fact]:
    """What part of each one's arms imports came from the other, by trend-indicator values."""
    for row in rows:
        if row["imports"] > 0:
            measure = "arms" if row["first"] else "arms back"
            yield Fact(measure=measure, year=row["year"], value=round(row["bought"] / row["imports"], 4))


def _number(value: Any) -> float:
    return float("nan") if value in {None, ""} else float(value)
