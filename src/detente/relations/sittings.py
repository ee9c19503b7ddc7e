"""A meeting as many pages tell it: what was said of it, when, and what became of it."""

from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct, field

from detente.types import Precision

Row = dict[str, Any]
Fate = Literal["scheduled", "held", "postponed", "cancelled", "lapsed"]
GRACE = {"day": timedelta(14), "month": timedelta(31), "year": timedelta(62)}
"""After so long without a report that it was held, a meeting whose date went by has lapsed."""


class Step(Struct, kw_only=True, frozen=True):
    """What one page said of a meeting, and the sentence that says so. `lapsed` steps have no page."""

    status: Fate
    known: date | None
    start: date | None = None
    precision: Precision = "unknown"
    sentence: str = ""
    report: str = ""
    document: str = ""
    outlet: str | None = None
    url: str | None = None


class Sitting(Struct, kw_only=True):
    """One meeting: `steps` in the order in which they became known; the other fields are what the last of them amount to."""

    id: str
    participants: list[str]
    format: str
    series: str | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision = "unknown"
    place: str | None = None
    country: str | None = None
    topic: str | None = None
    status: Fate = "scheduled"
    first_known: date | None = None
    sources: int = 0
    steps: list[Step] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether it may still be held."""
        return self.status in {"scheduled", "postponed"}


def days(row: Row) -> tuple[date, date] | None:
    """First and last day that a report's date allows; None where it has none."""
    start, end = row["start"], row["end"] or row["start"]
    if start is None:
        return None
    if row["precision"] == "month":
        return start.replace(day=1), (end.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    if row["precision"] in {"year", "decade"}:
        return start.replace(month=1, day=1), date(end.year + (9 if row["precision"] == "decade" else 0), 12, 31)
    return start, max(start, end)


def span(sitting: Sitting) -> tuple[date, date] | None:
    """First and last day on which a meeting may be, as far as known."""
    return days({"start": sitting.start, "end": sitting.end, "precision": sitting.precision})


def begin(row: Row) -> Sitting:
    """A meeting that nothing was known of before this report."""
    sitting = Sitting(id=row["id"], participants=[], format=row["format"], first_known=row["published"])
    take(sitting, row)
    return sitting


def take(sitting: Sitting, row: Row) -> None:
    """Add a report: its step, and what it says that was not known, or that changes what was."""
    status: Fate = row["status"]
    told = {name: row[name] for name in ("start", "precision", "sentence", "document", "outlet", "url")}
    sitting.steps.append(Step(status=status, known=row["published"], report=row["id"], **told))
    sitting.sources = len({step.outlet or step.document for step in sitting.steps})
    sitting.participants = sorted({*sitting.participants, *row["participants"]})
    sitting.series = sitting.series or row["series"]
    sitting.topic = sitting.topic or row["topic"]
    if sitting.place is None or (status == "held" and row["place_name"]):
        sitting.place, sitting.country = row["place_name"], row["place_country"]
    if sitting.format in {"talks", "other"} and row["format"] not in {"talks", "other"}:
        sitting.format = row["format"]
    if dates_better(sitting, row):
        sitting.start, sitting.end, sitting.precision = row["start"], row["end"] or row["start"], row["precision"]
    if not (sitting.status == "held" and status == "scheduled"):
        sitting.status = status


def dates_better(sitting: Sitting, row: Row) -> bool:
    """Whether a report's date replaces the one known: it is finer, or the meeting was moved to it."""
    if row["start"] is None or (row["status"] == "cancelled" and sitting.start is not None):
        return False
    order = ("unknown", "decade", "year", "month", "day")
    finer = order.index(row["precision"]) > order.index(sitting.precision)
    moved = row["status"] == "postponed" or sitting.status == "postponed"
    return sitting.start is None or finer or (moved and row["start"] != sitting.start)


def put_off(sitting: Sitting) -> bool:
    """Whether it was postponed and nobody said until when."""
    last = next((step for step in reversed(sitting.steps) if step.status == "postponed"), None)
    if sitting.status != "postponed" or last is None:
        return False
    return last.start is None or (last.known is not None and last.start <= last.known)


def lapse(sitting: Sitting, today: date) -> None:
    """Mark a meeting whose date went by with nobody reporting that it was held."""
    when = span(sitting)
    if not sitting.open or when is None or sitting.precision not in GRACE or put_off(sitting):
        return
    if when[1] + GRACE[sitting.precision] < today:
        sitting.steps.append(Step(status="lapsed", known=when[1] + GRACE[sitting.precision]))
        sitting.status = "lapsed"
