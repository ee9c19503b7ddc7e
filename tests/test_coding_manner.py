"""What is read off the words around an act: mode, date, place, on whose word."""

from datetime import date

import pytest

from detente.coding.attribution import attributed_to
from detente.coding.modes import mode
from detente.coding.placing import placing
from detente.coding.timing import timing
from detente.coding.windows import windows
from detente.coding.wording import apart, forms
from detente.reading import annotate
from detente.reading.text import AnnotatedText
from detente.types import Document, Span, Status

DAY = date(2012, 9, 17)


def read(text: str) -> AnnotatedText:
    return annotate(Document(id="x", published=DAY, text=text))


def at(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("signing", "sign"),
        ("exercises", "exercise"),
        ("supplied", "supply"),
        ("met", "meet"),
        ("banned", "ban"),
        ("Moscow's", "moscow"),
    ],
)
def test_forms_hold_the_base(word: str, base: str) -> None:
    assert base in forms(word)


def test_a_clause_limit_puts_words_further_apart() -> None:
    text = "A met B in Rome, which had hosted C in May"
    assert apart(text, at(text, "met"), at(text, "Rome")) == 2
    assert apart(text, at(text, "met"), at(text, "May")) > 8


def test_the_mode_is_read_off_the_act_and_its_neighbours() -> None:
    text = "Leaders of Peru and Chile spoke by telephone on Monday."
    assert mode("CONSULT", text, at(text, "spoke"), (0, len(text))) == "phone"
    for words, wanted in (("A car bomb exploded in a suicide attack", "suicide-attack"), ("A car bomb went off", "explosives"),
                          ("A drone strike hit a car", "aerial"), ("Jets bombed a town", "aerial")):  # fmt: skip
        assert mode("ASSAULT", words, at(words, words.split()[2]), (0, len(words))) == wanted
    assert mode("CONSULT", "Peru calls off the trip", (5, 10), (0, 23)) == "visit"
    assert mode("THREATEN", "nothing here", (0, 7), (0, 12)) is None


@pytest.mark.parametrize(
    ("text", "words", "status", "wanted"),
    [
        ("Putin will visit Pakistan on September 26.", "will visit", "planned", (date(2012, 9, 26), "day")),
        ("Turkey shelled Syria on Friday.", "shelled", "occurred", (date(2012, 9, 14), "day")),
        ("Turkey shelled Syria.", "shelled", "occurred", (DAY, "day")),
        ("India resumed talks, frozen since the 2008 Mumbai attacks.", "resumed talks", "occurred", (DAY, "day")),
        ("China condemned Friday's strikes.", "condemned", "occurred", (DAY, "day")),
        ("France answered Friday's deadly air strikes.", "air strikes", "occurred", (date(2012, 9, 14), "day")),
        ("Chad refused to sign at last year's summit.", "refused", "occurred", (date(2011, 1, 1), "year")),
        ("Russia had sold tanks to Pakistan.", "sold", "occurred", (None, "unknown")),
        ("In recent years Russia sold tanks to Pakistan.", "sold", "occurred", (None, "unknown")),
        ("Putin will visit Pakistan.", "will visit", "planned", (None, "unknown")),
        ("Peru and Chile restored ties after severing them 34 years ago.", "restored", "occurred", (DAY, "day")),
        ("Chile apologised for a strike that killed nine sailors in May 2009.", "apologised", "occurred", (DAY, "day")),
        ("Peru condemned Chile for the 1879 invasion.", "condemned", "occurred", (DAY, "day")),
        (
            "Peru left the Chilean league after signing a treaty with Brazil last week.",
            "left",
            "occurred",
            (date(2012, 9, 10), "month"),
        ),
        ("Peru joined the league in 1999.", "joined", "occurred", (date(1999, 1, 1), "year")),
        ("Chile denied interference in the 2001 election.", "interference", "occurred", (date(2001, 1, 1), "year")),
    ],
)
def test_dates(text: str, words: str, status: Status, wanted: tuple[date | None, str]) -> None:
    start, _, precision = timing(read(text), (0, len(text)), at(text, words), status)
    assert (start, precision) == wanted


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("The presidents of France and Brazil met in Geneva on Monday.", "met", "Geneva"),
        ("Putin arrived in Islamabad to meet Pakistan's president.", "arrived", "Islamabad"),
        ("Turkey condemned Syria; a fire broke out in Geneva.", "condemned", None),
        ("Turkey condemned Syria.", "condemned", None),
    ],
)
def test_places(text: str, words: str, place: str | None) -> None:
    whole = read(text)
    (window,) = windows(whole)
    found = placing(whole, window, (0, len(text)), at(text, words))
    assert (found.name if found else None) == place


@pytest.mark.parametrize(
    ("text", "claim", "wanted"),
    [
        ("Ukraine says Russia shelled a school in Poland.", "other", "UKR"),
        ("Russia shelled a school in Poland, according to Ukraine.", "other", "UKR"),
        ("Russia shelled Poland, Ukraine said on Monday.", "other", "UKR"),
        ("Poland was shelled by Russia, officials in Ukraine said.", "other", "UKR"),
        ("Russia shelled a school in Poland.", "other", None),
        ("Ukraine says Russia shelled Poland.", "RUS", "RUS"),
        ("Ukraine says Russia shelled Poland.", "text", None),
    ],
)
def test_on_whose_word(text: str, claim: str, wanted: str | None) -> None:
    (window,) = windows(read(text))
    assert attributed_to(text, window, (0, len(text)), claim, {"RUS", "POL"}) == wanted
