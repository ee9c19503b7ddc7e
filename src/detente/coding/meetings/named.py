"""Sentences in, gatherings that they name by an organisation out: 'the 33rd NATO summit begins in Washington'."""

import re
from collections.abc import Iterator

from detente.coding.meetings.fate import by_words
from detente.coding.meetings.series import GATHERING
from detente.coding.meetings.shaping import shaped
from detente.coding.windows import Window, entities, naming
from detente.reading import complete
from detente.reading.text import AnnotatedText
from detente.types import Meeting, Mention, Span

HEAD = re.compile(rf"(?:['’]s)?(?: [\w-]+)?? (?P<noun>{GATHERING})s?\b", re.IGNORECASE)
OF = re.compile(
    rf"\b(?P<noun>{GATHERING}) of (?:the )?(?:leaders of (?:the )?|member states of (?:the )?)?$", re.IGNORECASE
)
BEGINS = re.compile(
    r"^[^.;]{0,40}?\b(?:begins?|began|opens?|opened|starts?|started|kick(?:s|ed) off|ends?|ended|conclude[sd]?|close[sd]?|is held|was held|is being held"
    r"|takes? place|took place|gets? under ?way|got under way|convene[sd]?|gather(?:s|ed)?|is under ?way|is cancelled|was cancelled|is postponed"
    r"|was postponed|will (?:be held|take place|begin|open|start)|is (?:due|scheduled|set) to)\b",
    re.IGNORECASE,
)
GOES = re.compile(
    r"\b(?:attend(?:s|ed|ing)?|hosts?|hosted|hosting|arriv\w+ (?:in|at) [\w ]{2,30} for|represent[\w ]{2,40} at|meet(?:s|ing)? (?:at|during|for|in [\w ]{2,20} for)"
    r"|met (?:at|during|for)|gather(?:s|ed)? (?:at|for|in [\w ]{2,20} for)|at|during|on the sidelines of|addresse[sd]|leaders of)(?: [\w'’-]+){0,4} $",
    re.IGNORECASE,
)
MEETS = re.compile(
    r"^ (?:\w+ )?(?:meets|met|convenes|convened|gathers|holds? (?:an? )?(?:emergency |special |urgent )?(?:meeting|session|summit|talks))\b"
)
STATED = 0.8
BESIDE = 0.6


def named(text: AnnotatedText) -> list[Meeting]:
    """Meetings of organisations, with the actors that attend or host them."""
    return [m for span, inside in naming(text) for m in sentence(text, span, inside)]


def sentence(text: AnnotatedText, span: Span, inside: list[Mention]) -> Iterator[Meeting]:
    """The gatherings of one sentence."""
    words = text.document.text
    for mention in inside:
        if mention.kind != "organisation" or mention.sector != "IGO":
            continue
        trigger = gathering(words, span, mention)
        if trigger is None:
            continue
        goes = GOES.search(words[span[0] : trigger[0]])
        begins = BEGINS.match(words[trigger[1] : span[1]])
        status = by_words(words, span, trigger)
        if status is None or not (goes or begins or MEETS.match(words[mention.end : span[1]])):
            continue
        parties = [mention, *(attending(words, inside, mention, trigger) if goes else [])]
        window = Window(span, entities(inside), ())
        yield shaped(complete(text), window, trigger, parties, status, STATED if begins else BESIDE)


def gathering(text: str, span: Span, mention: Mention) -> Span | None:
    """The words that name an organisation's meeting; None where the mention is of the organisation itself."""
    head = HEAD.match(text, mention.end, span[1])
    if head:
        return (mention.start, head.end())
    of = OF.search(text, max(span[0], mention.start - 60), mention.start)
    if of:
        return (of.start("noun"), mention.end)
    meets = MEETS.match(text[mention.end : span[1]])
    return (mention.end + 1, mention.end + meets.end()) if meets else None


def attending(text: str, inside: list[Mention], host: Mention, trigger: Span) -> list[Mention]:
    """The actors that stand before a gathering as those who go to it, its host country left out."""
    found = [m for m in inside if m.end <= trigger[0] and m.id != host.id and m.role not in {"place"}]
    return [
        m
        for m in found
        if not re.search(r"\b(?:in|from|against|on|near) (?:the )?$", text[max(0, m.start - 9) : m.start])
    ][:2]
