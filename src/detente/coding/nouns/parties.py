"""Mentions in, parties of an event out, and the other way."""

from detente.coding.windows import root
from detente.types import Actor, Event, Mention


def roots(event: Event) -> set[str]:
    """The states and organisations behind the parties of an event."""
    return {root(actor.id) for actor in (*event.source, *event.target)}


def actor(mention: Mention) -> Actor:
    """A mention as a party."""
    return Actor(id=mention.id, sector=mention.sector, name=mention.name, mention=(mention.start, mention.end))
