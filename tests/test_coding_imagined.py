"""Acts that a text only imagines are none; acts that may come are hypothetical."""

from datetime import date

import pytest

from detente.coding import code
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


def test_a_past_perfect_is_not_taken_for_a_condition() -> None:
    found = coded("Iran had attacked Iraq, and its army would have to answer for it.")
    assert [e.type for e in found if e.status == "occurred"] == ["ASSAULT"]
