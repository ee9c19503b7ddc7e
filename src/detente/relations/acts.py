"""A table of acts in, the same as number columns out, and counted by dyad and period.

A table of acts is what `record.acts` gives: day, source, target, mutual, type, contexts, intensity, weight, id.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.ontology import EVENT_TYPES, intensity

if TYPE_CHECKING:
    import pyarrow as pa

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Period = Literal["day", "week", "month", "year"]
Dyad = tuple[str, str]
UNITS: dict[Period, str] = {"day": "D", "month": "M", "year": "Y"}
MONDAY = 4
"""The first Monday of 1970, in days after its first day."""
TYPES = tuple(EVENT_TYPES)
CONFLICT = np.array([EVENT_TYPES[name].quad > 2 for name in TYPES])
USUAL = np.array([intensity(name) for name in TYPES])
STRONG = 3.0
"""Intensity from which an act of cooperation is more than talk: a treaty, a promise, aid, praise, a host's welcome."""
GRAVE = 5.0
"""Intensity of conflict that counts as one grave act."""


class Acts(Struct, kw_only=True, frozen=True):
    """Acts as arrays, one element an act, by day. `pair` is the place of (lower, higher) in `dyads`; `forth` whether
    the source is the dyad's first actor; `kind` the place in TYPES; `ids` an Arrow array of event ids."""

    dyads: list[Dyad]
    day: NDArray[np.int32]
    pair: NDArray[np.int32]
    forth: NDArray[np.bool_]
    mutual: NDArray[np.bool_]
    kind: NDArray[np.int8]
    intensity: Floats
    weight: Floats
    ids: "pa.Array"
    contexts: "pa.Array"

    @property
    def first(self) -> date:
        """The day of the first act. Raises IndexError of none."""
        return _day(self.day[0])

    @property
    def last(self) -> date:
        """The day of the last act. Raises IndexError of none."""
        return _day(self.day[-1])

    def take(self, chosen: NDArray[np.bool_] | Ints) -> "Acts":
        """Some of the acts, in the same order, with the same dyads."""
        import pyarrow as pa

        places = np.nonzero(chosen)[0] if chosen.dtype == np.bool_ else chosen
        arrays = {
            name: getattr(self, name)[places]
            for name in ("day", "pair", "forth", "mutual", "kind", "intensity", "weight")
        }
        index = pa.array(places)
        return Acts(dyads=self.dyads, ids=self.ids.take(index), contexts=self.contexts.take(index), **arrays)


def acts_of(table: "pa.Table") -> Acts:
    """A table of acts as arrays, by day. A row of a type that PLOVER does not have raises ValueError."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = table.combine_chunks().sort_by("day")
    names = pa.chunked_array([*table["source"].chunks, *table["target"].chunks], type=pa.string()).unique().sort()
    actors = names.to_pylist()
    source, target = (_codes(table[side], names) for side in ("source", "target"))
    low, high = np.minimum(source, target), np.maximum(source, target)
    keys, pair = np.unique(low * max(len(actors), 1) + high, return_inverse=True)
    kind = _codes(table["type"], pa.array(TYPES))
    if (kind < 0).any():
        raise ValueError(f"no event type: {table['type'][int(np.argmax(kind < 0))].as_py()!r}")
    strength = pc.cast(table["intensity"], pa.float64()).to_numpy()
    return Acts(
        dyads=[(actors[key // len(actors)], actors[key % len(actors)]) for key in keys.tolist()],
        day=pc.cast(table["day"], pa.int32()).to_numpy(),
        pair=pair.astype(np.int32),
        forth=source < target,
        mutual=table["mutual"].to_numpy(),
        kind=kind.astype(np.int8),
        intensity=np.where(np.isnan(strength), USUAL[kind], strength),
        weight=pc.cast(table["weight"], pa.float64()).to_numpy(),
        ids=_whole(table["id"]),
        contexts=_whole(table["contexts"]),
    )


def _whole(column: "pa.ChunkedArray") -> "pa.Array":
    import pyarrow as pa

    return (
        column.chunk(0)
        if column.num_chunks == 1
        else pa.array([], column.type)
        if not len(column)
        else column.combine_chunks()
    )


def _codes(column: "pa.ChunkedArray", names: "pa.Array") -> Ints:
    import pyarrow.compute as pc

    places: Ints = pc.fill_null(pc.index_in(column, names), -1).to_numpy().astype(np.int64)
    return places


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(int(number))


def periods(first: date, last: date, period: Period) -> list[date]:
    """The first days of all periods from the one of `first` to the one of `last`; weeks start on Monday."""
    start, end = (int(_number(np.array([day], "datetime64[D]"), period)[0]) for day in (first, last))
    numbers = np.arange(start, end + 1)
    days = numbers * 7 + MONDAY if period == "week" else numbers.astype(f"datetime64[{UNITS[period]}]")
    found: list[date] = days.astype("datetime64[D]").astype(date).tolist()
    return found


def period_of(day: NDArray[np.int32], first: date, period: Period) -> Ints:
    """The number of each day's period, counted from the period of `first`."""
    start = _number(np.array([first], "datetime64[D]"), period)[0]
    numbers: Ints = _number(day.astype("datetime64[D]"), period) - start
    return numbers


def _number(days: "NDArray[np.datetime64]", period: Period) -> Ints:
    """The number of each day's period, counted from that of 1970's first days."""
    if period == "week":
        weeks: Ints = (_plain(days) - MONDAY) // 7
        return weeks
    return _plain(days.astype(f"datetime64[{UNITS[period]}]"))


def _plain(times: "NDArray[np.datetime64]") -> Ints:
    numbers: Ints = np.array(times, np.int64)
    return numbers


def dyads_within(acts: Acts, wanted: Sequence[Dyad]) -> Ints:
    """The places of some dyads in `acts.dyads`, those that are there."""
    place = {dyad: i for i, dyad in enumerate(acts.dyads)}
    return np.array([place[d] for d in wanted if d in place], dtype=np.int64)
