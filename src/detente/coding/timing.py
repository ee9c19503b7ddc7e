"""An act's place in the text in, the days it took or will take place out."""

import re
from datetime import date

from detente.coding.wording import apart
from detente.reading.text import AnnotatedText, DateSpan
from detente.types import Precision, Span, Status

VAGUE = re.compile(
    r"\b(?:in|over|for|during) (?:recent|past|the (?:past|last|recent)|many|several|previous) (?:\w+ )?(?:years|months|decades)\b"
    r"|\brecently\b|\b(?:in|over) the past\b|\byears ago\b|\buntil now\b|\bhistorically\b",
    re.IGNORECASE,
)  # a time that no calendar day can stand for
BACKGROUND = re.compile(r"\b(?:had|previously|formerly|once|earlier|in the past) (?:\w+ ){0,2}$", re.IGNORECASE)
FAR = 25  # words between act and date beyond which they are not held together
When = tuple[date | None, date | None, Precision]


def timing(text: AnnotatedText, sentence: Span, trigger: Span, status: Status) -> When:
    """(first day, last day, precision): the sentence's date that fits the act best, else the day of the report.

    A planned act takes a date not before the report, an act that occurred one not after it. Without such a date an act
    told as news takes the day of publication; background ("had signed", "once led") is left undated.
    """
    published, words = text.document.published, text.document.text
    inside = [d for d in text.dates if sentence[0] <= d.start and d.end <= sentence[1] and fits(d, status, published)]
    far = [(apart(words, (d.start, d.end), trigger), d.start, d) for d in inside]
    if far and min(far)[0] <= FAR:
        best = min(far)[2]
        return best.first, best.last, best.precision
    if VAGUE.search(words, *sentence) or BACKGROUND.search(words, max(sentence[0], trigger[0] - 40), trigger[0]):
        return None, None, "unknown"
    if published is None or status not in {"occurred", "ongoing", "alleged", "denied"}:
        return None, None, "unknown"
    return published, published, "day"


def fits(span: DateSpan, status: Status, published: date | None) -> bool:
    """Whether a date can be the act's."""
    if published is None or status == "hypothetical":
        return True
    return span.last >= published if status == "planned" else span.first <= published
