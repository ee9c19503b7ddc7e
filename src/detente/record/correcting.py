"""What an editor accepted as wrong with an event in, a row of the record out; and events as they are with all that was accepted.

Nothing is overwritten: the coded event stays as it is, a correction stands beside it, and measures use both. A correction is
known from the day it was accepted; taking it back retires it.
"""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from detente import actors
from detente.errors import BadInput
from detente.ontology import EVENT_TYPES, intensity
from detente.record.lake import Lake
from detente.record.queries import current

KINDS = ("not_event", "type", "status", "source", "target", "date")
STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "denied", "alleged")


class Correction(Struct, kw_only=True, frozen=True):
    """One accepted correction. value: the right type, status, list of actor ids or day; of `not_event` nothing."""

    id: str
    event: str
    kind: str
    value: Any = None
    note: str | None = None
    person: str | None = None
    decided_by: str | None = None


def checked(kind: str, value: Any) -> Any:
    """A value as it is kept. Raises BadInput for a kind or value that is not known."""
    if kind not in KINDS:
        raise BadInput(f"{kind!r} is no kind of correction; choose one of {', '.join(KINDS)}")
    if kind == "type" and value not in EVENT_TYPES:
        raise BadInput(f"{value!r} is no event type; choose one of {', '.join(EVENT_TYPES)}")
    if kind == "status" and value not in STATUSES:
        raise BadInput(f"{value!r} is no status; choose one of {', '.join(STATUSES)}")
    if kind in {"source", "target"}:
        ids = value if isinstance(value, list) else [v.strip() for v in str(value).split(",") if v.strip()]
        unknown = [one for one in ids if actors.lookup(one.split(".")[0]) is None]
        if unknown or not ids:
            raise BadInput(f"{(unknown or ['nothing'])[0]!r} is no actor; name ids such as RUS, several as RUS,IND")
        return ids
    if kind == "date":
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise BadInput(f"{value!r} is no date; write it as 2012-09-30") from None
    return None if kind == "not_event" else value


def correct(lake: Lake, said: Correction, now: datetime | None = None) -> None:
    """Keep a correction, within the transaction of the caller; one of the same kind before it is retired.

    The same id twice is one correction. Raises BadInput where there is no such event, or the value is not known.
    """
    value = checked(said.kind, said.value)
    if lake.run("SELECT 1 FROM corrections WHERE id = ? AND retired_at IS NULL", [said.id]).fetchone():
        return
    event = lake.run(
        "SELECT type, mode, status FROM events WHERE id = ? AND retired_at IS NULL", [said.event]
    ).fetchone()
    if event is None:
        raise BadInput(f"no event {said.event!r} in this record; `detente events --json` lists their ids")
    at = now or datetime.now(UTC)
    lake.connection.execute(
        "UPDATE corrections SET retired_at = ? WHERE event = ? AND kind = ? AND retired_at IS NULL",
        [at, said.event, said.kind],
    )
    lake.connection.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [
            said.id,
            said.event,
            said.kind,
            msgspec.json.encode(value).decode(),
            said.note,
            said.person,
            said.decided_by,
            at.date(),
            at,
        ],
    )


def undo(lake: Lake, key: str) -> None:
    """Take a correction back; it stays in the history. Raises BadInput where there is none."""
    if lake.run("SELECT 1 FROM corrections WHERE id = ? AND retired_at IS NULL", [key]).fetchone() is None:
        raise BadInput(f"no correction {key!r} stands in this record; `detente corrections list` shows them")
    lake.connection.execute(
        "UPDATE corrections SET retired_at = ? WHERE id = ? AND retired_at IS NULL", [datetime.now(UTC), key]
    )


def select_corrections(
    lake: Lake, *, event: str | None = None, as_of: date | None = None, history: bool = False
) -> list[dict[str, Any]]:
    """Corrections with the event they are of as it was coded, oldest first; `stale` where that event stands no more."""
    where = [
        "TRUE" if history else "c.retired_at IS NULL",
        "($event::VARCHAR IS NULL OR c.event = $event)",
        "($day::DATE IS NULL OR c.known <= $day)",
    ]
    rows = lake.run(
        "SELECT c.*, e.type AS coded_type, e.status AS coded_status, e.source_ids AS coded_source, e.target_ids AS coded_target, "
        "e.start_day AS coded_date, e.sentence, e.document, e.id IS NULL AS stale FROM corrections c "
        "LEFT JOIN events e ON e.id = c.event AND e.retired_at IS NULL "
        f"WHERE {' AND '.join(where)} ORDER BY c.recorded_at, c.id",
        {"event": event, "day": as_of},
    ).to_arrow_table().to_pylist()  # fmt: skip
    return [row | {"value": msgspec.json.decode(row["value"])} for row in rows]


