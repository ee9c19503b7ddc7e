"""What the measures give, for people who go on in Python: structs and lists with tables and charts of themselves."""

from collections.abc import Sequence
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from detente.relations.acts import Acts, Period
from detente.relations.filtering import HALF_LIFE
from detente.relations.levels import Levels, levels
from detente.relations.network import Tie
from detente.relations.panel import Direction
from detente.types import Relation, Turn

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import polars as pl

T = TypeVar("T", bound=Struct)
DEVIATIONS = 2.5631
"""Width of an 80 % interval of a normal value, in standard deviations."""


class Listed(list[T]):
    """A list of structs that can be had as a data frame."""

    def to_polars(self) -> "pl.DataFrame":
        """One row a struct."""
        return frame(self)

    def to_pandas(self) -> "pd.DataFrame":
        """One row a struct; needs pandas to be installed."""
        return self.to_polars().to_pandas()


class RelationSeries(Struct, kw_only=True, frozen=True):
    """How a pair stood over time: the contract of `detente relation --json`, and how it was asked."""

    a: str
    b: str
    series: list[Relation]
    turns: list[Turn]
    period: Period = "month"
    way: Direction = "both"
    smoothed: bool = False
    dataset: str = ""

    def to_polars(self) -> "pl.DataFrame":
        """One row a period."""
        return frame(self.series)

    def to_pandas(self) -> "pd.DataFrame":
        """One row a period; needs pandas to be installed."""
        return self.to_polars().to_pandas()

    def plot(self) -> "alt.LayerChart | alt.VConcatChart":
        """The level with its interval, and the turns."""
        from detente.relations.charts import relation_chart

        return relation_chart(self)


def frame(structs: Sequence[Struct]) -> "pl.DataFrame":
    """Structs of one kind as a data frame."""
    import polars as pl

    rows: list[dict[str, Any]] = [{name: getattr(s, name) for name in s.__struct_fields__} for s in structs]
    return pl.DataFrame([msgspec.to_builtins(row, builtin_types=(date,)) for row in rows], infer_schema_length=None)


def relation(
    acts: Acts,
    a: str,
    b: str,
    period: Period = "month",
    *,
    since: date | None = None,
    until: date | None = None,
    way: Direction = "both",
    half_life: float = HALF_LIFE,
    smoothed: bool = False,
    turning: Sequence[Turn] = (),
    dataset: str = "",
) -> RelationSeries:
    """The levels of one pair. way: "forth" what a does to b, "back" what b does to a. since, until: what is shown."""
    low, high = min(a, b), max(a, b)
    turned: Direction = way if a == low or way == "both" else "back" if way == "forth" else "forth"
    found = levels(acts, period, until=until, way=turned, half_life=half_life, smoothed=smoothed)
    row = found.dyads.index((low, high)) if (low, high) in found.dyads else None
    points = [] if row is None else [_point(found, row, t, a, b) for t in range(len(found.starts))]
    shown = [p for p in points if (since is None or p.period >= since) and (until is None or p.period <= until)]
    return RelationSeries(
        a=a, b=b, series=shown, turns=list(turning), period=period, way=way, smoothed=smoothed, dataset=dataset
    )


def _point(found: Levels, row: int, t: int, a: str, b: str) -> Relation:
    values = [float(v[row, t]) for v in (found.level, found.low, found.high)]
    level, low, high = (None if isnan(v) else round(v, 3) for v in values)
    n = round(float(found.coop[row, t] + found.conf[row, t]), 2)
    return Relation(a=a, b=b, period=found.starts[t], level=level, low=low, high=high, effective_n=n)


def ties(found: Levels, at: int = -1, least: float = 0.0) -> list[Tie]:
    """The levels of a period as normal posteriors, for networks; pairs with insufficient data are left out."""
    out, effective = [], found.effective(at)
    for row, (a, b) in enumerate(found.dyads):
        low, high = float(found.low[row, at]), float(found.high[row, at])
        if not isnan(low) and effective[row] >= least:
            out.append(Tie(a=a, b=b, mean=float(found.level[row, at]), sd=(high - low) / DEVIATIONS))
    return out
