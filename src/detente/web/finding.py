"""A sight in, what several pages show of it out: sentences behind turns, meetings, statements, deals, lines to draw."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
import numpy as np
from markupsafe import Markup
from msgspec import Struct

from detente.relations.arms import Deal, ledger
from detente.relations.calendar import calendar
from detente.relations.forecasts import Forecast, dyads, forecasts, pairs
from detente.relations.sittings import Sitting, span
from detente.types import Turn
from detente.web.sight import Row, Sight
from detente.web.svg.spark import spark
from detente.web.wording import actor_name, adjective, month

SPARK_MONTHS = 36
PAIR = {"a": "", "b": ""}
BOTH = "a = $a AND b = $b"
_FORETELLING = (
    'id, document, type, status, source AS source_ids, target AS target_ids, mutual, "start", published, sentence'
)
MEETING_SPAN = timedelta(130)
"""How far from a day reports of a meeting on that day may lie."""


class Told(Struct, kw_only=True):
    """A turn with what a card shows: its line and the coded events behind it, those with sentences."""

    turn: Turn
    spark: Markup
    behind: list[Row]


def pair(a: str, b: str) -> dict[str, str]:
    """The values of a query on a `_pairs` table."""
    return {"a": min(a, b), "b": max(a, b)}


def told(sight: Sight, turns: list[Turn], sentences: int = 1, months: int = SPARK_MONTHS) -> list[Told]:
    """Turns with their lines and the strongest sentences behind each."""
    spoken = behind(sight, turns)
    return [
        Told(turn=turn, spark=turn_spark(sight, turn, months), behind=rows[:sentences])
        for turn, rows in zip(turns, spoken, strict=True)
    ]


def behind(sight: Sight, turns: list[Turn]) -> list[list[Row]]:
    """The events behind each turn that have a sentence, the strongest first, each sentence once."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for a, b in {(turn.a, turn.b) for turn in turns} if sight.has("events", "sentence IS NOT NULL") else ():
        ids = [key for turn in turns if (turn.a, turn.b) == (a, b) for key in turn.events]
        query = f"SELECT * FROM event_pairs WHERE {BOTH} AND sentence IS NOT NULL AND id IN (SELECT unnest($ids::VARCHAR[]))"
        found[a, b] = {row["id"]: row for row in sight.rows(query, pair(a, b) | {"ids": ids})}
    spoken = [[found.get((turn.a, turn.b), {}).get(key) for key in turn.events] for turn in turns]
    return [list({row["sentence"]: row for row in rows if row}.values()) for rows in spoken]


def turn_spark(sight: Sight, turn: Turn, months: int = SPARK_MONTHS) -> Markup:
    """The line of a turn's pair up to a year after it, with the month marked."""
    row = sight.level_row(turn.a, turn.b)
    starts = sight.levels.starts
    if row is None or turn.month not in starts:
        return Markup("")
    at = starts.index(turn.month)
    end = min(len(starts), at + 13)
    first = max(0, end - months)
    title = f"{actor_name(turn.a)} – {actor_name(turn.b)}: level to {month(starts[end - 1])}, {adjective(turn.direction)} in {month(turn.month)}"
    return spark(levels_of(sight, row, first, end), title, mark=at - first)


def pair_spark(sight: Sight, a: str, b: str, months: int = SPARK_MONTHS) -> Markup:
    """The line of a pair over its last months."""
    row = sight.level_row(a, b)
    if row is None:
        return Markup("")
    end = len(sight.levels.starts)
    first = max(0, end - months)
    return spark(
        levels_of(sight, row, first, end), f"{actor_name(a)} – {actor_name(b)}: level, last {end - first} months"
    )


def levels_of(sight: Sight, row: int, first: int, end: int) -> list[tuple[float | None, float | None, float | None]]:
    """(level, low, high) of a pair by month; None where there is insufficient data."""
    held = [getattr(sight.levels, name)[row, first:end] for name in ("level", "low", "high")]
    return [tuple(None if np.isnan(v) else float(v) for v in values) for values in zip(*held, strict=True)]  # type: ignore[misc]


def level_now(sight: Sight, a: str, b: str) -> float | None:
    """A pair's level in the last month, None where there is insufficient data."""
    row = sight.level_row(a, b)
    if row is None or not sight.levels.starts:
        return None
    value = float(sight.levels.level[row, -1])
    return None if np.isnan(value) else value


