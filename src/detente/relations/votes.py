"""One draw's weights and the blocs found in it in, the pairs of states that the draw leaves open out.

A best grouping is seldom the only one: a state with no friend and one foe may stand with anybody but the foe, and two
blocs with nothing between them may as well be one. Whoever takes one grouping at its word reads chance as knowledge.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from detente.relations.clusters import membership
from detente.relations.network import Floats, Ints

EVEN = 1e-9
Flags = NDArray[np.bool_]


def open_in_blocs(weights: Floats, blocs: Ints) -> Flags:
    """n × n: True for the pairs that could change between same and different at next to no cost.

    Where the number of blocs is free, chance errors in the signs split them; hence a margin, see `_cheap`. Open are two
    states of one bloc, where either could leave it for another bloc or to be alone; and two of different blocs, where one
    could go over to the other's bloc, or the two blocs could become one.
    """
    member = membership(blocs, int(blocs.max()) + 1)
    lines = np.arange(len(blocs))
    pull, noise = weights @ member, weights**2 @ member
    own, own_noise = pull[lines, blocs][:, None], noise[lines, blocs][:, None]
    may_go = _cheap(own - pull, own_noise + noise)
    away = may_go.copy()
    away[lines, blocs] = _cheap(own, own_noise)[:, 0]  # to be alone
    loose = away.any(1) & (member.sum(0)[blocs] > 1)
    may_merge = _cheap(-(member.T @ pull), member.T @ noise)[np.ix_(blocs, blocs)]
    over = may_go[:, blocs]
    found: Flags = np.where(blocs[:, None] == blocs, loose[:, None] | loose, over | over.T | may_merge)
    np.fill_diagonal(found, False)
    return found


def open_in_camps(weights: Floats, camps: Ints) -> Flags:
    """n × n: True for the pairs that no path connects, and those of a state that could change camp at no cost."""
    label = connected_components(csr_array(weights), directed=False)[1]
    loose = np.abs(weights @ camps) <= EVEN
    found: Flags = (label[:, None] != label) | loose[:, None] | loose
    np.fill_diagonal(found, False)
    return found


def _cheap(cost: Floats, noise: Floats) -> Flags:
    """A change that costs nothing, or less than one standard deviation of the sum were each sign a coin flip.

    One tie alone is not cheap to break; two against one of the same weight are. noise: the sum of squared weights.
    """
    flags: Flags = (cost <= EVEN) | (cost < np.sqrt(noise) - EVEN)
    return flags
