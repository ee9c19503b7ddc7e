"""Acts in, a panel out: how much cooperation and conflict each dyad had in each period."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.relations.acts import CONFLICT, GRAVE, STRONG, Acts, Dyad, Floats, Ints, Period, period_of, periods

Direction = Literal["both", "forth", "back"]
ROWS = 512
"""Dyads that are counted at once: memory is that of so many rows, not of the whole panel."""


class Panel(Struct, kw_only=True, frozen=True):
    """Counts by dyad (rows) and period (columns), weighted by the acts' weights.

    `coop` and `conf`: acts of cooperation and of conflict, one of a type a day; `strong`: of the former those that are
    more than talk; `grave`: conflict by its intensity, in grave acts.
    """

    dyads: list[Dyad]
    period: Period
    starts: list[date]
    coop: Floats
    conf: Floats
    strong: Floats
    grave: Floats

    @property
    def total(self) -> Floats:
        """All acts."""
        return self.coop + self.conf


def panel(
    acts: Acts,
    period: Period = "month",
    *,
    since: date | None = None,
    until: date | None = None,
    way: Direction = "both",
) -> Panel:
    """The panel of all dyads of `acts`, from the period of the first act (or `since`) to that of the last (or `until`).

    way: "both" counts what either did to the other, each type once a day; "forth" what the first of the dyad (by the
    alphabet) did to the second, "back" the other way.
    """
    return next(chunks(acts, period, since=since, until=until, way=way, rows=max(1, len(acts.dyads))))


def chunks(
    acts: Acts,
    period: Period = "month",
    *,
    since: date | None = None,
    until: date | None = None,
    way: Direction = "both",
    rows: int = ROWS,
) -> Iterator[Panel]:
    """The same in panels of at most `rows` dyads each; of no acts, one panel without rows."""
    if way != "both":
        acts = acts.take(acts.mutual | (acts.forth == (way == "forth")))
    if not len(acts.day) and (since is None or until is None):
        empty = np.zeros((0, 0))
        yield Panel(dyads=[], period=period, starts=[], coop=empty, conf=empty, strong=empty, grave=empty)
        return
    first, last = since or acts.first, until or acts.last
    starts = periods(first, last, period)
    when = period_of(acts.day, first, period)
    merged = _merged(acts, (when >= 0) & (when < len(starts)))
    pair, number = acts.pair[merged], when[merged]
    bad = CONFLICT[acts.kind[merged]]
    weight, force = acts.weight[merged], acts.intensity[merged]
    kinds: dict[str, Floats] = {
        "coop": ~bad * weight,
        "conf": bad * weight,
        "strong": (~bad & (force >= STRONG)) * weight,
        "grave": np.maximum(-force, 0) / GRAVE * weight,
    }
    bounds = np.searchsorted(pair, np.arange(0, len(acts.dyads) + rows, rows))
    for n, low in enumerate(range(0, max(len(acts.dyads), 1), rows)):
        here = slice(bounds[n], bounds[n + 1])
        dyads = acts.dyads[low : low + rows]
        cell = (pair[here] - low) * len(starts) + number[here]
        counted = {name: _summed(cell, values[here], (len(dyads), len(starts))) for name, values in kinds.items()}
        yield Panel(dyads=dyads, period=period, starts=starts, **counted)


def _merged(acts: Acts, inside: NDArray[np.bool_]) -> Ints:
    """The places, by dyad, of one act of each type a day and dyad: the one that weighs most."""
    places = np.nonzero(inside)[0]
    order = np.lexsort((-acts.weight[places], acts.kind[places], acts.day[places], acts.pair[places]))
    places = places[order]
    key = np.stack([acts.pair[places], acts.day[places], acts.kind[places]])
    new = np.ones(len(places), bool)
    new[1:] = (key[:, 1:] != key[:, :-1]).any(0)
    return places[new]


def _summed(cell: Ints, values: Floats, shape: tuple[int, int]) -> Floats:
    summed: Floats = np.bincount(cell, values, shape[0] * shape[1]).astype(np.float64)
    return summed.reshape(shape)
