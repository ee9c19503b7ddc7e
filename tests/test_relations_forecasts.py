"""Forecasts wait for their horizon, later events are suggested with their evidence, and only checkable ones are scored."""

from datetime import date
from math import log
from typing import Any

import pytest

from detente.relations.forecasts import PROBABILITY, Forecast, forecasts
from detente.relations.scores import scores

SENTENCE = "Putin will visit Islamabad, officials say."


def said(key: str = "d1:s", **more: Any) -> dict[str, Any]:
    """A row of Record.statements."""
    return {
        "id": key, "document": "d1", "speaker": "officials", "actor": None, "outlet": "Wire", "url": None, "text": SENTENCE,
        "certainty": "certain", "forecast": True, "checkable": True, "horizon": None, "about": ["RUS", "PAK"],
        "published": date(2012, 9, 17), "sentence": SENTENCE, **more,
    }  # fmt: skip


def act(key: str, status: str = "occurred", day: str = "2012-10-04", **more: Any) -> dict[str, Any]:
    """A row of Record.events."""
    when = date.fromisoformat(day)
    return {
        "id": key, "document": key, "type": "CONSULT", "status": status, "source_ids": ["RUS"], "target_ids": ["PAK"],
        "mutual": False, "start": when, "published": when, "sentence": "Russia's minister arrived in Pakistan.", **more,
    }  # fmt: skip


FORETOLD = act("e0", "planned", "2012-09-17", document="d1", sentence=SENTENCE)
TODAY = date(2013, 1, 1)


def one(*events: dict[str, Any], statement: dict[str, Any] | None = None, today: date = TODAY) -> Forecast:
    found = forecasts([statement or said()], events, today=today)
    assert len(found) == 1
    return found[0]


def test_an_event_of_the_same_kind_between_the_same_parties_is_suggested() -> None:
    found = one(FORETOLD, act("e2", type="ACCUSE", day="2012-10-01"), act("e1"))
    assert found.state == "open"
    assert found.suggestion is not None
    assert (found.suggestion.event, found.suggestion.date) == ("e1", date(2012, 10, 4))
    assert found.suggestion.sentence == "Russia's minister arrived in Pakistan."


@pytest.mark.parametrize(
    "event",
    [
        act("e1", day="2012-09-10"),
        act("e1", target_ids=["IND"]),
        act("e1", status="denied"),
        act("e1", document="d1"),
        act("e1", day="2014-11-01"),
        act("e1", day="2013-06-01"),
    ],
    ids=["before", "other party", "denied", "same page", "after two years", "after today"],
)
def test_other_events_are_not(event: dict[str, Any]) -> None:
    today = date(2015, 1, 1) if event["start"].year == 2014 else TODAY
    assert one(FORETOLD, event, today=today).suggestion is None


def test_an_event_after_the_horizon_comes_too_late() -> None:
    found = one(FORETOLD, act("e1"), statement=said(horizon=date(2012, 9, 30)))
    assert (found.state, found.suggestion) == ("due", None)


def test_without_a_coded_act_the_same_words_are_needed() -> None:
    statement = said(text="Russia will deliver attack helicopters to Pakistan", sentence="x")
    assert one(act("e1"), statement=statement).suggestion is None
    delivered = act("e2", sentence="Pakistan receives the first attack helicopters delivered by Russia.", type="AID")
    assert one(act("e1"), delivered, statement=statement).suggestion.event == "e2"  # type: ignore[union-attr]


def test_what_cannot_be_checked_is_marked_at_once_and_never_scored() -> None:
    found = one(FORETOLD, act("e1"), statement=said(checkable=False))
    assert (found.state, found.suggestion) == ("uncheckable", None)
    score = scores([found], "speaker", suggested=True)[0]
    assert (score.resolved, score.uncheckable, score.brier) == (0, 1, None)


def test_what_was_not_a_forecast_or_came_later_has_no_part() -> None:
    rows = [said("a", forecast=False), said("b", published=date(2014, 1, 1)), said("c")]
    assert [f.id for f in forecasts(rows, [], today=TODAY)] == ["c"]


def test_scores_are_brier_and_log_against_the_base_rate() -> None:
    rows = [
        said("a", certainty="certain"),
        said("b", certainty="possible"),
        said("c", speaker="Sen", certainty="doubtful"),
        said("d"),
    ]
    words = [
        {"statement": k, "outcome": o, "reason": "seen"} for k, o in (("a", "true"), ("b", "false"), ("c", "false"))
    ]
    officials, sen = scores(forecasts(rows, [], words, today=TODAY), "speaker")
    assert (officials.name, officials.resolved, officials.came_true, officials.open) == ("officials", 2, 1, 1)
    sure, may, doubt = (PROBABILITY[c] for c in ("certain", "possible", "doubtful"))
    assert officials.brier == pytest.approx(((1 - sure) ** 2 + may**2) / 2, abs=1e-4)
    assert officials.log_score == pytest.approx((-log(sure) - log(1 - may)) / 2, abs=1e-4)
    assert officials.base_brier == pytest.approx(((1 - 1 / 3) ** 2 + (1 / 3) ** 2) / 2, abs=1e-4)
    assert sen.brier == pytest.approx(doubt**2, abs=1e-4)
    assert sen.skill == pytest.approx(1 - doubt**2 / (1 / 9), abs=1e-3)


def test_suggestions_count_only_when_asked_for() -> None:
    found = forecasts([said()], [FORETOLD, act("e1")], today=TODAY)
    assert scores(found, "outlet")[0].resolved == 0
    assert scores(found, "outlet", suggested=True)[0].came_true == 1
