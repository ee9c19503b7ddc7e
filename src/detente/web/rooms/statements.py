"""What was said: statements of all kinds, forecasts open, due and resolved, and the record of those who made them."""

from typing import Any, get_args

from msgspec import Struct

from detente.errors import BadInput
from detente.relations.forecasts import Forecast
from detente.relations.scores import Score, scores
from detente.types import Certainty, StatementKind
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv
from detente.web.finding import foretold, resolutions
from detente.web.params import choice, day, number, words
from detente.web.sight import Row
from detente.web.templating import render
from detente.web.wording import actor_name, plural

STATES = ("open", "due", "true", "false", "uncheckable")
VIEWS = ("all", "forecasts", *STATES)
SIZE = 25
SPEAKERS = 20
MOST_ROWS = 50_000
COLUMNS = ["published", "speaker", "actor", "role", "former", "kind", "certainty", "forecast", "horizon", "about", "text",
           "sentence", "title", "outlet", "url", "document", "id"]  # fmt: skip


class Said(Struct, kw_only=True, frozen=True):
    """A statement as it is listed: its row, and its fate where it is a forecast."""

    row: Row
    fate: Forecast | None


def statements(ask: Ask) -> Answer:
    """The page of statements."""
    sight = ask.sight
    view = ask.params["state"] or "forecasts"
    where, values = asked(ask)
    counts = counted(ask, where, values)
    only, more = of_view(ask, view)
    page = ask.params["page"] or 1
    rows = sight.rows(
        f"SELECT * FROM statements WHERE {where} AND {only} ORDER BY {_order(view)}, id "
        f"LIMIT {SIZE} OFFSET {(page - 1) * SIZE}",
        values | more,
    )
    fates = {fate.id: fate for fate in foretold(sight, [row for row in rows if row["forecast"]], ask.today)}
    return render(
        ask,
        "statements.html",
        headline=headline(ask, counts),
        view=view,
        views=[(name, counts[name]) for name in VIEWS if counts[name] or name in {"all", "forecasts", view}],
        said=[Said(row=row, fate=fates.get(row["id"])) for row in rows],
        count=counts[view],
        size=SIZE,
        records=records(ask, where, values),
        certainties=get_args(Certainty),
        kinds=get_args(StatementKind),
        empty=not sight.has("statements"),
    )


def asked(ask: Ask) -> tuple[str, dict[str, Any]]:
    """The condition for what was asked, without the view."""
    where, values = ["{known}"], dict[str, Any]()
    for name, column in (("certainty", "certainty"), ("kind", "kind")):
        if ask.params[name]:
            where.append(f"{column} = ${name}")
            values[name] = ask.params[name]
    for name, condition in (("actor", "actor = $actor"), ("about", "list_contains(about, $about)")):
        if ask.params[name]:
            where.append(condition)
            values[name] = actor_of(ask.sight, ask.params[name])
    if ask.params["speaker"]:
        where.append("contains(lower(speaker), lower($speaker))")
        values["speaker"] = ask.params["speaker"]
    for name, sign in (("since", ">="), ("until", "<=")):
        if ask.params[name]:
            where.append(f"day {sign} ${name}")
            values[name] = ask.params[name]
    return " AND ".join(where), values


def of_view(ask: Ask, view: str) -> tuple[str, dict[str, Any]]:
    """The condition for a view: forecasts in one state, all forecasts, or all that was said."""
    if view == "all":
        return "TRUE", {}
    if view == "forecasts":
        return "forecast", {}
    said = {key: row["outcome"] for key, row in resolutions(ask.sight).items()}
    own = [key for key, outcome in said.items() if outcome == view]
    if view in {"true", "false"}:
        return "forecast AND id IN (SELECT unnest($own::VARCHAR[]))", {"own": own}
    free = "NOT id IN (SELECT unnest($said::VARCHAR[]))"
    late = "horizon IS NOT NULL AND horizon < $today"
    state = {
        "open": f"checkable AND NOT ({late})",
        "due": f"checkable AND {late}",
        "uncheckable": "NOT checkable",
    }[view]
    values: dict[str, Any] = {"own": own, "said": list(said)} | ({} if view == "uncheckable" else {"today": ask.today})
    return f"forecast AND (id IN (SELECT unnest($own::VARCHAR[])) OR ({free} AND {state}))", values


