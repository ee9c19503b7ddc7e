"""Signed weights between states in, a grouping in as many blocs as they ask for out (correlation clustering)."""

import numpy as np

from detente.relations.network import Floats, Ints

JITTER = 1e-4  # against the weights: orders moves that gain the same by chance, and no others
PASSES = 20
ENOUGH = 1e-3


def cluster(weights: Floats, rng: np.random.Generator) -> Ints:
    """A bloc number a state, so that the weights within blocs add up to much. weights: symmetric, n × n, 0: no edge.

    Starts with every state alone and joins the two blocs whose joint weight is largest while it is above 0; then moves
    single states to where they gain most, or alone; then joins again, until nothing gains. Among equals chance decides.
    """
    size = len(weights)
    noise = np.triu(rng.random((size, size)), 1) * JITTER
    own = weights + (noise + noise.T) * (weights != 0)
    blocs = np.arange(size)
    for _ in range(PASSES):
        joined = _join(own, blocs)
        if not _move(own, blocs) and not joined:
            break
    return np.unique(blocs, return_inverse=True)[1].astype(np.int64)


def membership(blocs: Ints, size: int) -> Floats:
    """1 where a state (line) is in a bloc (column) 0..size - 1, else 0."""
    member = np.zeros((len(blocs), size))
    member[np.arange(len(blocs)), blocs] = 1
    return member


def _join(weights: Floats, blocs: Ints) -> bool:
    """Join blocs, the two with most to gain first; changes `blocs`."""
    size = len(blocs)
    member = membership(blocs, size)
    sums: Floats = member.T @ weights @ member
    np.fill_diagonal(sums, -np.inf)
    any_joined = False
    while size > 1:
        one, other = divmod(int(np.argmax(sums)), size)
        if sums[one, other] <= ENOUGH:
            break
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[one, one] = -np.inf
        sums[other] = sums[:, other] = -np.inf
        blocs[blocs == other] = one
        any_joined = True
    return any_joined


def _move(weights: Floats, blocs: Ints) -> bool:
    """Move single states to another bloc or an empty one, the one with most to gain first; changes `blocs`."""
    size = len(blocs)
    if not size:
        return False
    lines = np.arange(size)
    pull = weights @ membership(blocs, size)  # empty blocs pull with 0: a place to be alone
    any_moved = False
    for _ in range(10 * size):
        gain = pull - pull[lines, blocs][:, None]
        gain[lines, blocs] = -np.inf
        state, to = divmod(int(np.argmax(gain)), size)
        if gain[state, to] <= ENOUGH:
            break
        pull[:, blocs[state]] -= weights[:, state]
        pull[:, to] += weights[:, state]
        blocs[state] = to
        any_moved = True
    return any_moved
