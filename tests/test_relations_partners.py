"""Partners: the order, how sure it is, and by context."""

from datetime import date

from acting import make, steady
from detente.relations.partners import partners, partners_by_year

START = date(2010, 1, 1)
ROWS = [
    *steady("IND", "RUS", "AID", START, 24, each=6),
    *steady("IND", "USA", "AID", START, 24, each=2),
    *steady("IND", "PAK", "ACCUSE", START, 24, each=3),
    *steady("CHN", "PAK", "AID", START, 24, each=9),
]


def test_order_ranks_and_margin() -> None:
    found = partners(make(ROWS), "IND")
    assert [p.partner for p in found] == ["RUS", "USA", "PAK"]
    assert found[0].first > 0.8
    assert found[0].low > 0 > found[-1].high
    assert all(p.rank_low <= p.rank <= p.rank_high for p in found)


def test_near_equals_are_said_to_be_so() -> None:
    rows = steady("IND", "RUS", "AID", START, 24, each=3) + steady("IND", "USA", "AID", START, 24, each=3)
    found = partners(make(rows), "IND")
    assert all(0.3 < p.first < 0.7 and (p.rank_low, p.rank_high) == (1, 2) for p in found)


def test_by_context_and_over_time() -> None:
    assert partners(make(ROWS, context="military"), "IND", kind="economic") == []
    assert partners(make(ROWS, context="military"), "IND", kind="military")[0].partner == "RUS"
    assert [year[0].period for year in partners_by_year(make(ROWS), "IND")] == [date(2010, 12, 1), date(2011, 12, 1)]
    assert partners(make(ROWS), "FRA") == []
