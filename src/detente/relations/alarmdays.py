"""Alarms by dyad and month in, the day on which each could be raised out: when the month had brought enough."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
from msgspec import Struct

from detente.relations.acts import CONFLICT, GRAVE, STRONG, Acts, Floats, Ints
from detente.relations.panel import Panel
from detente.relations.surprise import BASELINE, SHARE_WINDOWS, surprise

SPAN = BASELINE + max(SHARE_WINDOWS) + 1
"""Months that the score of one month looks at."""
COUNTS = ("coop", "conf", "strong", "grave")


class Alarm(Struct, kw_only=True, frozen=True):
    """An alarm of the dyad in that row of the panel, in that month; `acts`: the places of its acts in the month, by day."""

    row: int
    month: int
    cool: bool
    acts: Ints


def alarm_days(acts: Acts, months: Panel, alarms: list[Alarm], score: float, exposure: Floats | None) -> list[date]:
    """The first day by whose end the score was reached; the month's last day with an act where only the whole did.

    Alarms are judged together, those that look back equally far at once: a row for each day of each alarm.
    """
    days = [_date(int(acts.day[alarm.acts[-1]])) if len(alarm.acts) else months.starts[alarm.month] for alarm in alarms]
    groups: dict[int, list[int]] = defaultdict(list)
    for n, alarm in enumerate(alarms):
        if len(alarm.acts):
            groups[min(alarm.month + 1, SPAN)].append(n)
    for width, members in groups.items():
        _judge(acts, months, [alarms[n] for n in members], members, days, score, exposure, width)
    return days


def _judge(
    acts: Acts, months: Panel, alarms: list[Alarm], members: list[int], days: list[date], score: float,
    exposure: Floats | None, width: int,
) -> None:  # fmt: skip
    seen = [_by_day(acts, alarm.acts) for alarm in alarms]
    rows: dict[str, list[Floats]] = {name: [] for name in COUNTS}
    for alarm, (_, partial) in zip(alarms, seen, strict=True):
        span = slice(alarm.month + 1 - width, alarm.month + 1)
        for name, values in zip(COUNTS, partial.T, strict=True):
            copies = np.tile(getattr(months, name)[alarm.row, span], (len(values), 1))
            copies[:, -1] = values
            rows[name].append(copies)
    due = None
    if exposure is not None:
        parts = [
            np.tile(exposure[a.row, a.month + 1 - width : a.month + 1], (len(d), 1))
            for a, (d, _) in zip(alarms, seen, strict=True)
        ]
        due = np.concatenate(parts)
    found = surprise(
        Panel(dyads=[], period="month", starts=[], **{name: np.concatenate(parts) for name, parts in rows.items()}), due
    )
    low = 0
    for n, alarm, (when, _) in zip(members, alarms, seen, strict=True):
        reached = (found.cool if alarm.cool else found.warm)[low : low + len(when), -1] >= score
        low += len(when)
        if reached.any():
            days[n] = _date(int(when[int(np.argmax(reached))]))


def _by_day(acts: Acts, places: Ints) -> tuple[Ints, Floats]:
    """The days with acts, and what had been counted by the end of each: columns as in COUNTS."""
    order = places[np.lexsort((-acts.weight[places], acts.kind[places], acts.day[places]))]
    key = acts.day[order].astype(np.int64) * 64 + acts.kind[order]
    once = order[np.concatenate([[True], key[1:] != key[:-1]])]
    bad, weight, force = CONFLICT[acts.kind[once]], acts.weight[once], acts.intensity[once]
    counted = np.stack(
        [~bad * weight, bad * weight, (~bad & (force >= STRONG)) * weight, np.maximum(-force, 0) / GRAVE * weight], 1
    )
    days, last = np.unique(acts.day[once][::-1], return_index=True)
    return days.astype(np.int64), np.cumsum(counted, 0)[len(once) - 1 - last]


def _date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(day)
