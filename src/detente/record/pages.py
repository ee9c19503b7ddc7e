"""Rows of a shelf about one document in, the document with all that was coded of it out, as the structs it was made of."""

from datetime import date

from msgspec import Struct, field

from detente.record.frames import meeting_of, statement_of, transfer_of
from detente.record.rows import Row, event_of
from detente.types import Document, Event, Meeting, Statement, Transfer


class Copy(Struct, kw_only=True, frozen=True):
    """Another document with nearly the same text."""

    id: str
    outlet: str | None
    published: date | None
    url: str | None


class Page(Struct, kw_only=True):
    """A document with its coded frames, each by its id, in text order."""

    document: Document
    known: date
    coder: str | None
    events: dict[str, Event] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    transfers: dict[str, Transfer] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)


def page_of(document: Document, row: Row, frames: dict[str, list[Row]], copies: list[Row]) -> Page:
    """A page from the document's row on the shelf and the rows of its frames by table, named as on the shelf or in the record.

    A frame whose sentence does not stand in the text is left out: it was coded from an earlier text of that page.
    """
    rows = {table: [r for r in map(full_row, frames[table]) if _fits(r, document.text)] for table in frames}
    for found in rows.values():
        found.sort(key=_place)
    return Page(
        document=document,
        known=row["known"],
        coder=row["coder"],
        events={r["id"]: event_of(r) for r in rows["events"]},
        statements={r["id"]: statement_of(r) for r in rows["statements"]},
        meetings={r["id"]: meeting_of(r) for r in rows["meetings"]},
        transfers={r["id"]: transfer_of(r) for r in rows["transfers"]},
        copies=[Copy(**r) for r in copies],
    )


def _place(row: Row) -> int:
    start: int = row["sentence_start"]
    return start


def _fits(row: Row, text: str) -> bool:
    return bool(text[row["sentence_start"] : row["sentence_end"]] == row["sentence"])


def full_row(row: Row) -> Row:
    """A row of the shelf under the names of the record's own tables; one of the record as it is."""
    return {SHELVED.get(key, key): value for key, value in row.items()}


SHELVED = {
    "start": "start_day",
    "end": "end_day",
    "source": "source_ids",
    "target": "target_ids",
    "place": "place_name",
}
"""How columns are called on the shelf, and how in the record."""
