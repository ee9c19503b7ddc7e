"""Acts in, turning points out: months in which a relation cooled or warmed, and the acts that say so.

Two stages. An alarm: the month's surprise (see `surprise`) reaches the score that the accepted rate of false alarms asks
for; for six months the dyad gives no other. A confirmed shift: what came after, three months at least, differs from the
two years before in the alarm's direction with a probability of 0.9 or more. An alarm never rests on what came later.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from detente.relations.acts import CONFLICT, STRONG, Acts, Dyad, Floats, Ints, dyads_within, period_of
from detente.relations.alarmdays import Alarm, alarm_days
from detente.relations.levels import PRIOR
from detente.relations.panel import Panel, panel
from detente.relations.rates import USUAL_RATE, score_for
from detente.relations.surprise import BASELINE, Surprise, surprise
from detente.relations.volume import exposure
from detente.types import Turn

REFRACTORY = 6
"""Months after an alarm in which a dyad gives no other."""
CONFIRM_AFTER = 3
CONFIRM_WITHIN = 6
BEYOND = 1.2816
"""Standard deviations that a normal value lies below with a probability of 0.9."""
EVENTS = 12
"""Acts that are named behind a turn, the strongest first."""


def turns(
    acts: Acts,
    *,
    rate: float = USUAL_RATE,
    dyads: Sequence[Dyad] | None = None,
    since: date | None = None,
    until: date | None = None,
    today: date | None = None,
    reach: tuple[date, date] | None = None,
    offset: bool = False,
) -> list[Turn]:
    """Turning points by month of alarm, then dyad.

    rate: false alarms accepted per dyad-year. dyads: only these (as pairs in the alphabet's order). since, until: alarms
    of these days. today: the day to which the acts reach; the month it lies in is judged by what it brought so far.
    reach: the first and last day of the whole record, where `acts` are only those of some pairs: silence before a pair's
    first act, and after its last, is part of its course.
    offset: hold counts against how much the press wrote of the two countries. Raises BadInput for a rate that was not
    calibrated.
    """
    score = score_for(rate)
    if not len(acts.day):
        return []
    first, last = reach or (acts.first, acts.last)
    months = panel(acts, since=first, until=today or last)
    due = exposure(acts, months) if offset else None
    found = surprise(months, due)
    scores, cooling = found.score, found.cooling
    places = np.arange(len(acts.dyads)) if dyads is None else dyads_within(acts, dyads)
    index = _Index(acts, months)
    raised = [
        Alarm(row=row, month=month, cool=bool(cooling[row, month]), acts=index.acts(row, month, month))
        for row in places.tolist()
        for month in alarms(scores[row], score)
    ]
    days = alarm_days(acts, months, raised, score, due)
    kept = [
        (alarm, day)
        for alarm, day in zip(raised, days, strict=True)
        if (since is None or day >= since) and (until is None or day <= until)
    ]
    told = [_turn(acts, months, found, index, alarm, day) for alarm, day in kept]
    return sorted(told, key=lambda turn: (turn.alarm_date, turn.a, turn.b))


def alarms(scores: Floats, score: float) -> list[int]:
    """The months in which one dyad raises an alarm: the score is reached, and no alarm was raised in the last six."""
    found: list[int] = []
    for month in np.nonzero(scores >= score)[0].tolist():
        if not found or month - found[-1] >= REFRACTORY:
            found.append(month)
    return found


class _Index:
    """Finds a dyad's acts of some months."""

    def __init__(self, acts: Acts, months: Panel) -> None:
        self.when = period_of(acts.day, months.starts[0], "month")
        self.order = np.argsort(acts.pair, kind="stable")
        self.bounds = np.searchsorted(acts.pair[self.order], np.arange(len(acts.dyads) + 1))

    def acts(self, row: int, first: int, last: int) -> Ints:
        """Places of the acts of the months `first` to `last`, by day."""
        mine = self.order[self.bounds[row] : self.bounds[row + 1]]
        return mine[(self.when[mine] >= first) & (self.when[mine] <= last)]


def _turn(acts: Acts, months: Panel, found: Surprise, index: _Index, alarm: Alarm, day: date) -> Turn:
    row, month, cool = alarm.row, alarm.month, alarm.cool
    first = month - int((found.cool_window if cool else found.warm_window)[row, month]) + 1
    counts = (months.grave if cool else months.strong)[row, first : month + 1]
    a, b = months.dyads[row]
    return Turn(
        a=a,
        b=b,
        month=months.starts[first + int(np.argmax(counts))],
        direction="cool" if cool else "warm",
        score=round(float((found.cool if cool else found.warm)[row, month]), 2),
        alarm_date=day,
        confirmed=confirmed(months, row, first, month, cool),
        events=_behind(acts, index.acts(row, first, month), cool),
    )


def _behind(acts: Acts, window: Ints, cool: bool) -> list[str]:
    """The ids of the acts that speak for the turn, the strongest first."""
    bad = CONFLICT[acts.kind[window]]
    told = window[bad if cool else ~bad & (acts.intensity[window] >= STRONG)]
    if not len(told):
        told = window[bad == cool]
    strength = np.abs(acts.intensity[told]) * acts.weight[told]
    ids: list[str] = acts.ids.take(told[np.argsort(-strength, kind="stable")[:EVENTS]]).to_pylist()
    return ids


def confirmed(months: Panel, row: int, onset: int, alarm: int, cool: bool) -> bool:
    """Whether the half year after the month of the alarm differs from the two years before the onset, for sure.

    The burst that raised the alarm is not counted: a flare without consequences is no shift.
    """
    end = min(alarm + 1 + CONFIRM_WITHIN, len(months.starts))
    if end - alarm - 1 < CONFIRM_AFTER or onset < 1:
        return False
    spans = slice(max(0, onset - BASELINE), onset), slice(alarm + 1, end)
    before, after = (_tone(months.coop[row, span].sum(), months.conf[row, span].sum()) for span in spans)
    change = (after[0] - before[0]) / (before[1] + after[1]) ** 0.5
    return bool(-change >= BEYOND if cool else change >= BEYOND)


def _tone(coop: float, conf: float) -> tuple[float, float]:
    """Mean and variance of the log ratio of cooperation to conflict."""
    from scipy.special import digamma, polygamma

    a, b = coop + PRIOR[0], conf + PRIOR[1]
    return float(digamma(a) - digamma(b)), float(polygamma(1, a) + polygamma(1, b))
