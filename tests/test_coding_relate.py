"""Classifying a given pair of spans."""

from importlib.resources import files

import pytest

from detente.coding import relate
from detente.errors import BadInput
from detente.ontology import EVENT_TYPES

TEXT = "The cabinet in Lima has condemned the Bolivian raid."


def test_all_types_with_probabilities_likeliest_first() -> None:
    found = relate(TEXT, (0, 19), (34, 51))
    assert {kind for kind, _ in found} == set(EVENT_TYPES)
    assert sum(p for _, p in found) == pytest.approx(1)
    assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)
    assert found[0][0] == "ACCUSE"


def test_the_order_of_the_spans_in_the_text_does_not_matter() -> None:
    text = "Tehran was condemned by Ottawa."
    assert relate(text, (24, 30), (0, 6))[0][0] == "ACCUSE"


@pytest.mark.parametrize("span", [(5, 5), (-1, 4), (0, 999), (9, 3), (3, 4)])
def test_a_span_that_holds_nothing_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match="span"):
        relate(TEXT, span, (34, 51))


def test_overlapping_spans_are_taken_as_given() -> None:
    assert len(relate(TEXT, (0, 19), (0, 11))) == 16


def test_what_ships_stays_small() -> None:
    data = files("detente.coding").joinpath("data")
    sizes = {file.name: len(file.read_bytes()) for file in data.iterdir()}
    assert {"coder.onnx", "given.onnx", "tokenizer.json", "coder.json"} <= sizes.keys()
    assert sum(sizes.values()) < 40_000_000
