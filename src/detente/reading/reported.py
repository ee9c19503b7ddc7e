"""Sentences in, reported speech and beliefs out: 'Iran says it has …', 'is believed to …', '…, according to officials'."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from detente.reading import cues, speakers
from detente.reading.quotes import Quotation
from detente.reading.text import Speech
from detente.types import Span

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|does|did|do|cannot|won['’]t|isn['’]t|wasn['’]t|didn['’]t|doesn['’]t)\b"
)
_FINITE = re.compile(
    rf"{_AUXILIARY.pattern}|\b(?!need|speed|indeed|hundred)[a-z]{{2,}}ed\b"
    r"|\b(?:be|go|kill|remain|continue|face|need|want|plan|seek|hold|support|expect|show|deserve|depend|require|mean|believe|belong|intend|include|reject)s\b"
)
_SAID_OF_THING = re.compile(r"\s*(?:of|for|to|about|in|on|at|by|with|from|yes|so|responsibility|goodbye|sorry)\b")
_LATER = re.compile(
    r"\s+(?:on\s+\w+day|\w+day|yesterday|today|late\s+\w+day|on\s+[A-Z]\w+|in\s+an?\s+(?:\w+\s+)?(?:statement|interview|report|speech|address|letter|tweet)|again)\b,?"
)
_ACCORDING = re.compile(
    r"\b(?P<cue>[Aa]ccording\s+to)\s+(?:(?:an?|the|his|her|its)\s+(?:\w+\s+){0,2}?(?:statement|report|letter|tweet)s?\s+(?:from|by|of|released by)\s+)?"
)
_PARTICIPLE = re.compile(
    r",?[\"”’]?,?\s(?:saying|stating|adding|claiming|suggesting|alleging|arguing|insisting|warning|noting|explaining|accusing|calling|citing|prompting|while\s(?:\w+\s)?(?:also\s)?\w+ing)\b"
)
_AND_DENIES_IT = re.compile(
    r"\b(?P<cue>den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)|refut(?:es|ed))\s(?:this|it|that|the\s(?:\w+\s)?(?:claims?|allegations?|accusations?|reports?|charges?))\b"
)
_THAT = re.compile(r",? (?:and|but) that ")
_AND_THAT = re.compile(r",? (?:and|but) that ")
_THOUGHT = (
    r"(?P<cue>(?P<thought>believed|thought|expected|feared|forecast|predicted|projected|presumed|suspected|assumed|considered|deemed|estimated|understood)"
    r"|(?P<told>said|reported|alleged|claimed|rumou?red))\s(?:by\s(?P<by>[\w .'’-]{3,40}?)\s)?"
)
_PASSIVE = re.compile(
    rf"(?:\b(?:is|are|was|were|been|being|be)|,)(?:\s(?:also|now|still|not|then|\w+ly))?\s{_THOUGHT}(?=to\s(?P<verb>\w+))"
)
_REDUCED = re.compile(rf"[\w\"”’]\s{_THOUGHT}(?=to\s(?P<verb>be|have)\b)")
_IT_IS = re.compile(
    r"\b[Ii]t\s(?:is|was|has been)\s(?:also\s|widely\s|now\s|later\s)?(?P<cue>believed|thought|feared|expected|reported|alleged|claimed|announced|confirmed|revealed|rumou?red|estimated|understood)\sthat\s"
)
_EXPECTS = re.compile(r"(?:expect|anticipate|predict|forecast|foresee|fear)s?(?:ed)?$")
_THING = re.compile(
    r"\s(?!to\b|that\b|from\b|of\b|for\b|in\b|on\b|it\b|by\b)(?:an?\s|the\s|more\s|further\s|no\s|its\s|some\s)[^,;:()]{6,160}"
)
_DENIES = re.compile(
    r"\b(?P<cue>den(?:y|ies|ied|ying))\s(?=(?:any|having|being|\w{3,}ing|involvement|responsibility|wrongdoing|allegations that|accusations that|claims that|reports that)\b)"
)
_DENIES_IT = re.compile(
    r"\b(?P<cue>den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)|refut(?:es|ed))\s(?:this|it|that|the\s(?:\w+\s)?(?:claims?|allegations?|accusations?|reports?|charges?))\b"
)
_THAT = re.compile(
    r"(?:,[^,;:\"“”]{3,70},|\s(?:in|on|to|at|during|via|through|by)\s[^,;:\"“”]{3,60}?|\s(?:publicly|again|today|yesterday|later))?,?\s+that\s+"
)
_CALLS = re.compile(
    r"\b(?P<cue>call(?:s|ed|ing)?|describ(?:es?|ed|ing)|label(?:s|led|ed)?|brand(?:s|ed)?|dubs|referr?(?:s|ed)? to|characteri[sz](?:es|ed)|denounc(?:es|ed)|condemn(?:s|ed)|hail(?:s|ed))\b(?!\s(?:for|on|upon|off|in)\b)"
)
_NAMED = re.compile(r"\bwhat (?:[\w’']+ ){1,4}$")
_SAY = re.compile(r"\b(?:say|says|said)(?:\s(?:on\s)?\w+day)?$")
_TO_HAVE = re.compile(r"\sto (?:have|be)\b")
_OWN = re.compile(r"\s(?:it|he|she|they|we|there|(?:its|his|her|their|our)\s(?:\w+\s){1,3}?(?=\w+ed\b))\s?")
_RELATIVE = re.compile(r"[,;:\"“”]|\s(?:that|which|who|whose|where|after|as|because|to)\s")
_JOINED = re.compile(r"\b(?:and|but|then|also)\s$")
_LINKED = re.compile(r"(?:,\s|\s(?:and|that|but)\s|\s)$")


def find(text: str, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Speech]:
    """Reported speech of each sentence, in order; what stands inside quotation marks is left to the quotes."""
    inside = [quote.outer for quote in quotations]
    before: Speech | None = None
    for start, end in sentences:
        stop = end - 1 if text[end - 1] in ".?!" else end
        if cues.pattern().search(text, start, stop) is None and not _hints(text, start, stop):
            continue
        taken: list[Span] = []
        if before is not None and (refused := _refused(text, start, stop, before)):
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


def _hints(text: str, start: int, stop: int) -> bool:
    return any(p.search(text, start, stop) for p in (_ACCORDING, _PASSIVE, _DENIES, _CALLS))


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
    yield from _passive(text, start, stop)
    yield from _denied(text, start, stop)
    yield from _called(text, start, stop, quotations)


def _according(text: str, start: int, stop: int) -> Iterator[Speech]:
    match = _ACCORDING.search(text, start, stop)
    speaker = speakers.after(text, match.end(), stop) if match else None
    if match is None or speaker is None:
        return
    comma = text.find(",", speaker[1], stop)
    front = (comma + 1, stop) if comma != -1 else None
    content = front if match.start() == start else (start, match.start())
    content = _tidy(text, *content) if content else None
    if content:
        for who in _each(text, speaker):
            yield Speech(content=content, speaker=who, cue=match.span("cue"), kind="reported", pattern="according")


def _each(text: str, speaker: Span) -> list[Span]:
    """The speakers of 'the mayor and the top military administrator'; a name with 'and' in it stays whole."""
    parts = re.split(r"\sand\s(?:the\s)?(?=[a-z])", text[slice(*speaker)], maxsplit=1)
    if len(parts) < 2 or len(parts[0].split()) > 5:
        return [speaker]
    second = speaker[1] - len(parts[1])
    return [(speaker[0], speaker[0] + len(parts[0])), (second, speaker[1])]


def _said_last(text: str, start: int, stop: int) -> Speech | None:
    """'The strikes are in retaliation, officials said on Monday'."""
    comma = text.rfind(",", start, stop)
    if comma == -1 or stop - comma > 100:
        return None
    found = list(cues.pattern().finditer(text, comma, stop))
    cue = found[-1] if found else None
    if cue is None or cues.verbs()[cue.group()] not in (("said", "clause"), ("said", "aux"), ("said", "quote")):
        return None
    rest = _LATER.match(text, cue.end(), stop)
    if text[cue.end() : stop].strip() and (rest is None or _FINITE.search(text, rest.end(), stop)):
        return None
    speaker = speakers.before(text, comma + 1, cue.start())
    content = _tidy(text, start, comma)
    lead = text[comma + 1 : speaker[0]] if speaker else ""
    if (
        speaker is None
        or content is None
        or len(lead.split()) > 9
        or _FINITE.search(lead)
        or not _FINITE.search(text, *content)
    ):
        return None
    return Speech(content=content, speaker=speaker, cue=cue.span(), kind="reported", pattern="last")


def _said_first(text: str, start: int, stop: int) -> Iterator[Speech]:
    """'Iran says it has …', 'Analysts believe that …', 'Putin told Obama that …', '…, adding that …'."""
    last: Span | None = None
    for cue in cues.pattern().finditer(text, start, stop):
        kind, frame = cues.verbs()[cue.group()]
        begin = _content_start(text, cue.end(), stop, frame)
        thing = _THING.match(text, cue.end(), stop) if begin is None and _EXPECTS.match(cue.group()) else None
        if begin is None and thing is None:
            continue
        speaker, pattern = _speaker(text, start, cue, last)
        if speaker is None:
            continue
        last = speaker if pattern != "who" else last
        expresses: Literal["said", "belief"] = "belief" if kind == "belief" else "said"
        spans = _clauses(text, begin, stop) if begin is not None else [_tidy(text, *thing.span())] if thing else []
        for content in spans:
            if content:
                yield Speech(content=content, speaker=speaker, cue=cue.span(), kind="reported", expresses=expresses,
                             pattern="thing" if thing else pattern)  # fmt: skip


def _speaker(text: str, start: int, cue: re.Match[str], last: Span | None) -> tuple[Span | None, str]:
    """Who is the subject of a cue, and how it was found: before it, 'who', or as the subject of the sentence."""
    lead = text[start : cue.start()]
    if re.search(r"\bwho (?:\w+ly |also |has |have )?$", lead):
        return speakers.before(
            text, start, start + len(re.sub(r",? who (?:\w+ly |also |has |have )?$", "", lead))
        ), "who"
    participle = cue.group().endswith("ing")
    if not participle:
        found = speakers.before(text, start, cue.start())
        if found is None and not _JOINED.search(lead):
            found = speakers.opening(text, start, cue.start())
        if found:
            return found, "first"
    elif not re.search(r"(?:,|^|\b(?:is|are|was|were))\s*$", lead):
        found = speakers.before(text, start, cue.start())
        if found and text[slice(*found)][0].islower():  # "with reports stating that"
            return found, "first"
    if participle or _JOINED.search(lead):
        return last or speakers.subject(text, start, cue.start()), "linked"
    return None, ""


def _clauses(text: str, begin: int, stop: int) -> list[Span | None]:
    """The content of a cue: to the end of the sentence or to a participle of the reporter; 'that …, and that …' are two."""
    cut = _PARTICIPLE.search(text, begin + 20, stop)
    stop = cut.start() if cut else stop
    joint = _AND_THAT.search(text, begin, stop)
    return [_tidy(text, begin, joint.start()), _tidy(text, joint.end(), stop)] if joint else [_tidy(text, begin, stop)]


def _passive(text: str, start: int, stop: int) -> Iterator[Speech]:
    """'is believed to have …', 'It is feared that …': what nobody named says or thinks."""
    found = {m.end(): m for pattern in (_REDUCED, _PASSIVE) for m in pattern.finditer(text, start, stop)}
    for match in found.values():
        if match["told"] and match["verb"] not in {"have", "be"}:
            continue
        aside = text.find(",", match.end(), stop) if match.group().startswith(",") else -1
        content = _tidy(text, match.end(), aside if aside > 0 else _end(text, match.end(), stop), least=2)
        if content:
            by = match.span("by") if match["by"] else None
            yield Speech(content=content, speaker=by, cue=match.span("cue"), kind="reported",
                         expresses="said" if match["told"] else "belief", pattern="passive")  # fmt: skip
    it_is = _IT_IS.search(text, start, stop)
    content = _tidy(text, it_is.end(), stop) if it_is else None
    if it_is and content:
        thought = it_is["cue"] in {"believed", "thought", "feared", "expected", "estimated", "understood"}
        yield Speech(
            content=content,
            cue=it_is.span("cue"),
            kind="reported",
            expresses="belief" if thought else "said",
            pattern="passive",
        )


def _end(text: str, start: int, stop: int) -> int:
    """Where a clause without a subject of its own ends: at what the sentence adds about something else."""
    cut = re.compile(r", (?:the|a|which|who|while|as|after|but|and|with) |; ").search(text, start, stop)
    return cut.start() if cut else stop


def _denied(text: str, start: int, stop: int) -> Iterator[Speech]:
    """'denies having sold …', 'denied any involvement in …'."""
    for match in _DENIES.finditer(text, start, stop):
        lead = re.compile(r"(?:allegations|accusations|claims|reports) that ").match(text, match.end())
        speaker = speakers.before(text, start, match.start()) or (
            speakers.subject(text, start, match.start()) if _LINKED.search(text[start : match.start()]) else None
        )
        content = _tidy(text, lead.end() if lead else match.end(), _end(text, match.end(), stop))
        if speaker and content:
            yield Speech(content=content, speaker=speaker, cue=match.span("cue"), kind="reported", pattern="denied")


def _refused(text: str, start: int, stop: int, before: Speech) -> Speech | None:
    """'Her son denies this': who denies what was said in the sentence before."""
    match = _DENIES_IT.search(text, start, stop)
    if match is None or start - before.content[1] > 120:
        return None
    speaker = speakers.before(text, start, match.start()) or speakers.opening(text, start, match.start())
    return (
        Speech(content=before.content, speaker=speaker, cue=match.span("cue"), kind="reported", pattern="denied")
        if speaker
        else None
    )


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


def _content_start(text: str, position: int, stop: int, frame: str) -> int | None:
    """Where the clause of content begins after a verb, or None where none can be seen."""
    later = _LATER.match(text, position, stop)
    position = later.end() if later else position
    that = _THAT.match(text, position, stop)
    if that and frame != "quote":
        return that.end()
    if frame == "to" and text.startswith(" to ", position, stop):
        return position + 1
    if frame == "object" or (frame == "warned" and not that):
        hearer = re.compile(r"(?:\s+[\w’'.-]+){1,6}?\s+that\s+").match(text, position, stop)
        if hearer or frame == "object":
            return hearer.end() if hearer else None
        frame = "aux"
    bare = frame in ("clause", "aux", "to") and text[position : position + 1] == " "
    return _bare(text, position, stop, frame) if bare and not _SAID_OF_THING.match(text, position, stop) else None


def _bare(text: str, position: int, stop: int, frame: str) -> int | None:
    """Where a clause without 'that' begins, or an infinitive ('claims to have won'); None where none can be seen."""
    if (
        frame == "clause"
        and _SAY.search(text[max(0, position - 24) : position])
        and len(text[position:stop].split()) >= 4
    ):
        return position + 1
    if frame == "aux" and _TO_HAVE.match(text, position, stop):
        return position + 1
    plain = frame == "clause" or _OWN.match(text, position, stop) is not None
    verb = (_FINITE if plain else _AUXILIARY).search(text, position, min(stop, position + (220 if plain else 90)))
    if verb is None or not text[position : verb.start()].strip():
        return None
    return None if frame != "clause" and _RELATIVE.search(text, position, verb.start()) else position + 1


def _tidy(text: str, start: int, end: int, least: int = 3) -> Span | None:
    """A span without blanks and commas around it; None where it has fewer words than `least`."""
    while start < end and text[start] in " ,\n":
        start += 1
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return (start, end) if len(text[start:end].split()) >= least else None
