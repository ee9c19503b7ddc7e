"""What is held of a pair and a stretch of days in, a Brief out: all that it will say, with the number of the page it is from."""

from datetime import date
from typing import Any

from detente.errors import BadInput
from detente.measured import MeasuredRecord
from detente.ontology import EVENT_TYPES
from detente.relations.arms import ledger
from detente.relations.calendar import calendar, within
from detente.relations.rates import USUAL_RATE
from detente.web.brief import account
from detente.web.brief.held import Held, OfRecord
from detente.web.brief.model import Brief, Line, Met, Said, Sold, Source, Turning
from detente.web.wording import shorten

Row = dict[str, Any]
BEHIND = 2
MEETINGS, DEALS, SAID = 10, 8, 8
QUOTE = 300


class Notes:
    """Numbers the pages that a brief rests on, in the order in which they are first named."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self._numbers: dict[str, int] = {}

    def number(
        self, document: str, outlet: str | None, title: str | None, published: date | None, url: str | None
    ) -> int:
        """The number of a page."""
        if document not in self._numbers:
            self._numbers[document] = len(self.sources) + 1
            self.sources.append(
                Source(
                    number=len(self.sources) + 1, document=document, outlet=outlet, title=title, published=published, url=url
                )
            )  # fmt: skip
        return self._numbers[document]

    def of(self, row: Row) -> int:
        """The number of the page that a row was read from."""
        return self.number(row["document"], row["outlet"], row["title"], row["published"], row["url"])


def gather(
    record: MeasuredRecord, a: str, b: str, *, since: date | None = None, until: date | None = None,
    as_of: date | None = None, rate: float = USUAL_RATE, dataset: str | None = None, today: date | None = None,
) -> Brief:  # fmt: skip
    """All that a brief on two actors says. since, until: the days it is about, default all that the record tells of.

    as_of: only what was known by then. today: the day it is written. Raises BadInput for a stretch that ends before it
    begins.
    """
    now = as_of or today or date.today()  # noqa: DTZ011
    held = OfRecord(record, a, b, as_of=as_of, rate=rate, dataset=dataset, today=now)
    return compose(held, a, b, since=since, until=until, as_of=as_of, today=now)


def compose(held: Held, a: str, b: str, *, since: date | None, until: date | None, as_of: date | None, today: date) -> Brief:  # fmt: skip
    """The brief from wherever its rows are held; today: the day whose knowledge it gives."""
    reach = held.reach() or (today, today)
    first, last = since or reach[0], until or min(today, reach[1])
    if first > last:
        raise BadInput(f"a brief from {first} to {last} would end before it begins")
    series = held.relation(first, last)
    notes = Notes()
    events = held.rows("events", first, last)
    by_id = {row["id"]: row for row in events}
    turnings = [
        Turning(turn=turn, lines=[_line(by_id[key], notes) for key in turn.events if key in by_id][:BEHIND])
        for turn in series.turns
    ]
    told = account.chosen(events, [key for turn in series.turns for key in turn.events])
    years: dict[int, list[Line]] = {}
    for row in told:
        years.setdefault((row["start"] or row["published"]).year, []).append(_line(row, notes))
    met = [s for s in calendar(held.rows("meetings"), today=today) if within(s, first, last)]
    sold = ledger(held.rows("transfers", first, last), today=today)
    said = held.rows("statements", first, last)
    known = [point for point in series.series if point.level is not None]
    return Brief(
        a=a, b=b, since=first, until=last, as_of=as_of, dataset=series.dataset, series=series,
        first=known[0] if known else None, last=known[-1] if known else None,
        counts=_counts(events), turnings=turnings, account=years, left_out=len(account.once(events)) - len(told),
        meetings=[Met(sitting=s, source=_step(s.steps, notes)) for s in met[-MEETINGS:]],
        deals=[Sold(deal=d, source=_step(d.entries, notes)) for d in sold[-DEALS:]],
        said=_said(held, said, notes),
        totals={"meetings": len(met), "held": sum(s.status == "held" for s in met), "deals": len(sold), "statements": len(said)},
        sources=notes.sources,
    )  # fmt: skip


def _line(row: Row, notes: Notes) -> Line:
    return Line(
        id=row["id"], day=row["start"] or row["published"], precision=row["precision"] if row["start"] else "day",
        parties=account.parties(row), what=account.what(row), cooperative=EVENT_TYPES[row["type"]].quad <= 2,
        sentence=shorten(row["sentence"], account.LENGTH), source=notes.of(row),
    )  # fmt: skip


def _counts(events: list[Row]) -> dict[str, int]:
    done = [row for row in events if row["status"] in account.DONE]
    good = sum(EVENT_TYPES[row["type"]].quad <= 2 for row in done)
    return {
        "events": len(events), "cooperation": good, "conflict": len(done) - good, "not done": len(events) - len(done),
        "pages": len({row["document"] for row in events}), "outlets": len({row["outlet"] for row in events} - {None}),
    }  # fmt: skip


def _step(steps: list[Any], notes: Notes) -> int | None:
    """The number of the page behind the last step that has one; its title is not among what a step knows."""
    step = next((s for s in reversed(steps) if s.document), None)
    if step is None:
        return None
    return notes.number(
        step.document, step.outlet, None, getattr(step, "known", None) or getattr(step, "day", None), step.url
    )


def _said(held: Held, rows: list[Row], notes: Notes) -> list[Said]:
    """Statements worth telling: forecasts and direct words first, then the newest; each speaker at most twice."""
    ranked = sorted(rows, key=lambda r: (not r["forecast"], r["kind"] != "quote", -(r["published"] or date.min).toordinal(), r["id"]))  # fmt: skip
    kept: list[Row] = []
    for row in ranked:
        named = [other for other in kept if other["speaker"] == row["speaker"]]
        if row["speaker"] and len(named) < 2 and row["text"] not in {other["text"] for other in kept}:
            kept.append(row)
    kept = sorted(kept[:SAID], key=lambda r: (r["published"] or date.min, r["id"]))
    foretold = [row for row in kept if row["forecast"]]
    fates = {forecast.id: forecast for forecast in (held.fates(foretold) if foretold else [])}
    return [
        Said(
            speaker=row["speaker"], role=row["role"], actor=row["actor"], text=shorten(row["text"], QUOTE),
            certainty=row["certainty"], published=row["published"], fate=fates.get(row["id"]), source=notes.of(row),
        )
        for row in kept
    ]  # fmt: skip
