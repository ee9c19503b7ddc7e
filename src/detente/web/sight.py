"""The record in, what all pages read out: held in memory once a snapshot, as it stands or as it was known on a day."""

from collections.abc import Callable, Iterator
from datetime import date
from threading import RLock, local
from typing import Any, TypeVar

import msgspec
import numpy as np

from detente.measured import MeasuredRecord
from detente.record.acts import CODED
from detente.record.shelf import Shelf
from detente.record.status import Status
from detente.relations.acts import Acts, Dyad, Period
from detente.relations.filtering import HALF_LIFE
from detente.relations.levels import Levels, levels
from detente.relations.panel import Direction
from detente.relations.results import RelationSeries, relation
from detente.relations.turns import turns
from detente.types import Turn
from detente.web.wordindex import WordIndex

T = TypeVar("T")
Row = dict[str, Any]


class Sight:
    """One state of the record. Everything in it is made when first asked for, and once.

    number: the record's snapshot. as_of: the day whose knowledge is shown, None for today's.
    """

    def __init__(
        self, record: MeasuredRecord, shelf: Shelf, words: WordIndex, *, number: int, dataset: str, rate: float,
        as_of: date | None = None,
    ) -> None:  # fmt: skip
        self.record = record
        self.shelf = shelf
        self.words = words
        self.number = number
        self.dataset = dataset
        self.rate = rate
        self.as_of = as_of
        self._made: dict[str, Any] = {}
        self._lock = RLock()
        self._own = local()

    def past(self, day: date) -> "Sight":
        """The same record as it was known on a day."""
        own = self.record, self.shelf, self.words
        made = Sight(*own, number=self.number, dataset=self.dataset, rate=self.rate, as_of=day)
        if self.dataset != CODED:  # an imported row is known on its own day
            made.once("acts", lambda: self.acts.take(self.acts.day <= (day - date(1970, 1, 1)).days))
        return made

    def rows(self, query: str, values: dict[str, Any] | None = None) -> list[Row]:
        """Rows of the shelf (tables: see `record.shelf`) as dicts. `{known}` in the query is the as-of condition."""
        cursor = getattr(self._own, "cursor", None)
        if cursor is None:
            cursor = self._own.cursor = self.shelf.cursor()
        told = dict(values or {})
        if "{known}" in query:
            query = query.replace("{known}", "TRUE" if self.as_of is None else "known <= $known")
            told |= {} if self.as_of is None else {"known": self.as_of}
        found = cursor.execute(query, told)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def batches(self, query: str, size: int) -> Iterator[list[Row]]:
        """The rows of a query that may be long, some at a time, on a connection of its own."""
        cursor = self.shelf.cursor()
        found = cursor.execute(query)
        names = [column[0] for column in found.description]
        while rows := found.fetchmany(size):
            yield [dict(zip(names, row, strict=True)) for row in rows]
        cursor.close()

    def has(self, table: str, where: str = "TRUE") -> bool:
        """Whether a table of the shelf has any such row."""
        query = f"SELECT 1 FROM {table} WHERE {where} LIMIT 1"
        return self.once(f"has {table} {where}", lambda: bool(self.rows(query)))

    @property
    def acts(self) -> Acts:
        """All acts that measures are made of."""
        return self.once("acts", self._read)

    @property
    def levels(self) -> Levels:
        """The level of every dyad by month."""
        return self.once("levels", lambda: levels(self.acts, until=self.as_of if len(self.acts.day) else None))

    @property
    def turns(self) -> list[Turn]:
        """All turning points, by the day of their alarm."""
        return self.once("turns", lambda: turns(self.acts, rate=self.rate, today=self.as_of))

    @property
    def status(self) -> Status:
        """What the record holds (always as of today)."""
        return self.once("status", self._status)

    @property
    def weights(self) -> dict[Dyad, float]:
        """Every pair with the weight of its acts."""
        return self.once("weights", self._weights)

    @property
    def names(self) -> dict[str, float]:
        """The actors that measures know, with the weight of their acts, the busiest first."""
        return self.once("names", self._names)

    @property
    def last(self) -> date | None:
        """The newest day that the record tells of."""
        return self.once("last", self._last)

    def level_row(self, a: str, b: str) -> int | None:
        """The row of a pair in `levels`, None where it has none."""
        places = self.once("rows", lambda: {dyad: i for i, dyad in enumerate(self.levels.dyads)})
        return places.get((min(a, b), max(a, b)))

    def effective(self, row: int, at: int = -1) -> float:
        """How many recent acts a level rests on."""
        return float(self.levels.coop[row, at] + self.levels.conf[row, at])

    def turns_of(self, a: str, b: str) -> list[Turn]:
        """The turning points of one pair."""
        table = self.once("turns_of", lambda: _by_dyad(self.turns))
        return table.get((min(a, b), max(a, b)), [])

    def pair_acts(self, a: str, b: str) -> Acts:
        """The acts of one pair."""
        row = self.once("places", lambda: {dyad: i for i, dyad in enumerate(self.acts.dyads)}).get(
            (min(a, b), max(a, b))
        )
        return self._only([] if row is None else [row])

    def actor_acts(self, actor: str) -> Acts:
        """The acts of one actor with all others."""
        return self._only([i for i, dyad in enumerate(self.acts.dyads) if actor in dyad])

    def relation(
        self, a: str, b: str, period: Period = "month", way: Direction = "both", *, smoothed: bool = False,
        beyond: date | None = None,
    ) -> RelationSeries:  # fmt: skip
        """How a pair stood over time, from its first act to the record's last, or on to a day `beyond` it."""
        own = self.pair_acts(a, b)
        until = (self.as_of or max(self.acts.last, beyond or self.acts.last)) if len(own.day) else None
        return relation(
            own, a, b, period, until=until, way=way, half_life=HALF_LIFE, smoothed=smoothed,
            turning=self.turns_of(a, b), dataset=self.dataset,
        )  # fmt: skip

    def once(self, name: str, make: Callable[[], T]) -> T:
        """A value of this sight, made by the first who asks; for pages that have one of their own."""
        if name not in self._made:
            with self._lock:
                if name not in self._made:
                    self._made[name] = make()
        found: T = self._made[name]
        return found

    def _read(self) -> Acts:
        record = self.record.beside()
        try:
            return record.columns(self.dataset, self.as_of)
        finally:
            record.close()

    def _status(self) -> Status:
        record = self.record.beside()
        try:
            return record.status()
        finally:
            record.close()

    def _names(self) -> dict[str, float]:
        total: dict[str, float] = {}
        for (a, b), value in self.weights.items():
            if value:
                total[a] = total.get(a, 0.0) + value
                total[b] = total.get(b, 0.0) + value
        return dict(sorted(total.items(), key=lambda pair: (-pair[1], pair[0])))

    def _weights(self) -> dict[Dyad, float]:
        weight = np.bincount(self.acts.pair, self.acts.weight, len(self.acts.dyads))
        return dict(zip(self.acts.dyads, weight.tolist(), strict=True))

    def _last(self) -> date | None:
        parts = " UNION ALL ".join(f"SELECT max(known) AS d FROM {t} WHERE {{known}}" for t in ("events", "statements"))
        day: date | None = self.rows(f"SELECT max(d) AS d FROM ({parts})")[0]["d"]
        return day

    def _only(self, rows: list[int]) -> Acts:
        """The acts of some dyads, with those dyads alone."""
        acts = self.acts
        order, bounds = self.once("order", lambda: _order(acts))
        dyads = [acts.dyads[i] for i in rows]
        parts = [order[bounds[i] : bounds[i + 1]] for i in rows]
        places = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        number = np.repeat(np.arange(len(rows)), [len(part) for part in parts])
        sort = np.argsort(places, kind="stable")
        return msgspec.structs.replace(acts.take(places[sort]), dyads=dyads, pair=number[sort].astype(np.int32))


def _by_dyad(found: list[Turn]) -> dict[Dyad, list[Turn]]:
    table: dict[Dyad, list[Turn]] = {}
    for turn in found:
        table.setdefault((turn.a, turn.b), []).append(turn)
    return table


def _order(acts: Acts) -> Any:
    order = np.argsort(acts.pair, kind="stable")
    return order, np.searchsorted(acts.pair[order], np.arange(len(acts.dyads) + 1))


__all__ = ["CODED", "Row", "Sight"]
