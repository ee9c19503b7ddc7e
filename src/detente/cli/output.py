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
    """The format asked for, else the one the file's ending names, else a table."""
    ending = out.suffix.lstrip(".").lower() if out else "table"
    name = asked or {"ndjson": "jsonl", "pq": "parquet"}.get(ending, ending)
    for known in FORMATS:
        if name == known:
            return known
    raise BadInput(f"format {name!r} is not known; choose one of {', '.join(FORMATS)} with --format")


def emit(table: "pa.Table", form: Format, out: Path | None, *, columns: list[str], widths: dict[str, int]) -> None:
    """Write a result to a file (whole or not at all) or to standard output; `columns` are those a table shows."""
    if form == "parquet" and out is None:
        raise BadInput("Parquet goes to a file: add --out FILE.parquet")
    if out is None:
        if form == "table":
            show_table(table.select(columns), widths)
        else:
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


def show_table(table: "pa.Table", widths: dict[str, int]) -> None:
    """Print an aligned table; a column named in `widths` wraps there, numbers stand right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 160, soft_wrap=False)
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in table.column_names:
        number = name in ("intensity", "confidence", "n")
        shown.add_column(name, justify="right" if number else "left", max_width=widths.get(name), overflow="fold",
                         no_wrap=name not in widths)  # fmt: skip
    for row in table.to_pylist():
        shown.add_row(*[Text(_cell(value)) for value in row.values()])
    console.print(shown)


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
