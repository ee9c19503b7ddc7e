"""Blocs come as probabilities: planted ones are found, and what the ties leave open is said to be open."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BadInput
from detente.relations.blocs import blocs
from detente.relations.clusters import cluster
from detente.relations.network import Tie
from signed import planted


def sure(signs: dict[str, int]) -> list[Tie]:
    return [Tie(pair[0], pair[1], 1.0 * sign, 0.1) for pair, sign in signs.items()]


@pytest.mark.parametrize(("camps", "two"), [(2, True), (2, False), (3, False), (4, False)])
@pytest.mark.parametrize("sizes", [False, True])
def test_planted_blocs_are_found(camps: int, two: bool, sizes: bool) -> None:
    ties, camp = planted(60, 900, camps, wrong=0.05, seed=1)
    found = blocs(ties, draws=50, two=two, sizes=sizes)
    assert len(found.blocs) == camps
    assert len(found.unclear) <= 2
    for bloc in found.blocs:
        assert len({camp[name] for name in bloc.members}) == 1
        assert bloc.cohesion > 0.9
        assert list(bloc.members.values()) == sorted(bloc.members.values(), reverse=True)


def test_the_order_puts_blocs_side_by_side() -> None:
    ties, camp = planted(40, 500, 3)
    order = [camp[name] for name in blocs(ties, draws=20).states]
    assert sum(a != b for a, b in pairwise(order)) == 2


@pytest.mark.parametrize("two", [False, True])
def test_states_without_a_path_between_them_are_unknown(two: bool) -> None:
    found = blocs(sure({"AB": 1, "BC": 1, "AC": 1, "DE": 1, "EF": 1, "DF": 1}), two=two)
    for a in "ABC":
        for b in "DEF":
            assert found.together(a, b) is None
            assert found.decided[found.states.index(a)][found.states.index(b)] == 0
    assert found.together("A", "C") == found.together("D", "F") == 1
    assert [set(b.members) for b in found.blocs] == [set("ABC"), set("DEF")]


def test_a_foe_of_a_foe_is_a_friend_only_between_two_camps() -> None:
    ties = sure({"AB": -1, "BC": -1})
    assert blocs(ties, two=True).together("A", "C") == 1
    free = blocs(ties)
    assert free.together("A", "C") is None
    assert free.together("A", "B") == 0
    assert set(free.unclear) == set("ABC")


def test_three_foes_are_three_blocs_or_an_open_question() -> None:
    ties = sure({"AB": -1, "BC": -1, "AC": -1})
    assert blocs(ties).together("A", "B") == 0
    for a, b in combinations("ABC", 2):
        p = blocs(ties, two=True).together(a, b)
        assert p is None or 0.2 < p < 0.6


def test_a_state_with_one_foe_and_no_friend_may_stand_anywhere_else() -> None:
    found = blocs(sure({"AB": 1, "BC": 1, "AC": 1, "DE": 1, "AD": -1, "BE": -1, "CX": -1, "CD": -1}))
    assert found.together("A", "D") == 0
    assert found.together("C", "X") == found.together("A", "X") == 0
    assert found.together("D", "X") is None
    assert found.unclear == ["X"]


def test_a_friend_of_both_sides_is_unclear() -> None:
    found = blocs(sure({"AB": 1, "CD": 1, "AC": -1, "BD": -1, "AD": -1, "BC": -1, "AX": 1, "CX": 1}))
    assert found.unclear == ["X"]
    for name in "ABCD":
        assert found.together(name, "X") is None


def test_a_doubtful_second_side_leaves_a_lean() -> None:
    sides = sure({"AB": 1, "CD": 1, "AC": -1, "BD": -1, "AD": -1, "BC": -1, "AX": 1, "BX": 1})
    found = blocs([*sides, Tie("C", "X", 0.0, 1.0)])
    assert found.together("A", "X") == pytest.approx(0.75, abs=0.1)
    assert found.together("C", "X") == pytest.approx(0.25, abs=0.1)


@pytest.mark.parametrize("two", [False, True])
def test_an_unsure_tie_is_a_probability_that_draws_disagree_on(two: bool) -> None:
    found = blocs([Tie("A", "B", 0.0, 1.0)], draws=400, two=two)
    assert found.together("A", "B") == pytest.approx(0.5, abs=0.08)
    assert found.decided[0][1] == 1
    assert blocs([Tie("A", "B", 0.5, 1.0)], draws=400, two=two).together("A", "B") == pytest.approx(0.69, abs=0.08)


@pytest.mark.parametrize("two", [False, True])
def test_same_ties_and_seed_same_answer_in_any_order(two: bool) -> None:
    ties = planted(30, 150, 3, wrong=0.2)[0]
    mixed = ties.copy()
    Random(1).shuffle(mixed)
    assert blocs(mixed, draws=30, two=two) == blocs(ties, draws=30, two=two)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.none() | st.tuples(st.floats(-2, 2), st.floats(0, 2)), min_size=15, max_size=15),
    st.booleans(),
    st.booleans(),
)
def test_probabilities_are_probabilities(levels: list[tuple[float, float] | None], two: bool, sizes: bool) -> None:
    pairs = combinations("ABCDEF", 2)
    ties = [Tie(a, b, *level) for (a, b), level in zip(pairs, levels, strict=True) if level]
    found = blocs(ties, draws=5, two=two, sizes=sizes)
    assert sorted(found.states) == sorted({name for t in ties for name in (t.a, t.b)})
    for i, line in enumerate(found.same):
        assert line[i] == 1
        for j, p in enumerate(line):
            assert p == found.same[j][i]
            assert (p is None) == (found.decided[i][j] == 0)
            assert p is None or 0 <= p <= 1
    inside = [name for b in found.blocs for name in b.members]
    assert sorted(inside + found.unclear) == sorted(found.states)


def test_nothing_in_nothing_out() -> None:
    found = blocs([])
    assert (found.states, found.same, found.blocs, found.unclear) == ([], [], [], [])
    assert found.together("A", "B") is None


def test_nonsense_is_refused() -> None:
    with pytest.raises(BadInput, match="draws is 0"):
        blocs([], draws=0)
    with pytest.raises(BadInput, match="A-B"):
        blocs([Tie("A", "B", 1, 1), Tie("A", "B", 1, 1)])


def partitions(size: int) -> Iterator[list[int]]:
    if not size:
        yield []
        return
    for rest in partitions(size - 1):
        for bloc in range(max(rest, default=-1) + 2):
            yield [*rest, bloc]


def test_search_nearly_always_finds_the_best_grouping() -> None:
    every = np.array(list(partitions(7)))
    same = every[:, :, None] == every[:, None, :]
    rng = np.random.default_rng(5)
    best = 0
    for _ in range(100):
        weights = np.triu(rng.choice([-1.0, 0.0, 1.0], (7, 7)), 1)
        weights += weights.T
        group = cluster(weights, rng)
        best += ((group[:, None] == group) * weights).sum() >= (same * weights).sum((1, 2)).max() - 1e-9
    assert best >= 95


def test_all_states_at_once_fall_into_their_camps() -> None:
    ties, camp = planted(150, 2000, 3, wrong=0.1)
    found = blocs(ties, draws=50)
    assert len(found.states) == 150
    assert len(found.blocs) == 3
    for bloc in found.blocs:
        own = [camp[name] for name in bloc.members]
        assert max(map(own.count, set(own))) >= 0.95 * len(own)
