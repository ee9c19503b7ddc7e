"""What tests of the desk share: a desk, a clock that stands still, people, and comments written by them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from detente.desk import Desk
from detente.desk.desk import FILE

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def later(**by: float) -> datetime:
    """A moment after noon: later(minutes=15)."""
    return NOON + timedelta(**by)


def moments(step: timedelta = timedelta(minutes=1)) -> Iterator[datetime]:
    """Noon, and on from there."""
    now = NOON
    while True:
        yield now
        now += step


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        Desk.open(folder).close()
        return (Path(folder) / FILE).read_bytes()


def new_desk(folder: Path, file: Path | None = None) -> Desk:
    """A desk of its own, without running the migrations each time."""
    file = file or folder / FILE
    file.write_bytes(_template())
    return Desk.open(f"sqlite:///{file}")
