"""Search: words, actors, types and days in, the events, statements or pages that have them out, the newest first."""

from collections import Counter
from datetime import timedelta
from typing import Any, get_args

from markupsafe import Markup, escape
from msgspec import Struct, structs

from detente.ontology import EVENT_TYPES
from detente.types import Status
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.params import choice, day, listed, number, words
from detente.web.sight import Row
from detente.web.templating import render
from detente.web.understanding import Asked, understand
from detente.web.wordindex import KINDS, Hit, Query, marked_words
from detente.web.wording import actor_name, plural

SIZE = 25
MOST = 10_000
"""Results are counted up to this many, and can be leafed through so far."""
SAMPLE = 600
"""The newest results that facets are counted over."""
BLOCK = 2500
AHEAD = timedelta(2 * 366)
"""How far ahead of the day something was known the thing itself may lie."""
WAIT_S = 2.5
FACETS = 8


class Facet(Struct, frozen=True):
    """One way to narrow the results."""

    name: str
    count: int
    href: str


def search(ask: Ask) -> Answer:
    """The page of results."""
    sight, kind = ask.sight, ask.params["in"] or "events"
    asked = wanted(ask)
    typed = bool(ask.params["q"] or asked.actors or asked.types or asked.since or asked.until or ask.params["status"])
    ready = sight.words.ensure(sight, WAIT_S)
    page = min(ask.params["page"] or 1, MOST // SIZE)
    rows, count, facets = list[Row](), 0, dict[str, list[Facet]]()
    if typed and ready:
        query = looked_for(ask, asked, kind)
        if ask.as_of is None:
            count = sight.words.count(query, MOST + 1)
            hits = sight.words.find(query, SIZE, (page - 1) * SIZE)
            sample = sight.words.find(query, SAMPLE) if count > SIZE else []
        else:
            known = known_by(ask, kind, query)
            count, hits, sample = len(known), known[(page - 1) * SIZE : page * SIZE], known[:SAMPLE]
        rows = found(ask, kind, hits)
        facets = narrowing(ask, kind, sample) if count > SIZE else {}
    pattern = marked_words(asked.words)
    made = render(
        ask,
        "search.html",
        headline=headline(ask, count, kind, typed=typed, ready=ready),
        asked=asked,
        kind=kind,
        kinds=list(KINDS),
        rows=rows,
        count=min(count, MOST),
        more=count > MOST,
        size=SIZE,
        facets=facets,
        typed=typed,
        ready=ready,
        share=sight.words.done,
        marked=lambda text: mark(text, pattern),
        types=sorted(EVENT_TYPES),
        statuses=get_args(Status),
        undo=[(key, said, without(ask, said)) for key, said in asked.said.items()],
    )
    return Answer(body=made.body, passing=not ready)


def wanted(ask: Ask) -> Asked:
    """What is asked for, from the words typed and from the fields; a field overrules what was read out of the words."""
    asked = understand(ask.params["q"] or "", words_only=bool(ask.params["raw"]))
    for name in ask.params["actor"] or []:
        key = actor_of(ask.sight, name)
        if key not in asked.actors:
            asked.actors.append(key)
    asked.types = [ask.params["type"]] if ask.params["type"] else asked.types
    asked.since = ask.params["since"] or asked.since
    asked.until = ask.params["until"] or asked.until
    return asked


def looked_for(ask: Ask, asked: Asked, kind: str) -> Query:
    """The same as the index takes it."""
    fields = [[f"a{actor}"] for actor in asked.actors]
    fields += [[f"t{name}" for name in asked.types]] if asked.types and kind == "events" else []
    fields += [[f"o{ask.params['status']}"]] if ask.params["status"] and kind == "events" else []
    return Query(asked.words, fields, kind, asked.since, asked.until)


def known_by(ask: Ask, kind: str, query: Query) -> list[Hit]:
    """The hits that were known on the day asked for: the index goes by the day of what happened, not by when it was known."""
    if ask.as_of is None:
        return []
    last = ask.as_of + AHEAD
    near = structs.replace(query, until=min(query.until or last, last))
    kept: list[Hit] = []
    for skip in range(0, MOST, BLOCK):
        hits = ask.sight.words.find(near, BLOCK, skip)
        ids = ask.sight.rows(
            f"SELECT id FROM {kind} WHERE {{known}} AND id IN (SELECT unnest($ids::VARCHAR[]))",
            {"ids": [hit.id for hit in hits]},
        )
        there = {row["id"] for row in ids}
        kept += [hit for hit in hits if hit.id in there]
        if len(hits) < BLOCK:
            break
    return kept


def found(ask: Ask, kind: str, hits: list[Hit]) -> list[Row]:
    """The rows of hits, in their order; what stands no more, or was not known by then, is passed over."""
    ids = [hit.id for hit in hits]
    query = f"SELECT * FROM {kind} WHERE {{known}} AND id IN (SELECT unnest($ids::VARCHAR[]))"
    rows = {row["id"]: {"document": row["id"]} | row for row in ask.sight.rows(query, {"ids": ids})} if ids else {}
    return [rows[key] for key in ids if key in rows]


def narrowing(ask: Ask, kind: str, hits: list[Hit]) -> dict[str, list[Facet]]:
    """What the newest results have in common, as links that narrow the search."""
    ids = [hit.id for hit in hits]
    columns = {"events": "type, source, target, day", "statements": "speaker, about, day", "documents": "outlet, day"}[
        kind
    ]
    query = f"SELECT {columns} FROM {kind} WHERE {{known}} AND id IN (SELECT unnest($ids::VARCHAR[]))"
    rows = ask.sight.rows(query, {"ids": ids})
    years = Counter(row["day"].year for row in rows if row["day"])
    sides = {"events": ("source", "target"), "statements": ("about",), "documents": ()}[kind]
    named = Counter(name for row in rows for side in sides for name in {x.split(".")[0] for x in row[side]})
    chosen = ask.params["actor"] or []
    made = {
        "Years": [Facet(str(y), n, ask.here(since=f"{y}-01-01", until=f"{y}-12-31", page=None)) for y, n in years.most_common(FACETS)],
        "Actors": [
            Facet(actor_name(a), n, ask.here(actor=",".join([*chosen, a]), page=None))
            for a, n in named.most_common(FACETS + len(chosen)) if a not in chosen and n < len(rows)
        ][:FACETS],
    }  # fmt: skip
    if kind == "events":
        types = Counter(row["type"] for row in rows)
        made = {"Types": [Facet(t, n, ask.here(type=t, page=None)) for t, n in types.most_common(FACETS)]} | made
    return {name: facets for name, facets in made.items() if len(facets) > 1}


def mark(text: str | None, pattern: Any) -> Markup:
    """A text with the words searched for marked."""
    if not text or pattern is None:
        return escape(text or "")
    parts, at = [], 0
    for hit in pattern.finditer(text):
        parts += [escape(text[at : hit.start()]), Markup("<mark>"), escape(hit[0]), Markup("</mark>")]
        at = hit.end()
    return Markup("").join([*parts, escape(text[at:])])


def without(ask: Ask, said: str) -> str:
    """The address of the same search with what was understood taken as plain words."""
    return ask.here(q=(ask.params["q"] or "").replace(said, f'"{said}"', 1), page=None)


def headline(ask: Ask, count: int, kind: str, *, typed: bool, ready: bool) -> str:
    """What was found, in a line."""
    if not typed:
        return "Search the record"
    if not ready:
        return "The words are being indexed"
    told = f"more than {MOST:,} {kind}" if count > MOST else plural(count, kind[:-1])
    return f"{told[:1].upper()}{told[1:]} found" if count else f"No {kind[:-1]} found"


PARAMS = {
    "q": words(300),
    "in": choice(*KINDS),
    "actor": listed(words(60), 6),
    "type": choice(*sorted(EVENT_TYPES)),
    "status": choice(*get_args(Status)),
    "since": day,
    "until": day,
    "raw": choice("1"),
    "page": number(1, MOST),
}
PAGES = [Page(path="/search", make=search, params=PARAMS, nav="Search", order=60)]
