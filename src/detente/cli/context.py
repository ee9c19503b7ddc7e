"""What every command shares: the settings of this call, and the record they name."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from detente.errors import RecordError

if TYPE_CHECKING:
    from detente.record import Record


class Settings(Struct, frozen=True):
    """Global options."""

    record: Path
    quiet: bool = False


def get_settings(context: typer.Context) -> Settings:
    """The settings of this call."""
    found = context.find_object(Settings)
    return found if found is not None else Settings(record=Path("detente-record"))


def open_record(context: typer.Context, *, create: bool = False) -> "Record":
    """Open the record that --record names; a command that only reads does not make one."""
    from detente import record

    folder = get_settings(context).record
    if not create and not folder.exists():
        raise RecordError(f"{folder}: no record here yet; make one with `detente ingest SOURCE` or `detente demo`")
    return record.open(folder, create=create)
