"""A text and its sentences in, what is said in it out: direct quotes and reported speech, each with speaker and cue."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from detente.reading import quotes, speakers
from detente.reading.quotes import Quotation
from detente.reading.text import Speech
from detente.types import Span

_REACH = 200  # characters from a quotation within which its verb is looked for
_BETWEEN_CUE_AND_QUOTE = re.compile(
    r"(?:\s+(?:that|on\s+\w+day|in\s+an?\s+[\w ]{3,40}|to\s+(?:the\s+)?[\w ]{3,30}|at\s+an?\s+[\w ]{3,40}|[a-z]+ly"
    r"|reporters|(?:a|the|an)?\s*[A-Z]?[\w’' .]{0,40}))?\s*[,:]?\s*",
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|does|did|do|cannot|won['’]t|isn['’]t)\b"
)
_FINITE = re.compile(
    rf"{_AUXILIARY.pattern}|\b(?!need|speed|indeed|hundred)[a-z]{{2,}}ed\b"
    r"|\b(?:be|go|kill|remain|continue|face|need|want|plan|seek|hold|support)s\b"
)
_SAID_OF_THING = re.compile(r"\s*(?:of|for|to|about|in|on|at|by|with|from|no|yes|so|more|nothing|responsibility)\b")
_LATER = re.compile(
    r"\s+(?:on\s+\w+day|\w+day|yesterday|today|late\s+\w+day|in\s+an?\s+(?:statement|interview|report|speech)|again)\b,?"
)
_ACCORDING = re.compile(r"\b(?P<cue>[Aa]ccording\s+to)\s+")


@cache
def _verbs() -> dict[str, tuple[str, str]]:
    """Form of a verb → what it expresses (said, belief) and what may follow it."""
    table: dict[str, tuple[str, str]] = {}
    for line in files("detente.reading").joinpath("data/cues.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, forms, kind, frame = line.split("\t")
            chunks = forms.split() if " " not in lemma else re.findall(r"\S+ \S+", forms)
            table |= dict.fromkeys(chunks, (kind, frame))
    return table


@cache
def _cue() -> re.Pattern[str]:
    forms = sorted(_verbs(), key=len, reverse=True)
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(forms)})(?![\w’'-])")


def find(text: str, sentences: Sequence[Span]) -> list[Speech]:
    """Return what is said in `text`, in order: quotes (content without the marks) and reported speech (without "that").

    `speaker` is the name in the words of the text, or a pronoun; None where a quote has none in reach. Quotation marks
    around a few words that nobody is said to have said are no quote.
    """
    quotations = quotes.find(text)
    found = list(_attribute(text, sentences, quotations))
    taken = [speech.content for speech in found]
    found += [s for s in _reported(text, sentences, quotations) if not any(_overlap(s.content, t) for t in taken)]
    return sorted(found, key=lambda speech: speech.content)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _sentence_at(sentences: Sequence[Span], position: int) -> Span:
    n = bisect_right(sentences, (position, 1 << 60)) - 1
    return sentences[max(n, 0)]


def _attribute(text: str, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Speech]:
    last: tuple[Quotation, Span | None, Span, int] | None = (
        None  # the quote before: its speaker, cue, end of attribution
    )
    for n, quote in enumerate(quotations):
        low = quotations[n - 1].outer[1] if n else 0
        high = quotations[n + 1].outer[0] if n + 1 < len(quotations) else len(text)
        got = _after(text, sentences, quote, high) or _before(text, sentences, quote, low)
        if got is None and last and _goes_on(text, last[3], last[0], quote):
            got = (last[1], last[2], quote.outer[1])
        if got is None:
            last = None
            continue
        speaker, cue, end = got
        last = (quote, speaker, cue, max(end, quote.outer[1]))
        yield Speech(content=quote.inner, speaker=speaker, cue=cue)


def _goes_on(text: str, end: int, before: Quotation, quote: Quotation) -> bool:
    """Tell whether a quote without a verb of its own continues the one before: '"A," he said. "B."'."""
    if quote.ending not in ".?!" and len(text[slice(*quote.inner)].split()) < 5:
        return False
    between = text[end : quote.outer[0]]
    short = len(between) <= 160 and not re.search(r"[.?!]\s+\S", between)
    return bool(
        short and (re.search(r"[.,;]\s*(?:and\s+)?$", between) or (before.ending in ".?!" and not between.strip()))
    )


def _after(text: str, sentences: Sequence[Span], quote: Quotation, high: int) -> tuple[Span | None, Span, int] | None:
    """The verb after a quote: '…," says Rana Banerji' or '…," he said'."""
    if quote.ending not in ",?!.-—…":
        return None
    start = quote.outer[1]
    end = min(high, start + _REACH)
    line = text.find("\n", start, end)
    end = line if line != -1 else end
    cue = _cue().search(text, start, end)
    if (
        cue is None
        or cue.start() - start > 120
        or (quote.ending == "." and re.match(r"\s+[A-Z]", text[start:end]) is None)
    ):
        return None
    if not text[start : cue.start()].strip(" ,"):
        speaker = speakers.after(text, cue.end(), end)
        return (speaker, cue.span(), speaker[1]) if speaker else None
    if quote.ending == "." or _sentence_at(sentences, cue.start())[0] > start + 2:
        return None
    speaker = speakers.before(text, start, cue.start())
    return (speaker, cue.span(), cue.end()) if speaker else None


def _before(text: str, sentences: Sequence[Span], quote: Quotation, low: int) -> tuple[Span | None, Span, int] | None:
    """The verb before a quote: 'Shukla says, "…"' or 'Putin told reporters: "…"'."""
    start = quote.outer[0]
    sentence = _sentence_at(sentences, max(0, start - 2))
    low = max(low, sentence[0], start - _REACH)
    cues = list(_cue().finditer(text, low, start))
    if not cues:
        return None
    cue = cues[-1]
    between = text[cue.end() : start]
    direct = re.fullmatch(r"\s*(?:that\s*)?[,:]?\s*", between)
    if not direct and not (re.search(r"[,:]\s*$", between) and _BETWEEN_CUE_AND_QUOTE.fullmatch(between)):
        return None
    if "that" not in between and not re.search(r"[,:]\s*$", between) and len(text[slice(*quote.inner)].split()) < 4:
        return None
    speaker = speakers.before(text, low, cue.start())
    return (speaker, cue.span(), quote.outer[1]) if speaker else None


def _reported(text: str, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Speech]:
    inside = [quote.outer for quote in quotations]
    for start, end in sentences:
        stop = end - 1 if text[end - 1] in ".?!" else end
        for make in (_according, _said_last, _said_first):
            speech = make(text, start, stop)
            if speech and speech.cue and not any(a <= speech.cue[0] < b for a, b in inside):
                yield speech
                break


def _according(text: str, start: int, stop: int) -> Speech | None:
    match = _ACCORDING.search(text, start, stop)
    if not match:
        return None
    speaker = speakers.after(text, match.end("cue"), stop)
    if speaker is None:
        return None
    comma = text.find(",", speaker[1], stop)
    front = (comma + 1, stop) if comma != -1 else None
    content = front if match.start() == start else (start, match.start())
    content = _tidy(text, *content) if content else None
    return Speech(content=content, speaker=speaker, cue=match.span("cue"), kind="reported") if content else None


def _said_last(text: str, start: int, stop: int) -> Speech | None:
    """'The strikes are in retaliation, officials said on Monday'."""
    comma = text.rfind(",", start, stop)
    if comma == -1 or stop - comma > 100:
        return None
    cues = list(_cue().finditer(text, comma, stop))
    cue = cues[-1] if cues else None
    if cue is None or _verbs()[cue.group()] not in (("said", "clause"), ("said", "aux"), ("said", "quote")):
        return None
    if text[cue.end() : stop].strip() and not _LATER.fullmatch(text, cue.end(), stop):
        return None
    speaker = speakers.before(text, comma + 1, cue.start())
    content = _tidy(text, start, comma)
    if speaker is None or content is None or text[comma + 1 : speaker[0]].strip().lower() not in ("", "the", "a", "an"):
        return None
    return Speech(content=content, speaker=speaker, cue=cue.span(), kind="reported")


def _said_first(text: str, start: int, stop: int) -> Speech | None:
    """'Iran says it has …', 'Analysts believe that …', 'Putin told Obama that …'."""
    for cue in _cue().finditer(text, start, stop):
        frame = _verbs()[cue.group()][1]
        begin = _content_start(text, cue.end(), stop, frame)
        if begin is None:
            continue
        speaker = speakers.before(text, start, cue.start())
        content = _tidy(text, begin, stop)
        if speaker and content:
            return Speech(content=content, speaker=speaker, cue=cue.span(), kind="reported")
    return None


def _content_start(text: str, position: int, stop: int, frame: str) -> int | None:
    """Where the clause of content begins after a verb, or None where none can be seen."""
    later = _LATER.match(text, position, stop)
    position = later.end() if later else position
    that = re.compile(r"\s+that\s+").match(text, position, stop)
    if that and frame != "quote":
        return that.end()
    if frame == "to" and text.startswith(" to ", position, stop):
        return position + 1
    if frame == "object":
        hearer = re.compile(r"(?:\s+[\w’'.-]+){1,6}?\s+that\s+").match(text, position, stop)
        return hearer.end() if hearer else None
    if (
        frame not in ("clause", "aux")
        or _SAID_OF_THING.match(text, position, stop)
        or text[position : position + 1] != " "
    ):
        return None
    verb = (_FINITE if frame == "clause" else _AUXILIARY).search(text, position, min(stop, position + 90))
    return position + 1 if verb and text[position : verb.start()].strip() else None


def _tidy(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in " ,\n":
        start += 1
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return (start, end) if len(text[start:end].split()) >= 3 else None
