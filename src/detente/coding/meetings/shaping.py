"""A meeting's words and parties in, the Meeting out: format, series, date, place, topic."""

import re
from datetime import date

from detente.coding.meetings.series import series
from detente.coding.meetings.words import form
from detente.coding.placing import placing
from detente.coding.timing import When, timing
from detente.coding.windows import Window
from detente.reading.text import AnnotatedText, within
from detente.types import Evidence, Meeting, MeetingStatus, Mention, Place, Span

TOPIC = re.compile(
    r"\b(?:to discuss|(?:talks|summit|conference|meeting|dialogue|negotiations|consultations) (?:on|about|over)|discuss(?:es|ed|ing)?"
    r"|focus(?:es|ed|ing)? on|on the (?:issue|question|future|situation) of) (?P<topic>[^.;:]{3,90}?)"
    r"(?=[.;:]|,? (?:in|at|on|with|after|before|while|during|as|and (?:to|will|has|is)) |, |$)",
    re.IGNORECASE,
)
PRESENT = re.compile(
    r"\b(?:meets?|starts?|begins?|opens?|visits?|holds?|hosts?|arrives?|travels?|flies|visit|talks|tour|trip|summit|conference)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\b(?:before|ahead of|until|after|since|prior)\b|\bby $|[,;]")
FROM = re.compile(r"\bfrom (?:the )?(?:[A-Z]\w+,? )?$")


def shaped(
    text: AnnotatedText, window: Window, trigger: Span, parties: list[Mention], status: MeetingStatus, confidence: float
) -> Meeting:
    """The meeting of these parties in one sentence of a whole text."""
    words, sentence = text.document.text, window.span
    kind = form(words, sentence, trigger)
    if status == "held" and PRESENT.search(words, *trigger) and coming(text, sentence, trigger):
        status = "scheduled"
    start, end, precision = dated(text, sentence, trigger, status)
    place = placing(text, window, sentence, trigger) or (visited(parties) if kind == "visit" else None)
    topic = TOPIC.search(words, *sentence)
    return Meeting(
        participants=list(dict.fromkeys(m.id for m in parties)),
        format=kind,
        series=series(words, sentence, trigger, parties),
        start=start,
        end=end,
        precision=precision,
        place=place,
        topic=topic["topic"].strip() if topic else None,
        status=status,
        moved=moved(text, sentence) if status == "postponed" else None,
        confidence=confidence,
        evidence=Evidence(start=sentence[0], end=sentence[1], trigger=trigger),
    )


def dated(text: AnnotatedText, sentence: Span, trigger: Span, status: MeetingStatus) -> When:
    """The days of a meeting: of one that was held not after the report, of any other not before it.

    What is called off on the day of the report was to be held on another.
    """
    start, end, precision = timing(text, sentence, trigger, "occurred" if status == "held" else "planned")
    if status in {"cancelled", "postponed"} and start == text.document.published:
        return None, None, "unknown"
    return start, end, precision


def coming(text: AnnotatedText, sentence: Span, trigger: Span) -> bool:
    """Whether a day after the report stands right behind a meeting's words, and none before it: 'starts a visit on June 25'."""
    published, words = text.document.published, text.document.text
    days = [d for d in within(text.dates, sentence) if d.precision == "day"]
    if published is None or not days or any(d.first <= published for d in days):
        return False
    gap = words[trigger[1] : days[0].start]
    return days[0].start >= trigger[1] and len(gap) < 70 and not ASIDE.search(gap)


def moved(text: AnnotatedText, sentence: Span) -> date | None:
    """The day from which a meeting was moved: 'from 26 September to 4 October'."""
    words = text.document.text
    inside = [d for d in within(text.dates, sentence) if d.precision == "day"]
    return next((d.first for d in inside if FROM.search(words, max(sentence[0], d.start - 20), d.start)), None)


def visited(parties: list[Mention]) -> Place | None:
    """Where a visit goes whose sentence names no other place: to the second party."""
    if len(parties) != 2 or parties[1].kind != "state":
        return None
    return Place(name=parties[1].text, country=parties[1].id.split(".")[0])