def counted(ask: Ask, where: str, values: dict[str, Any]) -> dict[str, int]:
    """How many statements each view has."""
    parts, told = [], dict(values)
    for n, view in enumerate(VIEWS):
        condition, more = of_view(ask, view)
        for key, value in more.items():
            condition = condition.replace(f"${key}", f"${key}{n}")
            told[f"{key}{n}"] = value
        parts.append(f'count(*) FILTER ({condition}) AS "{view}"')
    return ask.sight.rows(f"SELECT {', '.join(parts)} FROM statements WHERE {where}", told)[0]


def records(ask: Ask, where: str, values: dict[str, Any]) -> list[tuple[Score, str | None]]:
    """How those did who made forecasts, with whom they speak for: the most resolved first, then the busiest."""
    rows = ask.sight.rows(
        "SELECT speaker, arg_max(actor, day) AS actor, count(*) AS n, "
        "count(*) FILTER (checkable AND NOT (horizon IS NOT NULL AND horizon < $today)) AS open, "
        "count(*) FILTER (checkable AND horizon IS NOT NULL AND horizon < $today) AS due, "
        f"count(*) FILTER (NOT checkable) AS uncheckable FROM statements WHERE {where} AND forecast AND speaker <> '' "
        f"GROUP BY speaker ORDER BY n DESC, speaker LIMIT {SPEAKERS}",
        values | {"today": ask.today},
    )
    decided = [key for key, row in resolutions(ask.sight).items() if row["outcome"] in {"true", "false"}]
    query = f"SELECT * FROM statements WHERE {where} AND forecast AND id IN (SELECT unnest($decided::VARCHAR[]))"
    resolved = ask.sight.rows(query, values | {"decided": decided}) if decided else []
    scored = {s.name: s for s in scores(foretold(ask.sight, resolved, ask.today), "speaker")}
    speaks = {row["speaker"]: row["actor"] for row in [*resolved, *rows]}
    found = [(score, speaks.get(score.name)) for score in scored.values()]
    found += [(_unresolved(row), row["actor"]) for row in rows if row["speaker"] not in scored]
    return found[:SPEAKERS]


def _unresolved(row: Row) -> Score:
    return Score(
        name=row["speaker"], resolved=0, came_true=0, open=row["open"], due=row["due"], uncheckable=row["uncheckable"],
        brier=None, base_brier=None, log_score=None, base_log_score=None, skill=None,
    )  # fmt: skip


def headline(ask: Ask, counts: dict[str, int]) -> str:
    """The finding: how many forecasts wait for their day, went by, and came true."""
    names = [ask.params["speaker"] or "", *(actor_name(actor_of(ask.sight, ask.params[n])) for n in ("actor", "about") if ask.params[n])]  # fmt: skip
    name = ", ".join(n for n in names if n)
    lead = f"{name}: " if name else ""
    if not counts["forecasts"]:
        return (
            f"{lead}{plural(counts['all'], 'statement')}, no forecast" if counts["all"] else f"{lead}nothing was said"
        )
    told = [f"{counts[state]:,} {words}" for state, words in (("open", "still open"), ("due", "past their day without a verdict"),
            ("true", "came true"), ("false", "did not")) if counts[state]]  # fmt: skip
    said = f"{lead}{plural(counts['forecasts'], 'forecast')}"
    return f"{said}: {', '.join(told)}" if told else f"{said}, none that could be checked"


def _order(view: str) -> str:
    return "horizon DESC, day DESC" if view == "due" else "day DESC NULLS LAST"


def file(ask: Ask) -> Answer:
    """What the page shows, as a file: statements.csv."""
    if ask.places["file"] != "list.csv":
        raise BadInput(f"There is no file {ask.places['file'][:40]!r} here; there is list.csv.")
    view = ask.params["state"] or "forecasts"
    where, values = asked(ask)
    only, more = of_view(ask, view)
    query = f"SELECT * FROM statements WHERE {where} AND {only} ORDER BY day DESC NULLS LAST, id LIMIT {MOST_ROWS}"
    return as_csv(COLUMNS, ask.sight.rows(query, values | more), f"statements-{view}.csv")


PARAMS = {
    "state": choice(*VIEWS),
    "actor": words(60),
    "about": words(60),
    "speaker": words(80),
    "certainty": choice(*get_args(Certainty)),
    "kind": choice(*get_args(StatementKind)),
    "since": day,
    "until": day,
    "page": number(1, 100_000),
}
PAGES = [
    Page(path="/statements", make=statements, params=PARAMS, nav="Statements", order=40),
    Page(path="/statements/{file:str}", make=file, params=PARAMS),
]
