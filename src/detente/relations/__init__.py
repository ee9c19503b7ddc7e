"""The record's tables in, what they amount to out: the calendar, the fate of forecasts, the arms ledger. Pure functions.

Nothing here reads or writes a store, and every result can be asked as of a day.
"""

from detente.relations.acts import Acts, acts_of
from detente.relations.arms import Deal, ledger
from detente.relations.blocs import Blocs, blocs
from detente.relations.calendar import calendar, within
from detente.relations.drift import Drift, drift
from detente.relations.forecasts import EVENT_COLUMNS, Forecast, forecasts
from detente.relations.frustration import Frustration, frustration
from detente.relations.levels import Levels, levels
from detente.relations.network import Edge, Tie, signed
from detente.relations.panel import Panel, panel
from detente.relations.partners import Partner
from detente.relations.results import RelationSeries, relation, ties
from detente.relations.scores import Score, scores
from detente.relations.shares import Imports, imports, over_time
from detente.relations.sittings import Sitting, Step
from detente.relations.triads import Census, Triad, census, triad
from detente.relations.turns import turns

__all__ = [
    "EVENT_COLUMNS",
    "Acts",
    "Blocs",
    "Census",
    "Deal",
    "Drift",
    "Edge",
    "Forecast",
    "Frustration",
    "Imports",
    "Levels",
    "Panel",
    "Partner",
    "RelationSeries",
    "Score",
    "Sitting",
    "Step",
    "Tie",
    "Triad",
    "acts_of",
    "blocs",
    "calendar",
    "census",
    "drift",
    "forecasts",
    "frustration",
    "imports",
    "ledger",
    "levels",
    "over_time",
    "panel",
    "relation",
    "scores",
    "signed",
    "ties",
    "triad",
    "turns",
    "within",
]
