"""Closed triads are counted by kind, set against chance, and any three states can be asked about."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BadInput
from detente.relations.network import Edge, Tie, signed
from detente.relations.triads import KINDS, census, triad
from signed import complete, edges, names, networks, planted


def by_hand(given: list[Edge]) -> dict[str, int]:
    sign = {(e.a, e.b): "+" if e.sign > 0 else "-" for e in given}
    three = [list(combinations(t, 2)) for t in combinations(names(given), 3)]
    found = Counter("".join(sorted(sign[p] for p in pairs)) for pairs in three if all(p in sign for p in pairs))
    return {kind: found[kind] for kind in KINDS}


@settings(max_examples=60, deadline=None)
@given(networks())
def test_counts_are_those_by_hand(given: list[Edge]) -> None:
    found = census(given, shuffles=5)
    assert found.counts == by_hand(given)
    assert found.triads == sum(found.counts.values())


def test_two_camps_balance_all_triads() -> None:
    found = census(signed(planted(40, 400, camps=2)[0]))
    assert found.balanced == found.weakly == 1
    assert found.high is not None
    assert found.high < 1
    assert found.chance is not None
    assert found.chance < 0.01


def test_three_camps_balance_weakly() -> None:
    found = census(signed(planted(40, 400, camps=3)[0]))
    assert found.weakly == 1
    assert found.balanced is not None
    assert found.balanced < 1
    assert found.counts["++-"] == 0 < found.counts["---"]


def test_signs_dealt_at_random_lie_in_what_chance_gives() -> None:
    inside = 0
    for seed in range(20):
        found = census(signed(planted(30, 200, camps=1, wrong=0.5, seed=seed)[0]), shuffles=200)
        assert found.low is not None
        assert found.balanced is not None
        assert found.high is not None
        inside += found.low <= found.balanced <= found.high
    assert inside >= 15


def test_dealing_equal_signs_anew_changes_nothing() -> None:
    found = census(complete(5, -1))
    assert found.counts == {"+++": 0, "++-": 0, "+--": 0, "---": 10}
    assert (found.balanced, found.weakly, found.expected, found.low, found.high, found.chance) == (0, 1, 0, 0, 0, 1)


@pytest.mark.parametrize("given", [[], edges({"AB": 1, "BC": -1, "CD": 1})])
def test_no_closed_triad_no_share(given: list[Edge]) -> None:
    found = census(given)
    assert (found.triads, found.balanced, found.expected, found.chance) == (0, None, None, None)


def test_same_edges_same_answer_in_any_order() -> None:
    given = signed(planted(30, 200, camps=2, wrong=0.2)[0])
    assert census(given) == census(reversed(given))


def test_all_states_are_counted() -> None:
    given = signed(planted(200, 5000, camps=2, wrong=0.2)[0])
    assert census(given).triads > 10_000


probability = st.floats(-3, 3)


@given(probability, probability, probability)
def test_the_kinds_of_a_triad_add_up(one: float, two: float, three: float) -> None:
    found = triad("C", "A", "B", [Tie("A", "B", one, 1), Tie("A", "C", two, 1), Tie("B", "C", three, 1)])
    assert found.kinds is not None
    assert found.balanced is not None
    assert sum(found.kinds.values()) == pytest.approx(1)
    p, q, r = (found.ties[pair] or 0.0 for pair in combinations("ABC", 2))
    assert found.kinds["+++"] == pytest.approx(p * q * r)
    assert found.kinds["+--"] == pytest.approx(p * (1 - q) * (1 - r) + (1 - p) * q * (1 - r) + (1 - p) * (1 - q) * r)
    assert found.balanced == pytest.approx((1 + (2 * p - 1) * (2 * q - 1) * (2 * r - 1)) / 2)


def test_a_triad_of_sure_ties_is_what_it_is() -> None:
    ties = [Tie("A", "B", 1, 0), Tie("A", "C", -1, 0), Tie("B", "C", -1, 0), Tie("A", "D", 1, 0)]
    found = triad("A", "B", "C", ties)
    assert (found.balanced, found.kinds) == (1, {"+++": 0, "++-": 0, "+--": 1, "---": 0})
    assert triad("C", "B", "A", reversed(ties)) == found


def test_a_missing_tie_leaves_the_triad_open() -> None:
    found = triad("A", "B", "D", [Tie("A", "B", 1, 0), Tie("A", "D", 1, 0)])
    assert found.ties == {("A", "B"): 1, ("A", "D"): 1, ("B", "D"): None}
    assert found.balanced is found.kinds is None


def test_three_different_states_are_needed() -> None:
    with pytest.raises(BadInput, match="three different"):
        triad("A", "B", "A", [])
