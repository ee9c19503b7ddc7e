"""An act's place in the text in, the days it took or will take place out."""

import re
from datetime import date
from typing import Any

from detente.coding.candidates import Sentence
from detente.coding.features import chain
from detente.reading.text import AnnotatedText, DateSpan
from detente.types import Precision, Status

VAGUE = re.compile(
    r"\b(?:in|over|for|during) (?:recent|past|the (?:past|last|recent)|many|several|previous) (?:\w+ )?(?:years|months|decades)\b"
    r"|\brecently\b|\b(?:in|over) the past\b|\byears ago\b|\buntil now\b|\bhistorically\b",
    re.IGNORECASE,
)  # a time that no calendar day can stand for
FAR = 25  # words between act and date beyond which they are not held together
When = tuple[date | None, date | None, Precision]


def timing(text: AnnotatedText, sentence: Sentence, trigger: Any, status: Status) -> When:
    """(first day, last day, precision): the sentence's date that fits the act best, else the day of the report.

    A planned act takes a date not before the report, an act that occurred one not after it. Without such a date an act
    told as news takes the day of publication; background ("had signed", "the deal with …") is left undated.
    """
    published = text.document.published
    low, high = sentence.span
    inside = [d for d in text.dates if low <= d.start and d.end <= high]
    best = min(
        (d for d in inside if fits(d, status, published)), key=lambda d: distance(d, sentence, trigger), default=None
    )
    if best is not None and distance(best, sentence, trigger) <= FAR:
        return best.first, best.last, best.precision
    if VAGUE.search(text.document.text, low, high):
        return None, None, "unknown"
    if published is None or status not in {"occurred", "ongoing", "alleged", "denied"} or background(trigger):
        return None, None, "unknown"
    return published, published, "day"


def fits(span: DateSpan, status: Status, published: date | None) -> bool:
    """Whether a date can be the act's."""
    if published is None or status == "hypothetical":
        return True
    return span.last >= published if status == "planned" else span.first <= published


def distance(span: DateSpan, sentence: Sentence, trigger: Any) -> int:
    """Words between act and date; a date in another clause counts double."""
    tokens = [t for t in sentence.doc if t.idx + sentence.span[0] >= span.start]
    if not tokens:
        return FAR + 1
    date_token = tokens[0]
    ups = {t.i for t in chain(date_token) if t.pos_ in {"VERB", "AUX", "NOUN"}}
    words = abs(int(date_token.i) - int(trigger.i))
    return words if trigger.i in ups or trigger.head.i in ups else 2 * words


def background(trigger: Any) -> bool:
    """Whether the act is told as known before: pluperfect, or a definite noun that is not the news itself."""
    for token in chain(trigger):
        if token.pos_ in {"VERB", "AUX"}:
            helpers = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
            if "had" in helpers and token.tag_ == "VBN":
                return True
            if {c.lower_ for c in token.children if c.dep_ == "advmod"} & {"previously", "formerly", "once", "earlier"}:
                return True
            break
    if trigger.pos_ == "NOUN":
        return any(c.lower_ in {"the", "'s"} for c in trigger.children if c.dep_ == "det") and trigger.dep_ in {
            "nsubj",
            "pobj",
        }
    return False
