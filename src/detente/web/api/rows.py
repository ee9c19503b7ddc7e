"""Lists of what is in the record: events, statements, reports of meetings and of transfers, documents, actors."""

from datetime import date
from typing import Any, get_args

from msgspec import Struct

from detente import actors
from detente.errors import NotThere
from detente.ontology import CONTEXTS, EVENT_TYPES
from detente.types import Certainty, MeetingStatus, StatementKind, Status, TransferStage
from detente.web.actors import actor_of
from detente.web.api.declare import LIMIT, Endpoint, Listing, choice, day, number, text, yes
from detente.web.api.shapes import ActorRow, DocumentRow, EventRow, MeetingRow, StatementRow, TransferRow
from detente.web.asking import Ask
from detente.web.wording import actor_name

NO_DAY = 0


def listing(
    ask: Ask, table: str, item: type[Struct], where: list[str], values: dict[str, Any], key: str = "day"
) -> Listing:
    """A page of a table, the newest first, then by id; what has no day comes last."""
    limit = ask.params["limit"] or LIMIT
    where = ["{known}", *where]
    if ask.params["after"]:
        ordinal, last = ask.params["after"]
        edge = date.fromordinal(min(ordinal, date.max.toordinal())) if ordinal else None
        if edge is None:
            where.append(f"{key} IS NULL AND id > $last")
        else:
            where.append(f"({key} < $edge OR ({key} = $edge AND id > $last) OR {key} IS NULL)")
            values = values | {"edge": edge}
        values = values | {"last": bytes.fromhex(last[1:]).decode() if last.startswith("-") else last}
    columns = ", ".join(f'"{name}"' for name in item.__struct_fields__)
    rows = ask.sight.rows(
        f"SELECT {columns} FROM {table} WHERE {' AND '.join(where)} ORDER BY {key} DESC NULLS LAST, id LIMIT {limit + 1}",
        values,
    )
    more = len(rows) > limit
    return Listing(items=rows[:limit], after=_cursor(rows[limit - 1], key) if more else None)


def _cursor(row: dict[str, Any], key: str) -> str:
    plain = all(c.isascii() and (c.isalnum() or c in ":._-") for c in row["id"]) and not row["id"].startswith("-")
    last = row["id"] if plain else "-" + row["id"].encode().hex()
    return f"{row[key].toordinal() if row[key] else NO_DAY}~{last}"


def narrowed(ask: Ask, conditions: dict[str, str], named: tuple[str, ...] = ()) -> tuple[list[str], dict[str, Any]]:
    """The conditions of the parameters that were given; `named` are names of actors."""
    where, values = list[str](), dict[str, Any]()
    for name, condition in conditions.items():
        value = ask.params[name]
        if value is not None:
            where.append(condition)
            values[name] = actor_of(ask.sight, value) if name in named else value
    return where, values


EVENTS = {
    "actor": "(list_contains(source, $actor) OR list_contains(target, $actor))",
    "source": "list_contains(source, $source)",
    "target": "(list_contains(target, $target) OR (mutual AND list_contains(source, $target)))",
    "type": "type = $type", "mode": "mode = $mode", "context": "list_contains(contexts, $context)",
    "status": "status = $status", "document": "document = $document", "since": "day >= $since", "until": "day <= $until",
    "q": "contains(lower(sentence), lower($q))",
}  # fmt: skip


def events(ask: Ask) -> Listing:
    """Events that fit."""
    where, values = narrowed(ask, EVENTS, ("actor", "source", "target"))
    table = "events"
    if ask.params["a"] and ask.params["b"]:
        pair = sorted(actor_of(ask.sight, ask.params[name]) for name in ("a", "b"))
        table, where = "event_pairs", [*where, "a = $a AND b = $b"]
        values |= {"a": pair[0], "b": pair[1]}
    elif ask.params["a"] or ask.params["b"]:
        where.append("(list_contains(source, $a) OR list_contains(target, $a))")
        values["a"] = actor_of(ask.sight, ask.params["a"] or ask.params["b"])
    return listing(ask, table, EventRow, where, values)


def event(ask: Ask) -> dict[str, Any]:
    """One event."""
    return one(ask, "events", EventRow)


def document(ask: Ask) -> dict[str, Any]:
    """What is known of one page."""
    return one(ask, "documents", DocumentRow)


def one(ask: Ask, table: str, item: type[Struct]) -> dict[str, Any]:
    """One row by its id. Raises NotThere."""
    columns = ", ".join(f'"{name}"' for name in item.__struct_fields__)
    found = ask.sight.rows(
        f"SELECT {columns} FROM {table} WHERE {{known}} AND id = $id LIMIT 1", {"id": ask.places["key"]}
    )
    if not found:
        raise NotThere(f"There is no {table[:-1]} {ask.places['key'][:80]!r}.")
    return found[0]


def statements(ask: Ask) -> Listing:
    """Statements that fit."""
    conditions = {
        "actor": "actor = $actor", "about": "list_contains(about, $about)", "kind": "kind = $kind",
        "speaker": "contains(lower(speaker), lower($speaker))", "certainty": "certainty = $certainty",
        "forecast": "forecast = $forecast", "document": "document = $document", "since": "day >= $since",
        "until": "day <= $until", "q": "contains(lower(text), lower($q))",
    }  # fmt: skip
    return listing(ask, "statements", StatementRow, *narrowed(ask, conditions, ("actor", "about")))


