"""A signed network in, the fewest of its edges that any two camps violate and those camps out."""

from collections.abc import Iterable
from math import log
from time import monotonic

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from detente.relations.exact import solve
from detente.relations.network import Edge, Floats, Graph, Ints, graph, in_order

SECONDS = 30.0
SUREST = 1 - 1e-6  # no edge weighs more than the log odds of this, about 13.8


class Frustration(Struct, kw_only=True, frozen=True):
    """How far a network is from two camps, with friends within and foes across.

    `index`: the weight of the edges that the best split found violates (each edge weighs 1 unless weighted by its log
    odds); `lower`: no split can violate less; `optimal`: the two are the same. `edges` counts all, `total` weighs them.
    `camps` gives each state a number: two for each set of states that edges connect, 0 and 1 for the largest, 2 and 3
    for the next. Which state of one set is with which of another cannot be known, so sets share no number.
    `frustrated` are the pairs that these camps violate; another split may be as good, and violate others.
    """

    index: float
    lower: float
    optimal: bool
    edges: int
    total: float
    camps: dict[str, int]
    frustrated: list[tuple[str, str]]

    @property
    def balance(self) -> float | None:
        """1 - 2 × index / total: 1 for perfect balance, near 0 for none; None without edges."""
        return 1 - 2 * self.index / self.total if self.total else None


def frustration(
    edges: Iterable[Edge], *, weighted: bool = False, seconds: float = SECONDS, seed: int = 0
) -> Frustration:
    """The frustration index (line index of balance) and a split that attains it, or bounds where time runs out.

    weighted: an edge counts with the log odds of its sign, so that a doubtful one is cheaper to violate. seconds: for
    the whole network. The same edges give the same answer unless time runs out. Raises BadInput where a pair comes twice.
    After Aref, Mason and Wilson, "A modeling and computational study of the frustration index in signed networks" (2020).
    """
    until = monotonic() + seconds
    given = in_order(edges)
    net = graph(given)
    signs = np.array([e.sign for e in given], dtype=np.float64)
    weights = np.array([_log_odds(e.sure) if weighted else 1.0 for e in given])
    sides = np.ones(len(net.states), dtype=np.int64)
    peeled, core = _core(net)
    lower = 0.0
    for members in _components(net, core):
        part = np.flatnonzero(core & np.isin(net.rows, members))
        rows, columns = np.searchsorted(members, net.rows[part]), np.searchsorted(members, net.columns[part])
        sides[members], least = solve(len(members), rows, columns, signs[part], weights[part], until, seed)
        lower += least
    _hang(sides, peeled, net, signs)
    broken = sides[net.rows] * sides[net.columns] != signs
    index = float(weights[broken].sum())
    return Frustration(
        index=index,
        lower=min(lower, index),
        optimal=index - lower < 1e-6,
        edges=len(given),
        total=float(weights.sum()),
        camps=_numbered(net, sides),
        frustrated=[(e.a, e.b) for e, b in zip(given, broken, strict=True) if b],
    )


def _log_odds(sure: float) -> float:
    sure = min(sure, SUREST)
    return max(log(sure / (1 - sure)), 1e-6)


def _core(net: Graph) -> tuple[list[tuple[int, int]], NDArray[np.bool_]]:
    """States taken off while they have one edge, each with that edge, in that order; and which edges are left (2-core).

    An edge taken off lies on no circle, so whatever the rest does it need not be violated.
    """
    touching: list[set[int]] = [set() for _ in net.states]
    for edge, (a, b) in enumerate(zip(net.rows.tolist(), net.columns.tolist(), strict=True)):
        touching[a].add(edge)
        touching[b].add(edge)
    left = np.ones(len(net.rows), dtype=bool)
    peeled: list[tuple[int, int]] = []
    waiting = [state for state, edges in enumerate(touching) if len(edges) == 1]
    while waiting:
        state = waiting.pop()
        if len(touching[state]) != 1:
            continue
        edge = touching[state].pop()
        left[edge] = False
        peeled.append((state, edge))
        other = int(net.rows[edge] + net.columns[edge]) - state
        touching[other].remove(edge)
        if len(touching[other]) == 1:
            waiting.append(other)
    return peeled, left


def _hang(sides: Ints, peeled: list[tuple[int, int]], net: Graph, signs: Floats) -> None:
    """Put the states taken off back, last first, each where its one edge wants it."""
    for state, edge in reversed(peeled):
        other = int(net.rows[edge] + net.columns[edge]) - state
        sides[state] = int(signs[edge]) * sides[other]


def _components(net: Graph, among: NDArray[np.bool_]) -> list[Ints]:
    """The sets of two states or more that these edges connect, the largest first; each in order."""
    size = len(net.states)
    rows, columns = net.rows[among], net.columns[among]
    if not len(rows):
        return []
    count, label = connected_components(coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size)), False)
    groups = [np.flatnonzero(label == k) for k in range(count)]
    return sorted((g for g in groups if len(g) > 1), key=lambda g: (-len(g), int(g[0])))


def _numbered(net: Graph, sides: Ints) -> dict[str, int]:
    """Camps by number: in each set of connected states the first by name is in the even one."""
    camps: dict[str, int] = {}
    for k, members in enumerate(_components(net, np.ones(len(net.rows), dtype=bool))):
        for i in members:
            camps[net.states[i]] = 2 * k + int(sides[i] != sides[members[0]])
    return dict(sorted(camps.items()))
