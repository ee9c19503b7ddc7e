"""The reference article: all it reports between states is found, and what it only supposes is not."""

from datetime import date
from pathlib import Path

import pytest

from detente.reader import read
from detente.types import Event


@pytest.fixture(scope="module")
def events(shared: Path) -> list[Event]:
    return read(shared / "articles" / "russia-pakistan-2012.txt", published=date(2012, 9, 17)).events


def parties(event: Event) -> frozenset[str]:
    return frozenset(a.id for a in (*event.source, *event.target))


def acts(events: list[Event], kind: str, *who: str) -> list[Event]:
    return [e for e in events if e.type == kind and parties(e) == set(who)]


def directed(events: list[Event], kind: str, source: set[str], target: str) -> list[Event]:
    return [e for e in acts(events, kind, *source, target) if {a.id for a in e.source} == source]


def test_the_meetings(events: list[Event]) -> None:
    (summit,) = acts(events, "CONSULT", "RUS", "PAK")
    assert (summit.status, summit.start) == ("planned", date(2012, 9, 26))
    assert summit.place is not None
    assert summit.place.name == "Islamabad"
    four = acts(events, "CONSULT", "RUS", "TJK", "PAK", "AFG")
    assert [(e.status, e.start and e.start.year) for e in four] == [("planned", 2012), ("occurred", 2011)]
    (dialogue,) = acts(events, "CONSULT", "IND", "USA", "AFG")
    assert dialogue.status == "occurred"


def test_the_deals(events: list[Event]) -> None:
    assert [e.status for e in acts(events, "CONSULT", "RUS", "USA")] == ["ongoing"]
    assert [e.status for e in acts(events, "AGREE", "IND", "USA")] == ["occurred"]
    assert [e.status for e in directed(events, "COOPERATE", {"RUS", "UKR"}, "PAK")] == ["occurred"]


def test_the_quarrels(events: list[Event]) -> None:
    assert [e.status for e in directed(events, "REJECT", {"PAK"}, "NATO")] == ["occurred"]
    assert [e.status for e in directed(events, "SANCTION", {"RUS"}, "PAK")] == ["ongoing"]
    assert directed(events, "ACCUSE", {"IND"}, "CHN")


def test_nothing_supposed_is_told_as_done(events: list[Event]) -> None:
    assert not directed(events, "AID", {"RUS"}, "PAK")
    assert not [e for e in events if e.evidence.trigger and e.status == "occurred" and parties(e) == {"IND", "PAK"}]
    assert len(events) <= 13  # ten that the article reports, at most three that it does not
