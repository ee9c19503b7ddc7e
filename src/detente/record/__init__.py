"""The store: readings and imported events in, tables out; one folder, one transaction a batch, nothing deleted."""

from pathlib import Path

from detente.record.record import Record
from detente.record.status import Status
from detente.record.writing import BatchReport, Entry

__all__ = ["BatchReport", "Entry", "Record", "Status", "open"]


def open(path: str | Path, create: bool = True) -> Record:
    """Open the record in a folder; with `create` it is made where there is none. Raises RecordError."""
    return Record(Path(path), create=create)
