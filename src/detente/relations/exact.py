"""One connected signed network in, its best split in two camps and a lower bound out: search, cuts, integer programme."""

from math import ceil
from time import monotonic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from detente.relations.camps import split
from detente.relations.cycles import bound
from detente.relations.network import Floats, Ints, matrix

STARTS = 32
CLOSE = 1e-6


def solve(
    size: int, rows: Ints, columns: Ints, signs: Floats, weights: Floats, until: float, seed: int
) -> tuple[Ints, float]:
    """The camps (+1, -1; n) of the best split found, and what no split can go below; equal to its cost where proven.

    rows, columns: the states each edge joins; signs: ±1; weights: above 0; until: when to stop, by the monotonic clock.
    """
    camps = split(matrix(size, rows, columns, signs * weights), STARTS, seed)
    cost = violation(camps, rows, columns, signs, weights)
    whole = bool(np.all(weights == np.round(weights)))
    lower = 0.0
    if cost > CLOSE:
        negative = (signs < 0).astype(np.int64)
        cuts = bound(size, rows, columns, negative, weights, cost - (1 if whole else 0) + CLOSE, until)
        lower = _up(cuts.bound, whole)
        if lower < cost - CLOSE and (left := until - monotonic()) > 0:
            found, proven = _programme(size, rows, columns, negative, weights, cuts.left, cuts.right, left)
            lower = max(lower, _up(proven, whole))
            if found is not None and violation(found, rows, columns, signs, weights) < cost - CLOSE:
                camps, cost = found, violation(found, rows, columns, signs, weights)
    return camps, min(lower, cost)


def violation(camps: Ints, rows: Ints, columns: Ints, signs: Floats, weights: Floats) -> float:
    """The weight of the edges that a split violates."""
    return float(weights[camps[rows] * camps[columns] != signs].sum())


def _up(least: float, whole: bool) -> float:
    """A bound on a sum of whole weights is itself one up to the next whole number."""
    return float(ceil(least - CLOSE)) if whole else least


def _programme(
    size: int,
    rows: Ints,
    columns: Ints,
    negative: Ints,
    weights: Floats,
    left: csr_array,
    right: Floats,
    seconds: float,
) -> tuple[Ints | None, float]:
    """The integer programme, helped by the cuts: one 0/1 variable a state (its camp), one an edge (violated or not).

    An edge of friends a-b is violated at |x_a - x_b|, one of foes at |x_a + x_b - 1|: two inequalities each (the XOR model
    of Aref, Mason and Wilson). The state with most edges stands in camp 1, as camps have no names.
    """
    count = len(rows)
    edges = np.arange(count)
    friends = 1.0 - 2 * negative
    ones = np.ones(count)
    across = coo_array(
        (np.concatenate([-ones, friends]), (np.concatenate([edges, edges]), np.concatenate([rows, columns]))),
        shape=(count, size),
    )
    own = coo_array((ones, (edges, edges)), shape=(count, count))
    either = vstack([hstack([across, own]), hstack([-across, own])])
    floor = np.concatenate([-negative, negative]).astype(np.float64)
    least = hstack([csr_array((left.shape[0], size)), left])
    low = np.concatenate([np.zeros(size), np.zeros(count)])
    low[np.argmax(np.bincount(np.concatenate([rows, columns]), minlength=size))] = 1
    answer = milp(
        np.concatenate([np.zeros(size), weights]),
        integrality=np.concatenate([np.ones(size), np.zeros(count)]),
        bounds=Bounds(low, 1),
        constraints=LinearConstraint(vstack([either, least]).tocsr(), np.concatenate([floor, right]), np.inf),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    camps = None if answer.x is None else np.where(answer.x[:size] > 0.5, 1, -1).astype(np.int64)
    proven = getattr(answer, "mip_dual_bound", None)
    return camps, float(proven) if proven is not None and np.isfinite(proven) else 0.0
