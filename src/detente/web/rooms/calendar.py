"""The calendar: which meetings were announced, which fall in a month, and what became of them."""

from calendar import Calendar, monthrange
from collections import Counter
from datetime import date, timedelta
from typing import Any, get_args

from msgspec import Struct

from detente.errors import BadInput
from detente.relations.calendar import within
from detente.relations.sittings import Fate, Sitting, span
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv, as_png, as_svg
from detente.web.finding import MEETING_SPAN, sittings
from detente.web.params import choice, number, words
from detente.web.params import day as month_param
from detente.web.svg.stacks import Column, Kind, stacks
from detente.web.templating import render
from detente.web.wording import actor_name, plural
from detente.web.wording import month as month_words

MONTHS_DRAWN, FEW_MONTHS = 24, 12
LONGEST = 31
SIZE = 40
WIDE, NARROW = 960, 380
KINDS = [
    Kind("held", "coop"),
    Kind("scheduled", "coop-pale"),
    Kind("postponed", "none-pale"),
    Kind("lapsed", "none"),
    Kind("cancelled", "conf"),
]
COLUMNS = ["id", "start", "end", "precision", "status", "format", "series", "participants", "place", "topic",
           "first_known", "sources"]  # fmt: skip


class Day(Struct, kw_only=True, frozen=True):
    """One day of the month's sheet."""

    date: date
    inside: bool
    meetings: list[Sitting]


def calendar(ask: Ask) -> Answer:
    """The page of one month."""
    first = month_of(ask)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    actor = actor_of(ask.sight, ask.params["actor"]) if ask.params["actor"] else None
    held = found(ask, actor, first)
    wanted = ask.params["status"]
    shown = of_month(held, first, last, wanted)
    page = ask.params["page"] or 1
    drawn = columns(ask, held, first)
    charts = [
        stacks("What became of meetings, by month", KINDS, drawn[-count:], width=width)
        for count, width in ((MONTHS_DRAWN, WIDE), (FEW_MONTHS, NARROW))
    ]
    return render(
        ask,
        "calendar.html",
        headline=headline(shown, first, actor),
        first=first,
        actor=actor,
        before=(first - timedelta(1)).replace(day=1),
        after=last + timedelta(1),
        weeks=sheet(shown, first),
        shown=shown[(page - 1) * SIZE : page * SIZE],
        count=len(shown),
        size=SIZE,
        charts=charts if any(sum(c.counts.values()) for c in drawn) else [],
        fates=[(kind, [c.counts.get(kind.name, 0) for c in drawn]) for kind in KINDS],
        drawn=drawn,
        statuses=get_args(Fate),
        empty=not ask.sight.has("meetings"),
    )


def month_of(ask: Ask) -> date:
    """The month asked for, else the one of today; of a record that ended before, its last."""
    asked: date | None = ask.params["month"]
    day = asked or min(ask.today, ask.sight.last or ask.today)
    return day.replace(day=1)


def found(ask: Ask, actor: str | None, first: date) -> list[Sitting]:
    """The meetings of the two years around a month."""
    where, values = "(day IS NULL OR day BETWEEN $from AND $to)", dict[str, Any]()
    values = {"from": first - timedelta(31 * MONTHS_DRAWN) - MEETING_SPAN, "to": first + timedelta(31) + MEETING_SPAN}
    if actor:
        where += " AND list_contains(participants, $actor)"
        values["actor"] = actor
    return sittings(ask.sight, ask.today, where, values)


def of_month(held: list[Sitting], first: date, last: date, status: str | None) -> list[Sitting]:
    """The meetings of a month by day, then those announced in it without a day."""
    kept = [s for s in held if within(s, first, last) and not vague(s) and (status is None or s.status == status)]
    return sorted(kept, key=lambda s: span(s) is None)


def vague(sitting: Sitting) -> bool:
    """Whether a meeting is dated so roughly (2012) that it belongs to no month."""
    when = span(sitting)
    return when is not None and (when[1] - when[0]).days >= LONGEST


