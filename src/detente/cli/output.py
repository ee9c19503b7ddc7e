"""Results to the user: an Arrow table in; an aligned table, JSON, JSON lines, CSV or Parquet out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from detente.errors import BadInput

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["table", "json", "jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = ("table", "json", "jsonl", "csv", "parquet")


def choose_format(asked: str | None, out: Path | None) -> Format:
    """The format asked for, else the one the file's ending names, else a table (for the screen only)."""
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
        sys.stdout.write(as_text(table, form))
        sys.stdout.flush()
        return
    if not out.parent.is_dir():
        raise BadInput(f"{out}: the folder {out.parent} does not exist")
    part = out.with_name(out.name + ".part")
    if form == "parquet":
        import pyarrow.parquet as pq

        pq.write_table(table, part, compression="zstd")
    else:
        part.write_text(as_text(table, form), encoding="utf-8")
    part.replace(out)


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


def note(text: str, *, quiet: bool) -> None:
    """A remark for a person, on standard error."""
    if not quiet:
        typer.echo(text, err=True)
