"""Filters in, SQL with its parameters out: one place where reads of coded events are spelled."""

from datetime import date, datetime
from typing import Any

from detente.record.schema import EVENT_COLUMNS

_EXPRESSIONS = {
    "start": 'e.start_day AS "start"',
    "end": 'e.end_day AS "end"',
    "trigger": "CASE WHEN e.trigger_start IS NULL THEN NULL ELSE substr(e.sentence, e.trigger_start - e.sentence_start"
    " + 1, e.trigger_end - e.trigger_start) END AS trigger",
    "title": "d.title",
    "url": "d.url",
    "outlet": "d.source AS outlet",
}


def current(alias: str, at: datetime | None, parameters: list[Any]) -> str:
    """The condition for rows that stand now, or stood at a moment of the record's own time."""
    if at is None:
        return f"{alias}.retired_at IS NULL"
    parameters += [at, at]
    return f"{alias}.recorded_at <= ? AND ({alias}.retired_at IS NULL OR {alias}.retired_at > ?)"


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
) -> tuple[str, list[Any]]:
    """The SELECT for `Record.events`; dates are inclusive, `as_of` goes by publication, `at` by transaction time."""
    columns = ", ".join(_EXPRESSIONS.get(name, f"e.{name}") for name in EVENT_COLUMNS)
    joined: list[Any] = []
    document_stands = current("d", at, joined)
    parameters: list[Any] = []
    where = [current("e", at, parameters)]

    def add(condition: str, *values: Any) -> None:
        where.append(condition)
        parameters.extend(values)

    if not copies:
        add("NOT e.copy")
    if actor:
        add("(list_contains(e.source_ids, ?) OR list_contains(e.target_ids, ?))", actor, actor)
    if dyad:
        a, b = dyad
        add(
            "((list_contains(e.source_ids, ?) AND list_contains(e.target_ids, ?)) OR (list_contains(e.source_ids, ?) "
            "AND list_contains(e.target_ids, ?)) OR (e.mutual AND list_contains(e.source_ids, ?) "
            "AND list_contains(e.source_ids, ?)))", a, b, b, a, a, b,
        )  # fmt: skip
    for condition, value in (
        ("e.type = ?", type), ("e.status = ?", status), ("e.document = ?", document), ("e.id = ?", id),
        ("coalesce(e.end_day, e.published) >= ?", since), ("coalesce(e.start_day, e.published) <= ?", until),
        ("e.known <= ?", as_of),
    ):  # fmt: skip
        if value is not None:
            add(condition, value)
    order = "coalesce(e.start_day, e.published)"
    query = (
        f"SELECT {columns} FROM events e LEFT JOIN documents d ON d.id = e.document AND {document_stands} "
        f"WHERE {' AND '.join(where)}"
    )
    if limit is not None:
        query = f'SELECT * FROM ({query} ORDER BY {order} DESC NULLS LAST, e.id LIMIT {int(limit)}) ORDER BY coalesce("start", published) NULLS FIRST, id'
    else:
        query += f" ORDER BY {order} NULLS FIRST, e.published, e.document, e.seq, e.id"
    return query, joined + parameters