def any_corrections(lake: Lake) -> bool:
    """Whether anything was ever corrected: where not, nothing is to be joined."""
    return lake.run("SELECT 1 FROM corrections LIMIT 1").fetchone() is not None


def corrected(as_of: date | None, at: datetime | None) -> str:
    """A query for events with what was accepted put in: no rows for those that are none."""
    known = " AND c.known <= $as_of" if as_of is not None else ""
    strength = " ".join(f"WHEN '{name}' THEN {intensity(name)}" for name in EVENT_TYPES)

    def latest(kind: str) -> str:
        return f"max_by(value, recorded_at) FILTER (kind = '{kind}')"

    return (
        "(SELECT e.* REPLACE (coalesce(f.type, e.type) AS type, coalesce(f.status, e.status) AS status, "
        f"CASE f.type {strength} ELSE e.intensity END AS intensity, "
        "coalesce(f.source, e.source_ids) AS source_ids, coalesce(f.target, e.target_ids) AS target_ids, "
        "coalesce(f.day, e.start_day) AS start_day, coalesce(f.day, e.end_day) AS end_day, "
        "CASE WHEN f.source IS NULL AND f.target IS NULL THEN e.mutual ELSE e.mutual AND len(coalesce(f.target, e.target_ids)) = 0 END AS mutual) "
        f"FROM events e LEFT JOIN (SELECT event, json_extract_string({latest('type')}, '$') AS type, "
        f"json_extract_string({latest('status')}, '$') AS status, from_json({latest('source')}, '[\"VARCHAR\"]') AS source, "
        f"from_json({latest('target')}, '[\"VARCHAR\"]') AS target, json_extract_string({latest('date')}, '$')::DATE AS day, "
        f"bool_or(kind = 'not_event') AS none FROM corrections c WHERE {current('c', at)}{known} GROUP BY event) f "
        "ON f.event = e.id WHERE f.none IS NOT TRUE)"
    )


def select_training(lake: Lake) -> list[dict[str, Any]]:
    """Sentences of corrected events as gold items: every event coded from such a sentence, as corrected."""
    rows = lake.run(
        f"SELECT e.* FROM {corrected(None, None)} e JOIN (SELECT DISTINCT v.document, v.sentence_start FROM corrections c JOIN events v "
        "ON v.id = c.event AND v.retired_at IS NULL WHERE c.retired_at IS NULL) s USING (document, sentence_start) "
        "ORDER BY e.document, e.sentence_start, e.seq"
    ).to_arrow_table().to_pylist()  # fmt: skip
    places = lake.run(
        "SELECT DISTINCT v.document, v.sentence_start, v.sentence, coalesce(v.published, v.start_day) AS day FROM corrections c "
        "JOIN events v ON v.id = c.event AND v.retired_at IS NULL WHERE c.retired_at IS NULL ORDER BY 1, 2"
    ).to_arrow_table().to_pylist()  # fmt: skip
    items = {
        (p["document"], p["sentence_start"]): {
            "id": f"{p['document']}@{p['sentence_start']}", "date": str(p["day"]), "text": p["sentence"], "events": list[Any]()
        }
        for p in places
        if p["day"] is not None
    }  # fmt: skip
    for row in rows:
        item = items.get((row["document"], row["sentence_start"]))
        if item is not None:
            trigger = None
            if row["trigger_start"] is not None:
                first = row["trigger_start"] - row["sentence_start"]
                trigger = row["sentence"][first : first + row["trigger_end"] - row["trigger_start"]]
            item["events"].append({
                "source": row["source_ids"], "target": row["target_ids"], "type": row["type"], "status": row["status"],
                "mutual": row["mutual"], "trigger": trigger, "required": True,
            })  # fmt: skip
    return list(items.values())
