"""A pair and what was asked in, its events out: as a table's page, and as marks under a chart."""

from calendar import monthrange
from datetime import date
from itertools import islice
from typing import Any

from detente.errors import BadInput
from detente.ontology import EVENT_TYPES
from detente.web.asking import Ask
from detente.web.finding import BOTH, pair
from detente.web.params import day
from detente.web.sight import Row, Sight
from detente.web.svg.level import MOST_DOTS, Act
from detente.web.wording import day as day_words
from detente.web.wording import shorten

CONFLICT = [name for name, entry in EVENT_TYPES.items() if entry.quad > 2]
COLUMNS = [
    "day", "start", "end", "precision", "type", "mode", "source", "target", "mutual", "status", "intensity",
    "confidence", "sentence", "trigger", "title", "outlet", "url", "published", "id", "document", "origin",
]  # fmt: skip
DONE = "status IN ('occurred', 'ongoing', 'alleged')"
MOST_ROWS = 100_000
DAY_SLOT = "0000-00-00"
"""Stands in an address for the day it is made for, once for each mark of a chart."""
BUSY = 60
LEAST = 5.0


def stretch(text: str) -> tuple[date, date]:
    """The days that a day (2012-09-26), a month (2012-09) or a year (2012) stands for. Raises BadInput."""
    first = day(text)
    if first is None or len(text) not in {4, 7, 10}:
        raise BadInput(f"{text[:40]!r} is no day, month or year; write it as 2012-09")
    if len(text) == 10:
        return first, first
    last_month = 12 if len(text) == 4 else first.month
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])


def events(ask: Ask, a: str, b: str, size: int | None) -> tuple[int, list[Row]]:
    """How many events of a pair fit, and those of the page asked for (all, up to 100,000, where size is None)."""
    where, values = _asked(ask, a, b)
    count = ask.sight.rows(f"SELECT count(*) AS n FROM event_pairs WHERE {where}", values)[0]["n"]
    skip = 0 if size is None else ((ask.params["page"] or 1) - 1) * size
    page = f"LIMIT {MOST_ROWS if size is None else size} OFFSET {skip}"
    chosen = ", ".join(f'"{name}"' for name in COLUMNS)
    order = "ORDER BY day DESC NULLS LAST, id"
    return count, ask.sight.rows(f"SELECT {chosen} FROM event_pairs WHERE {where} {order} {page}", values)


def strip(ask: Ask, a: str, b: str) -> list[Act]:
    """The acts of a pair for the strip under its chart: each of its own, or summed by month where they are many."""
    where, values = _asked(ask, a, b, table=False)
    where = f"{where} AND {DONE} AND day IS NOT NULL"
    count = ask.sight.rows(f"SELECT count(*) AS n FROM event_pairs WHERE {where}", values)[0]["n"]
    told = values | {"bad": CONFLICT}
    there = ask.here(on=DAY_SLOT, page=None) + "#events"
    side = "CASE WHEN list_contains($bad, type) THEN -1 ELSE 1 END AS side"
    if count <= MOST_DOTS:
        query = f"SELECT day, {side}, type, sentence, source, target FROM event_pairs WHERE {where} ORDER BY day, id"
        return [_dot(there, row) for row in ask.sight.rows(query, told)]
    query = f"SELECT date_trunc('month', day)::DATE AS day, {side}, count(*) AS n FROM event_pairs WHERE {where} GROUP BY ALL ORDER BY ALL"
    return [_bar(there, row) for row in ask.sight.rows(query, told)]


def suggestions(sight: Sight, a: str, b: str) -> list[str]:
    """Pairs worth a comparison: each of the two with its busiest other partners, as the address names them."""
    found = []
    for own, other in ((a, b), (b, a)):
        rows = [(sight.weights.get((min(own, n), max(own, n)), 0.0), n) for n in islice(sight.names, BUSY)]
        found += [f"{own}-{n}" for weight, n in sorted(rows, reverse=True)[:3] if weight >= LEAST and n != other][:2]
    return found


def parties(row: Row) -> str:
    """Who did it to whom: RUS → PAK + IND, or RUS – PAK of an act of both."""
    if not row["target"]:
        return " – ".join(row["source"])
    return f"{' + '.join(row['source'])} → {' + '.join(row['target'])}"


def _asked(ask: Ask, a: str, b: str, *, table: bool = True) -> tuple[str, dict[str, Any]]:
    """The condition for a pair's events; with `table`, what only the table is narrowed by too."""
    values: dict[str, Any] = dict(pair(a, b))
    where = ["{known}", BOTH]
    parts: list[tuple[str, str, Any]] = [
        ("since", "day >= $since", ask.params["since"]),
        ("until", "day <= $until", ask.params["until"]),
    ]
    if table:
        parts += [("type", "type = $type", ask.params["type"]), ("status", "status = $status", ask.params["status"])]
        if ask.params["on"]:
            first, last = ask.params["on"]
            parts += [("first", "day >= $first", first), ("last", "day <= $last", last)]
    for name, condition, value in parts:
        if value is not None:
            where.append(condition)
            values[name] = value
    way = ask.params["way"] or "both"
    if way != "both":
        one, other = (a, b) if way == "forth" else (b, a)
        where.append("(mutual OR (list_contains(source, $one) AND list_contains(target, $other)))")
        values |= {"one": one, "other": other}
    return " AND ".join(where), values


def _dot(there: str, row: Row) -> Act:
    words = f"{day_words(row['day'])}: {row['type']}, {parties(row)}"
    label = words + (f". {shorten(row['sentence'], 240)}" if row["sentence"] else "")
    return Act(row["day"], row["side"], label, there.replace(DAY_SLOT, str(row["day"])))


def _bar(there: str, row: Row) -> Act:
    kind = "cooperation" if row["side"] > 0 else "conflict"
    label = f"{day_words(row['day'], 'month')}: {row['n']:,} of {kind}"
    return Act(row["day"], row["side"], label, there.replace(DAY_SLOT, f"{row['day']:%Y-%m}"), row["n"])
