"""Signed weights between states in, a grouping in as many blocs as they ask for out (correlation clustering)."""

import numpy as np
from numpy.typing import NDArray

from detente.relations.network import Floats, Ints

JITTER = 1e-4  # against the largest weight: orders moves that gain the same by chance, and no others
ENOUGH = 1e-3  # a smaller gain, of a largest weight of 1, is none: jitter adds up to less than this over few edges
PASSES = 20
TRIES = 6


def cluster(weights: Floats, rng: np.random.Generator, tries: int = TRIES) -> Ints:
    """A bloc number a state, so that the weights within blocs add up to much. weights: symmetric, n × n, 0: no edge.

    The best of several tries, the first from every state alone, others from blocs by chance. A try moves single states
    to where they gain most, or alone, then joins the two blocs whose joint weight is largest while it is above 0, and
    begins again, until nothing gains. Among equals chance decides.
    """
    size = len(weights)
    noise = np.triu(rng.random((size, size)), 1) * JITTER
    own = weights / (float(np.abs(weights).max(initial=0)) or 1.0) + (noise + noise.T) * (weights != 0)
    best, most = np.arange(size), -np.inf
    for attempt in range(tries):
        begin = rng.integers(0, min(size, int(rng.integers(2, 6))), size) if attempt else np.arange(size)
        blocs = _settled(own, begin)
        inner = float(own[blocs[:, None] == blocs].sum())
        if inner > most + ENOUGH:
            best, most = blocs, inner
    return best


def _settled(weights: Floats, blocs: Ints) -> Ints:
    """The blocs after moves and unions until nothing gains; each held together by friendship throughout."""
    for _ in range(PASSES):
        moved = _move(weights, blocs)
        if not _join(weights, blocs) and not moved:
            break
    return _held_together((weights > 0) & (blocs[:, None] == blocs))


def _held_together(friends: NDArray[np.bool_]) -> Ints:
    """A number for each part that is connected: each takes the lowest among its friends until nothing changes.

    scipy's `connected_components` says the same, in six times as long for so few states.
    """
    size = len(friends)
    among = friends | np.eye(size, dtype=bool)
    label = np.arange(size)
    while True:
        lowest = np.where(among, label, size).min(1, initial=size)
        if np.array_equal(lowest, label):
            break
        label = lowest
    numbered: Ints = np.unique(label, return_inverse=True)[1]
    return numbered


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
