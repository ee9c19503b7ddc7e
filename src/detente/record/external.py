"""Rows of other datasets: an Arrow table in, what is new or changed kept; the rows back in their original order."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from detente.record.lake import Lake
from detente.record.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 50_000


def add_rows(lake: Lake, dataset: str, rows: "pa.Table", key: str) -> dict[str, int]:
    """Insert rows that are not there yet; a row whose original fields changed retires the earlier one."""
    now = datetime.now(UTC)
    lake.connection.register("incoming", rows)
    there = f"external_events e WHERE e.dataset = ? AND e.retired_at IS NULL AND e.external_id = i.{key}"
    changed = lake.run(
        f"SELECT count(*) FROM incoming i JOIN external_events e ON e.dataset = ? AND e.retired_at IS NULL "
        f"AND e.external_id = i.{key} WHERE e.payload <> i.payload",
        [dataset],
    ).fetchone()
    revised = changed[0] if changed else 0
    if revised:
        lake.connection.execute(
            f"UPDATE external_events SET retired_at = ? WHERE dataset = ? AND retired_at IS NULL AND EXISTS "
            f"(SELECT 1 FROM incoming i WHERE i.{key} = external_id AND i.payload <> external_events.payload)",
            [now, dataset],
        )
    columns = [name for name in TABLES["external_events"] if name not in {"dataset", "recorded_at", "retired_at"}]
    chosen = ", ".join(f"i.{name}" for name in columns)
    before = _count(lake, dataset)
    lake.connection.execute(
        f"INSERT INTO external_events BY NAME SELECT ? AS dataset, {chosen}, ? AS recorded_at, "
        f"NULL::TIMESTAMPTZ AS retired_at FROM incoming i WHERE NOT EXISTS (SELECT 1 FROM {there})",
        [dataset, now, dataset],
    )
    lake.connection.unregister("incoming")
    written = _count(lake, dataset) - before
    return {"new": written, "revised": revised, "unchanged": rows.num_rows - written}


def read_rows(lake: Lake, dataset: str) -> Iterator["pa.RecordBatch"]:
    """Current rows of a dataset by their number in the original, streamed."""
    cursor = lake.connection.cursor()
    cursor.execute("USE lake")
    yield from cursor.execute(
        "SELECT * EXCLUDE (dataset, recorded_at, retired_at) FROM external_events "
        "WHERE dataset = ? AND retired_at IS NULL ORDER BY recorded_at, row_no",
        [dataset],
    ).to_arrow_reader(ROWS)


def _count(lake: Lake, dataset: str) -> int:
    row = lake.run(
        "SELECT count(*) FROM external_events WHERE dataset = ? AND retired_at IS NULL", [dataset]
    ).fetchone()
    return int(row[0]) if row else 0
