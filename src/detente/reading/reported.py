"""Sentences in, reported speech and beliefs out: 'Iran says it has …', 'is believed to …', '…, according to officials'."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from detente.reading import cues, datelines, denials, passives, speakers
from detente.reading.clauses import FINITE, LATER, begins, clauses, tidy
from detente.reading.quotes import Quotation
from detente.reading.text import Speech
from detente.types import Span

_ACCORDING = re.compile(
    r"\b(?P<cue>[Aa]ccording\s+to)\s+(?:(?:an?|the|his|her|its)\s+(?:\w+\s+){0,2}?(?:statement|report|letter|tweet|copy)s?\s+(?:from|by|of|released by)\s+(?:his\s|her\s|its\s)?)?"
)
_EXPECTS = re.compile(r"(?:expect|anticipate|predict|forecast|foresee|fear)s?(?:ed)?$")
_THING = re.compile(
    r"\s(?!to\b|that\b|from\b|of\b|for\b|in\b|on\b|it\b|by\b)(?:an?\s|the\s|more\s|further\s|no\s|its\s|some\s)[^,;:()]{6,160}"
)
_CALLS = re.compile(
    r"\b(?P<cue>call(?:s|ed|ing)?|describ(?:es?|ed|ing)|label(?:s|led|ed)?|brand(?:s|ed)?|dubs|referr?(?:s|ed)? to|characteri[sz](?:es|ed)|denounc(?:es|ed)|condemn(?:s|ed)|hail(?:s|ed))\b(?!\s(?:for|on|upon|off|in)\b)"
)
_NAMED = re.compile(r"\bwhat (?:[\w’']+ ){1,4}$")
_PLACED = re.compile(r"(?:The |A |An |Some |Several )?[A-Za-z’' -]{3,50}\s(?:in|from|at|near)\s(?:the\s)?$")
_TO_DO = re.compile(r"\s(?!to\b|that\b)[\w’'. -]{2,60}?\sto\s[a-z]{2,}[^;:]*")
_ASSERTS = {
    ("said", "clause"),
    ("said", "aux"),
    ("said", "quote"),
    ("said", "object"),
    ("said", "warned"),
    ("belief", "clause"),
}
_OPENS = re.compile(r"(?:In|On|At|After|During|Following|While|Although|As|When|If)\b")
_HEARER = re.compile(r"\s(?:the\s)?[\w’' -]{3,50}")
_NAME_IN = re.compile(r",\s(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]+){1,3}),\s*$")
_WHO = re.compile(r",? who (?:\w+ly |also |has |have )?$")
_ASKING = re.compile(r"^(?P<np>(?:An? |The |One )?[\w’' -]{3,50}?)\swho\s[^,]{3,60}\s$")
_NOUN = re.compile(r"\s(?:by|from)\s")
_A_PERSON = re.compile(r"\b(?:an?|the|one|another)\s(?P<np>[\w’'.-]+(?: [\w’'.-]+){0,5})$", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:and|but|then|also)\s$")
_GAP = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|could|may|might|can|should)\s")
_WHICH = re.compile(r"\b(?:that|which|who|what|whom)\s(?:the\s)?(?:[\w’'.-]+\s){1,4}$")
_LINKED = re.compile(r"(?:,\s|\s(?:and|that|but)\s|\s)$")


def find(text: str, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Speech]:
    """Reported speech of each sentence, in order; what stands inside quotation marks is left to the quotes."""
    inside = [quote.outer for quote in quotations]
    before: Speech | None = None
    for opening, end in sentences:
        stop = end - 1 if text[end - 1] in ".?!" else end
        start = datelines.end(text, (opening, stop))
        if cues.pattern().search(text, start, stop) is None and not _hints(text, start, stop):
            continue
        taken: list[Span] = []
        if before is not None and (refused := denials.refused(text, start, stop, before)):
            yield refused
        for speech in _sentence(text, start, stop, [q for q in quotations if start <= q.outer[0] < end]):
            cue = speech.cue or (start, start)
            quoted = any(a <= cue[0] < b for a, b in inside)
            nested = any(a <= cue[0] < b for a, b in taken) and speech.pattern != "who"
            if (
                not quoted
                and not nested
                and not any(_same(speech.content, t) for t in taken if speech.pattern != "according")
            ):
                taken.append(speech.content)
                before = speech
                yield speech
                yield from denials.same_sentence(text, speech, stop)


def _hints(text: str, start: int, stop: int) -> bool:
    return any(
        p.search(text, start, stop)
        for p in (_ACCORDING, passives.PASSIVE, passives.IT_IS, passives.SEEN_AS, denials.DENIES, _CALLS)
    )


def _same(a: Span, b: Span) -> bool:
    return a == b or (a[0] >= b[0] and a[1] <= b[1] and a[1] - a[0] > 0.8 * (b[1] - b[0]))


def _sentence(text: str, start: int, stop: int, quotations: list[Quotation]) -> Iterator[Speech]:
    according = list(_according(text, start, stop))
    if according:
        yield from according
        return
    last = _said_last(text, start, stop)
    if last:
        yield last
        return
    yield from _said_first(text, start, stop)
    yield from passives.find(text, start, stop)
    yield from denials.find(text, start, stop)
    yield from denials.claims_by(text, start, stop)
    yield from _called(text, start, stop, quotations)


def _according(text: str, start: int, stop: int) -> Iterator[Speech]:
    match = _ACCORDING.search(text, start, stop)
    if match is None:
        return
    speaker = speakers.after(text, match.end(), stop) or _few(text, match.end(), stop)
    if speaker is None:
        return
    comma = text.find(",", speaker[1], stop)
    front = (comma + 1, stop) if comma != -1 else None
    content = front if match.start() == start else (start, match.start())
    content = tidy(text, *content) if content else None
    if content:
        for who in _each(text, speaker):
            yield Speech(content=content, speaker=who, cue=match.span("cue"), kind="reported", pattern="according")


def _few(text: str, start: int, stop: int) -> Span | None:
    """The few words after 'according to' that are no name: 'pollsters', 'the station'."""
    found = re.compile(r"(?:the\s|an?\s)?(?:[\w’'-]+\s?){1,4}(?=[,.;]|$)").match(text, start, stop)
    return speakers.trim(text, *found.span()) if found else None


def _each(text: str, speaker: Span) -> list[Span]:
    """The speakers of 'the mayor and the top military administrator'; a name with 'and' in it stays whole."""
    parts = re.split(r"\sand\s(?:the\s)?(?=[a-z])", text[slice(*speaker)], maxsplit=1)
    if len(parts) < 2 or len(parts[0].split()) > 5:
        return [speaker]
    second = speaker[1] - len(parts[1])
    return [(speaker[0], speaker[0] + len(parts[0])), (second, speaker[1])]


def _said_last(text: str, start: int, stop: int) -> Speech | None:
    """'The strikes are in retaliation, officials said on Monday', '…, says a diplomat in Delhi'."""
    for comma in _commas(text, start, stop):
        cue = next(cues.pattern().finditer(text, comma, stop), None)
        content = tidy(text, start, comma, least=4)
        if cue is None or content is None or cues.verbs()[cue.group()] not in _ASSERTS or _OPENS.match(text, start):
            continue
        if not text[comma + 1 : cue.start()].strip():
            speaker = speakers.after(text, cue.end(), stop) if stop - cue.end() < 90 else None
            if speaker and (FINITE.search(text, speaker[1], stop) or FINITE.search(text, *speaker)):
                speaker = None
        else:
            speaker = _last_speaker(text, comma + 1, cue, stop)
        if speaker:
            return Speech(content=content, speaker=speaker, cue=cue.span(), kind="reported", pattern="last")
    return None


def _commas(text: str, start: int, stop: int) -> list[int]:
    """The last two commas of a sentence, the later one last, that stand not far from its end."""
    found = [n for n in range(max(start, stop - 100), stop) if text[n] == ","]
    return found[-2:]


def _last_speaker(text: str, low: int, cue: re.Match[str], stop: int) -> Span | None:
    """Who says so at the end of a sentence: nothing but a hearer or a day follows the verb, and no verb stands before it."""
    rest = LATER.match(text, cue.end(), stop)
    heard = _HEARER.fullmatch(text, cue.end(), stop) if cues.verbs()[cue.group()][1] == "object" else None
    if text[cue.end() : stop].strip() and heard is None and (rest is None or FINITE.search(text, rest.end(), stop)):
        return None
    speaker = speakers.before(text, low, cue.start())
    lead = text[low : speaker[0]] if speaker else ""
    if speaker and _PLACED.match(lead.lstrip()):
        speaker = speakers.opening(text, low + len(lead) - len(lead.lstrip()), cue.start()) or speaker
    return None if speaker is None or len(lead.split()) > 9 or FINITE.search(lead) else speaker


def _said_first(text: str, start: int, stop: int) -> Iterator[Speech]:
    """'Iran says it has …', 'Analysts believe that …', 'Putin told Obama that …', '…, adding that …'."""
    last: Span | None = None
    for cue in cues.pattern().finditer(text, start, stop):
        kind, frame = cues.verbs()[cue.group()]
        begin = begins(text, cue.end(), stop, frame)
        if begin is None and _GAP.match(text, cue.end(), stop) and _WHICH.search(text, start, cue.start()):
            begin = cue.end() + 1
        expects = begin is None and _EXPECTS.match(cue.group()) is not None
        thing = (_TO_DO.match(text, cue.end(), stop) or _THING.match(text, cue.end(), stop)) if expects else None
        if (begin is None and thing is None) or _NOUN.match(text, cue.end()):
            continue
        speaker, pattern = _speaker(text, start, cue, last)
        if speaker is None:
            continue
        last = speaker if pattern != "who" else last
        expresses: Literal["said", "belief"] = "belief" if kind == "belief" else "said"
        spans = clauses(text, start, begin, stop) if begin is not None else [tidy(text, *thing.span())] if thing else []
        for content in spans:
            if content:
                yield Speech(content=content, speaker=speaker, cue=cue.span(), kind="reported", expresses=expresses,
                             pattern="thing" if thing else pattern)  # fmt: skip


def _speaker(text: str, start: int, cue: re.Match[str], last: Span | None) -> tuple[Span | None, str]:
    """Who is the subject of a cue, and how it was found: before it, 'who', or as the subject of the sentence."""
    lead = text[start : cue.start()]
    within, asking = _NAME_IN.search(lead), _ASKING.match(lead)
    if within:
        return (start + within.start("name"), start + within.end("name")), "first"
    if asking:
        return speakers.trim(text, start, start + asking.end("np")), "first"
    who = _WHO.search(lead)
    if who:
        return speakers.before(text, start, start + who.start()) or _someone(text, start, start + who.start()), "who"
    found = _beside(text, start, cue, lead)
    if found:
        return found, "first"
    joined = cue.group().endswith("ing") or _JOINED.search(lead)
    return (last or speakers.subject(text, start, cue.start()), "linked") if joined else (None, "")


def _someone(text: str, start: int, end: int) -> Span | None:
    """A person without a name, before 'who says': 'a farmer', 'a veteran in his 50s'."""
    found = _A_PERSON.search(text[start:end])
    return (start + found.start("np"), end) if found else None


def _beside(text: str, start: int, cue: re.Match[str], lead: str) -> Span | None:
    """Who stands right before a cue; before a participle only a thing ('with reports stating')."""
    if cue.group().endswith("ing"):
        found = (
            None if re.search(r"(?:,|^|\b(?:is|are|was|were))\s*$", lead) else speakers.before(text, start, cue.start())
        )
        return found if found and text[found[0]].islower() else None
    found = speakers.before(text, start, cue.start())
    hangs = found is not None and _PLACED.match(text[start : found[0]])
    if (found is None or hangs) and not _JOINED.search(lead):
        return speakers.opening(text, start, cue.start()) or found
    return found


def _called(text: str, start: int, stop: int, quotations: list[Quotation]) -> Iterator[Speech]:
    """'calls the decision "strange" and "not a good signal"'."""
    for match in _CALLS.finditer(text, start, stop):
        own = [q for q in quotations if match.end() < q.outer[0] < stop]
        own = [q for n, q in enumerate(own) if n == 0 or q.outer[0] - own[n - 1].outer[1] < 16]
        if (
            _NAMED.search(text, start, match.start())
            or not own
            or own[0].outer[0] - match.end() > 150
            or re.search(r"[.;]", text[match.end() : own[0].outer[0]])
        ):
            continue
        speaker = speakers.before(text, start, match.start()) or (
            speakers.subject(text, start, match.start()) if _LINKED.search(text[start : match.start()]) else None
        )
        content = own[0].inner if len(own) == 1 else (own[0].outer[0], own[-1].outer[1])
        if speaker:
            yield Speech(content=content, speaker=speaker, cue=match.span("cue"), kind="quote", pattern="called")
            return
