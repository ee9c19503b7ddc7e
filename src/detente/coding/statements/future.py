"""What is said in, whether it says that something will or may happen, whether that can be checked, and by when out."""

import re
from datetime import date

from detente.coding.statements.certainty import clause
from detente.reading.text import AnnotatedText
from detente.types import Span

WILL = re.compile(
    r"\b(?:will|shall|would|won['’]t|wouldn['’]t|is going to|are going to|am going to|plans? to|planning to|intends? to|is to|are to|is set to|are set to|is due to|are due to"
    r"|is expected to|are expected to|is scheduled|are scheduled|expects? to|aims? to|about to|likely to|unlikely to|faces?|looms?|is heading|are heading)\b|['’]ll\b",
    re.IGNORECASE,
)
MAY = re.compile(
    r"\b(?:may|might|could)\b(?! (?:have|be (?:linked|due|responsible|related|behind|the (?:cause|result|work)))\b)",
    re.IGNORECASE,
)
PAST = re.compile(r"\b(?:would|could|may|might|will) have (?:been |\w+ed\b)|\bhad (?:been )?\w+ed\b", re.IGNORECASE)
HOPING = re.compile(
    r"(?:expect|hope|predict|forecast|anticipate|foresee|vow|pledge|promise|threaten|project)(?:s|ed|ing)?$|projected$|feared$",
    re.IGNORECASE,
)
DONE = re.compile(r"^to (?:have|be (?:responsible|behind|involved|linked|the (?:work|first|largest)))\b", re.IGNORECASE)
WISH = re.compile(
    r"\b(?:would|will) (?:like|recommend|love|prefer|welcome|appreciate|say|suggest|call|describe|ask|urge|be to\b|be (?:an? )?(?:loss|mistake|honou?r|pleasure|good|bad|great|sad|wrong|right)\b)",
    re.IGNORECASE,
)
ACT = re.compile(
    r"\b(?:will|would|shall|may|might|could|to|going to|['’]ll)(?: not| never| also| soon| probably| likely|\s\w+ly)* (?!be\b|seem|feel|look|like|mean|matter|make sense)(?P<verb>[a-z]{3,})\b"
)
BECOMES = re.compile(
    r"\b(?:will|would|may|might|could|to) be \w+(?:ed|en|held|built|sent|sold|cut|put|set|met|paid|lost|won|killed)\b"
)
VALUE = re.compile(
    r"\b(?:trust|sense|loss|mistake|wrong|right|important|friend(?:ship|ly)?|respect|honou?r|better|worse|good|bad|great|dynamism|values?|feel\w*|love|justice)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\b\d[\d,.]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|million|billion)\b"
)
UNTIL = re.compile(
    r"\b(?:by|before|until|till|within|in|on|during|next|this|later|over|from|between|at)\b(?: the)?(?: end of)?(?: the)?\s$",
    re.IGNORECASE,
)


def ahead(content: str, cue: str) -> bool:
    """Whether a statement says that something will, may or will not happen: by its first verbs, or an infinitive after 'expects'."""
    head = clause(content)
    if PAST.search(head) or WISH.search(head):
        return False
    if HOPING.search(cue) and not DONE.match(content) and not re.search(r"\b(?:has|have|had|was|were|did)\b", head):
        return True
    return WILL.search(head) is not None or MAY.search(head) is not None


def checkable(content: str, named: bool) -> bool:
    """Whether a forecast can turn out true or false: it foretells an act or a number, of somebody named, and is no judgement of worth."""
    acts = ACT.search(content) is not None or BECOMES.search(content) is not None or NUMBER.search(content) is not None
    return (
        acts
        and (named or NUMBER.search(content) is not None)
        and not (VALUE.search(content) and not NUMBER.search(content))
    )


def horizon(text: AnnotatedText, parts: list[Span]) -> date | None:
    """The last day on which a forecast can come true, where it names a time after the day of publication."""
    published, words = text.document.published, text.document.text
    days = []
    for start, end in parts:
        for day in text.dates:
            if start <= day.start and day.end <= end and (published is None or day.last >= published):
                led = UNTIL.search(words, max(start, day.start - 24), day.start) or re.match(
                    r"(?:next|this|by|tomorrow|today|tonight|\w+day|within|in)\b", day.text, re.IGNORECASE
                )
                if led:
                    days.append(day.last)
    return min(days, default=None)
