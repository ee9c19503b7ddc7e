"""Search: words, actors, types and days in, the events, statements or pages that have them out, all counted."""

from typing import Any, get_args

from markupsafe import Markup, escape
from msgspec import Struct

from detente.ontology import EVENT_TYPES
from detente.types import Certainty, StatementKind, Status
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.params import choice, day, listed, number, words_upto
from detente.web.sight import Row
from detente.web.templating import render
from detente.web.understanding import Asked, Part, as_word, understand, without
from detente.web.wordindex import Rows, Table
from detente.web.wording import actor_name, plural, shorten
from detente.web.wording import day as day_words
from detente.web.wordsearch import Found, Query, counts, marking, search

SIZE = 25
LONGEST = 300
"""Characters of a query that are looked at; the rest is left off, and the page says so."""
WAIT_S = 2.0
FACETS = 8
KINDS = ("events", "statements", "documents")
COLUMNS = {
    "events": "id, day, precision, type, mode, source, target, mutual, status, intensity, sentence, outlet, title, document, "
    "origin, url, published",
    "statements": "id, day, speaker, role, actor, kind, certainty, forecast, text, outlet, title, document, NULL AS origin, "
    "url, published",
    "documents": "id, id AS document, day, title, outlet, NULL AS origin, url, published, coder",
}


class Chip(Struct, frozen=True):
    """Something understood in what was typed: how it was written, what it means, and how to take it back."""

    said: str
    means: str
    drop: str
    word: str


class Facet(Struct, frozen=True):
    """One way to narrow the results."""

    name: str
    count: int
    href: str


def page(ask: Ask) -> Answer:
    """The page of results."""
    kind = ask.params["in"] or "events"
    asked, chosen = wanted(ask, kind)
    typed = bool(asked.words or asked.parts or chosen)
    ready = not typed or ask.sight.words.ready(WAIT_S)
    rows, facets, found = list[Row](), dict[str, list[Facet]](), None
    if typed and ready:
        table = ask.sight.words.tables[kind]
        query = looked_for(ask, kind, asked)
        found = search(ask.sight, table, query, best=ask.params["sort"] == "best")
        skip = ((ask.params["page"] or 1) - 1) * SIZE
        rows = fetched(ask, kind, found.rows[skip : skip + SIZE])
        facets = narrowing(ask, kind, table, found) if len(found.rows) > 1 else {}
    count = len(found.rows) if found else 0
    pattern = marking(found.forms if found else [])
    made = render(
        ask,
        "search.html",
        headline=headline(kind, count, typed=typed, ready=ready, some=bool(found and found.some)),
        asked=asked,
        actors=list(dict.fromkeys([*asked.actors, *(ask.params["actor"] or [])])),
        kind=kind,
        kinds=KINDS,
        rows=rows,
        count=count,
        size=SIZE,
        facets=facets,
        some=bool(found and found.some),
        typed=typed,
        ready=ready,
        share=ask.sight.words.done,
        cut=len(ask.given.get("q", "")) > LONGEST,
        chips=[chip(ask, part) for part in asked.parts],
        taken=[(name, ask.here(**{name: None, "page": None})) for name in chosen],
        marked=lambda text: mark(text, pattern),
        types=sorted(EVENT_TYPES),
        states=get_args(Status if kind == "events" else Certainty) if kind != "documents" else (),
        state="status" if kind == "events" else "certainty",
        speech=get_args(StatementKind),
    )
    return Answer(body=made.body, passing=not ready)


FIELDS = {
    "events": ("type", "status"),
    "statements": ("kind", "certainty"),
    "documents": (),
}
"""The fields that a table has beside actors and days."""


def wanted(ask: Ask, kind: str) -> tuple[Asked, list[str]]:
    """What is asked for by the words typed, and by which fields."""
    asked = understand(ask.params["q"] or "", words_only=bool(ask.params["raw"]), typed=kind == "events")
    if ask.params["actor"]:
        ask.params = {**ask.params, "actor": [actor_of(ask.sight, name) for name in ask.params["actor"]]}
    return asked, [name for name in (*FIELDS[kind], "actor", "since", "until") if ask.params[name]]


