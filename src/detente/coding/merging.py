"""Coded pairs of one sentence in, events with all their parties out."""

from itertools import combinations
from typing import Any

from msgspec import Struct

from detente.coding.candidates import Party
from detente.types import Status


class Coded(Struct):
    """What was decided for one pair: `source` acts on `target`, or both act together."""

    source: Party
    target: Party
    type: str
    mutual: bool
    status: Status
    trigger: Any
    confidence: float


class Group(Struct):
    """Coded pairs that are one act."""

    sources: list[Party]
    targets: list[Party]
    of: list[Coded]


def merge(coded: list[Coded]) -> list[Group]:
    """Join pairs that share act, status and word: A-C and B-C of 'A and B attack C' give one event of A, B on C."""
    groups: dict[tuple[Any, ...], list[Coded]] = {}
    for item in coded:
        groups.setdefault((item.type, item.mutual, item.status, item.trigger.i), []).append(item)
    return [g for group in groups.values() for g in (cliques(group) if group[0].mutual else stars(group))]


def cliques(coded: list[Coded]) -> list[Group]:
    """Mutual acts: all parties in one event where every two of them were coded, else an event a pair."""
    parties = distinct([p for c in coded for p in (c.source, c.target)])
    have = {frozenset((c.source.root, c.target.root)) for c in coded}
    if all(frozenset((a.root, b.root)) in have for a, b in combinations(parties, 2)):
        return [Group(parties, [], coded)]
    return [Group(distinct([c.source, c.target]), [], [c]) for c in coded]


def stars(coded: list[Coded]) -> list[Group]:
    """Directed acts: sources that have the same targets act together."""
    targets: dict[str, list[Party]] = {}
    sources: dict[str, Party] = {}
    for c in coded:
        sources.setdefault(c.source.root, c.source)
        targets.setdefault(c.source.root, []).append(c.target)
    together: dict[frozenset[str], list[str]] = {}
    for name, found in targets.items():
        together.setdefault(frozenset(t.root for t in found), []).append(name)
    return [
        Group(
            distinct([sources[n] for n in names]),
            distinct(targets[names[0]]),
            [c for c in coded if c.source.root in names],
        )
        for names in together.values()
    ]


def distinct(parties: list[Party]) -> list[Party]:
    """One party an actor, in text order."""
    found: dict[str, Party] = {}
    for party in sorted(parties, key=lambda p: p.first):
        found.setdefault(party.root, party)
    return list(found.values())
