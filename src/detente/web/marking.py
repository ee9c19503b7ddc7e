"""A page with what was coded of it in, the marks of its text out, and the text cut to what one answer shows."""

import re
from collections.abc import Iterator

from msgspec import Struct

from detente.ontology import EVENT_TYPES
from detente.record.pages import Page as Coded
from detente.types import Event
from detente.web.marks import Mark, Piece, paragraphs, pieces
from detente.web.when import time_words

PART = 20_000
"""Characters of a text that are shown at once: some hundred events at most."""


class Paragraph(Struct, frozen=True):
    """A paragraph: where it begins and ends in the text; `gap` where something before it is left out."""

    start: int
    end: int
    gap: bool = False


def marks(page: Coded) -> list[Mark]:
    """All that is marked in a page's text."""
    found, text = [], page.document.text
    for key, event in page.events.items():
        found += event_marks(key, event, text)
    for key, said in page.statements.items():
        found += [Mark(start, end, "quote", key) for start, end in said.parts]
    for kind, frames in (("meeting", page.meetings), ("transfer", page.transfers)):
        found += [Mark(*f.evidence.trigger, kind, key) for key, f in frames.items() if f.evidence.trigger]
    return found


def event_marks(key: str, event: Event, text: str) -> list[Mark]:
    """The sentence of an event, the words that decided it, and who, when and where is named in it."""
    span, tone = event.evidence, tone_of(event)
    found = [Mark(span.start, span.end, "sentence", key, tone)]
    if span.trigger:
        found.append(Mark(*span.trigger, "event", key, tone))
    found += [Mark(*actor.mention, "actor", actor.id) for actor in (*event.source, *event.target) if actor.mention]
    sentence = text[span.start : span.end]
    if event.start:
        found += [Mark(span.start + a, span.start + b, "date", key) for a, b in time_words(sentence)]
    if event.place:
        named = re.finditer(rf"(?<!\w){re.escape(event.place.name)}(?!\w)", sentence) if event.place.name else ()
        found += [Mark(span.start + hit.start(), span.start + hit.end(), "place", key) for hit in named]
    return found


def tone_of(event: Event) -> str:
    """Whether an event is cooperation or conflict."""
    return tone_of_type(event.type)


def tone_of_type(name: str | None) -> str:
    """Whether a type is cooperation or conflict; even where it is none that is known."""
    known = EVENT_TYPES.get(name or "")
    return "even" if known is None else "coop" if known.quad <= 2 else "conf"


def whole(page: Coded) -> list[Paragraph]:
    """All paragraphs of a text; overlong ones are cut."""
    return [Paragraph(a, b) for start, end in paragraphs(page.document.text) for a, b in _cut(start, end)]


def evidence(page: Coded) -> list[Paragraph]:
    """The sentences that something was coded from, in order, none twice."""
    tables = (page.events, page.statements, page.meetings, page.transfers)
    seen = [frame.evidence for table in tables for frame in table.values()]
    spans = sorted({(one.start, one.end) for one in seen})
    text, at, shown = page.document.text, 0, []
    for start, end in spans:
        low = max(start, at)
        if end > low:
            gap = bool(text[at:low].strip())
            shown += [Paragraph(a, b, gap and a == low) for a, b in _cut(low, end)]
            at = end
    return shown


def parts(shown: list[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs in parts that one answer shows; at least one part."""
    made: list[list[Paragraph]] = [[]]
    size = 0
    for one in shown:
        if made[-1] and size + one.end - one.start > PART:
            made.append([])
            size = 0
        made[-1].append(one)
        size += one.end - one.start
    return made


def part_of(made: list[list[Paragraph]], place: int) -> int:
    """Which part, counted from 1, shows a place of the text."""
    return next((n for n, part in enumerate(made, 1) if part and place < part[-1].end), len(made))


def filled(page: Coded, shown: list[Paragraph]) -> list[tuple[bool, list[Piece]]]:
    """Paragraphs as pieces of text with their marks, each with whether something before it is left out."""
    found = marks(page)
    near = ([m for m in found if m.start < p.end and m.end > p.start] for p in shown)
    return [(p.gap, pieces(page.document.text, own, p.start, p.end)) for p, own in zip(shown, near, strict=True)]


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    for low in range(start, end, PART):
        yield low, min(low + PART, end)
