"""Coded pairs of one window in, events with all their parties out."""

from collections.abc import Container, Iterable
from itertools import combinations

from msgspec import Struct

from detente.coding.deciding import Coded
from detente.coding.windows import Entity
from detente.types import Span


class Group(Struct):
    """Coded pairs that are one act."""

    sources: list[Entity]
    targets: list[Entity]
    of: list[Coded]


def merge(coded: list[Coded]) -> list[Group]:
    """Join pairs that are one act: A-C and B-C of 'A and B attack C' give one event of A, B on C.

    They have type, direction and status in common. One-way acts share words too; of acts done together all parties are
    one event where every two of them were coded.
    """
    out: list[list[Coded]] = []
    for item in sorted(coded, key=lambda c: c.trigger):
        same = next(
            (g for g in out if alike(g[0], item) and (item.mutual or any(touch(c.trigger, item.trigger) for c in g))),
            None,
        )
        if same is None:
            out.append([item])
        else:
            same.append(item)
    return [g for group in out for g in (cliques(group) if group[0].mutual else stars(group))]


def alike(a: Coded, b: Coded) -> bool:
    """Whether two pairs may be parts of one act."""
    return (a.type, a.mutual, a.status) == (b.type, b.mutual, b.status)


def touch(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def cliques(coded: list[Coded]) -> list[Group]:
    """Acts done together: the largest sets of parties of which every two were coded, each pair in one event only."""
    parties = {p.root: p for c in coded for p in (c.source, c.target)}
    left = {frozenset((c.source.root, c.target.root)): c for c in sorted(coded, key=lambda c: c.confidence)}
    out = []
    while left:
        best = max((grown(pair, parties, left) for pair in left), key=lambda g: (len(g), sorted(g)))
        of = [left.pop(pair) for pair in map(frozenset, combinations(sorted(best), 2))]
        out.append(Group(distinct([parties[name] for name in best]), [], of))
    return out


def grown(pair: frozenset[str], parties: Iterable[str], have: Container[frozenset[str]]) -> frozenset[str]:
    """A pair with every further party that was coded with all before it."""
    out = pair
    for name in parties:
        if name not in out and all(frozenset((name, one)) in have for one in out):
            out |= {name}
    return out


def stars(coded: list[Coded]) -> list[Group]:
    """Directed acts: sources that have the same targets act together."""
    targets: dict[str, list[Entity]] = {}
    sources: dict[str, Entity] = {}
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


def distinct(parties: list[Entity]) -> list[Entity]:
    """One party an actor, in text order."""
    found: dict[str, Entity] = {}
    for party in sorted(parties, key=lambda p: p.mentions[0].start):
        found.setdefault(party.root, party)
    return list(found.values())
