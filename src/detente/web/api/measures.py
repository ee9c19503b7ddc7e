"""Measures of relations: levels, turns, partners, blocs; and what the record holds."""

from datetime import date
from typing import Any, get_args

import numpy as np
from msgspec import Struct, structs

from detente.record.status import Status
from detente.relations.acts import Period
from detente.relations.blocs import Bloc
from detente.relations.panel import Direction
from detente.relations.partners import Partner, partners
from detente.types import Relation, Turn
from detente.web.actors import actor_of, dyad_of
from detente.web.api.declare import Endpoint, Listing, choice, day, number, text, yes
from detente.web.asking import Ask
from detente.web.finding import levels_of
from detente.web.groups import groups, month_at

TOP = 25


class Series(Struct, kw_only=True):
    """How a pair stood over time, and where it turned: as `detente relation --json`."""

    a: str
    b: str
    series: list[Relation]
    turns: list[Turn]
    period: str
    way: str
    smoothed: bool
    dataset: str


class Held(Struct, kw_only=True):
    """What the record holds, and what the measures are made of."""

    record: Status
    snapshot: int
    dataset: str
    newest: date | None


class Standing(Struct, kw_only=True):
    """A pair's level in one month."""

    a: str
    b: str
    month: date
    level: float | None
    low: float | None
    high: float | None
    effective_n: float


class Together(Struct, kw_only=True):
    """Blocs at a date as probabilities: see docs/blocs.md."""

    month: date | None
    states: list[str]
    same: list[list[float | None]]
    decided: list[list[float]]
    blocs: list[Bloc]
    unclear: list[str]


def status(ask: Ask) -> Held:
    """What the record holds."""
    sight = ask.sight
    return Held(record=sight.status, snapshot=sight.number, dataset=sight.dataset, newest=sight.last)


def relation(ask: Ask) -> Series:
    """How a pair stood over time."""
    a, b = dyad_of(ask.sight, ask.places["a"], ask.places["b"])
    found = ask.sight.relation(
        a, b, ask.params["period"] or "month", ask.params["way"] or "both", smoothed=bool(ask.params["smoothed"])
    )
    since, until = ask.params["since"] or date.min, ask.params["until"] or date.max
    kept = structs.asdict(found)
    kept["series"] = [p for p in found.series if since <= p.period <= until]
    kept["turns"] = [t for t in found.turns if since <= t.alarm_date <= until]
    return Series(**kept)


def turned(ask: Ask) -> list[Turn]:
    """Turns by the day of their alarm, as `detente turns --json`."""
    since, until = ask.params["since"] or date.min, ask.params["until"] or date.max
    actor = actor_of(ask.sight, ask.params["actor"]) if ask.params["actor"] else None
    direction = ask.params["direction"]
    return [
        turn
        for turn in ask.sight.turns
        if since <= turn.alarm_date <= until
        and (actor is None or actor in {turn.a, turn.b})
        and (direction is None or turn.direction == direction)
    ]


def partners_of(ask: Ask) -> list[Partner]:
    """An actor's partners, the closest first."""
    actor = actor_of(ask.sight, ask.places["actor"])
    own = ask.sight.actor_acts(actor)
    return (
        partners(own, actor, until=ask.as_of or (ask.sight.acts.last if len(own.day) else None)) if len(own.day) else []
    )


def standing(ask: Ask) -> Listing:
    """The level of every pair, or of one actor's, in a month."""
    sight, found = ask.sight, ask.sight.levels
    asked: date | None = ask.params["month"]
    actor = actor_of(sight, ask.params["actor"]) if ask.params["actor"] else None
    starts = found.starts
    at = len(starts) - 1 if asked is None else next((n for n in reversed(range(len(starts))) if starts[n] <= asked), -1)
    if at < 0 or (asked is not None and (asked - starts[at]).days > 31):
        return Listing(items=[])
    rows = [n for n, dyad in enumerate(found.dyads) if actor is None or actor in dyad]
    first = ask.params["after"][0] if ask.params["after"] else 0
    limit = ask.params["limit"] or 100
    shown = rows[first : first + limit]
    items = []
    for row in shown:
        level, low, high = (None if v is None else round(v, 3) for v in levels_of(sight, row, at, at + 1)[0])
        a, b = found.dyads[row]
        n = round(sight.effective(row, at), 2)
        items.append(Standing(a=a, b=b, month=starts[at], level=level, low=low, high=high, effective_n=n))
    return Listing(items=items, after=f"{first + limit}~row" if first + limit < len(rows) else None)


def together(ask: Ask) -> Together:
    """Blocs among the busiest states."""
    at = month_at(ask.sight, ask.params["month"])
    made = groups(ask.sight, at, ask.params["top"] or TOP, relative=bool(ask.params["relative"]))
    found = made.blocs
    same = [[None if v is None or np.isnan(v) else round(v, 3) for v in row] for row in found.same]
    decided = [[round(v, 3) for v in row] for row in found.decided]
    return Together(
        month=made.month, states=found.states, same=same, decided=decided, blocs=found.blocs, unclear=found.unclear
    )


_DAYS: dict[str, Any] = {"since": day(), "until": day()}
_NAME = "an actor, by id or name"
ENDPOINTS = [
    Endpoint(path="/status", title="What the record holds, and how fresh it is", make=status, item=Held, example="/status"),
    Endpoint(path="/relations/{a:str}/{b:str}", title="How a pair stood over time, and where it turned", make=relation, item=Series,
             places={"a": _NAME, "b": "another"}, example="/relations/RUS/PAK?period=year",
             params={"period": choice(get_args(Period), "month if not given"), "way": choice(get_args(Direction), "forth: what a does to b"),
                     "smoothed": yes("use what came later, too"), **_DAYS}),
    Endpoint(path="/turns", title="Turning points, by the day of their alarm", make=turned, item=list[Turn], example="/turns?actor=RUS",
             params={"actor": text(_NAME), "direction": choice(("warm", "cool"), "which way"), **_DAYS}),
    Endpoint(path="/partners/{actor:str}", title="An actor's partners, the closest first", make=partners_of, item=list[Partner],
             places={"actor": _NAME}, example="/partners/IND"),
    Endpoint(path="/levels", title="The level of every pair in a month", make=standing, item=Standing, listing=True, example="/levels?actor=RUS&limit=1",
             params={"month": day(), "actor": text(_NAME)}),
    Endpoint(path="/blocs", title="Blocs among the busiest states, as probabilities", make=together, item=Together, example="/blocs?top=5",
             params={"top": number(3, 40, f"how many states, {TOP} if not given"), "month": day(),
                     "relative": yes("ties beside the usual one, not beside zero")}),
]  # fmt: skip
