"""The reference article (../shared/articles): what a reader who knows it must find, and what must not be coded."""

from datetime import date
from pathlib import Path

import pytest

import detente
from detente.types import Event, Reading


@pytest.fixture(scope="module")
def article(shared: Path) -> Reading:
    file = shared / "articles" / "russia-pakistan-2012.txt"
    if not file.exists():
        pytest.skip("the reference article is not here")
    return detente.read(file, published="2012-09-17")


def find(article: Reading, source: set[str], target: set[str], kinds: str, status: str) -> Event:
    """The first event of these parties and this status; for a mutual one all parties are its source."""
    for event in article.events:
        sides = ({a.id for a in event.source}, {a.id for a in event.target})
        same = sides in ((source, target), (source | target, set())) and event.type in kinds.split("|")
        if same and event.status == status:
            return event
    raise AssertionError(f"no {kinds} of {source} and {target}, {status}")


def test_furniture_is_gone_and_encoding_mended(article: Reading) -> None:
    for furniture in ("Post a Comment", "Disqus", "Comments system"):
        assert furniture not in article.document.text
    assert "Indo-Russian relationship" in article.document.text
    assert article.document.title == "Russia Want To Closer Relationship With Pakistan"


def test_the_planned_visit_and_the_summit(article: Reading) -> None:
    summit = find(article, {"RUS"}, {"PAK"}, "CONSULT", "planned")
    assert (summit.start, summit.precision) == (date(2012, 9, 26), "day")
    assert summit.place is not None and summit.place.name == "Islamabad"
    four = find(article, {"RUS", "PAK", "TJK", "AFG"}, set(), "CONSULT", "planned")
    assert four.start == date(2012, 9, 26)


def test_the_last_sitting_of_the_series(article: Reading) -> None:
    held = [e for e in article.events if e.type == "CONSULT" and e.place and e.place.name == "Dushanbe"]
    assert [(e.status, e.start and e.start.year, e.precision) for e in held] == [("occurred", 2011, "year")]


def test_the_deal_under_way_the_dialogue_and_the_accusation(article: Reading) -> None:
    find(article, {"RUS", "USA"}, set(), "CONSULT|AGREE|COOPERATE", "ongoing")
    find(article, {"IND", "USA", "AFG"}, set(), "CONSULT", "occurred")
    find(article, {"IND"}, {"CHN"}, "ACCUSE", "occurred")


def test_the_refusal_is_found_though_the_network_wavers_between_those_refused(article: Reading) -> None:
    find(article, {"PAK"}, {"NATO"}, "REJECT", "occurred")


def test_the_tanks_were_sold_by_two_states(article: Reading) -> None:
    assert find(article, {"RUS", "UKR"}, {"PAK"}, "COOPERATE|AID", "occurred").mode == "military"


def test_the_negative_list_is_an_embargo_that_stands(article: Reading) -> None:
    find(article, {"RUS"}, {"PAK"}, "SANCTION", "ongoing")


def test_the_withdrawal_is_due_in_2014(article: Reading) -> None:
    retreat = find(article, {"NATO"}, {"AFG"}, "RETREAT", "planned")
    assert (retreat.start, retreat.precision) == (date(2014, 1, 1), "year")


@pytest.mark.xfail(strict=True, reason="the coder net-1 finds no act in a deal that is only a subject")
def test_the_nuclear_deal_is_not_found_yet(article: Reading) -> None:
    find(article, {"IND", "USA"}, set(), "AGREE", "occurred")


def test_the_counterfactual_and_the_expected_spares_did_not_occur(article: Reading) -> None:
    text = article.document.text
    for event in article.events:
        sentence = text[event.evidence.start : event.evidence.end]
        if "If it ever made" in sentence or "supply of these spares" in sentence:
            assert event.status in {"hypothetical", "planned"}


def test_few_false_events(article: Reading) -> None:
    assert len(article.events) <= 15  # of these 12 are right; the goal is 3 false ones
