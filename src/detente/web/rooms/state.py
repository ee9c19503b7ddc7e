"""The page of one actor: its partners over time, who speaks for it, what is due, where its relations turned."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
from msgspec import Struct

from detente.errors import BadInput
from detente.relations.acts import period_of
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv, as_png, as_svg
from detente.web.finding import due, levels_of, pair_spark, told
from detente.web.params import choice, number
from detente.web.serving import redirect
from detente.web.sight import Row, Sight
from detente.web.svg.bubbles import Cell, bubbles
from detente.web.templating import render
from detente.web.wording import actor_name, tone, tone_words

SIZE = 20
TOP = 10
YEARS, FEW_YEARS = 12, 5
TURNS = 6
SPEAKERS = 10
AHEAD = 90
COLUMNS = ["partner", "name", "level", "low", "high", "effective_n", "year_before", "acts", "last_act"]


class Standing(Struct, kw_only=True):
    """How an actor stands with one other."""

    partner: str
    level: float | None
    low: float | None
    high: float | None
    effective_n: float
    year_before: float | None
    acts: int
    last_act: date | None


def actor(ask: Ask) -> Answer:
    """The page of one actor."""
    sight, today = ask.sight, ask.today
    found = actor_of(sight, ask.places["a"])
    if found != ask.places["a"]:
        return redirect(f"/{found}", **ask.given)
    held = standings(sight, found)
    ordered = sorted(held, key=ORDERS[ask.params["sort"] or "acts"])
    page = ask.params["page"] or 1
    turned = [turn for turn in reversed(sight.turns) if found in {turn.a, turn.b}]
    years, rows = by_year(ask, found, held)
    charts = [
        bubbles(actor_name(found), years[-count:], [(name, cells[-count:]) for name, cells in rows], width=width)
        for count, width in ((YEARS, 960), (FEW_YEARS, 380))
    ]
    own = {"actor": found}
    return render(
        ask,
        "state.html",
        actor=found,
        name=actor_name(found),
        headline=headline(found, held),
        charts=charts if rows else [],
        years=years,
        rows=rows,
        turned=told(sight, turned[:TURNS]),
        turns=len(turned),
        due=due(sight, today, AHEAD, "list_contains(participants, $actor)", own),
        speakers=speakers(sight, found),
        shown=[(s, pair_spark(sight, found, s.partner)) for s in ordered[(page - 1) * SIZE : page * SIZE]],
        count=len(held),
        size=SIZE,
        sort=ask.params["sort"] or "acts",
        kinds=Counter(tone(s.level) for s in held),
    )


def standings(sight: Sight, actor: str) -> list[Standing]:
    """How an actor stands with all others, the busiest first."""
    return sight.once(f"standings {actor}", lambda: _standings(sight, actor)) if actor in sight.names else []


def _standings(sight: Sight, actor: str) -> list[Standing]:
    own = sight.actor_acts(actor)
    counts = np.bincount(own.pair, minlength=len(own.dyads))
    last = np.zeros(len(own.dyads), np.int64)
    np.maximum.at(last, own.pair, own.day)
    end = len(sight.levels.starts)
    found = []
    for n, (a, b) in enumerate(own.dyads):
        row = sight.level_row(a, b)
        if not counts[n] or row is None:
            continue
        level, low, high = levels_of(sight, row, end - 1, end)[0]
        found.append(
            Standing(
                partner=b if a == actor else a,
                level=level,
                low=low,
                high=high,
                year_before=levels_of(sight, row, end - 13, end - 12)[0][0] if end > 12 else None,
                effective_n=round(sight.effective(row), 2),
                acts=int(counts[n]),
                last_act=date(1970, 1, 1) + timedelta(int(last[n])),
            )
        )
    return sorted(found, key=lambda s: (-s.acts, s.partner))


def by_year(ask: Ask, actor: str, held: list[Standing]) -> tuple[list[int], list[tuple[str, list[Cell]]]]:
    """The busiest partners with their acts and tone in each of the last years."""
    sight = ask.sight
    own = sight.actor_acts(actor)
    if not len(own.day):
        return [], []
    first = date(own.first.year, 1, 1)
    last = own.last.year
    year = period_of(own.day, first, "year")
    years = list(range(first.year, last + 1))
    partner_of = {(a if b == actor else b): n for n, (a, b) in enumerate(own.dyads)}
    starts = {start: n for n, start in enumerate(sight.levels.starts)}
    rows = []
    for standing in held[:TOP]:
        counts = np.bincount(year[own.pair == partner_of[standing.partner]], minlength=len(years))
        row = sight.level_row(actor, standing.partner)
        cells = []
        for n, y in enumerate(years):
            at = starts.get(date(y, 12, 1), len(starts) - 1 if y == last else None)
            level = levels_of(sight, row, at, at + 1)[0][0] if row is not None and at is not None else None
            cells.append(Cell(float(counts[n]), level, ask.to(f"/{actor}/{standing.partner}", on=y) + "#events"))
        rows.append((actor_name(standing.partner), cells))
    return years, rows


def speakers(sight: Sight, actor: str) -> list[Row]:
    """Who speaks for an actor: how often, in which role, and their last words."""
    return sight.rows(
        "SELECT speaker, count(*) AS n, count(*) FILTER (forecast) AS forecasts, arg_max(role, day) AS role, "
        "bool_or(former) AS former, max(day) AS day, arg_max(certainty, day) AS certainty, arg_max(forecast, day) AS forecast, arg_max(text, day) AS text, arg_max(url, day) AS url, "
        "arg_max(outlet, day) AS outlet, arg_max(title, day) AS title, arg_max(document, day) AS document, "
        "arg_max(published, day) AS published FROM statements WHERE {known} AND actor = $actor AND speaker <> '' "
        f"GROUP BY speaker ORDER BY n DESC, day DESC LIMIT {SPEAKERS}",
        {"actor": actor},
    )


def headline(actor: str, held: list[Standing]) -> str:
    """The finding: with whom it does most, and with whom it stands worst of those it has to do with."""
    told = [s for s in held if s.level is not None]
    name = actor_name(actor)
    if not told:
        return f"{name}: too few acts to say how it stands with others"
    busy = sorted(told, key=lambda s: -s.effective_n)[:TOP]
    best, worst = (chosen(busy, key=lambda s: s.level or 0.0) for chosen in (max, min))
    said = f"{name} does most with {actor_name(busy[0].partner)}"
    if worst is busy[0] and (worst.level or 0) < 0:
        return (
            f"{said}, mostly in conflict"
            if tone_words(worst.level).startswith("mostly")
            else f"{said}, leaning to conflict"
        )
    if (worst.level or 0) < 0:
        return f"{said}, and stands worst with {actor_name(worst.partner)}"
    return said if best is busy[0] else f"{said}, and stands best with {actor_name(best.partner)}"


def file(ask: Ask, text: str, name: str) -> Answer:
    """What the page shows, as a file: relations.csv, partners.svg, partners.png."""
    found = actor_of(ask.sight, text)
    held = standings(ask.sight, found)
    if name == "relations.csv":
        rows = [{n: getattr(s, n) for n in s.__struct_fields__} | {"name": actor_name(s.partner)} for s in held]
        return as_csv(COLUMNS, rows, f"{found}-{name}")
    if name in {"partners.svg", "partners.png"}:
        years, cells = by_year(ask, found, held)
        drawn = bubbles(actor_name(found), years[-YEARS:], [(n, c[-YEARS:]) for n, c in cells], mode="file")
        return (as_svg if name.endswith("svg") else as_png)(drawn, f"{found}-{name}")
    raise BadInput(f"There is no file {name[:40]!r} here; there are relations.csv, partners.svg and partners.png.")


def _level(s: Standing) -> float:
    return 0.0 if s.level is None else s.level


ORDERS: dict[str, Any] = {
    "acts": lambda s: (-s.acts, s.partner),
    "best": lambda s: (s.level is None, -_level(s), s.partner),
    "worst": lambda s: (s.level is None, _level(s), s.partner),
    "change": lambda s: (
        s.level is None or s.year_before is None,
        -abs(_level(s) - (s.year_before or 0.0)) if s.year_before is not None else 0.0,
        s.partner,
    ),
}
PARAMS = {"page": number(1, 10_000), "sort": choice(*ORDERS)}
PAGES = [Page(path="/{a:str}", make=actor, params=PARAMS)]
