"""The desk that a call names: beside its record, or where DETENTE_DESK says; and lists of what is on it, printed."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from detente.cli import output
from detente.cli.context import get_settings

if TYPE_CHECKING:
    from detente.desk import Desk


@contextmanager
def open_desk(context: typer.Context, create: bool = False) -> "Iterator[Desk]":
    """The desk; one that only reads or decides does not make it."""
    from detente.desk import Desk

    with Desk.open(_where(context), create=create) as desk:
        yield desk


def has_desk(context: typer.Context) -> bool:
    """Whether there is a desk where this call looks for it; of a database elsewhere it is taken for granted."""
    from detente.desk.desk import FILE

    where = _where(context)
    return "://" in str(where) or (Path(where) / FILE).exists()


def _where(context: typer.Context) -> str | Path:
    return os.environ.get("DETENTE_DESK") or get_settings(context).record


def listed(rows: Sequence[Any], columns: Sequence[tuple[str, str]], as_json: bool, *, empty: str) -> None:
    """Structs as JSON, or as a table of (heading, field); `empty` is said where there are none."""
    if as_json:
        output.show(rows, "json", None, lambda console, found: None)
        return
    if not rows:
        typer.echo(empty)
        return
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading, _ in columns:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(getattr(row, field)) for _, field in columns))
    output.show(rows, "table", None, lambda console, found: console.print(table, markup=False))


def _cell(value: Any) -> Any:
    from datetime import datetime

    from rich.text import Text

    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return Text("; ".join(map(str, value)))
    return Text("" if value is None else str(value))
