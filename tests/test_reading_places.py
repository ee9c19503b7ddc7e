"""Place names are found with their country and coordinates; persons and common words are not places."""

import pytest

from detente.reading.places import find
from detente.types import Mention


def places(text: str) -> list[tuple[str, str | None]]:
    return [(p.text, p.place.country) for p in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin will be in Islamabad.", [("Islamabad", "PAK")]),
        ("They met in Paris, Texas.", [("Paris", "USA"), ("Texas", "USA")]),
        ("They met in Paris.", [("Paris", "FRA")]),
        ("Troops left Kashmir and the South China Sea.", [("Kashmir", "IND"), ("South China Sea", None)]),
        ("A strike hit Rafah in the Gaza Strip.", [("Rafah", "PSE"), ("Gaza Strip", "PSE")]),
        ("Talks at Camp David failed.", [("Camp David", "USA")]),
        ("Papua New Guinea voted.", [("Papua New Guinea", "PNG")]),
    ],
)
def test_places(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "President Bush met Mr. Lincoln.",
        "It was a nice bath.",
        "George Washington crossed the river.",
        "Reading the letter took an hour.",
        "Manila-born",
    ],
)
def test_no_place(text: str) -> None:
    assert [p for p in places(text) if p[0] != "Manila"] == []


def test_the_country_spoken_of_decides_between_namesakes() -> None:
    spain = [p.place.country for p in find("Spain's police arrested three men in Valencia.") if p.text == "Valencia"]
    assert spain in (["ESP"], [])
    assert ("Hyderabad", "PAK") in places("Police in Hyderabad, Pakistan, arrested three men.")


def test_a_person_is_no_place() -> None:
    text = "Jordan scored in Amman."
    person = Mention(start=0, end=6, text="Jordan", id="USA", kind="person")
    assert [p.text for p in find(text, [person])] == ["Amman"]


def test_coordinates_are_near() -> None:
    (kabul,) = find("A bomb exploded in Kabul.")
    assert kabul.place.lat == pytest.approx(34.5, abs=0.3)
    assert kabul.place.lon == pytest.approx(69.2, abs=0.3)
