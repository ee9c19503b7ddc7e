"""The reader: a page as it was read, with what was coded marked in place, and beside it what each mark means.

The full text is for those who may see it (`Ask.full`); others see the sentences that something was coded from.
"""

from threading import Lock
from typing import Any

from msgspec import structs

from detente.errors import NotThere
from detente.record.pages import Page as Coded
from detente.record.pages import page_of
from detente.types import Event
from detente.web import marking
from detente.web.asking import Answer, Ask, Page
from detente.web.marking import Paragraph, tone_of
from detente.web.params import number, words_upto
from detente.web.templating import render
from detente.web.wording import plural, shorten

COPIES = 100
NOTES = 120
"""Notes of one kind beside a part of a text."""
EXPLAINED = 20_000
"""Characters of a text that is coded anew to explain an event."""
PATIENCE_S = 3.0
_explaining = Lock()
TABLES = ("events", "statements", "meetings", "transfers")


def document(ask: Ask) -> Answer:
    """The page of one document. Raises NotThere."""
    key = ask.places["key"]
    page = coded(ask, key)
    if page is None:
        raise NotThere(f"The record holds no page {key[:80]!r}{' that was known by then' if ask.as_of else ''}.")
    made = marking.parts(visible(ask, page))
    at = min(ask.params["part"] or 1, len(made))
    beside = noted(page, made[at - 1])
    asked = page.events.get(ask.params["explain"] or "") if ask.full else None
    reason, why_not, passing = explained(ask, page, asked) if asked else (None, "", False)
    answer = render(
        ask,
        "document.html",
        page=page,
        headline=page.document.title or first_words(page, visible(ask, page)),
        shown=marking.filled(page, made[at - 1]),
        part=at,
        parts=len(made),
        beside=beside,
        tones={key: tone_of(event) for key, event in beside.events.items()},
        words={key: piece_words(page, event) for key, event in beside.events.items()},
        reason=reason,
        why_not=why_not,
        explainable=ask.full and ask.settings.explain is not None and page.document.language == "en",
        counted=counted(page),
    )
    return structs.replace(answer, passing=passing)


def coded(ask: Ask, key: str) -> Coded | None:
    """The document with its frames from the shelf, and its text from the record: the shelf has none."""
    sight, told = ask.sight, {"id": key}
    rows = sight.rows("SELECT * FROM documents WHERE {known} AND id = $id LIMIT 1", told)
    if not rows:
        return None
    copies = sight.rows(
        "SELECT id, outlet, published, url FROM documents WHERE {known} AND cluster = $cluster AND id <> $id "
        f"ORDER BY known, id LIMIT {COPIES}",
        told | {"cluster": rows[0]["cluster"]},
    )
    frames = {table: sight.rows(f"SELECT * FROM {table} WHERE document = $id", told) for table in TABLES}
    record = sight.record.beside()
    try:
        document = record.document(key)
        if copies and not any(frames.values()):  # the shelf leaves copies out
            frames = record.frames(key)
    finally:
        record.close()
    return page_of(document, rows[0], frames, copies) if document is not None else None


def visible(ask: Ask, page: Coded) -> list[Paragraph]:
    """What of a text the asker may read."""
    return marking.whole(page) if ask.full else marking.evidence(page)


def noted(page: Coded, part: list[Paragraph]) -> Coded:
    """The page with those frames alone that belong to a part of its text."""
    first, last = (part[0].start, part[-1].end) if part else (0, 0)

    def own(frames: dict[str, Any]) -> dict[str, Any]:
        near = {key: f for key, f in frames.items() if first <= f.evidence.start < max(last, first + 1)}
        return dict(list(near.items())[:NOTES])

    return structs.replace(page, **{table: own(getattr(page, table)) for table in TABLES})


def explained(ask: Ask, page: Coded, event: Event) -> tuple[Any, str, bool]:
    """Why an event was coded, by coding the page anew: the reason, or why there is none, and whether that is only now so."""
    again = ask.settings.explain
    if again is None or len(page.document.text) > EXPLAINED:
        return None, f"Texts of more than {EXPLAINED:,} characters are not explained here.", False
    if not _explaining.acquire(timeout=PATIENCE_S):
        return None, "Another page is being explained just now; try again.", True
    try:
        found = again(page.document)
    finally:
        _explaining.release()
    for one in found:
        if same(one.event, event):
            return one.reason, "" if one.reason else f"Coded without the network: {one.note}.", False
    return None, "The coder that runs here does not find this event in the text; another version coded it.", False


def same(one: Event, other: Event) -> bool:
    """Whether two codings are of the same act."""
    sides = [[(actor.id for actor in side) for side in (e.source, e.target)] for e in (one, other)]
    ids = [[sorted(side) for side in pair] for pair in sides]
    return (one.type, one.evidence, ids[0]) == (other.type, other.evidence, ids[1])


def piece_words(page: Coded, event: Event) -> dict[str, Any]:
    """The words that decided an event: the trigger and those that name the parties."""
    text = page.document.text
    named = [(actor.id, text[slice(*actor.mention)]) for actor in (*event.source, *event.target) if actor.mention]
    trigger = text[slice(*event.evidence.trigger)] if event.evidence.trigger else None
    return {"trigger": trigger, "parties": list(dict.fromkeys(named))}


def first_words(page: Coded, shown: list[Paragraph]) -> str:
    """A heading for a page without a title, of what the asker may read."""
    return shorten(page.document.text[shown[0].start : shown[0].end] if shown else "", 90) or page.document.id


def counted(page: Coded) -> str:
    """What was coded, in words."""
    nouns = ("event", "statement", "meeting", "arms transfer")
    held = ((getattr(page, table), noun) for table, noun in zip(TABLES, nouns, strict=True))
    return ", ".join(plural(len(frames), noun) for frames, noun in held if frames) or "nothing was coded"


PARAMS = {"part": number(1, 10_000), "explain": words_upto(1000)}
PAGES = [Page(path="/d/{key:path}", make=document, params=PARAMS)]
