"""Events of a text in, withdrawals out that are due on a day and told by a noun alone: 'after the NATO withdrawal in 2014'."""

import re
from collections.abc import Iterable, Iterator

from detente.coding.parties import mentioned, party, told
from detente.coding.windows import root
from detente.ontology import intensity
from detente.reading import complete
from detente.reading.text import AnnotatedText, DateSpan, within
from detente.types import Event, Evidence, Mention, Span

FORCES = r"(?:troops?|forces|soldiers|military|combat|peacekeep\w+)"
LEAVING = re.compile(rf"\b(?:withdrawal|pull-?out|draw-?down)\b(?: of (?:the |all |its |remaining |foreign )*(?P<of>[A-Z][\w.]*(?: [A-Z]\w+)?)(?: {FORCES})+)?", re.IGNORECASE)  # fmt: skip
OWN = re.compile(
    rf"(?:['’]s?)?(?: (?:{FORCES}|planned|complete|full|final|scheduled|(?:19|20)\d\d))*[ -]", re.IGNORECASE
)
FROM = re.compile(rf"(?: of [^.;,]{{0,40}}?{FORCES})? from (?:the )?", re.IGNORECASE)
PLACED = re.compile(r"\b(?:in|inside|across) (?:the )?$", re.IGNORECASE)
NEAR = 40  # characters in which its day stands behind the noun
RIGHT = 0.75
"""Confidence: an estimate; the rule finds too few to count how many are right."""


def withdrawals(text: AnnotatedText, events: Iterable[Event]) -> Iterator[Event]:
    """A RETREAT, planned, for each withdrawal that has its day in the future, whose parties have no event in its sentence."""
    words, published = text.document.text, text.document.published
    if published is None or not LEAVING.search(words):
        return
    known = told(events)
    for span in text.sentences:
        for found in LEAVING.finditer(words, *span):
            mentions = mentioned(text, span)
            who = _who(words, mentions, found)
            whom = who and _whom(words, mentions, found, who)
            if who is None or whom is None:
                continue
            day = _day(complete(text), span, found)
            if day is None or day.last < published:
                continue
            if not any({root(who.id), root(whom.id)} <= parties for parties in known.get(span[0], ())):
                yield _retreat(who, whom, day, Evidence(start=span[0], end=span[1], trigger=found.span()))


def _who(words: str, near: list[Mention], found: re.Match[str]) -> Mention | None:
    """Who leaves: named right before the noun, or behind it as whose troops they are."""
    if found["of"]:
        return next((m for m in near if m.start <= found.start("of") < m.end), None)
    before = [m for m in near if m.end <= found.start()]
    return before[-1] if before and OWN.fullmatch(words, before[-1].end, found.start()) else None


def _whom(words: str, near: list[Mention], found: re.Match[str], who: Mention) -> Mention | None:
    """The state that is left: 'from' it; else what the sentence says of before as a place ('in Afghanistan', 'Afghan police')."""
    start = FROM.match(words, found.end())
    if start is not None:
        return next((m for m in near if m.start == start.end()), None)
    states = [m for m in near if m.kind == "state" and m.end <= found.start() and root(m.id) != root(who.id)]
    if not states:
        return None
    last = states[-1]
    return last if last.role == "demonym" or PLACED.search(words, max(0, last.start - 12), last.start) else None


def _day(text: AnnotatedText, span: Span, found: re.Match[str]) -> DateSpan | None:
    """The date that belongs to the noun: next behind it, or right before it ("the 2014 withdrawal")."""
    words = text.document.text
    for date in within(text.dates, span):
        behind = found.end() <= date.start <= min(found.end() + NEAR, span[1])
        if (behind and not re.search(r"[,;:]", words[found.end() : date.start])) or 0 <= found.start() - date.end <= 1:
            return date
    return None


def _retreat(who: Mention, whom: Mention, day: DateSpan, evidence: Evidence) -> Event:
    return Event(
        type="RETREAT", mode="withdraw", contexts=["military"], source=[party(who)], target=[party(whom)], status="planned",
        start=day.first, end=day.last, precision=day.precision, intensity=intensity("RETREAT", "withdraw", "planned"),
        confidence=RIGHT, evidence=evidence,
    )  # fmt: skip
