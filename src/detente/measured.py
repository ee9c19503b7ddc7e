"""An open record with its measures: what the library's user holds. The record's acts in, relations, turns and partners out."""

from datetime import date
from typing import Any

import numpy as np

from detente import actors
from detente.record import Record
from detente.record.acts import choose_dataset
from detente.relations import results
from detente.relations.acts import Acts, Floats, Period, acts_of
from detente.relations.blocs import Blocs, blocs
from detente.relations.filtering import HALF_LIFE
from detente.relations.levels import levels
from detente.relations.network import Tie
from detente.relations.panel import Direction, panel
from detente.relations.partners import HALF_LIFE as SLOW
from detente.relations.partners import Partner, partners
from detente.relations.rates import USUAL_RATE
from detente.relations.structure import Structure, structure
from detente.relations.surprise import BASELINE
from detente.relations.triads import Triad, triad
from detente.relations.turns import turns
from detente.types import Turn

LEAST = 6.0
"""Effective acts that a tie in a network rests on at least."""


class MeasuredRecord(Record):
    """A record, and how the pairs in it stand. Each measure takes `dataset` (see `Record.acts`) and `as_of`: what it
    would have been on that day."""

    def named(self, dataset: str | None = None) -> str:
        """The dataset that measures are made of. Raises BadInput for one that the record does not hold."""
        return choose_dataset(self._lake, dataset)

    def columns(self, dataset: str | None = None, as_of: date | None = None, **filters: Any) -> Acts:
        """The record's acts as arrays."""
        return acts_of(self.acts(dataset, as_of=as_of, **filters))

    def relation(
        self,
        a: str,
        b: str,
        period: Period = "month",
        *,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        way: Direction = "both",
        half_life: float = HALF_LIFE,
        smoothed: bool = False,
        rate: float = USUAL_RATE,
        dataset: str | None = None,
    ) -> results.RelationSeries:
        """The level of a pair over time with its interval, and its turns; ids as in the catalogue."""
        own = self.columns(dataset, as_of, dyads=[(a, b)])
        reach = self.reach(dataset, as_of) if len(own.day) else None
        day = as_of or (until if reach and until and until > reach[1] else None)
        turning = turns(own, rate=rate, since=since, until=until, today=day, reach=reach)
        return results.relation(
            own, a, b, period, since=since, until=until or as_of, way=way, half_life=half_life, smoothed=smoothed,
            turning=turning, dataset=self.named(dataset),
        )  # fmt: skip

    def structure(
        self, a: str, b: str, *, since: date | None = None, until: date | None = None, as_of: date | None = None
    ) -> Structure:
        """Slow structure of two states by year, from imported files: votes, alliances, disputes, rivalry, organisations, arms.

        as_of: only what is dated by then; what has one row a year, only of years that were over.
        """
        day = min((d for d in (until, as_of) if d), default=None)
        tables = {name: table.to_pylist() for name, table in self.slow(a, b, until=day).items()}
        found = structure(**tables)
        over = None if as_of is None else as_of.year - 1
        return Structure(
            fact for fact in found
            if (since is None or fact.year >= since.year) and (until is None or fact.year <= until.year)
            and (over is None or fact.year <= over or fact.measure in {"votes", "important votes"})
        )  # fmt: skip

    def turns(
        self,
        *,
        rate: float = USUAL_RATE,
        dyads: list[tuple[str, str]] | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        dataset: str | None = None,
    ) -> "TurnList":
        """Turning points of all pairs (or of some), by the day of their alarm."""
        found = self.columns(dataset, as_of, **({} if dyads is None else {"dyads": dyads}))
        reach = None if dyads is None else self.reach(dataset, as_of)
        return TurnList(turns(found, rate=rate, since=since, until=until, today=as_of, reach=reach))

    def partners(
        self, actor: str, *, kind: str | None = None, as_of: date | None = None, dataset: str | None = None
    ) -> results.Listed[Partner]:
        """A state's partners, the closest first."""
        return results.Listed(partners(self.columns(dataset, as_of), actor, kind=kind, until=as_of))

    def blocs(
        self, *, as_of: date | None = None, top: int = 40, dataset: str | None = None, states: list[str] | None = None,
        relative: bool = False,
    ) -> Blocs:  # fmt: skip
        """Who stands with whom among the `top` states with most acts, or among those named; `relative`: see `ties`."""
        return blocs(self.ties(as_of=as_of, top=top, dataset=dataset, states=states, relative=relative))

    def ties(
        self, *, as_of: date | None = None, top: int = 40, dataset: str | None = None, states: list[str] | None = None,
        relative: bool = False,
    ) -> list[Tie]:  # fmt: skip
        """The levels of the last month (that of `as_of`) as posteriors, for networks.

        relative: less the median of them, so that a tie is friendly or hostile beside the others. Most of what states
        are reported to do is cooperation; against zero nearly all are friends.
        """
        found = levels(self.columns(dataset, as_of), until=as_of, half_life=SLOW)
        if not found.starts:
            return []
        every = results.ties(found, least=LEAST)
        weight: dict[str, float] = {}
        for pair, n in zip(found.dyads, found.effective(-1).tolist(), strict=True):
            for actor in pair:
                known = actors.lookup(actor)
                if known is not None and known.kind == "state":
                    weight[actor] = weight.get(actor, 0.0) + n
        chosen = set(states or sorted(weight, key=lambda actor: -weight[actor])[:top])
        kept = [tie for tie in every if {tie.a, tie.b} <= chosen]
        usual = float(np.median([tie.mean for tie in kept])) if relative and kept else 0.0
        return [Tie(a=tie.a, b=tie.b, mean=tie.mean - usual, sd=tie.sd) for tie in kept]

    def sentences(self, found: list[Turn]) -> dict[str, str]:
        """The sentences of the coded events behind turns, by event id; imported events have none."""
        wanted = list({key for turn in found for key in turn.events})
        rows = self._lake.run(
            "SELECT id, sentence FROM events WHERE retired_at IS NULL AND id IN (SELECT unnest(?::VARCHAR[]))", [wanted]
        ).fetchall()
        return dict(rows)

    def volumes(
        self, dataset: str | None = None, as_of: date | None = None, dyads: list[tuple[str, str]] | None = None
    ) -> Floats:
        """How many acts each pair had in its last two years, of the pairs that had any."""
        found = self.columns(dataset, as_of, **({} if dyads is None else {"dyads": dyads}))
        if not len(found.day):
            return np.zeros(0)
        total = panel(found, until=as_of).total[:, -BASELINE:].sum(1)
        active: Floats = total[total > 0]
        return active

    def triad(self, a: str, b: str, c: str, *, as_of: date | None = None, dataset: str | None = None) -> Triad:
        """Three states: the sign of each tie, and whether the three are in balance."""
        found = levels(self.columns(dataset, as_of, dyads=[(a, b), (a, c), (b, c)]), until=as_of, half_life=SLOW)
        return triad(a, b, c, results.ties(found) if found.starts else [])


class TurnList(results.Listed[Turn]):
    """Turning points."""

    def plot(self) -> Any:
        """A chart of pairs over time."""
        from detente.relations.charts import turns_chart

        return turns_chart(self)
