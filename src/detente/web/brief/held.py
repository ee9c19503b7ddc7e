"""Where a brief gets its rows: from an open record, or from the sight that the site holds of it already."""

from datetime import UTC, date, datetime, time
from typing import Protocol

from msgspec import structs

from detente.measured import MeasuredRecord
from detente.record.pages import full_row
from detente.relations.forecasts import EVENT_COLUMNS, Forecast, forecasts
from detente.relations.results import RelationSeries
from detente.web import finding
from detente.web.sight import Row, Sight

DATED = ("start", "end")
"""Columns that a read of the record names as the shelf does, not as the record's tables do."""


class Held(Protocol):
    """What is known of one pair; the days are inclusive."""

    def reach(self) -> tuple[date, date] | None:
        """The days of the first and of the last act of the whole record."""

    def relation(self, since: date, until: date) -> RelationSeries:
        """How the pair stood, with its turns."""

    def rows(self, table: str, since: date | None = None, until: date | None = None) -> list[Row]:
        """Rows of `events`, `statements`, `meetings` or `transfers` between the two, as reads of the record name them."""

    def fates(self, forecasts: list[Row]) -> list[Forecast]:
        """What became of forecasts."""


class OfRecord:
    """A pair in an open record."""

    def __init__(
        self, record: MeasuredRecord, a: str, b: str, *, as_of: date | None, rate: float, dataset: str | None, today: date
    ) -> None:  # fmt: skip
        self.record, self.pair, self.as_of, self.rate, self.dataset, self.today = (
            record,
            (a, b),
            as_of,
            rate,
            dataset,
            today,
        )

    def reach(self) -> tuple[date, date] | None:
        """See Held."""
        return self.record.reach(self.dataset, self.as_of)

    def relation(self, since: date, until: date) -> RelationSeries:
        """See Held."""
        told = {"as_of": self.as_of, "rate": self.rate, "dataset": self.dataset}
        return self.record.relation(*self.pair, since=since, until=until, **told)  # type: ignore[arg-type]

    def rows(self, table: str, since: date | None = None, until: date | None = None) -> list[Row]:
        """See Held."""
        read = getattr(self.record, table)
        found: list[Row] = read(dyad=self.pair, since=since, until=until, as_of=self.as_of).to_pylist()
        return found

    def fates(self, rows: list[Row]) -> list[Forecast]:
        """See Held."""
        end = None if self.as_of is None else datetime.combine(self.as_of, time.max, UTC)
        events = self.record.events(as_of=self.as_of, since=min(r["published"] or self.today for r in rows))
        written = self.record.resolutions(at=end).to_pylist()
        return forecasts(rows, events.select(list(EVENT_COLUMNS)).to_pylist(), written, today=self.today)


class OfSight:
    """A pair as the site has it in memory: nothing is measured twice, and no table is read whole."""

    def __init__(self, sight: Sight, a: str, b: str, today: date) -> None:
        self.sight, self.pair, self.today = sight, (a, b), today

    def reach(self) -> tuple[date, date] | None:
        """See Held."""
        acts = self.sight.acts
        return (acts.first, acts.last) if len(acts.day) else None

    def relation(self, since: date, until: date) -> RelationSeries:
        """See Held."""
        made = self.sight.relation(*self.pair, beyond=until)
        return structs.replace(
            made,
            series=[point for point in made.series if since <= point.period <= until],
            turns=[turn for turn in made.turns if since <= turn.alarm_date <= until],
        )

    def rows(self, table: str, since: date | None = None, until: date | None = None) -> list[Row]:
        """See Held."""
        ends = '"end"' if table in ("events", "meetings") else "NULL"
        query = (
            f"SELECT * FROM {table.removesuffix('s')}_pairs WHERE {{known}} AND {finding.BOTH} "
            f"AND ($since::DATE IS NULL OR coalesce({ends}, day) >= $since) AND ($until::DATE IS NULL OR day <= $until)"
        )
        query += " AND origin = 'coded'" if table == "events" else ""
        found = self.sight.rows(
            query + " ORDER BY day, id", finding.pair(*self.pair) | {"since": since, "until": until}
        )
        return [full_row(row) | {name: row[name] for name in DATED if name in row} for row in found]

    def fates(self, rows: list[Row]) -> list[Forecast]:
        """See Held."""
        return finding.foretold(self.sight, rows, self.today)
