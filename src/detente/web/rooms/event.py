"""One event: its sentence, what each field of it means, who reported it, what came before and after between the two."""

from typing import Any

import msgspec

from detente.errors import NotThere
from detente.ontology import EVENT_TYPES, MODES
from detente.record.pages import SHELVED, full_row
from detente.record.rows import event_of
from detente.web import marking
from detente.web.asking import Answer, Ask, Page
from detente.web.finding import BOTH, pair
from detente.web.marking import event_marks, tone_of_type
from detente.web.marks import Mark, pieces
from detente.web.rooms.document import coded, visible
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
    row, versions = traced(ask, key)
    if row is None:
        raise NotThere(f"The record holds no event {key[:80]!r}{' that was known by then' if ask.as_of else ''}.")
    a, b = two(row)
    page = coded(ask, row["document"]) if row["document"] else None
    retired = bool(versions) and versions[0]["retired_at"] is not None
    others = [(k, e) for k, e in page.events.items() if k != key] if page else []
    here = [(k, e) for k, e in others if e.evidence.start < row["sentence_end"] and e.evidence.end > row["sentence_start"]] if retired else []  # fmt: skip
    made = marking.parts(visible(ask, page)) if page else []
    return render(
        ask,
        "event.html",
        row=row,
        page=page,
        headline=headline(row),
        a=a,
        b=b,
        tone=tone_of_type(row["type"]),
        words=words_of(row),
        parts=pieces(row["sentence"], in_sentence(row)) if row["document"] and row["sentence"] else [],
        about=EVENT_TYPES[row["type"]].definition if row["type"] in EVENT_TYPES else "",
        mode=mode_words(row),
        status=STATUS.get(row["status"], ""),
        corrections=corrections(ask, key),
        versions=versions,
        retired=versions[0]["retired_at"].date() if retired else None,
        instead=here,
        part=marking.part_of(made, row["sentence_start"]) if len(made) > 1 else None,
        others=others[:OTHERS],
        before=near(ask, a, b, row, "<"),
        after=near(ask, a, b, row, ">"),
    )


def corrections(ask: Ask, key: str) -> list[Row]:
    """What editors accepted as wrong with the event, by then."""
    found = ask.sight.rows("SELECT * FROM corrections WHERE {known} AND event = $id ORDER BY recorded_at", {"id": key})
    return [row | {"value": msgspec.json.decode(row["value"])} for row in found]


def traced(ask: Ask, key: str) -> tuple[Row | None, list[Row]]:
    """The event as the shelf has it, else as the record does (a copy's, a retired one, another dataset's); all its codings."""
    found = ask.sight.rows("SELECT * FROM events WHERE {known} AND id = $id LIMIT 1", {"id": key})
    if found and found[0]["document"] is None:
        return found[0], []
    if found:
        ordered = "ORDER BY recorded_at DESC, retired_at IS NULL DESC"
        told = ask.sight.rows(f"SELECT * FROM versions WHERE {{known}} AND id = $id {ordered}", {"id": key})
        return found[0], told
    record = ask.sight.record.beside()
    try:
        versions = record.versions(key)
        imported = record.imported_event(key) if not versions else []
    finally:
        record.close()
    by_then = [row for row in versions if ask.as_of is None or row["known"] <= ask.as_of]
    if by_then:
        return shelf_row(by_then[0]), by_then
    rows = [imported_row(r) for r in imported if ask.as_of is None or (r["date"] and r["date"] <= ask.as_of)]
    return (rows[0] if rows else None), []


def shelf_row(row: Row) -> Row:
    """A full row of the record under the names that the shelf has."""
    names = {own: shelved for shelved, own in SHELVED.items()}
    made = {names.get(key, key): value for key, value in row.items()}
    start, at = row["trigger_start"], row["sentence_start"]
    trigger = None if start is None else (row["sentence"] or "")[start - at : row["trigger_end"] - at]
    return made | {"origin": "coded", "day": row["start_day"] or row["published"], "trigger": trigger}


def imported_row(row: Row) -> Row:
    """A row of an imported dataset under the names that the shelf has."""
    sides = {side: [row[side]] if row[side] else [] for side in ("source", "target")}
    raw = {f"{side}_names": [row[f"{side}_raw"]] if row[f"{side}_raw"] else [] for side in ("source", "target")}
    plain = dict.fromkeys(("document", "confidence", "attributed_to", "trigger", "title", "outlet", "sentence_start"))
    strength = row["intensity"] if row["intensity"] is not None else row["goldstein"]
    return plain | sides | raw | {
        "id": row["external_id"], "origin": row["dataset"], "day": row["date"], "start": row["date"], "end": row["date"],
        "precision": "day", "type": row["type"], "mode": row["mode"], "contexts": [], "mutual": False, "status": "occurred",
        "intensity": strength, "place": row["place_name"], "sentence": row["text"], "published": row["date"],
        "known": row["date"], "url": row["url"],
    }  # fmt: skip


def in_sentence(row: Row) -> list[Mark]:
    """The marks of an event's own sentence, counted from its start."""
    start = row["sentence_start"]
    found = event_marks(row["id"], event_of(full_row(row)), " " * start + row["sentence"])
    return [Mark(m.start - start, m.end - start, m.kind, m.key, m.tone) for m in found if m.end > start]


def words_of(row: Row) -> dict[str, Any]:
    """The words of the sentence that decided the event: the trigger and those that name the parties."""
    if not row["document"] or not row["sentence"]:
        return {"trigger": None, "parties": []}
    own, start = event_of(full_row(row)), row["sentence_start"]
    spans = [(a.id, a.mention) for a in (*own.source, *own.target) if a.mention and start <= a.mention[0]]
    named = [(key, row["sentence"][a - start : b - start]) for key, (a, b) in spans]
    return {"trigger": row["trigger"], "parties": list(dict.fromkeys(pair for pair in named if pair[1]))}


def mode_words(row: Row) -> str:
    """What an event's mode means."""
    known = MODES.get(row["type"], {}).get(row["mode"])
    return known.meaning if known else ""


def two(row: Row) -> tuple[str | None, str | None]:
    """The pair that an event is between, as far as it has two sides."""
    sides = [*row["source"], *row["target"]]
    first = sides[0] if sides else None
    return first, next((one for one in reversed(sides) if one != first), None)


def headline(row: Row) -> str:
    """Who did what to whom, when."""
    names = [" and ".join(dict.fromkeys(map(actor_name, row[side]))) for side in ("source", "target")]
    mode = f", {row['mode']}" if row["mode"] else ""
    parties = f"{names[0] or 'somebody'} → {names[1]}" if names[1] else names[0] or "somebody"
    return f"{parties}: {row['type'] or 'no known type'}{mode}" + (
        f", {day(row['day'], row['precision'])}" if row["day"] else ""
    )


def near(ask: Ask, a: str | None, b: str | None, row: Row, sign: str) -> list[Row]:
    """The events of the pair next before or after."""
    if a is None or b is None or row["day"] is None:
        return []
    order = "DESC" if sign == "<" else "ASC"
    query = (
        f"SELECT * FROM event_pairs WHERE {{known}} AND {BOTH} AND (day {sign} $day OR (day = $day AND id {sign} $id)) "
        f"ORDER BY day {order}, id {order} LIMIT {NEAR}"
    )
    found = ask.sight.rows(query, pair(a, b) | {"day": row["day"], "id": row["id"]})
    return found[::-1] if sign == "<" else found


PAGES = [Page(path="/e/{key:path}", make=event)]
