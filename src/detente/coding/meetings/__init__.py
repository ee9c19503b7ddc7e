"""Annotated text and its coded acts in, meetings out: who meets whom, in which form, when, where, and whether it was held."""

from detente.coding.coder import Acts
from detente.coding.meetings.coded import coded
from detente.coding.meetings.joining import join
from detente.coding.meetings.named import named
from detente.coding.meetings.travel import travels
from detente.coding.meetings.words import MEETING
from detente.reading.text import AnnotatedText
from detente.types import Event, Meeting

__all__ = ["meetings"]


def meetings(text: AnnotatedText, acts: list[Acts], events: list[Event]) -> list[Meeting]:
    """The meetings between parties of different states or organisations that a text reports, in text order.

    They come from the coder's acts of consulting (visits, talks, calls), also from those too unsure to be events where
    the words name a meeting, from gatherings that the text names ("the NATO summit begins in Chicago"), and from journeys of persons in
    office to another state.
    """
    if MEETING.search(text.document.text) is None:
        return []
    return join(text, [*coded(text, acts), *named(text), *travels(text)], events)
