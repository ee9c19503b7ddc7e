"""A Parquet file in, raw items out: row group by row group, in batches, never the whole file in memory."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from detente.errors import BadInput
from detente.ingest.fields import map_columns, to_raw
from detente.types import Raw, Skip

_ROWS = 256


def read_parquet(
    path: Path, *, limit: int, published: date | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Raw | Skip]:
    """Yield one item a row; columns are found by name, or as `columns` ({field: column}) says.

    Raises BadInput where no column holds text or HTML, or `columns` names one that is not there.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path, memory_map=False, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        yield Skip(origin=str(path), reason="malformed", detail=f"is not a readable Parquet file: {_line(error)}")
        return
    with table:
        try:
            mapping = map_columns(table.schema_arrow.names, columns)
        except BadInput as error:
            raise BadInput(f"{path}: {error}") from None
        if "text" not in mapping and "html" not in mapping:
            names = ", ".join(table.schema_arrow.names[:30])
            raise BadInput(f"{path}: no column is known to hold text ({names}); name it, e.g. --map text=COLUMN")
        number = 0
        try:
            for batch in table.iter_batches(batch_size=_ROWS, columns=sorted(set(mapping.values())), use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield _item(row, mapping, f"{path}:{number}", published, limit)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            yield Skip(origin=f"{path}:{number + 1}", reason="malformed", detail=f"cannot be read on: {_line(error)}")


def _item(
    row: Mapping[str, object], mapping: Mapping[str, str], origin: str, published: date | None, limit: int
) -> Raw | Skip:
    raw = to_raw(row, mapping, origin, published)
    if isinstance(raw, Raw) and len(raw.body) > limit:
        return Skip(
            origin=origin, reason="too-large", detail=f"the text is longer than {limit:,} characters", url=raw.url
        )
    return raw


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
