"""A sight and a month in, who stands with whom out: signed ties among the busiest states, and blocs as probabilities."""

from datetime import date

import numpy as np
from msgspec import Struct

from detente import actors
from detente.relations.blocs import Blocs, blocs
from detente.relations.levels import Levels, levels
from detente.relations.network import Tie
from detente.relations.partners import HALF_LIFE as SLOW
from detente.relations.results import ties
from detente.web.sight import Sight

LEAST = 6.0
"""Effective acts that a tie rests on at least, as in `MeasuredRecord`."""
DRAWS = 100
"""Fewer than `detente blocs` draws: a page is not to be waited for; probabilities are right within five points or so."""
TRIES = 1
"""Searches in a draw: five more change probabilities by less than other draws do (0.024 instead of 0.022 off on average), in five times the time."""


class Groups(Struct, kw_only=True, frozen=True):
    """Ties and blocs of one month; `weight`: effective acts of each state."""

    month: date | None
    ties: list[Tie]
    blocs: Blocs
    weight: dict[str, float]


def slow(sight: Sight) -> Levels:
    """Levels that forget slowly, of all pairs by month: what networks are made of."""
    return sight.once("slow", lambda: levels(sight.acts, until=sight.as_of, half_life=SLOW))


def month_at(sight: Sight, asked: date | None) -> int:
    """The place of a month among those of the levels: the last one where none is asked, -1 where there is none."""
    starts = slow(sight).starts if len(sight.acts.day) else []
    if asked is None or not starts:
        return len(starts) - 1
    return next((n for n in reversed(range(len(starts))) if starts[n] <= asked), -1)


def groups(sight: Sight, at: int, top: int, states: tuple[str, ...] = (), *, relative: bool = False) -> Groups:
    """Who stands with whom among the `top` busiest states of a month, or among those named.

    relative: ties less the median of them, as `MeasuredRecord.ties` has it.
    """
    return sight.once(f"groups {at} {top} {states} {relative}", lambda: _groups(sight, at, top, states, relative))


def _groups(sight: Sight, at: int, top: int, states: tuple[str, ...], relative: bool) -> Groups:
    if at < 0:
        return Groups(month=None, ties=[], blocs=blocs([], draws=1), weight={})
    found = slow(sight)
    weight: dict[str, float] = {}
    states_of = sight.once("states of pairs", lambda: [[a for a in pair if _is_state(a)] for pair in found.dyads])
    for named, n in zip(states_of, found.effective(at).tolist(), strict=True):
        for actor in named:
            weight[actor] = weight.get(actor, 0.0) + n
    chosen = set(states or sorted(weight, key=lambda actor: (-weight[actor], actor))[:top])
    kept = [tie for tie in ties(found, at, LEAST) if {tie.a, tie.b} <= chosen]
    usual = float(np.median([tie.mean for tie in kept])) if relative and kept else 0.0
    moved = [Tie(a=tie.a, b=tie.b, mean=tie.mean - usual, sd=tie.sd) for tie in kept]
    return Groups(month=found.starts[at], ties=moved, blocs=blocs(moved, draws=DRAWS, tries=TRIES), weight=weight)


def _is_state(actor: str) -> bool:
    entry = actors.lookup(actor)
    return entry is not None and entry.kind == "state"
