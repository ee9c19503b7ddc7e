"""Coded pairs of one window in, events with all their parties out."""

from collections.abc import Container, Iterable, Mapping
from itertools import combinations

from msgspec import Struct, structs

from detente.coding.deciding import Coded
from detente.coding.labels import EITHER_WAY
from detente.coding.windows import Entity
from detente.types import Span


class Group(Struct):
    """Coded pairs that are one act."""

    sources: list[Entity]
    targets: list[Entity]
    of: list[Coded]


def merge(coded: list[Coded], weak: Iterable[Coded] = ()) -> list[Group]:
    """Join pairs that are one act: A-C and B-C of 'A and B attack C' give one event of A, B on C.

    They have type, direction and status in common. One-way acts share words too; of acts done together all parties are
    one event where every two of them were coded, or found too weak to be coded for themselves.
    """
    links = {(c.type, frozenset((c.source.root, c.target.root))): c for c in (*weak, *coded)}
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
    return [g for group in out for g in (cliques(group, links) if group[0].mutual else stars(group))]


def unanimous(coded: list[Coded]) -> list[Coded]:
    """The same acts, those of one type in the same words agreeing with the surest of them: on status and, where either may be said
    of the type, on being done together."""
    out: list[Coded] = []
    for item in sorted(coded, key=lambda c: -c.probability):
        lead = next((c for c in out if c.type == item.type and touch(c.trigger, item.trigger)), item)
        together = lead.mutual if item.type in EITHER_WAY else item.mutual
        out.append(item if item.ruled else structs.replace(item, status=lead.status, mutual=together))
    return out


def alike(a: Coded, b: Coded) -> bool:
    """Whether two pairs may be parts of one act."""
    return (a.type, a.mutual, a.status) == (b.type, b.mutual, b.status)


def touch(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def cliques(coded: list[Coded], links: Mapping[tuple[str, frozenset[str]], Coded]) -> list[Group]:
    """Acts done together: the largest sets of parties of which every two are linked, each coded pair in one event only."""
    parties = {p.root: p for c in coded for p in (c.source, c.target)}
    left = {frozenset((c.source.root, c.target.root)): c for c in sorted(coded, key=lambda c: c.confidence)}
    have = {pair for kind, pair in links if kind == coded[0].type}
    out = []
    while left:
        best = max((grown(pair, parties, have) for pair in left), key=lambda g: (len(g), sorted(g)))
        pairs = list(map(frozenset, combinations(sorted(best), 2)))
        of = [left.pop(pair) if pair in left else links[coded[0].type, pair] for pair in pairs]
        out.append(Group(distinct([parties[name] for name in best]), [], of))
    return rounds(out)


def rounds(found: list[Group]) -> list[Group]:
    """Groups that have two parties or more in common, and words, are one: 'a meeting with C and D' of A and B."""
    out: list[Group] = []
    for group in found:
        names = {p.root for p in group.sources}
        same = next((g for g in out if len(names & {p.root for p in g.sources}) > 1 and near(g, group)), None)
        if same is None:
            out.append(group)
        else:
            same.sources, same.of = distinct([*same.sources, *group.sources]), [*same.of, *group.of]
    return out


def near(a: Group, b: Group) -> bool:
    """Whether two groups have words in common."""
    return any(touch(x.trigger, y.trigger) for x in a.of for y in b.of)


def grown(pair: frozenset[str], parties: Iterable[str], have: Container[frozenset[str]]) -> frozenset[str]:
    """A pair with every further party that was coded with all before it."""
    out = pair
    for name in parties:
        if name not in out and all(frozenset((name, one)) in have for one in out):
            out |= {name}
    return out


def stars(coded: list[Coded]) -> list[Group]:
    """Directed acts: sources that have the same targets act together.

    Of A-B, A-C and B-C in the same words ('A joined B to sell tanks to C') A-B is no act of its own.
    """
    have = {(c.source.root, c.target.root) for c in coded}
    names = {name for pair in have for name in pair}
    own = [c for c in coded if not any({(c.source.root, n), (c.target.root, n)} <= have for n in names)]
    coded = own or coded  # all on all: nobody is merely joined
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
    """One party an actor, in text order; of two that one word stands for ("the two countries"), by id."""
    found: dict[str, Entity] = {}
    for party in sorted(parties, key=lambda p: (p.mentions[0].start, p.root)):
        found.setdefault(party.root, party)
    return list(found.values())
