"""Results to the user: an Arrow table in; an aligned table, JSON, JSON lines, CSV or Parquet out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from detente.errors import BadInput
from detente.files import started

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa
    from rich.console import Console

Format = Literal["table", "json", "jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = ("table", "json", "jsonl", "csv", "parquet")


def choose_format(asked: str | None, out: Path | None) -> Format:
    """The format asked for, else the one the file's ending names, else a table (for the screen only)."""
    if out is not None and out.is_dir():
        raise BadInput(f"{out}: is a folder, not a file")
    ending = out.suffix.lstrip(".").lower() if out else "table"
    name = asked or {"ndjson": "jsonl", "pq": "parquet"}.get(ending, ending)
    for known in FORMATS:
        if name == known and not (out and known == "table"):
            return known
    raise BadInput(f"format {name!r} is not known; choose one of {', '.join(FORMATS)} with --format")


def emit(table: "pa.Table", form: Format, out: Path | None) -> None:
    """Write a result to a file (whole or not at all) or to standard output."""
    if out is None:
        if form == "parquet":
            raise BadInput("Parquet goes to a file: add --out FILE.parquet")
        write(as_text(table, form), None)
    elif form == "parquet":
        import pyarrow.parquet as pq

        part = started(out)
        pq.write_table(table, part, compression="zstd")
        part.replace(out)
    else:
        write(as_text(table, form), out)


def as_text(table: "pa.Table", form: Format) -> str:
    """A table as JSON (one array), JSON lines or CSV; lists in CSV are joined by ';'."""
    import msgspec

    rows = table.to_pylist()
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode() + "\n"
    if form == "jsonl":
        return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.column_names)
    writer.writerows([[_cell(value) for value in row.values()] for row in rows])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 turn, 1,200 copies."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def note(text: str, *, quiet: bool) -> None:
    """A remark for a person, on standard error."""
    if not quiet:
        typer.echo(text, err=True)


def show(found: "Sequence[Any]", form: Format, out: Path | None, draw: "Callable[[Console, Any], None]") -> None:
    """Structs to the user: drawn for the screen, or as a table in a file format, one row a struct.

    CSV and Parquet hold inner structs as JSON.
    """
    import msgspec
    from rich.console import Console

    if form == "table":
        draw(Console(width=None if sys.stdout.isatty() else 110, highlight=False), found)
        return
    if form in {"json", "jsonl"}:
        whole = msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n"
        write(whole if form == "json" else "".join(msgspec.json.encode(x).decode() + "\n" for x in found), out)
        return
    import pyarrow as pa

    rows = [{name: _flat(getattr(x, name)) for name in x.__struct_fields__} for x in found]
    emit(pa.Table.from_pylist(rows), form, out)


def _flat(value: Any) -> Any:
    import msgspec

    nested = isinstance(value, (msgspec.Struct, dict)) or (
        isinstance(value, list) and value and not isinstance(value[0], str)
    )
    return msgspec.json.encode(value).decode() if nested else value


def write(text: str, out: Path | None) -> None:
    """Text to a file, whole or not at all, or to standard output."""
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    part = started(out)
    part.write_text(text, encoding="utf-8")
    part.replace(out)


def write_bytes(body: bytes, out: Path) -> None:
    """Bytes to a file, whole or not at all."""
    part = started(out)
    part.write_bytes(body)
    part.replace(out)
