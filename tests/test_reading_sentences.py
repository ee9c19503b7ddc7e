"""Text is cut into sentences where a reader would cut it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.sentences import LONGEST, split


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Putin met U.S. President Obama.",
        "Lt. Col. J. R. Smith said No. 5 was hit at 3.5 km.",
        '"Why?" Mr Smith asked.',
        '"It is so," he said.',
        "The talks of Sept. 26 failed.",
        "They met in St. Petersburg at 5 p.m. on Monday.",
        "The arrest took place at Minneapolis-St. Paul Airport.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left at 5 p.m. The talks went on.", ["He left at 5 p.m.", "The talks went on."]),
        ("He went to the U.S. It rained.", ["He went to the U.S.", "It rained."]),
        ('He said: "We will. We must." Then he left.', ['He said: "We will.', 'We must."', "Then he left."]),
        ("Talks fail\n\nRussia left the table", ["Talks fail", "Russia left the table"]),
        ("Points:\n- one thing\n- another", ["Points:", "- one thing", "- another"]),
        ("The army attacked.The rebels fled.", ["The army attacked.", "The rebels fled."]),
        ("It happened in 2014. Nobody knew.", ["It happened in 2014.", "Nobody knew."]),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_hard_wrapped_lines_do_not_end_a_sentence() -> None:
    text = (
        "The president of the republic flew to the capital of his neighbour on\n"
        "Monday and met the prime minister there, who had asked him to come to\n"
        "Vienna before the summit. They agreed on nothing at all, officials told\n"
    )
    assert len(split(text)) == 2


def test_a_sentence_of_50_000_characters_is_cut_at_safe_points() -> None:
    text = "and then, " * 5_000 + "it ended."
    spans = split(text)
    assert max(end - start for start, end in spans) <= LONGEST
    assert all(text[start - 1].isspace() for start, _ in spans[1:])


@given(st.text(alphabet="aB.!? \n\"“”'U9,-…", max_size=200))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = split(text)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace(
        "\n", ""
    )
    assert all(a < b for a, b in spans)
    assert all(spans[n][1] <= spans[n + 1][0] for n in range(len(spans) - 1))
