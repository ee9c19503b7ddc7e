"""A text and marked spans in, flat pieces out: no piece lies partly under a mark, and together they are the text."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct


class Mark(Struct, frozen=True):
    """Something to be seen in a text: `kind` says what it is, `key` which one."""

    start: int
    end: int
    kind: str
    key: str = ""
    tone: str = ""


class Piece(Struct, frozen=True):
    """A stretch of text, from `start` on, with the marks that lie over all of it, the longest first."""

    text: str
    marks: tuple[Mark, ...]
    start: int = 0

    def begins(self, mark: Mark) -> bool:
        """Whether a mark begins here."""
        return mark.start == self.start

    def of(self, kind: str) -> Mark | None:
        """The shortest mark of a kind here."""
        return next((mark for mark in reversed(self.marks) if mark.kind == kind), None)


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """The text from `start` to `end` in pieces; marks that reach beyond are cut, those without a length left out."""
    last = len(text) if end is None else min(end, len(text))
    held = [m for m in marks if max(m.start, start) < min(m.end, last)]
    cuts = sorted({start, last, *(min(max(edge, start), last) for m in held for edge in (m.start, m.end))})
    ordered = sorted(held, key=lambda m: (m.start, -m.end))
    found, at, open_ = [], 0, list[Mark]()
    for low, high in pairwise(cuts):
        while at < len(ordered) and ordered[at].start <= low:
            open_.append(ordered[at])
            at += 1
        open_ = [m for m in open_ if m.end > low]
        over = tuple(sorted(open_, key=lambda m: (m.start - m.end, m.start, m.kind)))
        found.append(Piece(text[low:high], over, low))
    return found


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text begin and end, empty ones left out."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1
