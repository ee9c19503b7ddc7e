"""`sides`: the words of who acts on whom, and the class of the act, in a sentence whose parties no catalogue needs to know."""

import numpy as np
import pytest

from detente.coding import sides
from detente.coding.labels import QUADS, TAGS
from detente.coding.sides import Sides, roles, surest
from detente.errors import BadInput


def tags(*names: str) -> np.ndarray:
    return np.eye(len(TAGS), dtype=np.float32)[[TAGS.index(name) for name in names]]


def test_a_span_ends_where_another_begins_or_nothing_goes_on() -> None:
    offsets = [(0, 0), (0, 3), (4, 6), (7, 9), (10, 14), (15, 20), (0, 0)]
    found = roles(tags("O", "B-source", "I-source", "O", "B-target", "B-target", "O"), offsets)
    assert found == {"source": [(0, 6)], "target": [(10, 14), (15, 20)]}


def test_a_role_that_begins_inside_is_taken_as_begun() -> None:
    found = roles(tags("O", "I-source", "I-target", "I-target", "O"), [(0, 0), (0, 3), (4, 6), (7, 9), (0, 0)])
    assert found == {"source": [(0, 3)], "target": [(4, 9)]}


def test_a_span_much_less_likely_than_the_surest_is_left_out() -> None:
    offsets = [(0, 0), (0, 3), (4, 6), (7, 9), (0, 0)]
    found = 9 * tags("O", "B-source", "O", "B-source", "O")
    assert surest(found, offsets)["source"] == [(0, 3), (7, 9)]
    found[3, 0] = 8.5
    assert surest(found, offsets)["source"] == [(0, 3)]


def test_who_is_nobody_in_the_catalogue_is_found() -> None:
    sentence = "Police fired tear gas at protesters in the capital on Monday."
    found = sides(sentence)
    assert [sentence[a:b] for a, b in found.sources] == ["Police"]
    assert [sentence[a:b] for a, b in found.targets] == ["protesters"]
    assert found.quad == "material conflict"
    assert found.dyads() == [((0, 6), (25, 35))]


def test_a_sentence_in_which_nobody_acts_on_anybody_has_no_dyad() -> None:
    nothing = Sides(sources=((0, 3),), targets=((4, 6),), quad="none", probability=0.9)
    assert nothing.dyads() == []


def test_the_class_is_one_of_five_with_its_probability() -> None:
    found = sides("The foreign ministers of Chile and Peru met in Lima.")
    assert found.quad in QUADS
    assert 0.2 <= found.probability <= 1


@pytest.mark.parametrize("sentence", ["", "   "])
def test_no_words_are_bad_input(sentence: str) -> None:
    with pytest.raises(BadInput, match="holds no word"):
        sides(sentence)


def test_a_very_long_sentence_is_read_as_far_as_it_is_read() -> None:
    assert sides("The minister spoke. " * 400).quad in QUADS
