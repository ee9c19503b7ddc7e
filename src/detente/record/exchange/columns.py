"""The Arrow columns in which rows go to the record: those of ExternalRow, with their types."""

import pyarrow as pa

_TYPES = {"date": pa.date32(), "row_no": pa.int64()}
_NUMBERS = ("goldstein", "intensity", "lat", "lon")
NAMES = (
    "external_id", "kind", "date", "source", "target", "source_raw", "target_raw", "source_sectors", "target_sectors",
    "type", "mode", "cameo", "goldstein", "intensity", "place_name", "country", "lat", "lon", "text", "url", "story",
    "payload", "row_no",
)  # fmt: skip
SCHEMA = pa.schema([(name, _TYPES.get(name, pa.float64() if name in _NUMBERS else pa.string())) for name in NAMES])
