"""A text in, the spans of its sentences out: own rules for news, linear in the length of the text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from statistics import median

from detente.types import Span

LONGEST = 5_000  # characters; a longer sentence is cut where it hurts least

_STARTER = ("starter",)
_ABBREVIATION = ("before-name", "number", "either")
_CLOSING = "\"'”’»"
_SPEECH = r"(?:said|says|asked|asks|told|tells|added|wrote|writes|replied|declared|shouted|warned|wondered)"
_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)"
    r"|(?<=[a-z]{3})(?P<glued>[.!?][\"”]?)(?=[A-Z][a-z]{0,15} )"
    r"|\n\s*+"
)
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’()\[\]]+$")
_NEXT = re.compile(r"[\s\"'“‘«(\[]*")
_NEXT_WORD = re.compile(r"[\w’'-]+")
_TAG = re.compile(rf"\s*(?:[A-Z][\w.'’-]*\s+){{1,4}}{_SPEECH}\b|\s*{_SPEECH}\s+[A-Z]")
_BULLET = re.compile(r"(?:[-–—*•·▪►>]|\d{1,2}[.)]|[a-z]\))\s")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]$")


@cache
def _words(kinds: tuple[str, ...]) -> dict[str, str]:
    """The words that the table holds under these kinds."""
    table: dict[str, str] = {}
    for line in files("detente.reading").joinpath("data/sentence_words.tsv").read_text("utf-8").splitlines():
        kind, _, words = line.partition("\t")
        if kind in kinds:
            table |= dict.fromkeys(words.split(), kind)
    return table


def split(text: str) -> list[Span]:
    """Return the sentences of `text` as trimmed spans in order; paragraphs, headings and bullets end a sentence.

    What stands outside the spans is white space only. No span is longer than `LONGEST` characters.
    """
    wrapped = _is_hard_wrapped(text) if "\n" in text else False
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        broken = "\n" in match.group()
        if not (_ends_line(text, start, match, wrapped) if broken else _ends_sentence(text, start, match)):
            continue
        spans.extend(_trim(text, start, match.end()))
        start = match.end()
    spans.extend(_trim(text, start, len(text)))
    return spans


def _is_hard_wrapped(text: str) -> bool:
    lengths = [len(line) for line in text[:20_000].split("\n") if line.strip()]
    return len(lengths) >= 3 and max(lengths) <= 100 and median(lengths) >= 50


def _ends_line(text: str, start: int, match: re.Match[str], wrapped: bool) -> bool:
    """Decide whether a line break (one without closing punctuation before it) also breaks the sentence."""
    if match.group().count("\n") > 1 or match.end() == len(text):
        return True
    if _BULLET.match(text, match.end()):
        return True
    line = match.start() - max(start, text.rfind("\n", start, match.start()) + 1)
    if text[match.end()].islower():
        return False
    return not (wrapped and line >= 40)


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Decide whether closing punctuation also closes the sentence, by the word that follows."""
    mark = match.group()
    after_match = _NEXT.match(text, match.end())
    after = after_match.end() if after_match else match.end()
    if after >= len(text):
        return True
    new_line = "\n" in text[match.end() : after]
    if new_line and (not text[after].islower() or _BULLET.match(text, after)):
        return True
    word_match = _NEXT_WORD.match(text, after)
    word = word_match.group() if word_match else text[after]
    if word[0].islower():
        return False
    if match["glued"]:
        ends = word in _words(_STARTER)
    elif mark[0] in "?!":
        ends = not (mark[-1] in _CLOSING and _TAG.match(text, match.end()))
    elif mark[0] == "…" or mark.startswith(".."):
        ends = word != "I"
    else:
        ends = mark[-1] in _CLOSING or not _is_abbreviation(text, start, match.start(), word)
    return ends


def _is_abbreviation(text: str, start: int, dot: int, word: str) -> bool:
    """Decide whether the full stop at `dot` belongs to the word before it, `word` coming next."""
    found = _WORD_BEFORE.search(text, max(start, dot - 20), dot)
    if not found:
        return False
    before = found.group()
    if before.isdigit():  # "1. The first point"
        return len(before) <= 2 and not text[start : found.start()].strip()
    known = _words(_ABBREVIATION)
    kind = (
        known.get(before)
        or known.get(before.rpartition("-")[2])
        or (known.get(before.capitalize()) if before.isupper() else None)
    )
    if kind == "before-name":
        return True
    if kind == "number" and word[0].isdigit():
        return True
    if kind == "either" or _INITIALS.fullmatch(before):
        return before != "I" and word not in _words(_STARTER)
    return False


def _trim(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = _safe_cut(text, start)
        yield from _trim(text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield (start, end)


def _safe_cut(text: str, start: int) -> int:
    for mark in ("; ", ", ", " "):
        cut = text.rfind(mark, start + LONGEST // 2, start + LONGEST)
        if cut != -1:
            return cut + len(mark)
    return start + LONGEST


def at(sentences: Sequence[Span], position: int) -> Span:
    """The sentence that holds a position, or the last before it."""
    n = bisect_right(sentences, (position, 1 << 60)) - 1
    return sentences[max(n, 0)]
