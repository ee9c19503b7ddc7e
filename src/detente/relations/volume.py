"""Acts in, how much was written of each dyad's two countries out, the dyad's own acts left aside."""

import numpy as np

from detente.relations.acts import Acts, Floats
from detente.relations.panel import Panel

QUIET = 5.0
"""Acts a month added to every country: below so many, the volume says nothing."""


def exposure(acts: Acts, panel: Panel) -> Floats:
    """By dyad and period, the geometric mean of the two countries' acts with others, as a share of the dyad's own mean
    over the periods so far.

    Only what came before or in a period enters its value: each is held against the mean of all up to it.
    """
    actors = sorted({actor for dyad in acts.dyads for actor in dyad})
    place = {actor: i for i, actor in enumerate(actors)}
    sides = np.array([[place[a], place[b]] for a, b in panel.dyads], dtype=np.int64).reshape(-1, 2)
    own = panel.total
    volume = np.zeros((len(actors), len(panel.starts)))
    for side in (0, 1):
        np.add.at(volume, sides[:, side], own)
    rest = np.sqrt((volume[sides[:, 0]] - own + QUIET) * (volume[sides[:, 1]] - own + QUIET))
    usual = np.cumsum(rest, 1) / np.arange(1, rest.shape[1] + 1)
    return rest / usual