def meetings(ask: Ask) -> Listing:
    """Reports of meetings that fit."""
    conditions = {
        "actor": "list_contains(participants, $actor)", "status": "status = $status", "document": "document = $document",
        "since": "day >= $since", "until": "day <= $until",
    }  # fmt: skip
    return listing(ask, "meetings", MeetingRow, *narrowed(ask, conditions, ("actor",)))


def transfers(ask: Ask) -> Listing:
    """Reports of arms transfers that fit."""
    conditions = {
        "supplier": "list_contains(supplier, $supplier)", "recipient": "list_contains(recipient, $recipient)",
        "stage": "stage = $stage", "document": "document = $document", "since": "day >= $since", "until": "day <= $until",
    }  # fmt: skip
    return listing(ask, "transfers", TransferRow, *narrowed(ask, conditions, ("supplier", "recipient")))


def documents(ask: Ask) -> Listing:
    """Pages that fit."""
    conditions = {
        "outlet": "contains(lower(outlet), lower($outlet))", "q": "contains(lower(title), lower($q))",
        "since": "day >= $since", "until": "day <= $until",
    }  # fmt: skip
    return listing(ask, "documents", DocumentRow, *narrowed(ask, conditions))


def every_actor(ask: Ask) -> list[ActorRow]:
    """The busiest actors, by the weight of their acts."""
    return [actor_row(name, acts) for name, acts in list(ask.sight.names.items())[: ask.params["top"] or LIMIT]]


def actor(ask: Ask) -> ActorRow:
    """One actor by id or name."""
    key = actor_of(ask.sight, ask.places["actor"])
    return actor_row(key, ask.sight.names.get(key, 0.0))


def actor_row(key: str, acts: float) -> ActorRow:
    """What is known of an actor."""
    entry = actors.lookup(key)
    return ActorRow(id=key, name=actor_name(key), kind=entry.kind if entry else None, acts=round(acts, 2))


_DAYS = {"since": day(), "until": day()}
_NAME = "an actor, by id or name"
ENDPOINTS = [
    Endpoint(path="/actors", title="Actors that acts are known of, the busiest first", make=every_actor, item=list[ActorRow],
             params={"top": number(1, 5000, f"how many, {LIMIT} if not given")}, example="/actors?top=3"),
    Endpoint(path="/actors/{actor:str}", title="One actor", make=actor, item=ActorRow, places={"actor": _NAME}, example="/actors/RUS"),
    Endpoint(path="/events", title="Events, the newest first", make=events, item=EventRow, listing=True, example="/events?a=RUS&b=PAK&limit=1",
             params={"a": text(_NAME), "b": text(f"{_NAME}; with a: events between the two"), "actor": text(_NAME), "source": text(_NAME),
                     "target": text(_NAME), "type": choice(sorted(EVENT_TYPES), "PLOVER type"), "mode": text("mode of the type", 40),
                     "context": choice(sorted(CONTEXTS), "context"), "status": choice(get_args(Status), "whether it happened"),
                     "document": text("id of a page", 400), "q": text("words of its sentence"), **_DAYS}),
    Endpoint(path="/events/{key:path}", title="One event", make=event, item=EventRow, places={"key": "the event's id"}),
    Endpoint(path="/statements", title="Statements, the newest first", make=statements, item=StatementRow, listing=True,
             example="/statements?forecast=true&limit=1",
             params={"speaker": text("a part of the speaker's name"), "actor": text("whom the speaker speaks for"), "about": text(_NAME),
                     "kind": choice(get_args(StatementKind), "how it is told"), "certainty": choice(get_args(Certainty), "how sure the speaker is"),
                     "forecast": yes("whether it is about what will happen"), "document": text("id of a page", 400), "q": text("words of it"), **_DAYS}),
    Endpoint(path="/meetings", title="Reports of meetings, the newest first", make=meetings, item=MeetingRow, listing=True,
             example="/meetings?actor=RUS&limit=1", params={"actor": text(_NAME), "status": choice(get_args(MeetingStatus), "as reported"),
                                      "document": text("id of a page", 400), **_DAYS}),
    Endpoint(path="/transfers", title="Reports of arms transfers, the newest first", make=transfers, item=TransferRow, listing=True,
             example="/transfers?limit=1", params={"supplier": text(_NAME), "recipient": text(_NAME), "stage": choice(get_args(TransferStage), "as reported"),
                                       "document": text("id of a page", 400), **_DAYS}),
    Endpoint(path="/documents", title="Pages, the newest first, without their texts", make=documents, item=DocumentRow, listing=True,
             example="/documents?limit=1", params={"outlet": text("a part of the outlet's name"), "q": text("words of the title"), **_DAYS}),
    Endpoint(path="/documents/{key:path}", title="One page, without its text", make=document, item=DocumentRow, places={"key": "the page's id"}),
]  # fmt: skip
