"""Filters in, SQL with its parameters out: one place where reads of coded events are spelled."""

from datetime import date, datetime
from typing import Any

from detente.record.schema import EVENT_COLUMNS

_EXPRESSIONS = {
    "start": 'e.start_day AS "start"',
    "end": 'e.end_day AS "end"',
    "trigger": "CASE WHEN e.trigger_start IS NULL THEN NULL ELSE substr(e.sentence, e.trigger_start - e.sentence_start"
    " + 1, e.trigger_end - e.trigger_start) END AS trigger",
    "copy": "d.copy",
    "title": "d.title",
    "url": "d.url",
    "outlet": "d.outlet",
}
_DYAD = (
    "((list_contains(e.source_ids, $a) AND list_contains(e.target_ids, $b)) "
    "OR (list_contains(e.source_ids, $b) AND list_contains(e.target_ids, $a)) "
    "OR (e.mutual AND list_contains(e.source_ids, $a) AND list_contains(e.source_ids, $b)))"
)
_ORDER = 'coalesce("start", published)'


def current(alias: str, at: datetime | None) -> str:
    """The condition for rows that stand now, or stood at the moment `$at` of the record's own time."""
    if at is None:
        return f"{alias}.retired_at IS NULL"
    return f"({alias}.recorded_at <= $at AND ({alias}.retired_at IS NULL OR {alias}.retired_at > $at))"


def select_documents(*, as_of: date | None, at: datetime | None) -> str:
    """Documents that stand, each with `copy`: whether one of its near-duplicates was known before it."""
    known = " AND d.known <= $as_of" if as_of is not None else ""
    return (
        "SELECT d.id, d.title, d.url, d.source AS outlet, d.cluster, row_number() OVER "
        "(PARTITION BY d.cluster ORDER BY d.known, d.recorded_at, d.id) > 1 AS copy "
        f"FROM documents d WHERE {current('d', at)}{known}"
    )


def select_events(
    *,
    actor: str | None = None,
    dyad: tuple[str, str] | None = None,
    type: str | None = None,
    since: date | None = None,
    until: date | None = None,
    status: str | None = None,
    document: str | None = None,
    id: str | None = None,
    as_of: date | None = None,
    at: datetime | None = None,
    copies: bool = False,
    limit: int | None = None,
) -> tuple[str, dict[str, Any]]:
    """The SELECT for `Record.events`; dates are inclusive, `as_of` goes by publication, `at` by transaction time.

    An event without a date of its own counts on the day its document was published.
    """
    a, b = dyad or (None, None)
    conditions: list[tuple[str, dict[str, Any]]] = [
        ("list_contains(e.source_ids || e.target_ids, $actor)", {"actor": actor}),
        (_DYAD, {"a": a, "b": b}),
        ("e.type = $type", {"type": type}),
        ("e.status = $status", {"status": status}),
        ("e.document = $document", {"document": document}),
        ("e.id = $id", {"id": id}),
        ("coalesce(e.end_day, e.published) >= $since", {"since": since}),
        ("coalesce(e.start_day, e.published) <= $until", {"until": until}),
        ("e.known <= $as_of", {"as_of": as_of}),
    ]
    where = [current("e", at)] + ([] if copies else ["NOT d.copy"])
    parameters: dict[str, Any] = {} if at is None else {"at": at}
    for condition, values in conditions:
        if all(value is not None for value in values.values()):
            where.append(condition)
            parameters |= values
    columns = ", ".join(_EXPRESSIONS.get(name, f"e.{name}") for name in EVENT_COLUMNS)
    query = (
        f"SELECT {columns}, e.seq FROM events e JOIN ({select_documents(as_of=as_of, at=at)}) d ON d.id = e.document "
        f"WHERE {' AND '.join(where)}"
    )
    if limit is not None:
        query = f"SELECT * FROM ({query}) ORDER BY {_ORDER} DESC NULLS LAST, id LIMIT {int(limit)}"
    return f"SELECT * EXCLUDE (seq) FROM ({query}) ORDER BY {_ORDER} NULLS FIRST, published, document, seq", parameters
