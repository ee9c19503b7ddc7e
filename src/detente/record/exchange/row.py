"""The row that every format is turned into and made from, and what an import or export reports."""

import datetime as dt
from typing import NamedTuple

from msgspec import Struct, field

Value = str | int | float | bool | None


class ExternalRow(Struct, kw_only=True, gc=False):
    """One event or mention of another dataset; the fields are columns of `external_events`.

    `payload` is the original row as JSON: an array of field strings where the format fixes the columns, an object of
    column name to value where the file does. `kind`: event, mention, or repeat (the same act written down once more
    under its parent code; kept so that an export is equal, never counted).
    """

    external_id: str
    kind: str = "event"
    date: dt.date | None = None
    source: str | None = None
    target: str | None = None
    source_raw: str | None = None
    target_raw: str | None = None
    source_sectors: str | None = None
    target_sectors: str | None = None
    type: str | None = None
    mode: str | None = None
    cameo: str | None = None
    goldstein: float | None = None
    intensity: float | None = None
    place_name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    text: str | None = None
    url: str | None = None
    story: str | None = None
    payload: str = ""
    row_no: int = 0


class BadLine(NamedTuple):
    """A line that was not taken: its number in the file (1 is the first line) and why."""

    number: int
    reason: str


class ImportReport(Struct, kw_only=True):
    """What an import did. `rows` counts all data lines read, the bad ones too; `revised` are those of the new ones
    that replace a row of the same id with other content."""

    dataset: str
    rows: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    bad: list[BadLine] = field(default_factory=list)


class ExportCount(int):
    """The number of rows written. `left_out` counts, by reason, what the format cannot say."""

    left_out: dict[str, int]

    def __new__(cls, rows: int, left_out: dict[str, int] | None = None) -> "ExportCount":
        made = super().__new__(cls, rows)
        made.left_out = left_out or {}
        return made
