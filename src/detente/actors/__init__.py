"""Who exists and which words name them: `scan` a text, `resolve` a name, `lookup` an id; all by date. See docs/actors.md."""

from datetime import date
from pathlib import Path

from detente.actors import catalogue as _catalogue
from detente.actors.catalogue import ActorEntry
from detente.actors.scanner import scan
from detente.types import Mention

__all__ = ["ActorEntry", "entries", "load_extra", "lookup", "resolve", "scan", "serving"]


def lookup(actor: str) -> ActorEntry | None:
    """The catalogue's entry for an actor id ("RUS", "NATO"); None where there is none."""
    return _catalogue.catalogue().entries.get(actor)


def entries() -> list[ActorEntry]:
    """All actors, by id."""
    return sorted(_catalogue.catalogue().entries.values(), key=lambda entry: entry.id)


def resolve(text: str, on: date | None = None) -> Mention | None:
    """What a whole string names on that day, with `why`; None where it is no single name the catalogue knows."""
    from detente.actors.resolving import resolve_name

    return resolve_name(text, on)


def serving(name: str, on: date) -> list[str] | None:
    """The actors for which people of that name hold an office on that day, or may: of some it is not known how it went on.

    The latest term comes first. None where the catalogue knows nobody of that name.
    """
    senses = _catalogue.catalogue().senses.get(name, ())
    people = [sense.person for sense in senses if sense.person is not None]
    terms = [(term.start, person.actor) for person in people for term in person.serves(on.toordinal())]
    return [actor for _, actor in sorted(terms, reverse=True)] if people else None


def load_extra(path: str | Path) -> None:
    """Add the actors of an actors.toml for this process; they win over the catalogue's names. Raises BadInput."""
    from detente.actors.pieces import index

    _catalogue.add_file(Path(path))
    index.cache_clear()
