"""Mentions in, parties of an event out, and the other way; what the sentence of a span holds."""

from collections.abc import Iterable

from detente.coding.windows import root
from detente.reading.text import AnnotatedText, within
from detente.types import Actor, Event, Mention, Span


def roots(event: Event) -> set[str]:
    """The states and organisations behind the parties of an event."""
    return {root(actor.id) for actor in (*event.source, *event.target)}


def told(events: Iterable[Event]) -> dict[int, list[set[str]]]:
    """Where a sentence starts -> the parties of each of its events."""
    out: dict[int, list[set[str]]] = {}
    for event in events:
        out.setdefault(event.evidence.start, []).append(roots(event))
    return out


def inside(text: AnnotatedText, span: Span) -> list[Mention]:
    """The mentions in a span that are of somebody known, in text order."""
    return [m for m in within(text.mentions, span) if m.id]


def actor(mention: Mention) -> Actor:
    """A mention as a party."""
    return Actor(id=mention.id, sector=mention.sector, name=mention.name, mention=(mention.start, mention.end))