def looked_for(ask: Ask, kind: str, asked: Asked) -> Query:
    """The same as the index takes it; a field overrules what was read out of the words."""
    label, state = (
        ([ask.params[name]] if ask.params[name] else [] for name in FIELDS[kind]) if FIELDS[kind] else ([], [])
    )
    return Query(
        words=asked.words,
        actors=list(dict.fromkeys([*asked.actors, *(ask.params["actor"] or [])])),
        labels=label or asked.types,
        states=state,
        since=ask.params["since"] or asked.since,
        until=ask.params["until"] or asked.until,
        known=ask.as_of,
    )


def fetched(ask: Ask, kind: str, numbers: Rows) -> list[Row]:
    """The rows of these numbers, in their order."""
    query = f"SELECT rowid AS number, {COLUMNS[kind]} FROM {kind} WHERE rowid IN (SELECT unnest($rows::BIGINT[]))"
    order = numbers.tolist()
    rows = {row["number"]: row for row in ask.sight.rows(query, {"rows": order})} if order else {}
    return [rows[n] for n in order if n in rows]


def narrowing(ask: Ask, kind: str, table: Table, found: Found) -> dict[str, list[Facet]]:
    """What was found, by type, actor and year, as links that narrow the search."""
    held, chosen = counts(table, found), ask.params["actor"] or []
    total = len(found.rows)
    made = {
        "Years": [Facet(y, n, ask.here(since=f"{y}-01-01", until=f"{y}-12-31", page=None)) for y, n in held["year"]],
        "Actors": [
            Facet(actor_name(a), n, ask.here(actor=",".join([*chosen, a]), page=None))
            for a, n in held["actor"] if n < total
        ],
    }  # fmt: skip
    if kind == "events":
        made = {"Types": [Facet(t, n, ask.here(type=t, page=None)) for t, n in held["label"]]} | made
        made["Status"] = [Facet(t, n, ask.here(status=t, page=None)) for t, n in held["state"]]
    if kind == "statements":
        made = {"Kinds": [Facet(t, n, ask.here(kind=t, page=None)) for t, n in held["label"]]} | made
        made["Certainty"] = [Facet(t, n, ask.here(certainty=t, page=None)) for t, n in held["state"]]
    return {name: facets[:FACETS] for name, facets in made.items() if len(facets) > 1}


def chip(ask: Ask, part: Part) -> Chip:
    """What was understood, with ways to take it back."""
    query = ask.params["q"]
    if part.kind == "actor":
        means = actor_name(part.key)
    elif part.kind == "type":
        means = f"type {part.key}"
    elif part.since and part.until:
        means = f"{day_words(part.since)} to {day_words(part.until)}"
    else:
        means = f"from {day_words(part.since)}" if part.since else f"to {day_words(part.until)}"
    drop, word = without(query, part), as_word(query, part)
    return Chip(query[part.start : part.end], means, ask.here(q=drop or None, page=None), ask.here(q=word, page=None))


def mark(text: str | None, pattern: Any) -> Markup:
    """A text, cut, with the words searched for marked."""
    told = shorten(text, 420)
    if not told or pattern is None:
        return escape(told)
    parts, at = [], 0
    for hit in pattern.finditer(told):
        parts += [escape(told[at : hit.start()]), Markup("<mark>"), escape(hit[0]), Markup("</mark>")]
        at = hit.end()
    return Markup("").join([*parts, escape(told[at:])])


def headline(kind: str, count: int, *, typed: bool, ready: bool, some: bool) -> str:
    """What was found, in a line."""
    one = {"events": "event", "statements": "statement", "documents": "page"}[kind]
    if not typed:
        return "Search the record"
    if not ready:
        return "The words are being indexed"
    if some:
        return f"No {one} has all of these words; {plural(count, f'{one} has', f'{one}s have')} some"
    return f"{plural(count, one)} found" if count else f"No {one} found"


PARAMS = {
    "q": words_upto(LONGEST),
    "in": choice(*KINDS),
    "actor": listed(words_upto(60), 6),
    "type": choice(*sorted(EVENT_TYPES)),
    "status": choice(*get_args(Status)),
    "kind": choice(*get_args(StatementKind)),
    "certainty": choice(*get_args(Certainty)),
    "since": day,
    "until": day,
    "sort": choice("new", "best"),
    "raw": choice("1"),
    "page": number(1, 100_000),
}
PAGES = [Page(path="/search", make=page, params=PARAMS, nav="Search", order=60)]
