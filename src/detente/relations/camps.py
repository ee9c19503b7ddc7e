"""Signed weights between states in, splits of the states in two camps out, by tabu search over many starts at once."""

import numpy as np

from detente.relations.network import Floats, Ints

TENURE = 8  # a state that changed camp stays for so many steps, plus up to as many more by chance


def split(weights: Floats, starts: int, seed: int, steps: int | None = None) -> Ints:
    """The best split found: +1 or -1 a state, the first state +1. weights: symmetric, n × n, 0 where there is no edge."""
    size = len(weights)
    rng = np.random.default_rng(seed)
    begin = rng.choice(np.array([-1.0, 1.0]), size=(starts, size))
    if size:
        begin[0] = np.where(np.linalg.eigh(weights)[1][:, -1] < 0, -1.0, 1.0)
    camps, agreement = search(weights[None], np.zeros(starts, dtype=np.int64), begin, rng, steps or 10 * size + 50)
    best: Ints = camps[int(np.argmax(agreement))]
    return best * best[0] if size else best


def splits(weights: Floats, rng: np.random.Generator, steps: int | None = None) -> Ints:
    """A split of each of many networks over the same states. weights: draws × n × n; out: draws × n of +1 and -1."""
    draws, size = weights.shape[:2]
    begin = rng.choice(np.array([-1.0, 1.0]), size=(draws, size))
    return search(weights, np.arange(draws), begin, rng, steps or 4 * size + 20)[0]


def search(weights: Floats, which: Ints, begin: Floats, rng: np.random.Generator, steps: int) -> tuple[Ints, Floats]:
    """Tabu search of several starts side by side: the best camps of each start and their agreement.

    weights: networks × n × n; which: the network of each start; begin: starts × n of ±1. The agreement of a split is
    the sum of weights within camps less the sum across. In each step every start moves the state that gains most, or
    loses least, of those that did not move lately; so it climbs out of a split that no single move improves.
    """
    now = begin.copy()
    if not now.size:
        return now.astype(np.int64), np.zeros(len(now))
    lines = np.arange(len(now))
    pull = np.einsum("qij,qj->qi", weights[which], now) if len(weights) > 1 else now @ weights[0]
    agreement = (now * pull).sum(1) / 2
    best, best_agreement = now.copy(), agreement.copy()
    free_from = np.zeros(now.shape, dtype=np.int64)
    tenure = min(TENURE, max(1, now.shape[1] // 4))
    for step in range(steps):
        gain = -2 * now * pull
        allowed = (free_from <= step) | (agreement[:, None] + gain > best_agreement[:, None] + 1e-9)
        moved = np.argmax(np.where(allowed, gain, -np.inf), axis=1)
        agreement += gain[lines, moved]
        pull -= 2 * now[lines, moved][:, None] * weights[which, moved]
        now[lines, moved] *= -1
        free_from[lines, moved] = step + 1 + tenure + rng.integers(0, tenure + 1, len(now))
        better = agreement > best_agreement + 1e-9
        best[better], best_agreement[better] = now[better], agreement[better]
    return best.astype(np.int64), best_agreement
