"""Meetings in running text: who, in which form, when and where, and whether they were held, put off, called off or only proposed."""

from datetime import date

import pytest

import detente
from detente.reader import read_document
from detente.types import Document, Meeting

DAY = "2012-09-17"


def found(text: str) -> list[Meeting]:
    return detente.read(text, published=DAY).meetings


def only(text: str) -> Meeting:
    meetings = found(text)
    assert len(meetings) == 1, meetings
    return meetings[0]


@pytest.mark.parametrize(
    ("text", "parties", "form", "status"),
    [
        ("Japanese Prime Minister Yoshihiko Noda arrived in Beijing on Sunday for talks with Chinese leaders.", {"JPN", "CHN"}, "visit", "held"),
        ("The foreign ministers of Poland and Lithuania met in Vilnius to discuss energy supplies.", {"POL", "LTU"}, "talks", "held"),
        ("German Chancellor Angela Merkel will visit Turkey next week.", {"DEU", "TUR"}, "visit", "scheduled"),
        ("Barack Obama spoke by telephone with Israeli Prime Minister Benjamin Netanyahu on Monday.", {"USA", "ISR"}, "call", "held"),
        ("Sudan and South Sudan will hold a summit in Addis Ababa on September 23.", {"SDN", "SSD"}, "summit", "scheduled"),
        ("Kenya's president cancelled a state visit to Ethiopia.", {"KEN", "ETH"}, "visit", "cancelled"),
        ("Brazil's foreign minister postponed his trip to Argentina because of the strike.", {"BRA", "ARG"}, "visit", "postponed"),
        ("Talks between India and Nepal were called off on Friday.", {"IND", "NPL"}, "talks", "cancelled"),
    ],
)  # fmt: skip
def test_a_meeting_has_parties_form_and_fate(text: str, parties: set[str], form: str, status: str) -> None:
    meeting = only(text)
    assert (set(meeting.participants), meeting.format, meeting.status) == (parties, form, status)


@pytest.mark.parametrize(
    "text",
    [
        "France called on Iran to return to talks with Germany.",
        "Norway could meet Russia halfway on fishing quotas, an economist wrote.",
        "Spain and Portugal signed a treaty on river waters.",
        "The United States condemned Syria for the shelling of Homs.",
        "Canada beat Denmark in the final meeting of the season.",
    ],
)
def test_what_is_proposed_or_something_else_is_no_meeting(text: str) -> None:
    assert found(text) == []


def test_a_gathering_of_an_organisation_is_a_meeting_with_its_series() -> None:
    meeting = only("The 25th NATO summit opens in Chicago on Monday.")
    assert (meeting.participants[0], meeting.format, meeting.series) == ("NATO", "summit", "NATO summit")


def test_an_organisation_that_only_acts_does_not_meet() -> None:
    assert found("NATO condemned the attack in Kunduz.") == []


def test_date_place_and_topic_are_taken_from_the_sentence() -> None:
    meeting = only("The presidents of Russia and Kazakhstan will meet in Astana on 5 October to discuss gas prices.")
    assert (meeting.start, meeting.precision) == (date(2012, 10, 5), "day")
    assert meeting.place is not None
    assert (meeting.place.name, meeting.place.country) == ("Astana", "KAZ")
    assert meeting.topic == "gas prices"


def test_what_is_called_off_on_the_day_of_the_report_was_not_due_that_day() -> None:
    meeting = only("Hamid Karzai called off a visit to Pakistan on Monday.")
    assert (meeting.status, meeting.start) == ("cancelled", None)


def test_a_meeting_named_twice_is_one() -> None:
    meetings = found(
        "Chinese President Hu Jintao visited Denmark in June 2012. During the visit Hu met Danish Prime Minister Helle "
        "Thorning-Schmidt in Copenhagen."
    )
    assert {frozenset(m.participants) for m in meetings} == {frozenset({"CHN", "DNK"})}


def test_evidence_stands_in_the_text() -> None:
    text = "A storm hit Cuba. Raúl Castro met Venezuelan President Hugo Chávez in Havana. Rain is expected."
    meeting = only(text)
    start, end = meeting.evidence.trigger or (0, 0)
    assert text[start:end].startswith("met")
    assert text[meeting.evidence.start : meeting.evidence.end].startswith("Raúl Castro")
    assert 0 < meeting.confidence <= 1


def test_junk_is_read_to_its_end() -> None:
    for junk in ("visit " * 8000, "France met " * 5000, "the summit of the " * 3000, '"' * 50000):
        assert len(read_document(Document(id="junk", text=junk + " end.")).meetings) <= 1, junk[:20]
