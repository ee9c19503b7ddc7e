"""An act's place in the text in, the days it took or will take place out."""

import re
from datetime import date, timedelta

from detente.coding.wording import apart
from detente.reading.text import AnnotatedText, DateSpan, within
from detente.types import Precision, Span, Status

VAGUE = re.compile(
    r"\b(?:in|over|for|during) (?:recent|past|the (?:past|last|recent)|many|several|previous) (?:\w+ )?(?:years|months|decades)\b"
    r"|\bfor (?:decades|years|generations)\b|\b(?:during|in|since) the (?:Cold War|Soviet (?:era|period))\b"
    r"|\brecently\b|\b(?:in|over) the past\b|\byears ago\b|\buntil now\b|\bhistorically\b",
    re.IGNORECASE,
)  # a time that no calendar day can stand for
BACKGROUND = re.compile(r"\b(?:had|previously|formerly|once|earlier|in the past) (?:\w+ ){0,2}$", re.IGNORECASE)
FAR = 25  # words between act and date beyond which they are not held together
OTHER_ACT = re.compile(
    r"\b(?:after|since|before|for|of|over|upon|despite)\s(?:\w+\s){0,2}?(?!(?:dur|morn|even|meet|build|k)ing\b)\w{2,}ing\b"
    r"|\b(?:that|which|who|whom|where|when|after)\s(?:\w+\s){0,3}?(?:\w{2,}ed|was|were|had|began|left|took|fell|shot|cut|led|broke|came|held|met|won|lost|sank|hit)\b"
)  # words after which a date is that of an act told beside the trigger's: 'after severing them in 1961', 'a strike that killed 24 in May'
_OF_A_THING = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|this)|['’]s?)\s$")
_AT_A_THING = re.compile(r"\s(?:in|during|at)\s(?:the|its|their)\s")
_OWNS = re.compile(r"['’]s? (?=[A-Za-z\"“])")
_THERE = re.compile(r"\b(?:at|in|during) $")
_GOES_ON = re.compile(r"[\w\"“ -]*")
OWNED = 30  # characters behind such a date in which the trigger is what it owns: "Thursday's deadly attack"
LONG_AGO = timedelta(60)
"""A date older than this, at publication, is not taken to be the trigger's where the words between lead to another act."""
When = tuple[date | None, date | None, Precision]


def timing(text: AnnotatedText, sentence: Span, trigger: Span, status: Status) -> When:
    """(first day, last day, precision): the sentence's date that fits the act best, else the day of the report.

    A planned act takes a date not before the report, an act that occurred one not after it. Without such a date an act
    told as news takes the day of publication; background ("had signed", "once led") is left undated.
    """
    published, words = text.document.published, text.document.text
    inside = [
        d
        for d in within(text.dates, sentence)
        if fits(d, status, published)
        and not possessed(words, trigger, (d.start, d.end))
        and not (published and d.last < published - LONG_AGO and elsewhere(words, trigger, (d.start, d.end)))
    ]
    far = [(apart(words, (d.start, d.end), trigger), d.start, d) for d in inside]
    if far and min(far)[0] <= FAR:
        best = min(far)[2]
        return best.first, best.last, best.precision
    vague = VAGUE.search(words, *sentence)
    if vague and not any(d.start < vague.end() and vague.start() < d.end for d in within(text.dates, sentence)):
        return None, None, "unknown"
    if BACKGROUND.search(words, max(sentence[0], trigger[0] - 40), trigger[0]):
        return None, None, "unknown"
    if published is None or status not in {"occurred", "ongoing", "alleged", "denied"}:
        return None, None, "unknown"
    return published, published, "day"


def fits(span: DateSpan, status: Status, published: date | None) -> bool:
    """Whether a date can be the act's."""
    if published is None or status == "hypothetical":
        return True
    return span.last >= published if status == "planned" else span.first <= published


def possessed(words: str, trigger: Span, span: Span) -> bool:
    """Whether a date owns what follows it, and that is not the trigger: "condemned Thursday's attack"."""
    owns = _OWNS.match(words, span[1])
    if owns is None or _THERE.search(
        words, max(0, span[0] - 8), span[0]
    ):  # 'refused to sign at last year's summit': it was then
        return False
    return not (span[1] < trigger[0] <= owns.end() + OWNED and _GOES_ON.fullmatch(words, owns.end(), trigger[0]))


def elsewhere(words: str, trigger: Span, span: Span) -> bool:
    """Whether a date after the trigger is told of another act, or only names a thing ('the 1915 massacre')."""
    if span[0] < trigger[1]:
        return False
    between = words[trigger[1] : span[0]]
    if _AT_A_THING.fullmatch(between):  # 'interference in the 2016 election' was then
        return False
    named = _OF_A_THING.search(between) and re.match(r"\s[A-Za-z]", words[span[1] : span[1] + 2])
    return bool(named or OTHER_ACT.search(between))
