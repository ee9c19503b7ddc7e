"""A Brief in, a PDF out, set by typst: the words go in as data, never as markup."""

import tempfile
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from detente.web.brief import telling
from detente.web.brief.model import Brief, Line
from detente.web.brief.page import chart
from detente.web.svg.marks import FONT
from detente.web.wording import safe_link

FACE = "Libertinus Serif"
"""A face that comes with typst, so that a PDF looks the same everywhere."""


def as_pdf(brief: Brief) -> bytes:
    """The brief as a PDF on A4."""
    made = typeset(brief, "pdf")
    assert isinstance(made, bytes)
    return made


def typeset(brief: Brief, form: Literal["pdf", "png"]) -> bytes | list[bytes]:
    """The brief set by typst: one PDF, or a picture a page."""
    import typst

    with tempfile.TemporaryDirectory(prefix="detente-brief-") as name:
        folder = Path(name)
        (folder / "brief.typ").write_bytes((files("detente.web") / "brief" / "brief.typ").read_bytes())
        drawn = chart(brief)
        if drawn is not None:
            (folder / "level.svg").write_text(str(drawn).replace(FONT, FACE), encoding="utf-8")
        (folder / "brief.json").write_bytes(msgspec.json.encode(_told(brief, drawn is not None)))
        made: bytes | list[bytes] = typst.compile(
            str(folder / "brief.typ"), root=str(folder), ignore_system_fonts=True, timestamp=_stamp(brief), format=form
        )
    return made


def _told(brief: Brief, drawn: bool) -> dict[str, Any]:
    """What the document says, as plain strings."""
    return {
        "title": telling.title(brief),
        "under": telling.under(brief),
        "finding": telling.finding(brief),
        "summary": telling.summary(brief),
        "drawn": drawn,
        "turnings": [
            {
                "words": telling.turn_words(t.turn),
                "warm": t.turn.direction == "warm",
                "lines": [_line(x) for x in t.lines],
            }
            for t in brief.turnings
        ],
        "account": [{"year": str(year), "lines": [_line(x) for x in lines]} for year, lines in brief.account.items()],
        "left": f"{brief.left_out:,} more in the record." if brief.left_out else "",
        "lists": [
            {"head": head, "items": items}
            for head, items in (
                ("Meetings", [_item(telling.met_words(m), "", m.source) for m in brief.meetings]),
                ("Arms", [_item(telling.sold_words(d), "", d.source) for d in brief.deals]),
                ("What was said", [_item(telling.said_words(s), s.text, s.source) for s in brief.said]),
            )
            if items
        ],
        "method": telling.METHOD,
        "sources": [
            {"number": s.number, "words": telling.source_words(s), "url": safe_link(s.url) or ""} for s in brief.sources
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    words = telling.line_words(line)
    return {"words": words, "good": line.cooperative, "quote": line.sentence, "source": line.source}


def _item(words: str, quote: str, source: int | None) -> dict[str, Any]:
    return {"words": words, "quote": quote, "source": source or 0}


def _stamp(brief: Brief) -> int:
    """The day the brief is about as its time of making, so that the same brief is the same file."""
    day = brief.as_of or brief.until
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
