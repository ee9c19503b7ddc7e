"""Signed networks for tests: at random, with planted camps, and the slow way to count what they are."""

from collections.abc import Iterable
from itertools import combinations
from random import Random

from hypothesis import strategies as st

from detente.relations.network import Edge, Tie

NAMES = "ABCDEFGH"
SURE = 0.95


def edges(signs: dict[str, int], sure: float = SURE) -> list[Edge]:
    """Edges from {"AB": 1, "BC": -1}."""
    return [Edge(pair[0], pair[1], sign, sure) for pair, sign in signs.items()]


def complete(size: int, sign: int) -> list[Edge]:
    return [Edge(f"{a:02}", f"{b:02}", sign, SURE) for a, b in combinations(range(size), 2)]


def planted(size: int, count: int, camps: int, wrong: float = 0.0, seed: int = 0) -> tuple[list[Tie], dict[str, int]]:
    """Ties over pairs at random, friends within camps and foes across but for a share that is `wrong`; and the camps."""
    rng = Random(seed)
    names = [f"{i:03}" for i in range(size)]
    camp = {name: rng.randrange(camps) for name in names}
    ties = []
    for a, b in sorted(rng.sample(list(combinations(names, 2)), count)):
        sign = (1 if camp[a] == camp[b] else -1) * (-1 if rng.random() < wrong else 1)
        ties.append(Tie(a, b, sign * rng.uniform(0.6, 1.4), 0.3))
    return ties, camp


@st.composite
def networks(draw: st.DrawFn) -> list[Edge]:
    """Any signed network over at most eight states."""
    signs = draw(st.lists(st.sampled_from([-1, 0, 0, 1]), min_size=28, max_size=28))
    sure = draw(st.lists(st.floats(0.9, 0.999), min_size=28, max_size=28))
    pairs = combinations(NAMES, 2)
    return [Edge(a, b, sign, p) for (a, b), sign, p in zip(pairs, signs, sure, strict=True) if sign]


def names(given: Iterable[Edge]) -> list[str]:
    return sorted({name for e in given for name in (e.a, e.b)})
