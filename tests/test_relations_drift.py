"""Where a state stands between two poles, and how surely it moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.relations.drift import drift

level = st.none() | st.tuples(st.floats(-5, 5), st.floats(0, 3))


def test_a_state_that_goes_over() -> None:
    found = drift("C", "A", "B", [("2000", (1.0, 0.3), (-1.0, 0.4)), ("2010", (-0.5, 0.3), (1.0, 0.4))])
    first, last = found.leans
    assert (first.mean, last.mean) == (-2.0, 1.5)
    assert first.low == pytest.approx(-2 - 1.28155 * 0.5, abs=1e-4)
    assert first.high == pytest.approx(-2 + 1.28155 * 0.5, abs=1e-4)
    assert first.nearer is not None
    assert last.nearer is not None
    assert first.nearer < 0.001
    assert last.nearer > 0.99
    change = found.change
    assert change is not None
    assert (change.first, change.last, change.mean) == ("2000", "2010", 3.5)
    assert change.low < 3.5 < change.high
    assert change.towards > 0.999


def test_no_move_is_a_coin_flip() -> None:
    found = drift("C", "A", "B", [("1", (0.5, 0.2), (0.5, 0.2)), ("2", (0.1, 0.2), (0.1, 0.2))])
    assert found.leans[0].nearer == 0.5
    assert found.change is not None
    assert found.change.towards == 0.5


def test_periods_without_data_stay_empty_and_the_change_spans_the_known() -> None:
    some = ((0.0, 0.1), (1.0, 0.1))
    found = drift(
        "C", "A", "B", [("1", None, (1.0, 0.1)), ("2", *some), ("3", (0.0, 0.1), None), ("4", *some), ("5", None, None)]
    )
    assert [x.mean for x in found.leans] == [None, 1.0, None, 1.0, None]
    assert [x.nearer is None for x in found.leans] == [True, False, True, False, True]
    assert found.change is not None
    assert (found.change.first, found.change.last) == ("2", "4")


@pytest.mark.parametrize("series", [[], [("1", None, None)], [("1", (0.0, 1.0), (0.0, 1.0)), ("2", None, (0.0, 1.0))]])
def test_one_known_period_is_no_change(series: list[tuple[str, None, None]]) -> None:
    found = drift("C", "A", "B", series)
    assert found.change is None
    assert len(found.leans) == len(series)


def test_exact_levels_are_certain() -> None:
    found = drift("C", "A", "B", [("1", (0.0, 0.0), (1.0, 0.0)), ("2", (0.0, 0.0), (2.0, 0.0))])
    assert found.leans[0].nearer == 1
    assert found.change is not None
    assert (found.change.low, found.change.high, found.change.towards) == (1, 1, 1)


@given(st.lists(st.tuples(level, level), max_size=6))
def test_exchanging_the_poles_turns_the_signs(
    levels: list[tuple[tuple[float, float] | None, tuple[float, float] | None]],
) -> None:
    there = drift("C", "A", "B", [(str(i), a, b) for i, (a, b) in enumerate(levels)])
    back = drift("C", "B", "A", [(str(i), b, a) for i, (a, b) in enumerate(levels)])
    for one, other in zip(there.leans, back.leans, strict=True):
        assert (one.mean is None) == (other.mean is None)
        if one.mean is not None and one.nearer is not None:
            assert one.mean == -(other.mean or 0)
            assert one.nearer + (other.nearer or 0) == pytest.approx(1)
            assert one.low == -(other.high or 0)
    assert (there.change is None) == (back.change is None)
    if there.change and back.change:
        assert there.change.towards + back.change.towards == pytest.approx(1)
