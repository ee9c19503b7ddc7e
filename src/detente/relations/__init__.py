"""The record's tables in, what they amount to out: the calendar, the fate of forecasts, the arms ledger. Pure functions.

Nothing here reads or writes a store, and every result can be asked as of a day.
"""

from detente.relations.arms import Deal, ledger
from detente.relations.calendar import calendar, within
from detente.relations.forecasts import EVENT_COLUMNS, Forecast, forecasts
from detente.relations.scores import Score, scores
from detente.relations.shares import Imports, imports, over_time
from detente.relations.sittings import Sitting, Step

__all__ = [
    "EVENT_COLUMNS",
    "Deal",
    "Forecast",
    "Imports",
    "Score",
    "Sitting",
    "Step",
    "calendar",
    "forecasts",
    "imports",
    "ledger",
    "over_time",
    "scores",
    "within",
]
