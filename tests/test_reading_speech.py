"""Who says what: quotes and reported speech, with exact offsets."""

import pytest

from detente.reading.sentences import split
from detente.reading.speech import find


def said(text: str) -> list[tuple[str, str | None, str]]:
    return [
        (s.kind, text[slice(*s.speaker)] if s.speaker else None, text[slice(*s.content)])
        for s in find(text, split(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is late," he said.', [("quote", "he", "It is late")]),
        ('Putin told reporters on Monday: "We will go."', [("quote", "Putin", "We will go.")]),
        (
            "“We will go,” says Angela Merkel, “and we will stay.”",
            [("quote", "Angela Merkel", "We will go"), ("quote", "Angela Merkel", "and we will stay.")],
        ),
        (
            '"A good day," he said. "We are going home."',
            [("quote", "he", "A good day"), ("quote", "he", "We are going home.")],
        ),
        (
            'Prabhat Shukla, former envoy to Russia, says, "It is well settled."',
            [("quote", "Prabhat Shukla", "It is well settled.")],
        ),
        ('"We object," Rep. Gwen Moore (D-Wis.) said Friday.', [("quote", "Gwen Moore", "We object")]),
        (
            "Russian Foreign Minister Sergei Lavrov says Moscow is ready to help.",
            [("reported", "Sergei Lavrov", "Moscow is ready to help")],
        ),
        ("Analysts believe that the visit is a sign.", [("reported", "Analysts", "the visit is a sign")]),
        ("According to Iranian media, the ship sank.", [("reported", "Iranian media", "the ship sank")]),
        ("Four people were killed, officials said on Monday.", [("reported", "officials", "Four people were killed")]),
        (
            "The army said four of its soldiers were wounded.",
            [("reported", "army", "four of its soldiers were wounded")],
        ),
    ],
)
def test_speech(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'Russia returns to its "near abroad".',
        "Iran claims responsibility.",
        "Chile reports a case.",
        "He left the talks.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert said(text) == []


def test_a_quote_goes_on_in_the_next_paragraph() -> None:
    text = 'He said: "We came in peace.\n\n"We leave in peace."'
    ((_, speaker, content),) = said(text)
    assert speaker == "He"
    assert content.startswith("We came")
    assert content.endswith("leave in peace.")


def test_the_reference_article_has_four_quotes_of_three_speakers(shared) -> None:  # type: ignore[no-untyped-def]
    text = (shared / "articles/russia-pakistan-2012.txt").read_text("utf-8")
    quotes = [(speaker, content) for kind, speaker, content in said(text) if kind == "quote"]
    assert [speaker for speaker, _ in quotes] == ["Prabhat Shukla", "Ronen Sen", "Rana Banerji", "Shukla"]
    assert quotes[1][1] == "This is a sign of the re-alignments in anticipation of the Afghanistan withdrawal."
    assert quotes[2][1].endswith("We have to watch that carefully")
    assert quotes[3][1].endswith("and irreplaceable.")
