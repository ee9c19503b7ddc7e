"""What reports amount to: meetings with their outcome, forecasts with their fate, arms deals."""

from datetime import date, timedelta
from typing import Any, get_args

from detente.relations.arms import Deal
from detente.relations.calendar import within
from detente.relations.forecasts import Forecast, State
from detente.relations.sittings import Fate, Sitting
from detente.types import TransferStage
from detente.web.actors import actor_of
from detente.web.api.declare import LIMIT, Endpoint, Listing, choice, day, text
from detente.web.api.rows import listing, narrowed
from detente.web.api.shapes import StatementRow
from detente.web.asking import Ask
from detente.web.finding import MEETING_SPAN, deals, foretold, sittings

SPAN = timedelta(366)
"""Days of the calendar that are given where no day is named: so many to both sides of today."""


def calendar(ask: Ask) -> list[Sitting]:
    """Meetings of a stretch of days with what became of them, by date."""
    first, last = ask.params["since"] or ask.today - SPAN, ask.params["until"] or ask.today + SPAN
    values: dict[str, Any] = {"from": max(first, date(1, 6, 1)) - MEETING_SPAN, "to": last + MEETING_SPAN}
    where = "(day IS NULL OR day BETWEEN $from AND $to)"
    for name in ("actor", "a", "b"):
        if ask.params[name]:
            where += f" AND list_contains(participants, ${name})"
            values[name] = actor_of(ask.sight, ask.params[name])
    wanted = ask.params["status"]
    found = sittings(ask.sight, ask.today, where, values)
    return [s for s in found if within(s, first, last) and (wanted is None or s.status == wanted)]


def fates(ask: Ask) -> Listing:
    """Forecasts with what became of them, the newest first; those of a state are picked out of each page."""
    conditions = {
        "actor": "actor = $actor",
        "about": "list_contains(about, $about)",
        "since": "day >= $since",
        "until": "day <= $until",
    }
    where, values = narrowed(ask, conditions, ("actor", "about"))
    rows = listing(ask, "statements", StatementRow, [*where, "forecast"], values)
    keys = [row["id"] for row in rows.items]
    full = ask.sight.rows("SELECT * FROM statements WHERE id IN (SELECT unnest($ids::VARCHAR[]))", {"ids": keys})
    found = {f.id: f for f in foretold(ask.sight, full, ask.today)}
    wanted = ask.params["state"]
    items = [found[key] for key in keys if key in found and (wanted is None or found[key].state == wanted)]
    return Listing(items=items, after=rows.after)


def arms(ask: Ask) -> list[Deal]:
    """Arms deals, the latest first."""
    where, values = ["TRUE"], dict[str, Any]()
    for name in ("supplier", "recipient"):
        if ask.params[name]:
            where.append(f"list_contains({name}, ${name})")
            values[name] = actor_of(ask.sight, ask.params[name])
    found = deals(ask.sight, ask.today, " AND ".join(where), values)
    stage = ask.params["stage"]
    return sorted(
        (d for d in found if stage is None or d.stage == stage), key=lambda d: d.day or date.min, reverse=True
    )


_NAME = "an actor, by id or name"
ENDPOINTS = [
    Endpoint(path="/calendar", title="Meetings and what became of them, by date", make=calendar, item=list[Sitting], example="/calendar?actor=RUS",
             params={"actor": text(_NAME), "a": text(_NAME), "b": text(f"{_NAME}; with a: meetings of the two"),
                     "status": choice(get_args(Fate), "what became of it"), "since": day(), "until": day()}),
    Endpoint(path="/forecasts", title=f"Forecasts and what became of them, the newest first, from {LIMIT} statements a page", make=fates, item=Forecast,
             listing=True, example="/forecasts?limit=1",
             params={"actor": text("whom the speaker speaks for"), "about": text(_NAME), "state": choice(get_args(State), "its state"),
                     "since": day(), "until": day()}),
    Endpoint(path="/arms", title="Arms deals, the latest first", make=arms, item=list[Deal], example="/arms?recipient=PAK",
             params={"supplier": text(_NAME), "recipient": text(_NAME), "stage": choice(get_args(TransferStage), "the stage it reached")}),
]  # fmt: skip
