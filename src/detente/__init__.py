"""Détente reads the news and keeps the record of relations between states.

The library's face: `read` (one text, page or URL → Reading), `read_each` (a file, feed, archive or folder → Readings),
`open` (a folder → Record). Everything else is imported from its own room, e.g. `detente.actors.resolve`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import BadInput, DetenteError, RecordError, Refused, UnknownActor
from detente.reader import read, read_each
from detente.types import (
    Actor,
    Document,
    Event,
    Evidence,
    Meeting,
    Mention,
    Place,
    Reading,
    Skip,
    Speaker,
    Statement,
    Transfer,
)

if TYPE_CHECKING:
    from detente.measured import MeasuredRecord

__version__ = "0.1.0"
__all__ = [
    "Actor", "BadInput", "DetenteError", "Document", "Event", "Evidence", "Meeting", "Mention", "Place", "Reading",
    "RecordError", "Refused", "Skip", "Speaker", "Statement", "Transfer", "UnknownActor", "open", "read", "read_each",
]  # fmt: skip


def open(path: str | Path = "detente-record", *, create: bool = True) -> "MeasuredRecord":
    """Open the record in a folder, making it where it is not there yet; raises RecordError if it cannot be used."""
    from detente.measured import MeasuredRecord

    return MeasuredRecord(Path(path), create=create)
