"""A state's levels with two poles over time in, which of them it is nearer to and where it moves out."""

from collections.abc import Iterable
from math import hypot

from msgspec import Struct

from detente.relations.network import above_zero

EIGHTY = 1.2815515655446004  # a normal variable lies within so many standard deviations of its mean with P = 0.8

Level = tuple[float, float]
"""Mean and standard deviation of a normal posterior of a level (a log ratio)."""

Period = tuple[str, Level | None, Level | None]
"""A period's name, the state's level with the first pole and with the second; None where there is too little data."""


class Lean(Struct, kw_only=True, frozen=True):
    """One period: the level with the second pole less that with the first, above 0 where the second is nearer.

    `low`..`high` hold it with 80 % probability; `nearer`: the probability that the second pole is nearer. All None
    where either level is unknown.
    """

    period: str
    mean: float | None
    low: float | None
    high: float | None
    nearer: float | None


class Shift(Struct, kw_only=True, frozen=True):
    """The change of the lean from the first known period to the last: above 0 towards the second pole.

    `low`..`high` hold it with 80 % probability; `towards`: the probability that it is above 0.
    """

    first: str
    last: str
    mean: float
    low: float
    high: float
    towards: float


class Drift(Struct, kw_only=True, frozen=True):
    """How a state stands between two poles, a period at a time; `change` is None with fewer than two known periods."""

    state: str
    pole_a: str
    pole_b: str
    leans: list[Lean]
    change: Shift | None


def drift(state: str, pole_a: str, pole_b: str, series: Iterable[Period]) -> Drift:
    """Where a state stands between two poles and where it drifts; series in the order of time.

    The levels are taken as independent. Those of a smoothed series are not, near periods above all: their errors go
    together, so that the interval of the change is too wide rather than too narrow.
    """
    leans: list[Lean] = []
    known: list[tuple[str, float, float]] = []
    for period, a, b in series:
        if a is None or b is None:
            leans.append(Lean(period=period, mean=None, low=None, high=None, nearer=None))
            continue
        mean, sd = b[0] - a[0], hypot(a[1], b[1])
        known.append((period, mean, sd))
        low, high = _within(mean, sd)
        leans.append(Lean(period=period, mean=mean, low=low, high=high, nearer=above_zero(mean, sd)))
    change = _shift(known[0], known[-1]) if len(known) > 1 else None
    return Drift(state=state, pole_a=pole_a, pole_b=pole_b, leans=leans, change=change)


def _shift(first: tuple[str, float, float], last: tuple[str, float, float]) -> Shift:
    mean, sd = last[1] - first[1], hypot(first[2], last[2])
    low, high = _within(mean, sd)
    return Shift(first=first[0], last=last[0], mean=mean, low=low, high=high, towards=above_zero(mean, sd))


def _within(mean: float, sd: float) -> tuple[float, float]:
    return mean - EIGHTY * sd, mean + EIGHTY * sd
