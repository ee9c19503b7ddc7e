"""Tables of acts for tests of the measures."""

from collections.abc import Iterable
from datetime import date, timedelta

import pyarrow as pa

from detente.relations.acts import Acts, acts_of

Row = tuple[date, str, str, str]
COLUMNS = pa.schema([
    ("day", pa.date32()), ("source", pa.string()), ("target", pa.string()), ("mutual", pa.bool_()), ("type", pa.string()),
    ("contexts", pa.list_(pa.string())), ("intensity", pa.float64()), ("weight", pa.float64()), ("id", pa.string()),
])  # fmt: skip


def make(rows: Iterable[Row], *, mutual: bool = False, context: str = "diplomatic") -> Acts:
    """Acts of weight 1 from (day, source, target, type)."""
    made = [
        {"day": day, "source": a, "target": b, "mutual": mutual, "type": kind, "contexts": [context], "intensity": None,
         "weight": 1.0, "id": f"e{n}"}
        for n, (day, a, b, kind) in enumerate(rows)
    ]  # fmt: skip
    return acts_of(pa.Table.from_pylist(made, COLUMNS))


def steady(a: str, b: str, kind: str, first: date, months: int, each: int = 2) -> list[Row]:
    """So many acts of a kind in each of some months."""
    start = first.year * 12 + first.month - 1
    return [
        (date((start + m) // 12, (start + m) % 12 + 1, 1) + timedelta(3 * n), a, b, kind)
        for m in range(months)
        for n in range(each)
    ]
