"""A tie has a sign only where it is sure of it, and nonsense is refused by name."""

import pytest

from detente.errors import BadInput
from detente.relations.network import Edge, Tie, above_zero, positive, signed


def test_a_sign_needs_enough_certainty() -> None:
    ties = [Tie("A", "B", 1.0, 0.5), Tie("A", "C", -1.0, 0.5), Tie("B", "C", 0.2, 0.5)]
    found = signed(ties)
    assert [(e.a, e.b, e.sign) for e in found] == [("A", "B", 1), ("A", "C", -1)]
    assert all(e.sure == pytest.approx(0.97725, abs=1e-5) for e in found)
    assert len(signed(ties, sure=0.6)) == 3
    assert signed(ties, sure=0.99) == []


def test_the_order_of_ties_does_not_matter() -> None:
    ties = [Tie("B", "C", -1.0, 0.1), Tie("A", "C", 1.0, 0.1), Tie("A", "B", 1.0, 0.1)]
    assert signed(ties) == signed(reversed(ties))


def test_a_level_known_exactly_has_a_sign_or_none() -> None:
    assert positive(Tie("A", "B", 0.1, 0.0)) == 1
    assert positive(Tie("A", "B", -0.1, 0.0)) == 0
    assert above_zero(0.0, 0.0) == 0.5
    assert signed([Tie("A", "B", 0.0, 0.0)]) == []
    assert signed([Tie("A", "B", -0.1, 0.0)]) == [Edge("A", "B", -1, 1.0)]


@pytest.mark.parametrize(
    ("a", "b", "mean", "sd"),
    [("B", "A", 0.0, 1.0), ("A", "A", 0.0, 1.0), ("A", "B", float("nan"), 1.0), ("A", "B", 0.0, -1.0)],
)
def test_nonsense_is_refused(a: str, b: str, mean: float, sd: float) -> None:
    with pytest.raises(BadInput, match=a):
        Tie(a, b, mean, sd)


def test_a_pair_given_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="A-B"):
        signed([Tie("A", "B", 1.0, 0.1), Tie("A", "B", -1.0, 0.1)])
    with pytest.raises(BadInput, match=r"0\.2"):
        signed([], sure=0.2)
