"""Readings made without the reading wing, and functions that make them in worker processes."""

import os
import time
from datetime import date
from typing import Any

from detente.types import (
    Actor,
    Document,
    Event,
    Evidence,
    Meeting,
    Place,
    Raw,
    Reading,
    Skip,
    Speaker,
    Statement,
    Transfer,
)

DAY = date(2012, 9, 17)
TEXT = "Russia and Pakistan met in Dushanbe. Pakistan refused NATO's request."


def event(kind: str = "CONSULT", source: str = "RUS", target: str = "PAK", **more: Any) -> Event:
    return Event(type=kind, source=[Actor(id=source)], target=[Actor(id=target)],
                 **{"evidence": Evidence(start=0, end=36), **more})  # fmt: skip


def reading(key: str, *events: Event, text: str = TEXT, published: date | None = DAY, **more: Any) -> Reading:
    document = Document(id=key, text=text, published=published, url=f"https://example.org/{key}", **more)
    return Reading(document=document, events=list(events))


def full_reading(key: str) -> Reading:
    """Every field of an event set, and one of each frame."""
    made = Event(
        type="CONSULT", mode="visit", contexts=["military", "diplomatic"],
        source=[Actor(id="RUS", name="Russia", mention=(0, 6)), Actor(id="PAK", sector="MIL", name="Pakistan")],
        target=[], mutual=True, status="alleged", start=date(2012, 9, 1), end=date(2012, 9, 30), precision="month",
        place=Place(name="Dushanbe", country="TJK", lat=38.56, lon=68.77), intensity=2.5, confidence=0.75,
        attributed_to="analysts", evidence=Evidence(start=0, end=36, trigger=(20, 23)),
    )  # fmt: skip
    result = reading(
        key, made, event("REJECT", "PAK", "NATO", evidence=Evidence(start=37, end=69)), title="Zażółć 日本"
    )
    span = Evidence(start=0, end=36)
    result.statements = [
        Statement(
            speaker=Speaker(name="Ronen Sen", actor="IND", role="envoy to Moscow", former=True), text="met in Dushanbe",
            parts=[(20, 23), (24, 35)], kind="quote", certainty="probable", forecast=True, checkable=True,
            horizon=date(2014, 12, 31), about=["RUS", "PAK"], dyad=("PAK", "RUS"), stance="rejects", confidence=0.8,
            evidence=span,
        )
    ]  # fmt: skip
    result.meetings = [
        Meeting(
            participants=["RUS", "PAK"], format="summit", series="quadrilateral", start=date(2012, 9, 26),
            end=date(2012, 9, 27), precision="day", place=Place(name="Islamabad", country="PAK", lat=33.7, lon=73.1),
            topic="Afghanistan", status="postponed", moved=date(2012, 9, 1), confidence=0.9, evidence=span,
        )
    ]  # fmt: skip
    result.transfers = [
        Transfer(
            supplier=["RUS", "UKR"], recipient=["PAK"], item="tanks", item_class="armour", form="spares", number=320,
            value=6.5e8, currency="USD", stage="delivered", start=date(1997, 1, 1), precision="year", confidence=0.7,
            evidence=Evidence(start=0, end=36, trigger=(20, 23)),
        )
    ]  # fmt: skip
    return result


def raws(*texts: str) -> list[Raw]:
    return [Raw(origin=f"news.jsonl:{n}", id=f"p{n}", body=text, published=DAY) for n, text in enumerate(texts)]


def read_page(raw: Raw) -> Reading | Skip:
    """One event a page; the page says what else happens."""
    words = str(raw.body).split()
    if "noise" in words:
        os.write(1, b"a library writes to standard output\n")
    if "slow" in words:
        time.sleep(0.3)
    text = f"{raw.body} \ud800" if "surrogate" in words else str(raw.body)
    document = Document(id=raw.id or raw.origin, text=text, published=raw.published)
    return Reading(document=document, events=[event(evidence=Evidence(start=0, end=len(text)))])


def code_again(document: Document) -> Reading | Skip:
    """A newer coder: sees an accusation where the older saw a meeting."""
    return Reading(document=document, events=[event("ACCUSE", evidence=Evidence(start=0, end=4))])