def columns(ask: Ask, held: list[Sitting], first: date) -> list[Column]:
    """What became of the meetings of each month, to the one shown."""
    by: dict[str, Counter[str]] = {}
    for sitting in held:
        when = span(sitting)
        if when is not None and not vague(sitting):
            by.setdefault(f"{when[0]:%Y-%m}", Counter())[sitting.status] += 1
    number = first.year * 12 + first.month - 1
    made = []
    for n in range(number - MONTHS_DRAWN + 1, number + 1):
        start = date(n // 12, n % 12 + 1, 1)
        key = f"{start:%Y-%m}"
        label = f"{start:%Y}" if start.month == 1 else f"{start:%b}"
        made.append(Column(label, dict(by.get(key, {})), ask.here(month=key, page=None), start == first))
    return made


def sheet(shown: list[Sitting], first: date) -> list[list[Day]]:
    """The weeks of a month, Monday first, with the meetings that are known to the day."""
    by: dict[date, list[Sitting]] = {}
    for sitting in shown:
        when = span(sitting)
        if when is not None and sitting.precision == "day":
            for n in range((when[1] - when[0]).days + 1):
                by.setdefault(when[0] + timedelta(n), []).append(sitting)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return [[Day(date=d, inside=d.month == first.month, meetings=by.get(d, [])) for d in week] for week in weeks]


def headline(shown: list[Sitting], first: date, actor: str | None) -> str:
    """The finding: how many meetings the month has, and what became of them or how many are still due."""
    name = f"{actor_name(actor)}, {month_words(first)}" if actor else month_words(first)
    if not shown:
        return f"{name}: no meeting is known"
    dated = [s for s in shown if span(s) is not None]
    counts: Counter[str] = Counter(s.status for s in dated)
    told = [f"{counts['held']:,} held"] if counts["held"] else []
    told += [f"{counts[state]:,} {words}" for state, words in (("scheduled", "due"), ("postponed", "put off"),
             ("cancelled", "called off"), ("lapsed", "never reported")) if counts[state]]  # fmt: skip
    told += [f"{len(shown) - len(dated):,} announced without a day"] if len(dated) < len(shown) else []
    return f"{name}: {plural(len(shown), 'meeting')}, {', '.join(told)}"


def file(ask: Ask) -> Answer:
    """What the page shows, as a file: meetings.csv, outcomes.svg, outcomes.png, outcomes.csv."""
    first = month_of(ask)
    actor = actor_of(ask.sight, ask.params["actor"]) if ask.params["actor"] else None
    held, name = found(ask, actor, first), ask.places["file"]
    kind, _, ending = name.partition(".")
    if name == "meetings.csv":
        last = first.replace(day=monthrange(first.year, first.month)[1])
        wanted = ask.params["status"]
        rows = of_month(held, first, last, wanted)
        return as_csv(COLUMNS, [{c: getattr(s, c) for c in COLUMNS} for s in rows], f"meetings-{first:%Y-%m}.csv")
    if kind == "outcomes" and ending in {"svg", "png"}:
        drawn = stacks("What became of meetings, by month", KINDS, columns(ask, held, first), mode="file")
        return as_svg(drawn, name) if ending == "svg" else as_png(drawn, name)
    if name == "outcomes.csv":
        made = [
            {"month": c.label} | {k.name: c.counts.get(k.name, 0) for k in KINDS} for c in columns(ask, held, first)
        ]
        return as_csv(["month", *(k.name for k in KINDS)], made, name)
    raise BadInput(
        f"There is no file {name[:40]!r} here; there are meetings.csv, outcomes.svg, outcomes.png and outcomes.csv."
    )


PARAMS = {
    "month": month_param,
    "actor": words(60),
    "status": choice(*get_args(Fate)),
    "page": number(1, 10_000),
}
PAGES = [
    Page(path="/calendar", make=calendar, params=PARAMS, nav="Calendar", order=30),
    Page(path="/calendar/{file:str}", make=file, params=PARAMS),
]
