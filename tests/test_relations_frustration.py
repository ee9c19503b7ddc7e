"""The frustration index is exact, its camps attain it, and a search cut short says what it does not know."""

from itertools import product
from math import log
from random import Random

import pytest
from hypothesis import given, settings

from detente.errors import BadInput
from detente.relations.frustration import frustration
from detente.relations.network import Edge, signed
from signed import complete, edges, names, networks, planted


def by_hand(given: list[Edge], weighted: bool) -> float:
    """The least weight violated by any of all the splits."""
    states = names(given)
    weight = [log(e.sure / (1 - e.sure)) if weighted else 1.0 for e in given]
    splits = (dict(zip(states, (1, *rest), strict=True)) for rest in product((1, -1), repeat=max(len(states) - 1, 0)))
    costs = (sum(w for e, w in zip(given, weight, strict=True) if s[e.a] * s[e.b] != e.sign) for s in splits)
    return min(costs) if given else 0.0


@settings(max_examples=60, deadline=None)
@given(networks())
def test_it_is_what_trying_every_split_gives(given: list[Edge]) -> None:
    for weighted in (False, True):
        found = frustration(given, weighted=weighted)
        assert found.optimal
        assert found.index == pytest.approx(by_hand(given, weighted), abs=1e-6)
        assert found.lower == pytest.approx(found.index, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(networks())
def test_the_camps_violate_just_the_pairs_named(given: list[Edge]) -> None:
    found = frustration(given)
    broken = [(e.a, e.b) for e in given if (found.camps[e.a] == found.camps[e.b]) != (e.sign > 0)]
    assert found.frustrated == broken
    assert len(broken) == found.index
    assert list(found.camps) == names(given)


@settings(max_examples=30, deadline=None)
@given(networks())
def test_turning_all_ties_of_a_state_changes_nothing(given: list[Edge]) -> None:
    turned = [Edge(e.a, e.b, -e.sign if "C" in {e.a, e.b} else e.sign, e.sure) for e in given]
    assert frustration(turned).index == frustration(given).index


@pytest.mark.parametrize("size", range(2, 12))
def test_where_all_are_foes_two_halves_are_best(size: int) -> None:
    found = frustration(complete(size, -1))
    assert found.index == (size - 1) ** 2 // 4
    assert found.optimal
    assert abs(2 * sum(found.camps.values()) - size) <= 1


def test_balance_has_no_frustration() -> None:
    ties, camp = planted(40, 300, camps=2)
    found = frustration(signed(ties))
    assert (found.index, found.lower, found.optimal, found.frustrated, found.balance) == (0, 0, True, [], 1)
    first = camp["000"]
    assert {name: int(camp[name] != first) for name in found.camps} == found.camps


def test_trees_are_always_balanced() -> None:
    found = frustration(edges({"AB": -1, "BC": -1, "BD": 1, "DE": -1}))
    assert found.index == 0
    assert found.camps == {"A": 0, "B": 1, "C": 0, "D": 1, "E": 0}


def test_one_wrong_side_of_a_triangle() -> None:
    found = frustration([*edges({"AB": 1, "BC": 1, "CD": -1}), Edge("A", "C", -1, 0.91)], weighted=True)
    assert found.frustrated == [("A", "C")]
    assert found.index == pytest.approx(log(0.91 / 0.09))
    assert found.camps["A"] == found.camps["B"] == found.camps["C"] != found.camps["D"]


def test_states_without_a_path_between_them_share_no_camp_number() -> None:
    found = frustration(edges({"AB": 1, "CD": 1, "DE": -1}))
    assert found.camps == {"A": 2, "B": 2, "C": 0, "D": 0, "E": 1}


def test_the_order_of_edges_does_not_matter() -> None:
    given = signed(planted(60, 400, camps=2, wrong=0.2)[0])
    mixed = given.copy()
    Random(3).shuffle(mixed)
    assert frustration(mixed) == frustration(given)


def test_nothing_in_nothing_out() -> None:
    found = frustration([])
    assert (found.index, found.optimal, found.edges, found.camps, found.balance) == (0, True, 0, {}, None)


def test_out_of_time_the_truth_lies_between_the_bounds() -> None:
    found = frustration(complete(14, -1), seconds=0)
    assert found.lower < 42 <= found.index
    assert not found.optimal


def test_a_certain_edge_has_a_finite_weight() -> None:
    assert 0 < frustration([Edge("A", "B", 1, 1.0)], weighted=True).total < 20


def test_a_pair_given_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="A-B"):
        frustration([*edges({"AB": 1}), *edges({"AB": -1})])


def test_a_network_of_all_states_is_solved() -> None:
    given = signed(planted(150, 1000, camps=2, wrong=0.1)[0])
    found = frustration(given)
    assert found.optimal
    assert found.index <= 0.12 * len(given)
