"""Small readings for tests of the record: real enough to be rebuilt and compared."""

from datetime import date

from detente.record import Entry
from detente.types import Actor, Document, Event, Evidence, Place, Reading


def make_event(
    a: str = "RUS", b: str = "PAK", kind: str = "CONSULT", *, start: date | None = None, text: str = ""
) -> Event:
    """One event with every field filled."""
    return Event(
        type=kind, mode="visit", contexts=["diplomatic", "military"],
        source=[Actor(id=a, sector="GOV", name=a.title(), mention=(0, 3))], target=[Actor(id=b, sector="MIL", name=b)],
        status="planned", start=start, end=start, precision="day" if start else "unknown",
        place=Place(name="Islamabad", country="PAK", lat=33.7, lon=73.1), intensity=2.5, confidence=0.75,
        attributed_to="TASS", evidence=Evidence(start=0, end=len(text), trigger=(4, 8)),
    )  # fmt: skip


def make_entry(
    key: str, text: str = "RUS will visit PAK soon.", *, published: date | None = None, events: int = 1
) -> Entry:
    """An entry of one document with so many events."""
    kinds = ["CONSULT", "AGREE", "ACCUSE", "AID", "REJECT"]
    document = Document(id=key, text=text, published=published, title=f"Title of {key}", source="Wire")
    made = [make_event(kind=kinds[i % 5], start=published, text=text) for i in range(events)]
    return Entry(reading=Reading(document=document, events=made), origin=f"test:{key}", raw_digest=f"raw-{key}-{text}")
