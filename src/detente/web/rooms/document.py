"""The reader: a page as it was read, with what was coded marked in place, and beside it what each mark means.

The full text is for those who may see it (`Ask.full`); others see the sentences that something was coded from.
"""

from typing import Any

from msgspec import Struct

from detente.errors import NotThere
from detente.ontology import EVENT_TYPES
from detente.record.pages import Page as Coded
from detente.record.pages import page_of
from detente.types import Event
from detente.web.asking import Answer, Ask, Page
from detente.web.marks import Mark, Piece, paragraphs, pieces
from detente.web.templating import render
from detente.web.when import time_words
from detente.web.wording import plural, shorten

COPIES = 100
MOST = 60_000
"""Characters of a text that are shown at once."""


class Paragraph(Struct, frozen=True):
    """A paragraph in pieces; `gap` where something before it is left out."""

    pieces: list[Piece]
    gap: bool = False


def document(ask: Ask) -> Answer:
    """The page of one document. Raises NotThere."""
    key = ask.places["key"]
    page = coded(ask, key)
    if page is None:
        raise NotThere(f"The record holds no page {key[:80]!r}{' that was known by then' if ask.as_of else ''}.")
    found = marks(page)
    return render(
        ask,
        "document.html",
        page=page,
        headline=page.document.title or first_words(page),
        shown=whole(page, found) if ask.full else evidence(page, found),
        tones={key: tone_of(event) for key, event in page.events.items()},
        words={key: piece_words(page, event) for key, event in page.events.items()},
        left=max(0, len(page.document.text) - MOST) if ask.full else 0,
        counted=counted(page),
    )


def coded(ask: Ask, key: str) -> Coded | None:
    """The document with its frames from the shelf, and its text from the record: the shelf has none."""
    sight, told = ask.sight, {"id": key}
    rows = sight.rows("SELECT * FROM documents WHERE {known} AND id = $id LIMIT 1", told)
    if not rows:
        return None
    record = sight.record.beside()
    try:
        document = record.document(key)
    finally:
        record.close()
    if document is None:
        return None
    tables = ("events", "statements", "meetings", "transfers")
    frames = {table: sight.rows(f"SELECT * FROM {table} WHERE document = $id", told) for table in tables}
    copies = sight.rows(
        "SELECT id, outlet, published, url FROM documents WHERE {known} AND cluster = $cluster AND id <> $id "
        f"ORDER BY known, id LIMIT {COPIES}",
        told | {"cluster": rows[0]["cluster"]},
    )
    return page_of(document, rows[0], frames, copies)


def marks(page: Coded) -> list[Mark]:
    """All that is marked in a page's text."""
    found, text = [], page.document.text
    for key, event in page.events.items():
        span, tone = event.evidence, tone_of(event)
        found.append(Mark(span.start, span.end, "sentence", key, tone))
        if span.trigger:
            found.append(Mark(*span.trigger, "event", key, tone))
        found += [Mark(*actor.mention, "actor", actor.id) for actor in (*event.source, *event.target) if actor.mention]
        if event.start:
            sentence = text[span.start : span.end]
            found += [Mark(span.start + a, span.start + b, "date", key) for a, b in time_words(sentence)]
    for key, said in page.statements.items():
        found += [Mark(start, end, "quote", key) for start, end in said.parts]
    for kind, frames in (("meeting", page.meetings), ("transfer", page.transfers)):
        found += [Mark(*f.evidence.trigger, kind, key) for key, f in frames.items() if f.evidence.trigger]
    return found


def whole(page: Coded, found: list[Mark]) -> list[Paragraph]:
    """The whole text, as far as one page shows it."""
    text = page.document.text[:MOST]
    spans = list(paragraphs(text))
    return [Paragraph(pieces(text, _near(found, a, b), a, b)) for a, b in spans]


def evidence(page: Coded, found: list[Mark]) -> list[Paragraph]:
    """The sentences that something was coded from, in order."""
    seen = [frame.evidence for frame in page.events.values()] + [frame.evidence for frame in page.statements.values()]
    seen += [frame.evidence for frame in page.meetings.values()] + [frame.evidence for frame in page.transfers.values()]
    spans = sorted({(one.start, one.end) for one in seen})
    text, at, shown = page.document.text, 0, []
    for start, end in spans:
        if end > at:
            low = max(start, at)
            shown.append(Paragraph(pieces(text, _near(found, low, end), low, end), gap=bool(text[at:low].strip())))
            at = end
    return shown


def _near(found: list[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in found if mark.start < end and mark.end > start]


def tone_of(event: Event) -> str:
    """Whether an event is cooperation or conflict."""
    return "coop" if EVENT_TYPES[event.type].quad <= 2 else "conf"


def piece_words(page: Coded, event: Event) -> dict[str, Any]:
    """The words that decided an event: the trigger and those that name the parties."""
    text = page.document.text
    named = [(actor.id, text[slice(*actor.mention)]) for actor in (*event.source, *event.target) if actor.mention]
    trigger = text[slice(*event.evidence.trigger)] if event.evidence.trigger else None
    return {"trigger": trigger, "parties": list(dict.fromkeys(named))}


def first_words(page: Coded) -> str:
    """A heading for a page without a title."""
    return shorten(page.document.text, 90) or page.document.id


def counted(page: Coded) -> str:
    """What was coded, in words."""
    parts = [
        plural(len(frames), noun)
        for frames, noun in (
            (page.events, "event"), (page.statements, "statement"), (page.meetings, "meeting"), (page.transfers, "arms transfer"),
        )
        if frames
    ]  # fmt: skip
    return ", ".join(parts) or "nothing was coded"


PAGES = [Page(path="/d/{key:path}", make=document)]
