"""Annotated text in, the sentences that name at least two actors out, each with its actors and the pairs of them.

Most sentences name fewer, and are never encoded.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from detente.reading.text import AnnotatedText
from detente.types import Mention, Span

READ = 800  # characters of a sentence whose actors are looked at; a longer one is a list, or broken text
MANY = 80  # pairs of actors that a window is asked about; the nearest are kept, so that lists stay linear
NEAREST = 3  # mentions of each party that a pair is read from


class Entity(Struct, frozen=True):
    """One actor in a window, known by the state or organisation behind it, with its mentions in text order."""

    root: str
    mentions: tuple[Mention, ...]


class Pair(Struct, frozen=True):
    """Two actors of a window, the one named first as `a`; the mentions of each that stand nearest to the other."""

    a: Entity
    b: Entity
    a_mentions: tuple[Mention, ...]
    b_mentions: tuple[Mention, ...]


class Window(Struct, frozen=True):
    """A sentence that names at least two actors."""

    span: Span
    entities: tuple[Entity, ...]
    pairs: tuple[Pair, ...]


def root(actor: str) -> str:
    """The state or organisation behind an actor id: 'SYR.REB' -> 'SYR'."""
    return actor.split(".", 1)[0]


def windows(text: AnnotatedText) -> list[Window]:
    """The windows of one text, in text order."""
    out = []
    for span, inside in naming(text):
        actors = entities([m for m in inside if m.end - span[0] <= READ])
        if len(actors) > 1:
            out.append(Window(span, actors, pairs(actors)))
    return out


def naming(text: AnnotatedText) -> Iterator[tuple[Span, list[Mention]]]:
    """Sentences with the mentions of actors in them; those without any are left out."""
    starts = [start for start, _ in text.sentences]
    named: dict[int, list[Mention]] = {}
    for mention in text.mentions:
        if mention.id:
            named.setdefault(max(bisect_right(starts, mention.start) - 1, 0), []).append(mention)
    for number in sorted(named):
        yield text.sentences[number], named[number]


def entities(mentions: list[Mention]) -> tuple[Entity, ...]:
    """The different actors among mentions, in the order in which they are first named."""
    found: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        found.setdefault(root(mention.id), []).append(mention)
    return tuple(Entity(name, tuple(of)) for name, of in found.items())


def pairs(actors: tuple[Entity, ...]) -> tuple[Pair, ...]:
    """Every two actors, or the `MANY` pairs that stand nearest to each other."""
    found = list(combinations(actors, 2))
    if len(found) > MANY:
        kept = sorted(range(len(found)), key=lambda n: gap(*found[n]))[:MANY]
        found = [found[n] for n in sorted(kept)]
    return tuple(Pair(a, b, near(a, b), near(b, a)) for a, b in found)


def gap(a: Entity, b: Entity) -> int:
    """Characters between the nearest mentions of two actors."""
    return min(distance(m, n) for m in a.mentions for n in b.mentions)


def distance(m: Mention, n: Mention) -> int:
    """Characters between two mentions; 0 where they overlap."""
    return max(m.start - n.end, n.start - m.end, 0)


def near(of: Entity, to: Entity) -> tuple[Mention, ...]:
    """The mentions of one actor that stand nearest to the other's, in text order."""
    if len(of.mentions) <= NEAREST:
        return of.mentions
    ranked = sorted(of.mentions, key=lambda m: min(distance(m, n) for n in to.mentions))
    return tuple(sorted(ranked[:NEAREST], key=lambda m: m.start))
