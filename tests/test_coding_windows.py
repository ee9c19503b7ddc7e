"""Which stretches of a text are coded, and which pairs of actors they are asked about."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from detente import reading
from detente.coding.windows import MANY, NEAREST, Window, windows
from detente.types import Document

DAY = date(2012, 9, 17)
NAMES = ["France", "Germany", "Italy", "Spain", "Poland", "Greece", "Norway", "Sweden", "Finland", "Denmark", "Austria"]


def found(text: str) -> list[Window]:
    return windows(reading.annotate(Document(id="x", published=DAY, text=text)))


def test_a_text_with_one_actor_has_no_window() -> None:
    assert found("France holds an election on Sunday. It rained in Paris.") == []


def test_a_window_is_a_sentence_that_names_two() -> None:
    text = "It rained. France wrote to Poland. Spain did nothing. Then Spain wrote to Italy. It snowed."
    assert [text[slice(*w.span)].strip() for w in found(text)] == [
        "France wrote to Poland.",
        "Then Spain wrote to Italy.",
    ]


def test_sectors_of_one_state_are_one_actor() -> None:
    (window,) = found("Syrian rebels and the Syrian army fought near the border with Turkey.")
    assert {e.root for e in window.entities} == {"SYR", "TUR"}
    assert len(window.pairs) == 1


def test_a_pair_has_the_party_named_first_first() -> None:
    (window,) = found("Turkey, France said, had shelled Syria before Turkey withdrew.")
    assert [(p.a.root, p.b.root) for p in window.pairs] == [("TUR", "FRA"), ("TUR", "SYR"), ("FRA", "SYR")]


def test_long_lists_stay_linear() -> None:
    (listed,) = found(", ".join([*NAMES, "Hungary", "Portugal", "Ireland"]) + " and Canada condemned Iran.")
    assert len(listed.pairs) == MANY


@given(st.lists(st.sampled_from([*NAMES, "it", "rain", "talks.", "said", "the two countries"]), max_size=60))
def test_every_pair_is_of_different_actors_inside_its_window(words: list[str]) -> None:
    for window in found(" ".join(words)):
        for pair in window.pairs:
            assert pair.a.root != pair.b.root
            assert 1 <= len(pair.a_mentions) <= NEAREST
            assert all(
                window.span[0] <= m.start < m.end <= window.span[1] for m in (*pair.a_mentions, *pair.b_mentions)
            )
