"""Turning points: what turned is found with its day and its acts, what is steady is not, and nothing rests on what came later."""

from datetime import date

import numpy as np
import pytest

from acting import Row, make, steady
from detente.errors import BadInput
from detente.relations.acts import Acts
from detente.relations.rates import VOLUMES, curve, promised, score_for
from detente.relations.turns import alarms, turns
from detente.types import Turn

START = date(2008, 1, 1)
HOSTILE = ("ACCUSE", "SANCTION", "THREATEN")
CRISIS = [
    (date(2011, month, 1 + 2 * n), "RUS", "GEO", kind) for month in (3, 4, 5, 6) for n in range(10) for kind in HOSTILE
]
TALKS = [(date(2011, 3, 1 + 2 * n), "RUS", "GEO", kind) for n in range(10) for kind in ("AGREE", "AID", "SUPPORT")]


def _world(extra: list[Row], months: int = 48) -> Acts:
    return make(steady("RUS", "GEO", "CONSULT", START, months) + steady("RUS", "IND", "AID", START, months) + extra)


def test_a_crisis_is_found_on_its_day_with_its_acts() -> None:
    acts = _world(CRISIS)
    [turn] = turns(acts)
    assert (turn.a, turn.b, turn.direction, turn.month) == ("GEO", "RUS", "cool", date(2011, 3, 1))
    assert date(2011, 3, 1) <= turn.alarm_date <= date(2011, 3, 9)
    assert turn.confirmed
    kinds = {acts.ids[n].as_py(): acts.kind[n] for n in range(len(acts.day))}
    assert len({kinds[key] for key in turn.events}) <= 3


def test_an_opening_warms() -> None:
    grim = steady("RUS", "GEO", "ACCUSE", START, 38, each=1)
    found = [t for t in turns(make(grim + steady("RUS", "IND", "AID", START, 48) + TALKS), rate=0.5) if t.a == "GEO"]
    assert [(t.direction, t.month) for t in found] == [("warm", date(2011, 3, 1))]


def test_what_is_steady_does_not_turn() -> None:
    assert turns(_world([]), rate=0.5) == []
    assert turns(make([])) == []


def test_a_flare_without_consequence_is_not_confirmed() -> None:
    flare = [(date(2011, 3, 5), "RUS", "GEO", kind) for kind in ("ACCUSE", "SANCTION", "THREATEN")]
    rows = steady("RUS", "GEO", "CONSULT", START, 48, each=8) + flare
    assert [t.confirmed for t in turns(make(rows), rate=0.5)] in ([False], [])


@pytest.mark.parametrize("until", [date(2011, 3, 4), date(2011, 3, 31), date(2011, 5, 31)])
def test_as_known_on_a_day_is_what_the_acts_of_that_day_gave(until: date) -> None:
    acts = _world(CRISIS)
    day = np.datetime64(until, "D").astype(np.int64)
    then = acts.take(acts.day <= day)
    known = [t for t in turns(acts) if t.alarm_date <= until]
    found = turns(then, today=until)
    assert [(t.a, t.b, t.direction, t.alarm_date) for t in found] == [
        (t.a, t.b, t.direction, t.alarm_date) for t in known
    ]


def test_six_months_between_alarms() -> None:
    assert alarms(np.array([0, 9, 9, 0, 0, 0, 0, 9, 9, 0.0]), 5) == [1, 7]


def test_only_some_dyads_and_days() -> None:
    acts = _world(CRISIS)
    assert turns(acts, dyads=[("IND", "RUS")]) == []
    assert len(turns(acts, dyads=[("GEO", "RUS")])) == 1
    assert turns(acts, since=date(2011, 6, 1)) == []
    assert turns(acts, until=date(2011, 2, 1)) == []


@pytest.mark.parametrize("late", [0, 20, 30])
def test_a_pair_alone_turns_as_it_does_among_all(late: int) -> None:
    rows = CRISIS + steady("RUS", "IND", "AID", START, 60)
    if late:
        rows += steady("RUS", "GEO", "CONSULT", date(2008 + late // 12, late % 12 + 1, 1), 8)
    every = make(rows)
    own = make([row for row in rows if "GEO" in row])
    found = turns(own, rate=0.5, reach=(every.first, every.last))
    assert [key(t) for t in found] == [key(t) for t in turns(every, rate=0.5, dyads=[("GEO", "RUS")])]
    assert found


def key(turn: Turn) -> tuple[object, ...]:
    return turn.a, turn.b, turn.direction, turn.month, turn.alarm_date, turn.confirmed, turn.score


def test_rates_and_what_they_promise() -> None:
    assert score_for(0.05) > score_for(0.1) > score_for(0.5)
    assert np.all(np.diff(curve().documented) <= 0)
    volumes = np.array([1.0, 30.0, 500.0])
    assert promised(3.0, volumes) > promised(6.0, volumes) > 0
    assert len(curve().by_volume) == len(VOLUMES)
    with pytest.raises(BadInput, match="calibrated"):
        score_for(5)
    with pytest.raises(BadInput, match="calibrated"):
        score_for(0)
