"""Acts are counted by dyad and period, each type once a day, in either direction or both."""

from datetime import date

import numpy as np
import pytest

from acting import make, steady
from detente.relations.acts import periods
from detente.relations.panel import chunks, panel

DAY = date(2012, 5, 2)


def test_one_of_a_type_a_day_and_conflict_apart() -> None:
    acts = make([(DAY, "RUS", "PAK", "CONSULT"), (DAY, "PAK", "RUS", "CONSULT"), (DAY, "RUS", "PAK", "ACCUSE")])
    found = panel(acts)
    assert found.dyads == [("PAK", "RUS")]
    assert (found.coop.tolist(), found.conf.tolist()) == ([[1.0]], [[1.0]])
    assert found.grave[0, 0] > 0
    assert found.strong[0, 0] == 0


def test_ways() -> None:
    acts = make([(DAY, "RUS", "PAK", "AID"), (DAY, "PAK", "RUS", "ACCUSE")])
    forth, back = panel(acts, way="forth"), panel(acts, way="back")
    assert (forth.coop.sum(), forth.conf.sum()) == (0, 1)
    assert (back.coop.sum(), back.conf.sum()) == (1, 0)


def test_what_is_mutual_counts_in_both_ways_but_once_in_all() -> None:
    acts = make([(DAY, "PAK", "RUS", "CONSULT")], mutual=True)
    assert [panel(acts, way=way).coop.sum() for way in ("both", "forth", "back")] == [1, 1, 1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ("day", [date(2012, 1, 1), date(2012, 1, 2)]),
        ("week", [date(2011, 12, 26), date(2012, 1, 2)]),
        ("month", [date(2012, 1, 1)]),
        ("year", [date(2012, 1, 1)]),
    ],
)
def test_periods_begin_where_people_begin_them(period: str, starts: list[date]) -> None:
    assert periods(date(2012, 1, 1), date(2012, 1, 2), period) == starts  # type: ignore[arg-type]


def test_chunks_make_up_the_whole() -> None:
    rows = [row for b in ("PAK", "IND", "CHN", "USA") for row in steady("RUS", b, "AID", date(2010, 1, 1), 12)]
    acts = make(rows)
    parts = list(chunks(acts, rows=2))
    assert [len(p.dyads) for p in parts] == [2, 2]
    assert np.array_equal(np.concatenate([p.coop for p in parts]), panel(acts).coop)


def test_of_nothing_comes_nothing() -> None:
    assert panel(make([])).dyads == []


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(ValueError, match="BARK"):
        make([(DAY, "RUS", "PAK", "BARK")])
