"""One event: its sentence, what each field of it means, who reported it, what came before and after between the two."""

from typing import Any

import msgspec

from detente.errors import NotThere
from detente.ontology import EVENT_TYPES
from detente.web.asking import Answer, Ask, Page
from detente.web.finding import BOTH, pair
from detente.web.marks import Mark, pieces
from detente.web.rooms.document import coded, marks, piece_words, tone_of
from detente.web.sight import Row
from detente.web.templating import render
from detente.web.wording import actor_name, day

NEAR = 3
OTHERS = 8
STATUS = {
    "occurred": "it is reported as done",
    "ongoing": "it is reported as going on",
    "planned": "it was announced or intended, not done",
    "hypothetical": "it was spoken of as possible, not done",
    "denied": "it was said not to have happened",
    "alleged": "somebody says so; the page does not vouch for it",
}


def event(ask: Ask) -> Answer:
    """The page of one event. Raises NotThere."""
    key = ask.places["key"]
    found = ask.sight.rows("SELECT * FROM events WHERE {known} AND id = $id LIMIT 1", {"id": key})
    if not found:
        raise NotThere(f"The record holds no event {key[:80]!r}{' that was known by then' if ask.as_of else ''}.")
    row = found[0]
    page = coded(ask, row["document"]) if row["document"] else None
    own = page.events.get(key) if page else None
    a, b = two(row)
    return render(
        ask,
        "event.html",
        row=row,
        page=page,
        event=own,
        headline=headline(row),
        a=a,
        b=b,
        tone=tone_of(own) if own else "coop" if EVENT_TYPES[row["type"]].quad <= 2 else "conf",
        words=piece_words(page, own) if page and own else None,
        parts=pieces(page.document.text, marked(page, own), own.evidence.start, own.evidence.end)
        if page and own
        else [],
        about=EVENT_TYPES[row["type"]].definition,
        status=STATUS.get(row["status"], ""),
        others=[(k, e) for k, e in page.events.items() if k != key][:OTHERS] if page else [],
        corrections=corrections(ask, key),
        before=near(ask, a, b, row, "<"),
        after=near(ask, a, b, row, ">"),
    )


def corrections(ask: Ask, key: str) -> list[Row]:
    """What editors accepted as wrong with the event, by then."""
    found = ask.sight.rows("SELECT * FROM corrections WHERE {known} AND event = $id ORDER BY recorded_at", {"id": key})
    return [row | {"value": msgspec.json.decode(row["value"])} for row in found]


def two(row: Row) -> tuple[str, str | None]:
    """The pair that an event is between, as far as it has two sides."""
    sides = [*row["source"], *row["target"]]
    first = row["source"][0].split(".")[0]
    return first, next((one.split(".")[0] for one in reversed(sides) if one.split(".")[0] != first), None)


def marked(page: Any, own: Any) -> list[Mark]:
    """The marks of one event's sentence: what belongs to it, without what else was coded there."""
    keys = {key for key, event in page.events.items() if event is own}
    return [mark for mark in marks(page) if mark.kind == "actor" or mark.key in keys]


def headline(row: Row) -> str:
    """Who did what to whom, when."""
    names = [
        " and ".join(dict.fromkeys(actor_name(x.split(".")[0]) for x in row[side])) for side in ("source", "target")
    ]
    mode = f", {row['mode']}" if row["mode"] else ""
    parties = f"{names[0]} → {names[1]}" if names[1] else names[0]
    return f"{parties}: {row['type']}{mode}" + (f", {day(row['day'], row['precision'])}" if row["day"] else "")


def near(ask: Ask, a: str, b: str | None, row: Row, sign: str) -> list[Row]:
    """The events of the pair next before or after."""
    if b is None or row["day"] is None:
        return []
    order = "DESC" if sign == "<" else "ASC"
    query = f"SELECT * FROM event_pairs WHERE {{known}} AND {BOTH} AND day {sign} $day ORDER BY day {order}, id LIMIT {NEAR}"
    found = ask.sight.rows(query, pair(a, b) | {"day": row["day"]})
    return found[::-1] if sign == "<" else found


PAGES = [Page(path="/e/{key:path}", make=event)]
