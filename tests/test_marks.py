"""Marks in a text: cut into flat pieces that are the text again, whatever lies over what."""

from hypothesis import given
from hypothesis import strategies as st

from detente.web.marks import Mark, paragraphs, pieces
from detente.web.when import time_words

TEXT = st.text(alphabet="ab \n<é😀", max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXT)
    edge = st.integers(-5, len(text) + 5)
    return text, draw(st.lists(st.builds(Mark, edge, edge, st.sampled_from(["actor", "event", "quote"])), max_size=8))


@given(marked())
def test_pieces_are_the_text_and_lie_wholly_under_their_marks(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    found = pieces(text, marks)
    assert "".join(piece.text for piece in found) == text
    at = 0
    for piece in found:
        end = at + len(piece.text)
        over = {m for m in marks if m.start <= at and end <= m.end and m.start < m.end and piece.text}
        assert set(piece.marks) == over
        at = end


@given(TEXT)
def test_paragraphs_leave_out_only_what_is_empty(text: str) -> None:
    kept = [text[a:b] for a, b in paragraphs(text)]
    assert kept == [line for line in text.split("\n") if line.strip()]


def test_the_shortest_mark_of_a_kind_counts() -> None:
    found = pieces("the minister of Russia", [Mark(0, 22, "actor", "RUS.MIN"), Mark(16, 22, "actor", "RUS")])
    assert [(p.text, p.of("actor").key) for p in found] == [("the minister of ", "RUS.MIN"), ("Russia", "RUS")]  # type: ignore[union-attr]


def test_words_that_tell_when() -> None:
    def told(sentence: str) -> list[str]:
        return [sentence[a:b] for a, b in time_words(sentence)]

    assert told("He arrives on Wednesday, 26 September 2012, and leaves next week.") == ["Wednesday", "26 September 2012", "next week"]  # fmt: skip
    assert told("Talks were held in October 2014 and since 2011.") == ["October 2014", "2011"]
    assert told("The March on Rome and the 45 tanks may wait.") == []
