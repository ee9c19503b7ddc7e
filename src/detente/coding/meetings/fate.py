"""The words around a meeting in, whether it is scheduled, was held, put off or called off out."""

import re

from detente.coding.meetings.words import AGREES, ASKED, CANCEL, NAMED, PLANNED, POSTPONE, PROPOSED
from detente.types import MeetingStatus, Span, Status

BACK = 70  # characters before the meeting's words in which a verb governs it
AFTER = 60
BY_STATUS: dict[Status, MeetingStatus | None] = {
    "occurred": "held", "ongoing": "held", "alleged": "held", "planned": "scheduled", "hypothetical": None,
    "denied": None,
}  # fmt: skip
DURING = re.compile(
    r"\b(?:during|after|following|since) (?:his|her|their|its|the|an?|[A-Z]\w+['’]s?) (?:[\w-]+ ){0,2}$", re.IGNORECASE
)
IS = re.compile(r"^\W*(?:[\w'’]+ ){0,6}?(?:is|was|are|were|been|being|gets?)\b", re.IGNORECASE)


def undone(text: str, sentence: Span, trigger: Span) -> MeetingStatus | None:
    """ "postponed" or "cancelled" where the words before or after a meeting say so of it."""
    before = text[max(sentence[0], trigger[0] - BACK) : trigger[1]]
    after = text[trigger[1] : min(sentence[1], trigger[1] + AFTER)]
    for status, pattern in (("postponed", POSTPONE), ("cancelled", CANCEL)):
        if pattern.search(text, *trigger) and NAMED.search(text, sentence[0], trigger[1]):
            return "postponed" if status == "postponed" else "cancelled"
        found = None
        for found in pattern.finditer(before):  # noqa: B007
            pass
        governs = found is not None and governed(before[found.start() :], found.end() - found.start())
        later = pattern.search(after)
        if governs or (later is not None and IS.match(after[: later.end()])):
            return "postponed" if status == "postponed" else "cancelled"
    return None


def governed(words: str, verb: int) -> bool:
    """Whether a verb at the start of these words has a meeting for its object: one is named after it, no clause between."""
    rest = words[verb:]
    named = NAMED.search(rest)
    return (named is not None or verb > 12) and re.search(
        r"[;:.]|, (?:who|which|but|after|while)\b", rest[: named.start() if named else 0]
    ) is None


def fate(text: str, sentence: Span, trigger: Span, status: Status) -> MeetingStatus | None:
    """What became of a meeting that the coder gives a status; None where it is only imagined or proposed, or was not held."""
    if DURING.search(text, max(sentence[0], trigger[0] - 30), trigger[0]):
        return "held"
    if ASKED.search(text, sentence[0], trigger[0]):
        return None
    if AGREES.search(
        text, sentence[0], trigger[0] + len(text[slice(*trigger)].split(" ", maxsplit=1)[0])
    ) or AGREES.search(text, sentence[0], trigger[0]):
        return "scheduled"
    return undone(text, sentence, trigger) or BY_STATUS[status]


def by_words(text: str, sentence: Span, trigger: Span) -> MeetingStatus | None:
    """What became of a meeting that the coder says nothing of; None where it is only proposed."""
    before = text[sentence[0] : trigger[0]][-BACK:]
    if PROPOSED.search(before):
        return None
    around = before[-45:] + text[slice(*trigger)] + text[trigger[1] : min(sentence[1], trigger[1] + 30)]
    return undone(text, sentence, trigger) or ("scheduled" if PLANNED.search(around) else "held")
