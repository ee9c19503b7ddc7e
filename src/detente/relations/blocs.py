"""Ties between states in, the probability that each two stand in the same bloc out, and the blocs that are clear."""

from collections.abc import Iterable
from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform

from detente.errors import BadInput
from detente.relations.camps import splits
from detente.relations.clusters import TRIES, cluster
from detente.relations.network import Floats, Tie, graph, in_order, matrix
from detente.relations.votes import open_in_blocs, open_in_camps

DRAWS = 200
HALF = 0.5


class Bloc(Struct, kw_only=True, frozen=True):
    """States that stand together: `members`, the firmest first, with each one's mean P(same bloc) with the others.

    `cohesion` is the mean over all pairs.
    """

    members: dict[str, float]
    cohesion: float


class Blocs(Struct, kw_only=True, frozen=True):
    """Who stands with whom, as probabilities; there is no single partition.

    `states` in an order that puts those of a kind next to each other, for a heat map. `same[i][j]`: P(same bloc) of
    states i and j in that order; None where every draw leaves the two open, because no path joins them or nothing tips the
    balance. `decided[i][j]`: the share of draws that do not; where it is low, a probability near a half means that the
    ties do not say, where it is high, that the draws disagree. `blocs`: groups with a mean P(same) above a half, the largest first. `unclear`: the states that
    belong to none of them beyond the error of the draws.
    """

    states: list[str]
    same: list[list[float | None]]
    decided: list[list[float]]
    blocs: list[Bloc]
    unclear: list[str]
    draws: int

    def together(self, a: str, b: str) -> float | None:
        """P(same bloc) of two states; None where nothing is known of the two, or of one of them."""
        if a not in self.states or b not in self.states:
            return None
        return self.same[self.states.index(a)][self.states.index(b)]


def blocs(
    ties: Iterable[Tie], *, draws: int = DRAWS, seed: int = 0, two: bool = False, sizes: bool = False, tries: int = TRIES
) -> Blocs:  # fmt: skip
    """Draw every tie's level from its posterior, find the blocs of each draw, and average.

    two: only two camps, where foes of foes are friends; else as many blocs as the draw asks for (correlation clustering,
    Bansal, Blum and Chawla 2004), where foes of foes need not be. sizes: a tie weighs as much as its level drawn; else 1,
    so that only its sign counts. tries: searches in each draw (see `cluster`). Raises BadInput where a pair comes twice or there is no draw.

    In a draw a pair counts as the same, as different, or, where the draw leaves it open, as one half (see votes.py).
    """
    if draws < 1:
        raise BadInput(f"draws is {draws}: at least one is needed")
    given = in_order(ties)
    net = graph(given)
    size = len(net.states)
    if not size:
        return Blocs(states=[], same=[], decided=[], blocs=[], unclear=[], draws=draws)
    rng = np.random.default_rng(seed)
    levels = rng.normal([t.mean for t in given], [t.sd for t in given], size=(draws, len(given)))
    weights = np.array([matrix(size, net.rows, net.columns, x if sizes else np.sign(x)) for x in levels])
    found = splits(weights, rng) if two else np.array([cluster(w, rng, tries) for w in weights])
    same, decided = np.zeros((size, size)), np.zeros((size, size))
    for drawn, group in zip(weights, found, strict=True):
        undecided = open_in_camps(drawn, group) if two else open_in_blocs(drawn, group)
        same += np.where(undecided, HALF, group[:, None] == group)
        decided += ~undecided
    return _shown(net.states, same / draws, decided / draws, draws)


def _shown(states: list[str], same: Floats, decided: Floats, draws: int) -> Blocs:
    tree = linkage(squareform(1 - same, checks=False), "average")
    order = leaves_list(optimal_leaf_ordering(tree, squareform(1 - same, checks=False)))
    label = fcluster(tree, HALF - 1e-9, "distance")
    clear = HALF + 1 / sqrt(draws)  # two standard errors of a share of draws
    made = [b for k in range(1, label.max() + 1) if (b := _bloc(states, same, np.flatnonzero(label == k), clear))]
    inside = {name for b in made for name in b.members}
    known, share = np.where(decided > 0, same, np.nan)[np.ix_(order, order)], decided[np.ix_(order, order)]
    return Blocs(
        states=[states[i] for i in order],
        same=[[None if np.isnan(p) else float(p) for p in line] for line in known],
        decided=share.tolist(),
        blocs=sorted(made, key=lambda b: (-len(b.members), min(b.members))),
        unclear=[name for name in states if name not in inside],
        draws=draws,
    )


def _bloc(states: list[str], same: Floats, members: NDArray[np.intp], clear: float) -> Bloc | None:
    """The group without those whose mean P(same) with the rest is not clear, the weakest first; None if no two remain."""
    while len(members) > 1:
        inner = same[np.ix_(members, members)]
        firm = (inner.sum(1) - inner.diagonal()) / (len(members) - 1)
        if firm.min() > clear:
            ordered = sorted(zip(firm.tolist(), (states[i] for i in members), strict=True), key=lambda m: (-m[0], m[1]))
            return Bloc(members={name: mean for mean, name in ordered}, cohesion=float(firm.mean()))
        members = np.delete(members, int(firm.argmin()))
    return None
