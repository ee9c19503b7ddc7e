"""The events coded so far in, sittings of the same meeting named later out: 'The "quadrilateral" last met in 2011'."""

import re

from msgspec.structs import replace

from detente.coding.placing import placing
from detente.coding.timing import timing
from detente.coding.windows import Window
from detente.ontology import intensity
from detente.reading.text import AnnotatedText
from detente.types import Event, Evidence, Span

SITTING = re.compile(r"\b[Tt]h(?:e|is)\W{1,3}(?P<name>[A-Za-z-]{4,})\W{1,3}(?:\w+ ){0,2}?(?P<act>met|convened|sat)\b")
BESIDE = re.compile(
    r"\b(?:along with|alongside|on the (?:sidelines|margins) of|during) the \W?(?P<name>[A-Za-z-]{4,})\b"
)
BACK = 3000  # characters that a name of a meeting looks back
PEOPLE = {
    "presidents",
    "leaders",
    "ministers",
    "president",
    "minister",
    "leader",
    "sides",
    "countries",
    "officials",
    "envoys",
}


def sittings(text: AnnotatedText, events: list[Event]) -> list[Event]:
    """A further event for each sentence that says when a meeting coded before has met, with the same participants."""
    out = []
    for start, end in text.sentences:
        found = SITTING.search(text.document.text, start, end)
        if found is None or found["name"].lower() in PEOPLE or any(e.evidence.start == start for e in events):
            continue
        first = origin(text, events, found["name"], start)
        if first is not None:
            out.append(sitting(text, first, (start, end), found))
    return out


def accompany(text: AnnotatedText, events: list[Event]) -> list[Event]:
    """Undated meetings held 'along with' or 'on the sidelines of' one that has a date take that date."""
    out = []
    for each in events:
        event = each
        found = BESIDE.search(text.document.text, event.evidence.start, event.evidence.end)
        if event.start is None and event.type in {"CONSULT", "AGREE"} and found is not None:
            host = origin(text, events, found["name"], event.evidence.start)
            if host is not None and host.status == event.status:
                event = replace(event, start=host.start, end=host.end, precision=host.precision)
        out.append(event)
    return out


def origin(text: AnnotatedText, events: list[Event], name: str, before: int) -> Event | None:
    """The last mutual meeting not far before this place whose sentence has the name."""
    fitting = [
        e
        for e in events
        if e.type == "CONSULT"
        and e.mutual
        and before - BACK < e.evidence.start < before
        and re.search(rf"\b{re.escape(name)}\b", text.document.text[e.evidence.start : e.evidence.end], re.IGNORECASE)
    ]
    return max(fitting, key=lambda e: (len(e.source), e.evidence.start), default=None)


def sitting(text: AnnotatedText, first: Event, span: Span, found: re.Match[str]) -> Event:
    """The event of another sitting, dated and placed by its own sentence."""
    act = found.span("act")
    start, end, precision = timing(text, span, act, "occurred")
    return replace(
        first,
        source=[replace(a, mention=None) for a in first.source],
        status="occurred",
        start=start,
        end=end,
        precision=precision,
        place=placing(text, Window(span, (), ()), span, act),
        intensity=intensity("CONSULT", first.mode, "occurred"),
        attributed_to=None,
        evidence=Evidence(start=span[0], end=span[1], trigger=act),
    )