def sittings(sight: Sight, today: date, where: str = "TRUE", values: dict[str, Any] | None = None, *, pairs: bool = False) -> list[Sitting]:  # fmt: skip
    """Meetings behind the reports that fit, as of a day, by date; `where` goes to the shelf's table."""
    table = "meeting_pairs" if pairs else "meetings"
    rows = sight.rows(f"SELECT * FROM {table} WHERE {{known}} AND {where}", values) if sight.has("meetings") else []
    return calendar(rows, today=today)


def due(
    sight: Sight, today: date, days: int, where: str = "TRUE", values: dict[str, Any] | None = None
) -> list[Sitting]:
    """Meetings that may still be held and fall in the days to come, soonest first."""
    last = today + timedelta(days)
    near = f"({where}) AND (day IS NULL OR day BETWEEN $from AND $to)"
    told = (values or {}) | {"from": today - MEETING_SPAN, "to": last + MEETING_SPAN}
    found = [(span(s), s) for s in sittings(sight, today, near, told) if s.open]
    return [s for when, s in found if when is not None and when[1] >= today and when[0] <= last]


def statements(sight: Sight, limit: int, where: str = "TRUE", values: dict[str, Any] | None = None, *, pairs: bool = False, skip: int = 0) -> list[Row]:  # fmt: skip
    """Statements that fit, the newest first."""
    table = "statement_pairs" if pairs else "statements"
    query = f"SELECT * FROM {table} WHERE {{known}} AND {where} ORDER BY day DESC NULLS LAST, id LIMIT {int(limit)} OFFSET {int(skip)}"
    return sight.rows(query, values) if sight.has("statements") else []


def corrected(sight: Sight) -> dict[str, list[str]]:
    """What editors accepted as wrong with events, by then: in words, by event."""
    return sight.once("corrected", lambda: _corrected(sight))


def _corrected(sight: Sight) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in sight.rows("SELECT event, kind, value FROM corrections WHERE {known} ORDER BY recorded_at"):
        value = msgspec.json.decode(row["value"])
        words = ", ".join(value) if isinstance(value, list) else str(value)
        found.setdefault(row["event"], []).append(
            "not an event" if row["kind"] == "not_event" else f"{row['kind']} {words}"
        )
    return found


def resolutions(sight: Sight) -> dict[str, Row]:
    """What people wrote of forecasts by then, by statement."""
    return sight.once("resolutions", lambda: {row["statement"]: row for row in _resolutions(sight)})


def _resolutions(sight: Sight) -> list[Row]:
    record = sight.record.beside()
    try:
        end = None if sight.as_of is None else datetime.combine(sight.as_of, time.max, UTC)
        rows: list[Row] = record.resolutions(at=end).to_pylist()
    finally:
        record.close()
    return [row for row in rows if row["outcome"] != "open"]


def foretold(sight: Sight, rows: list[Row], today: date) -> list[Forecast]:
    """Forecasts (rows of `statements`) with their fate; events are looked up for these alone."""
    if not rows:
        return []
    told = sight.rows(
        f"SELECT {_FORETELLING} FROM events WHERE {{known}} AND document IN (SELECT unnest($documents::VARCHAR[]))",
        {"documents": sorted({row["document"] for row in rows})},
    )
    among = {pair for row in rows for pair in pairs(row)} | {pair for event in told for pair in dyads(event)}
    first = min((row["published"] for row in rows if row["published"]), default=today)
    names = [f"{a} {b}" for a, b in sorted(among)]
    later = sight.rows(
        f"SELECT DISTINCT {_FORETELLING} FROM event_pairs WHERE {{known}} AND a || ' ' || b IN (SELECT unnest($names::VARCHAR[])) "
        "AND a IN (SELECT unnest($firsts::VARCHAR[])) AND published >= $first AND sentence IS NOT NULL",
        {"names": names, "firsts": sorted({a for a, _ in among}), "first": first},
    ) if among else []  # fmt: skip
    return forecasts(rows, [*told, *later], resolutions(sight).values(), today=today)


def deals(sight: Sight, today: date, where: str = "TRUE", values: dict[str, Any] | None = None, *, pairs: bool = False) -> list[Deal]:  # fmt: skip
    """Deals behind the reports of arms transfers that fit."""
    table = "transfer_pairs" if pairs else "transfers"
    if not sight.has("transfers"):
        return []
    return ledger(sight.rows(f"SELECT * FROM {table} WHERE {{known}} AND {where}", values), today=today)
