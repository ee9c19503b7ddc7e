"""The record in, its state out: counts, coverage, freshness, coders, and what was skipped with the reason."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct, field

from detente.record.lake import Lake
from detente.record.schema import CODED

EXAMPLES = 20
SKIPPED = (
    "o.result = 'skipped' AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.origin = o.origin "
    "AND d.recorded_at > o.recorded_at)"
)
"""What was skipped and has not been taken in since."""


class Status(Struct, kw_only=True):
    """What a record holds. `skipped` counts by reason; `skipped_items` names up to 20 of them, newest first."""

    documents: int
    events: int
    statements: int
    meetings: int
    transfers: int
    copies: int
    dyads: int
    first_published: date | None
    last_published: date | None
    undated: int
    last_recorded: datetime | None
    batches: int
    disk_mb: float
    coders: dict[str, int] = field(default_factory=dict)
    event_types: dict[str, int] = field(default_factory=dict)
    event_statuses: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    imported: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    skipped_items: list[dict[str, str]] = field(default_factory=list)


def read_status(lake: Lake) -> Status:
    """Gather the state of a record."""

    def one(query: str) -> tuple[Any, ...]:
        return lake.run(query).fetchone() or ()

    def counts(query: str) -> dict[str, int]:
        return {str(key): n for key, n in lake.run(query).fetchall()}

    documents, first, last, undated, copies, recorded = one(
        "SELECT count(*), min(published), max(published), count(*) FILTER (published IS NULL), "
        "count(*) FILTER (cluster <> id), max(recorded_at) FROM documents WHERE retired_at IS NULL"
    )
    dyads = one(
        "WITH e AS (SELECT source_ids s, CASE WHEN mutual THEN source_ids ELSE target_ids END t FROM events "
        "WHERE retired_at IS NULL), a AS (SELECT unnest(s) x, t FROM e), p AS (SELECT x, unnest(t) y FROM a) "
        "SELECT count(DISTINCT (least(x, y), greatest(x, y))) FROM p WHERE x <> y"
    )[0]
    skipped = lake.run(
        f"SELECT origin, reason, detail FROM outcomes o WHERE {SKIPPED} ORDER BY recorded_at DESC, origin LIMIT ?",
        [EXAMPLES],
    ).fetchall()
    live = "FROM events WHERE retired_at IS NULL"
    return Status(
        documents=documents,
        **{table: one(f"SELECT count(*) FROM {table} WHERE retired_at IS NULL")[0] for table in CODED},
        copies=copies,
        dyads=dyads,
        first_published=first,
        last_published=last,
        undated=undated,
        last_recorded=recorded,
        batches=one("SELECT count(*) FROM batches")[0],
        disk_mb=round(sum(f.stat().st_size for f in lake.folder.rglob("*") if f.is_file()) / 1e6, 1),
        coders=counts("SELECT coder, count(*) FROM codings WHERE retired_at IS NULL GROUP BY 1 ORDER BY 2 DESC"),
        event_types=counts(f"SELECT type, count(*) {live} GROUP BY 1 ORDER BY 2 DESC, 1"),
        event_statuses=counts(f"SELECT status, count(*) {live} GROUP BY 1 ORDER BY 2 DESC, 1"),
        languages=counts(
            "SELECT language, count(*) FROM documents WHERE retired_at IS NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 12"
        ),
        imported=counts("SELECT dataset, count(*) FROM external_events WHERE retired_at IS NULL GROUP BY 1 ORDER BY 1"),
        skipped=counts(f"SELECT reason, count(*) FROM outcomes o WHERE {SKIPPED} GROUP BY 1 ORDER BY 2 DESC"),
        skipped_items=[{"origin": o, "reason": r, "detail": d} for o, r, d in skipped],
    )
