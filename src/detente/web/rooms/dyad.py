"""The page of a pair: how it stood over time, where it turned, what was done and said, with the sentences."""

from typing import Any, get_args

from msgspec import structs

from detente.errors import BadInput
from detente.ontology import EVENT_TYPES
from detente.relations.acts import Period
from detente.relations.panel import Direction
from detente.relations.results import RelationSeries
from detente.types import Status
from detente.web import pairs
from detente.web.actors import dyad_name, dyad_of, standing
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv, as_json, as_png, as_svg
from detente.web.finding import BOTH, deals, pair, sittings, statements, told
from detente.web.live import bundle_address, level_spec
from detente.web.params import choice, day, listed, number, words
from detente.web.rooms import state
from detente.web.serving import redirect
from detente.web.sight import Sight
from detente.web.slow import has_slow, slow_structure
from detente.web.svg.level import Line, level_chart
from detente.web.templating import render

SIZE = 25
OTHERS = 3
SAID = 6
WIDE, NARROW = 960, 380


def dyad(ask: Ask) -> Answer:
    """The page of two actors, or the file of one (`/RUS/relations.csv`)."""
    if "." in ask.places["b"]:
        return state.file(ask, ask.places["a"], ask.places["b"])
    a, b = dyad_of(ask.sight, ask.places["a"], ask.places["b"])
    if (a, b) != (ask.places["a"], ask.places["b"]):
        return redirect(f"/{a}/{b}", **ask.given)
    sight, today = ask.sight, ask.today
    found = series(ask, a, b)
    known = [point for point in found.series if point.level is not None]
    last = known[-1] if known else None
    compared = others(ask, sight)
    acts = pairs.strip(ask, a, b)
    count, events = pairs.events(ask, a, b, SIZE)
    met = sittings(sight, today, BOTH, pair(a, b), pairs=True)
    charts = [
        level_chart(words, found.series, found.turns, acts, compared, width=width)
        for width, words in ((WIDE, dyad_name(a, b)), (NARROW, f"{a} – {b}"))
    ]
    return render(
        ask,
        "dyad.html",
        a=a,
        b=b,
        name=dyad_name(a, b),
        headline=standing(sight, a, b, last.level if last else None),
        last=last,
        found=found,
        charts=charts if found.series or acts else [],
        bundle=bundle_address(),
        compared=compared,
        turned=told(sight, found.turns[::-1], 3),
        events=events,
        count=count,
        size=SIZE,
        meetings=sorted(met, key=lambda s: s.start or s.first_known or today, reverse=True),
        deals=deals(sight, today, BOTH, pair(a, b), pairs=True)[::-1],
        said=statements(sight, SAID, BOTH, pair(a, b), pairs=True),
        slow=slow_structure(ask, a, b) if ask.params["slow"] else None,
        has_slow=has_slow(ask),
        neighbours=pairs.suggestions(sight, a, b),
        types=sorted(EVENT_TYPES),
        statuses=get_args(Status),
    )


def series(ask: Ask, a: str, b: str) -> RelationSeries:
    """The levels asked for, within the days asked for."""
    period: Period = ask.params["period"] or "month"
    way: Direction = ask.params["way"] or "both"
    since, until = ask.params["since"], ask.params["until"]
    found = ask.sight.relation(a, b, period, way)

    def inside(when: Any) -> bool:
        return (since is None or when >= since) and (until is None or when <= until)

    shown = [point for point in found.series if inside(point.period)]
    return structs.replace(found, series=shown, turns=[turn for turn in found.turns if inside(turn.month)])


def others(ask: Ask, sight: Sight) -> list[Line]:
    """The pairs to compare with."""
    found = []
    for text in ask.params["compare"] or []:
        parts = text.split("-")
        if len(parts) != 2:
            raise BadInput(f"{text!r} is no pair to compare with; write it as RUS-IND")
        a, b = dyad_of(sight, *parts)
        found.append(Line(name=f"{a} – {b}", series=series(ask, a, b).series))
    return found


def file(ask: Ask) -> Answer:
    """What the page shows, as a file: level.svg, .png, .csv, .json, .vl.json (Vega-Lite); events.csv, .json."""
    a, b = dyad_of(ask.sight, ask.places["a"], ask.places["b"])
    kind, _, ending = ask.places["file"].partition(".")
    name = f"{a}-{b}-{kind}.{ending}"
    if kind == "level" and ending in {"svg", "png"}:
        found = series(ask, a, b)
        drawn = level_chart(
            dyad_name(a, b), found.series, found.turns, pairs.strip(ask, a, b), others(ask, ask.sight), mode="file"
        )
        return as_svg(drawn, name) if ending == "svg" else as_png(drawn, name)
    if kind == "level" and ending == "vl.json":
        page, found = structs.replace(ask, path=f"/{a}/{b}"), series(ask, a, b)
        acts, compared = pairs.strip(page, a, b), others(ask, ask.sight)
        return as_json(level_spec(f"{a} – {b}", found.series, found.turns, acts, compared))
    if kind == "level" and ending in {"csv", "json"}:
        rows = [structs.asdict(point) for point in series(ask, a, b).series]
        names = ["period", "a", "b", "level", "low", "high", "effective_n"]
        return as_csv(names, rows, name) if ending == "csv" else as_json(series(ask, a, b))
    if kind == "events" and ending in {"csv", "json"}:
        rows = pairs.events(ask, a, b, None)[1]
        return as_csv(pairs.COLUMNS, rows, name) if ending == "csv" else as_json(rows)
    raise BadInput(
        f"There is no file {ask.places['file'][:40]!r} here; there are level.svg, .png, .csv, .json, .vl.json and events.csv, .json."
    )


PARAMS = {
    "period": choice(*get_args(Period)),
    "way": choice(*get_args(Direction)),
    "since": day,
    "until": day,
    "compare": listed(words(20), OTHERS),
    "type": choice(*sorted(EVENT_TYPES)),
    "status": choice(*get_args(Status)),
    "on": pairs.stretch,
    "page": number(1, 100_000),
    "slow": choice("1"),
}
PAGES = [
    Page(path="/{a:str}/{b:str}", make=dyad, params=PARAMS),
    Page(path="/{a:str}/{b:str}/{file:str}", make=file, params=PARAMS),
]
