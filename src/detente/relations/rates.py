"""How many false alarms a user accepts in, the score an alarm must reach out, and what that promises for given dyads.

The table was counted on dated events of 2005-2010 by `benchmarks/turns.py --calibrate`. `documented`: alarms that no
documented turn explains, by dyad-year, over the dyads of the list of turning points. The other columns: all alarms by
dyad-year over all dyads, by how many acts a dyad had in the two years before.
"""

import csv
from functools import lru_cache
from importlib.resources import files

import numpy as np
from msgspec import Struct

from detente.errors import BadInput
from detente.relations.acts import Floats

USUAL_RATE = 0.1
VOLUMES = (0.0, 6.0, 12.0, 24.0, 48.0, 120.0)
"""Acts in the two years before from which each class of dyads starts."""


class Curve(Struct, kw_only=True, frozen=True):
    """Alarms a dyad-year by the score asked for: over the documented dyads (false ones), and by class of volume (all)."""

    score: Floats
    documented: Floats
    by_volume: Floats


CALIBRATED = (0.02, 0.7)  # false alarms a dyad-year; beyond, the curve rests on a handful of alarms


@lru_cache(maxsize=1)
def curve() -> Curve:
    """The calibrated curve that is shipped."""
    text = (files("detente.relations") / "data" / "alarm_rates.tsv").read_text(encoding="utf-8")
    rows = [[float(cell) for cell in row] for row in list(csv.reader(text.splitlines(), delimiter="\t"))[1:]]
    table = np.array(rows)
    return Curve(score=table[:, 0], documented=table[:, 1], by_volume=table[:, 2:].T)


def score_for(rate: float) -> float:
    """The score at which documented dyads had `rate` false alarms a dyad-year.

    Raises BadInput for a rate outside of what was calibrated.
    """
    known, (low, high) = curve(), CALIBRATED
    if not low <= rate <= high:
        raise BadInput(f"--rate {rate:g}: calibrated are {low:g} to {high:g} false alarms per dyad-year")
    return float(np.exp(np.interp(np.log(rate), np.log(known.documented[::-1]), np.log(known.score[::-1]))))


def promised(score: float, volumes: Floats) -> float:
    """Alarms to expect in a year without turns over dyads that had so many acts in the two years before."""
    known = curve()
    rates = np.array([np.interp(score, known.score, column) for column in known.by_volume])
    return float(rates[np.searchsorted(VOLUMES, volumes, side="right") - 1].sum())
