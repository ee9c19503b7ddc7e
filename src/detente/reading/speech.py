"""A text and its sentences in, what is said in it out: direct quotes and reported speech, each with speaker and cue."""

import re
from collections.abc import Iterator, Sequence

from detente.reading import cues, quotes, reported, speakers
from detente.reading.quotes import Quotation
from detente.reading.sentences import at
from detente.reading.text import Speech
from detente.types import Span

_REACH = 200  # characters from a quotation within which its verb is looked for
_BETWEEN_CUE_AND_QUOTE = re.compile(
    r"(?:\s+(?:that|on\s+\w+day|in\s+an?\s+[\w ]{3,40}|to\s+(?:the\s+)?[\w ]{3,30}|at\s+an?\s+[\w ]{3,40}|[a-z]+ly"
    r"|reporters|(?:a|the|an)?\s*[A-Z]?[\w’' .]{0,40}))?\s*[,:]?\s*",
)


def find(text: str, sentences: Sequence[Span]) -> list[Speech]:
    """Return what is said in `text`, in order: quotes (content without the marks) and reported speech (without "that").

    `speaker` is the name in the words of the text, or a pronoun; None where a quote has none in reach. Quotation marks
    around a few words that nobody is said to have said are no quote.
    """
    quotations = quotes.find(text)
    found = list(_attribute(text, sentences, quotations))
    taken = [speech.content for speech in found]
    found += [s for s in reported.find(text, sentences, quotations) if not any(_overlap(s.content, t) for t in taken)]
    return sorted(found, key=lambda speech: speech.content)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


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
    cue = cues.pattern().search(text, start, end)
    if (
        cue is None
        or cue.start() - start > 120
        or (quote.ending == "." and re.match(r"\s+[A-Z]", text[start:end]) is None)
    ):
        return None
    if not text[start : cue.start()].strip(" ,"):
        speaker = speakers.after(text, cue.end(), end)
        return (speaker, cue.span(), speaker[1]) if speaker else None
    if quote.ending == "." or at(sentences, cue.start())[0] > start + 2:
        return None
    speaker = speakers.before(text, start, cue.start())
    return (speaker, cue.span(), cue.end()) if speaker else None


def _before(text: str, sentences: Sequence[Span], quote: Quotation, low: int) -> tuple[Span | None, Span, int] | None:
    """The verb before a quote: 'Shukla says, "…"' or 'Putin told reporters: "…"'."""
    start = quote.outer[0]
    sentence = at(sentences, max(0, start - 2))
    low = max(low, sentence[0], start - _REACH)
    found = list(cues.pattern().finditer(text, low, start))
    if not found:
        return None
    cue = found[-1]
    between = text[cue.end() : start]
    direct = re.fullmatch(r"\s*(?:that\s*)?[,:]?\s*", between)
    if not direct and not (re.search(r"[,:]\s*$", between) and _BETWEEN_CUE_AND_QUOTE.fullmatch(between)):
        return None
    if "that" not in between and not re.search(r"[,:]\s*$", between) and len(text[slice(*quote.inner)].split()) < 4:
        return None
    speaker = speakers.before(text, low, cue.start())
    return (speaker, cue.span(), quote.outer[1]) if speaker else None
