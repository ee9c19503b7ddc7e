"""Mentions in, parties of an event out, and the other way."""

from collections.abc import Iterable

from detente.coding.windows import root
from detente.reading.text import AnnotatedText, within
from detente.types import Actor, Event, Mention, Span


def roots(actors: Iterable[Actor]) -> set[str]:
    """The states and organisations behind some actors."""
    return {root(actor.id) for actor in actors}


def told(events: Iterable[Event]) -> dict[int, list[set[str]]]:
    """Where a sentence starts -> the roots of the parties of each of its events."""
    out: dict[int, list[set[str]]] = {}
    for event in events:
        out.setdefault(event.evidence.start, []).append(roots((*event.source, *event.target)))
    return out


def mentioned(text: AnnotatedText, span: Span) -> list[Mention]:
    """The mentions in a span that are of somebody known, in text order."""
    return [m for m in within(text.mentions, span) if m.id]


def party(mention: Mention) -> Actor:
    """An actor as it stands in an event, by one mention."""
    return Actor(id=mention.id, sector=mention.sector, name=mention.name, mention=(mention.start, mention.end))
