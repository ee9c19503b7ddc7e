"""A signed graph in, a lower bound on its frustration and the inequalities that prove it out."""

from time import monotonic

import numpy as np
from msgspec import Struct
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from detente.relations.network import Floats, Ints

ROUNDS = 40
SHORT = 1 - 1e-4  # a walk must be shorter than 1 by more than rounding to count as violated


class Cuts(Struct):
    """Rows of `left @ f >= right` that hold for every split, f[e] being 1 where edge e is violated; `bound` they imply."""

    left: csr_array
    right: Floats
    bound: float


def bound(size: int, rows: Ints, columns: Ints, negative: Ints, weights: Floats, enough: float, until: float) -> Cuts:
    """Cutting planes: solve the linear programme, add the closed walks that its answer breaks, again until none is left.

    Around a closed walk a split violates an odd number of edges if an odd number of them is negative, and else an even
    one. So for every set F of its edges whose number has the wrong parity, some edge of F is kept or some edge outside F
    is violated: the sum of 1 - f over F and of f over the rest is at least 1. (These are the odd-cycle inequalities of
    the cut polytope, Barahona and Mahjoub 1986.) Stops early once the bound reaches `enough` or the clock (monotonic)
    passes `until`. negative: 1 for edges of hostility, 0 for others.
    """
    count = len(rows)
    edge_of = {(int(a), int(b)): e for e, (a, b) in enumerate(zip(rows, columns, strict=True))}
    edge_of |= {(b, a): e for (a, b), e in edge_of.items()}
    cuts = Cuts(csr_array((0, count)), np.zeros(0), 0.0)
    violated = np.zeros(count)
    seen: set[tuple[tuple[int, int], ...]] = set()
    for _ in range(ROUNDS):
        fresh = [w for w in _walks(size, rows, columns, negative, violated, edge_of) if w not in seen]
        if not fresh:
            break
        seen.update(fresh := list(dict.fromkeys(fresh)))
        cuts = _with(cuts, fresh, count)
        left = until - monotonic()
        if left <= 0:
            break
        answer = linprog(
            weights, -cuts.left, -cuts.right, bounds=(0, 1), method="highs", options={"time_limit": max(left, 0.1)}
        )
        if answer.status != 0:
            break
        violated, cuts.bound = answer.x, float(answer.fun)
        if cuts.bound >= enough:
            break
    return cuts


def _walks(
    size: int, rows: Ints, columns: Ints, negative: Ints, violated: Floats, edge_of: dict[tuple[int, int], int]
) -> list[tuple[tuple[int, int], ...]]:
    """Broken inequalities, each the edges of a closed walk with 1 for those in F.

    Two copies of the graph: a step that changes the copy is one of a negative edge outside F or of a positive edge in
    F, so a path from a state to its other copy is a closed walk of the wrong parity, and its length is the sum above.
    """
    cost_kept, cost_f = np.clip(violated, 0, 1) + 1e-9, np.clip(1 - violated, 0, 1) + 1e-9
    starts, ends, costs = [], [], []
    for copy in (0, 1):
        for in_f, cost in ((0, cost_kept), (1, cost_f)):
            starts.append(rows + size * copy)
            ends.append(columns + size * (copy ^ negative ^ in_f))
            costs.append(cost)
    doubled = coo_array(
        (np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))), shape=(2 * size, 2 * size)
    ).tocsr()
    length, before = dijkstra(doubled, directed=False, indices=np.arange(size), return_predecessors=True, limit=SHORT)
    found = []
    for state in np.flatnonzero(length[np.arange(size), np.arange(size) + size] < SHORT):
        walk, at = [], int(state) + size
        while at != state:
            previous = int(before[state, at])
            edge = edge_of[previous % size, at % size]
            walk.append((edge, int((previous // size) ^ (at // size) ^ int(negative[edge]))))
            at = previous
        found.append(tuple(sorted(walk)))
    return found


def _with(cuts: Cuts, walks: list[tuple[tuple[int, int], ...]], count: int) -> Cuts:
    at = len(cuts.right) + np.repeat(np.arange(len(walks)), [len(w) for w in walks])
    edges = np.array([e for w in walks for e, _ in w], dtype=np.int64)
    signs = np.array([1.0 - 2 * f for w in walks for _, f in w])
    total = len(cuts.right) + len(walks)
    old = cuts.left.tocoo()
    left = coo_array(
        (np.concatenate([old.data, signs]), (np.concatenate([old.row, at]), np.concatenate([old.col, edges]))),
        shape=(total, count),
    )
    right = np.concatenate([cuts.right, [1.0 - sum(f for _, f in w) for w in walks]])
    return Cuts(left.tocsr(), right, cuts.bound)
