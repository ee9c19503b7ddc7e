"""An id in, all that the record ever held under it out: what stands, what was retired, rows of imported datasets."""

from datetime import date
from typing import TYPE_CHECKING, Any

from detente.record.rows import Row
from detente.record.schema import CODED

if TYPE_CHECKING:
    from detente.record.lake import Lake

_OWN = (
    "d.title, d.url, d.source AS outlet, d.cluster, d.id <> d.cluster AS copy FROM {table} e LEFT JOIN documents d "
    "ON d.id = e.document AND d.retired_at IS NULL"
)


def frames_of(lake: "Lake", document: str, as_of: date | None = None) -> dict[str, list[Row]]:
    """What stands of a document, copies not left out: full rows by table, in text order."""
    where = "document = $id AND retired_at IS NULL AND ($day::DATE IS NULL OR known <= $day)"
    told = {"id": document, "day": as_of}
    return {table: _rows(lake, f"SELECT * FROM {table} WHERE {where} ORDER BY seq", told) for table in CODED}


def versions_of(lake: "Lake", event: str) -> list[Row]:
    """Every coding of an event, the newest first: full rows with title, url, outlet, copy and cluster of their document."""
    query = f"SELECT e.*, {_OWN.format(table='events')} WHERE e.id = $id ORDER BY e.recorded_at DESC, e.retired_at IS NULL DESC"
    return _rows(lake, query, {"id": event})


def imported_of(lake: "Lake", event: str) -> list[Row]:
    """The rows of imported datasets that have this id, those that stand first."""
    columns = (
        "dataset, external_id, date, source, target, source_raw, target_raw, type, mode, cameo, goldstein, intensity, "
        "place_name, text, url, recorded_at, retired_at"
    )
    query = f"SELECT {columns} FROM external_events WHERE external_id = $id ORDER BY retired_at IS NULL DESC, dataset"
    return _rows(lake, query, {"id": event})


def _rows(lake: "Lake", query: str, values: dict[str, Any]) -> list[Row]:
    rows: list[Row] = lake.run(query, values).to_arrow_table().to_pylist()
    return rows
