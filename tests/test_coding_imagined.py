"""Acts that a text only imagines are none; acts that may come are hypothetical."""

from datetime import date

import pytest

from detente.coding import code
from detente.ontology import intensity
from detente.reader import explain, read
from detente.reading import annotate
from detente.types import Document, Event


def coded(text: str) -> list[Event]:
    return code(annotate(Document(id="x", published=date(2012, 9, 17), text=text)))


@pytest.mark.parametrize(
    "text",
    [
        "If Moscow ever armed Pakistan, it would lose its best customer.",
        "Had Iran attacked Iraq, it would have lost the war.",
    ],
)
def test_what_is_only_imagined_is_no_event(text: str) -> None:
    assert [e for e in coded(text) if e.type in {"AID", "COOPERATE", "ASSAULT"}] == []


def test_who_only_waits_for_an_act_is_no_party_to_it() -> None:
    found = coded("New Delhi will look out for new arms sales by Russia to Pakistan.")
    assert [([a.id for a in e.source], [a.id for a in e.target]) for e in found] == [(["RUS"], ["PAK"])]


@pytest.mark.parametrize(
    "text", ["Israel waited for nightfall and bombed Iran.", "Turkey looked for allies and invaded Cyprus in 1974."]
)
def test_who_waits_first_may_act_then(text: str) -> None:
    assert [e.type for e in coded(text)] == ["ASSAULT"]


def test_what_a_sentence_says_was_delivered_is_no_plan() -> None:
    text = "In recent years, Russia joined with Belarus to sell helicopters to Angola."
    (sold,) = [e for e in read(text, published="2012-09-17").events if [a.id for a in e.target] == ["AGO"]]
    assert (sold.type, sold.status, sold.intensity) == ("COOPERATE", "occurred", intensity("COOPERATE", sold.mode))
    told = explain(Document(id="x", published=date(2012, 9, 17), text=text))
    assert "occurred" in {one.event.status for one in told if [a.id for a in one.event.target] == ["AGO"]}
    beside = "Russia, which delivered tanks to India last year, will lend India a billion dollars."
    assert [e.status for e in read(beside, published="2012-09-17").events if e.type == "AID"] == ["planned"]
    (planned,) = read("Russia plans to sell helicopters to Angola next year.", published="2012-09-17").events
    assert planned.status == "planned"


def test_a_past_perfect_is_not_taken_for_a_condition() -> None:
    found = coded("Iran had attacked Iraq, and its army would have to answer for it.")
    assert [e.type for e in found if e.status == "occurred"] == ["ASSAULT"]
