"""A signed network in, its closed triads by kind against chance out; three ties in, whether they balance out."""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from detente.errors import BadInput
from detente.relations.network import Edge, Floats, Tie, graph, in_order, matrix, positive

KINDS = ("+++", "++-", "+--", "---")
BALANCED = ("+++", "+--")  # Cartwright and Harary 1956: an even number of hostile ties
SHUFFLES = 1000
LOW, HIGH = 0.05, 0.95


class Census(Struct, kw_only=True, frozen=True):
    """How many closed triads of each kind a network has, and how many would balance by chance.

    `balanced`: the share of +++ and +-- among all; `expected`, `low`, `high`: its mean and 90 % interval where the same
    signs are dealt out anew over the same edges; `chance`: the share of those deals at least as balanced as the network
    (counting the network as one, so never 0). `weakly`: the share that also Davis (1967) calls balanced, --- included:
    three foes need not form two camps. All None where there is no closed triad.
    """

    counts: dict[str, int]
    triads: int
    balanced: float | None
    weakly: float | None
    expected: float | None
    low: float | None
    high: float | None
    chance: float | None


class Triad(Struct, kw_only=True, frozen=True):
    """Three states: P(level > 0) of each pair (None where the pair has no tie), and of what the three make together.

    `balanced`: the probability that an even number of the ties is hostile; `kinds`: that of each kind. Both None where a
    tie is missing. The levels are taken as independent given what was measured.
    """

    states: tuple[str, str, str]
    ties: dict[tuple[str, str], float | None]
    balanced: float | None
    kinds: dict[str, float] | None


def census(edges: Iterable[Edge], *, shuffles: int = SHUFFLES, seed: int = 0) -> Census:
    """Count the closed triads. shuffles: how often the signs are dealt out anew; time grows with states³ × shuffles."""
    given = in_order(edges)
    net = graph(given)
    size = len(net.states)
    signs = np.array([e.sign for e in given], dtype=np.float64)
    friends = matrix(size, net.rows, net.columns, (signs > 0).astype(np.float64))
    foes = matrix(size, net.rows, net.columns, (signs < 0).astype(np.float64))
    two = friends @ friends
    kinds = (
        _trace(two, friends) / 6,
        _trace(two, foes) / 2,
        _trace(foes @ foes, friends) / 2,
        _trace(foes @ foes, foes) / 6,
    )
    counts = {kind: round(n) for kind, n in zip(KINDS, kinds, strict=True)}
    total = sum(counts.values())
    if not total:
        nothing = dict.fromkeys(("balanced", "weakly", "expected", "low", "high", "chance"))
        return Census(counts=counts, triads=0, **nothing)
    balanced = sum(counts[kind] for kind in BALANCED) / total
    rng = np.random.default_rng(seed)
    dealt = np.array(
        [_share(matrix(size, net.rows, net.columns, rng.permutation(signs)), total) for _ in range(shuffles)]
    )
    return Census(
        counts=counts,
        triads=total,
        balanced=balanced,
        weakly=1 - counts["++-"] / total,
        expected=float(dealt.mean()) if shuffles else None,
        low=float(np.quantile(dealt, LOW)) if shuffles else None,
        high=float(np.quantile(dealt, HIGH)) if shuffles else None,
        chance=float((1 + (dealt >= balanced - 1e-9).sum()) / (1 + shuffles)) if shuffles else None,
    )


def _trace(walks: Floats, last: Floats) -> float:
    """The number (or the sum of sign products) of closed walks of three steps, the last of them over `last`."""
    return float(np.vdot(walks, last))


def _share(signs: Floats, total: int) -> float:
    """The share of balanced triads: the six walks around each sum to +6 or -6."""
    small = signs.astype(np.float32)
    return (1 + float(np.einsum("ij,ij->", small @ small, small, dtype=np.float64)) / 6 / total) / 2


def triad(a: str, b: str, c: str, ties: Iterable[Tie]) -> Triad:
    """What three states make. Raises BadInput unless they are three, or where a pair comes twice."""
    one, two, three = sorted((a, b, c))
    if len({a, b, c}) < 3:
        raise BadInput(f"a triad of {a}, {b}, {c}: name three different states")
    pairs = [(one, two), (one, three), (two, three)]
    known = {(t.a, t.b): positive(t) for t in in_order(t for t in ties if (t.a, t.b) in pairs)}
    up = {pair: known.get(pair) for pair in pairs}
    chances = [p for p in up.values() if p is not None]
    if len(chances) < 3:
        return Triad(states=(one, two, three), ties=up, balanced=None, kinds=None)
    by_foes = [1.0]
    for p in chances:
        by_foes = [p * same + (1 - p) * fewer for same, fewer in zip([*by_foes, 0.0], [0.0, *by_foes], strict=True)]
    kinds = dict(zip(KINDS, by_foes, strict=True))
    return Triad(states=(one, two, three), ties=up, balanced=kinds["+++"] + kinds["+--"], kinds=kinds)
