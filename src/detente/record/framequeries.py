"""Filters in, SQL with its parameters out: reads of statements, meetings and transfers."""

from datetime import date, datetime
from typing import Any

from detente.record.queries import current, select_documents
from detente.record.schema import TABLES

_HIDDEN = {"seq", "known", "recorded_at", "retired_at"}
_RENAMED = {"start_day": "start", "end_day": "end"}
_WORDS = (
    "CASE WHEN f.trigger_start IS NULL THEN NULL ELSE substr(f.sentence, f.trigger_start - f.sentence_start + 1, "
    'f.trigger_end - f.trigger_start) END AS "trigger"'
)
_ACTORS = {
    "statements": "list_concat(f.about, CASE WHEN f.actor IS NULL THEN [] ELSE [f.actor] END)",
    "meetings": "f.participants",
    "transfers": "list_concat(f.supplier, f.recipient)",
}
_DAY = {
    "statements": ("f.published", "f.published"),
    "meetings": ("coalesce(f.start_day, f.published)", "coalesce(f.end_day, f.start_day, f.published)"),
    "transfers": ("coalesce(f.start_day, f.published)", "coalesce(f.start_day, f.published)"),
}
_OWN = {
    "statements": {
        "speaker": "contains(lower(f.speaker), lower($speaker))",
        "spoken_for": "f.actor = $spoken_for",
        "kind": "f.kind = $kind",
        "certainty": "f.certainty = $certainty",
        "forecast": "f.forecast = $forecast",
    },
    "meetings": {"status": "f.status = $status", "format": "f.format = $format"},
    "transfers": {
        "supplier": "list_contains(f.supplier, $supplier)",
        "recipient": "list_contains(f.recipient, $recipient)",
        "stage": "f.stage = $stage",
        "item_class": "f.item_class = $item_class",
    },
}
"""Filters that one table alone has."""


def columns(table: str) -> list[str]:
    """What a read of this table returns, in this order."""
    own = [_RENAMED.get(name, name) for name in TABLES[table] if name not in _HIDDEN]
    return [*own, "trigger", "copy", "title", "url", "outlet"]


def select_frames(
    table: str,
    *,
    actor: str | None = None,
    dyad: tuple[str, str] | None = None,
    since: date | None = None,
    until: date | None = None,
    document: str | None = None,
    id: str | None = None,
    as_of: date | None = None,
    at: datetime | None = None,
    copies: bool = False,
    **own: Any,
) -> tuple[str, dict[str, Any]]:
    """The SELECT for `Record.statements`, `.meetings` or `.transfers`, by day.

    A frame without a date of its own counts on the day its document was published. `actor` stands on any side (of a
    statement: spoken for, or spoken about), `dyad` names two of them. Raises TypeError for a filter of another table.
    """
    unknown = own.keys() - _OWN[table].keys()
    if unknown:
        raise TypeError(f"{table} cannot be filtered by {min(unknown)}")
    first, last = _DAY[table]
    a, b = dyad or (None, None)
    conditions: list[tuple[str, dict[str, Any]]] = [
        (f"list_contains({_ACTORS[table]}, $actor)", {"actor": actor}),
        (f"list_contains({_ACTORS[table]}, $a) AND list_contains({_ACTORS[table]}, $b)", {"a": a, "b": b}),
        (f"{last} >= $since", {"since": since}),
        (f"{first} <= $until", {"until": until}),
        ("f.document = $document", {"document": document}),
        ("f.id = $id", {"id": id}),
        ("f.known <= $as_of", {"as_of": as_of}),
        *((condition, {name: own.get(name)}) for name, condition in _OWN[table].items()),
    ]
    where = [current("f", at)] + ([] if copies else ["NOT d.copy"])
    parameters: dict[str, Any] = {} if at is None else {"at": at}
    for condition, values in conditions:
        if all(value is not None for value in values.values()):
            where.append(f"({condition})")
            parameters |= values
    chosen = [f'f.{name} AS "{_RENAMED.get(name, name)}"' for name in TABLES[table] if name not in _HIDDEN]
    return (
        f"SELECT {', '.join(chosen)}, {_WORDS}, d.copy, d.title, d.url, d.outlet FROM {table} f "
        f"JOIN ({select_documents(as_of=as_of, at=at)}) d ON d.id = f.document WHERE {' AND '.join(where)} "
        f"ORDER BY {first} NULLS FIRST, f.published, f.document, f.seq"
    ), parameters
