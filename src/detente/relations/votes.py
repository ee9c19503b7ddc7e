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
    """n × n: True for the pairs that could change between same and different at no cost.

    Two states of one bloc, where either could leave it for another bloc or to be alone; two of different blocs, where
    one could go over to the other's bloc, or the two blocs could become one.
    """
    member = membership(blocs, int(blocs.max()) + 1)
    pull = weights @ member
    lines = np.arange(len(blocs))
    own = pull[lines, blocs]
    elsewhere = pull.copy()
    elsewhere[lines, blocs] = 0  # alone
    loose = (elsewhere >= own[:, None] - EVEN).any(1) & (member.sum(0)[blocs] > 1)
    may_go = (pull >= own[:, None] - EVEN)[:, blocs]
    may_merge = (member.T @ pull >= -EVEN)[np.ix_(blocs, blocs)]
    same = blocs[:, None] == blocs
    found: Flags = np.where(same, loose[:, None] | loose, may_go | may_go.T | may_merge)
    np.fill_diagonal(found, False)
    return found


def open_in_camps(weights: Floats, camps: Ints) -> Flags:
    """n × n: True for the pairs that no path connects, and those of a state that could change camp at no cost."""
    label = connected_components(csr_array(weights), directed=False)[1]
    loose = np.abs(camps * (weights @ camps)) <= EVEN
    found: Flags = (label[:, None] != label) | loose[:, None] | loose
    np.fill_diagonal(found, False)
    return found
