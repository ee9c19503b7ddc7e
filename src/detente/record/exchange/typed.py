"""Parquet columns in, rows of values that JSON can hold exactly out, and back to Parquet columns of the same values."""

import math
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from detente.errors import BadInput

BATCH = 20_000


def columns_of(path: Path) -> list[str]:
    """Column names of a Parquet file. Raises BadInput where it is none, or has columns that hold no single values."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except FileNotFoundError:
        raise BadInput(f"{path}: no such file") from None
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput(f"{path}: not a Parquet file ({str(error).splitlines()[0]})") from None
    for field in schema:
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            raise BadInput(f"{path}: column {field.name!r} holds {field.type}, not single values")
    if len(set(schema.names)) < len(schema.names):
        raise BadInput(f"{path}: two columns have the same name")
    return list(schema.names)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a Parquet file as column name to JSON value, streamed."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH):
            odd = [field.name for field in batch.schema if not _simple(field.type)]
            for row in batch.to_pylist():
                for name in odd:
                    row[name] = _wrap(row[name])
                yield row


def _simple(kind: Any) -> bool:
    import pyarrow as pa

    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
        or pa.types.is_boolean(kind) or pa.types.is_null(kind)
    )  # fmt: skip


def _wrap(value: Any) -> Any:
    """Values that JSON has no word for: {"$date": …}, {"$time": …}, {"$float": "nan"}."""
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": repr(value)}
    if value is None or isinstance(value, str | int | float):
        return value
    return {"$text": str(value)}


def unwrap(value: Any) -> Any:
    """The value that `_wrap` packed."""
    if not isinstance(value, dict):
        return value
    [(kind, text)] = value.items()
    if kind == "$time":
        return datetime.fromisoformat(text)
    if kind == "$date":
        return date.fromisoformat(text)
    return float(text) if kind == "$float" else text


def write(path: Path, columns: list[str], batches: Iterable[list[dict[str, Any]]]) -> int:
    """Write rows to Parquet, columns in the given order; a column's type is that of all its values. Returns the rows.

    Raises BadInput where one column holds values of different kinds.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for rows in batches:
        try:
            arrays = [pa.array([unwrap(row.get(name)) for row in rows]) for name in columns]
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise BadInput(f"{path}: cannot be written as Parquet: {str(error).splitlines()[0]}") from None
        tables.append(pa.table(arrays, names=columns))
    if not tables:
        tables = [pa.table({name: pa.array([], pa.string()) for name in columns})]
    try:
        table = pa.concat_tables(tables, promote_options="permissive")
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise BadInput(f"{path}: cannot be written as Parquet: {str(error).splitlines()[0]}") from None
    pq.write_table(table, path, compression="zstd")
    return int(table.num_rows)
