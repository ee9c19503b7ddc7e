"""Where a report was written is not who acts in it."""

from datetime import date

import pytest

import detente
from detente.reading import annotate
from detente.types import Document


def named(text: str) -> list[str]:
    return [m.text for m in annotate(Document(id="x", text=text, published=date(2016, 9, 20))).mentions]


@pytest.mark.parametrize(
    "line",
    [
        "VIENNA, Austria — ",
        "PARIS — ",
        "SHARM EL-SHEIKH, Egypt - ",
        "JERUSALEM (AP)_ ",
        "ISLAMABAD, Sept 17, 2012 (Wire) - ",
        "NEW DELHI (Reuters) – ",
        "ST. PETERSBURG, Russia -- ",
    ],
)
def test_a_dateline_names_nobody(line: str) -> None:
    assert named(f"{line}Peru accused Chile.") == ["Peru", "Chile"]
    assert named(f"Rain fell.\n\n{line}Peru accused Chile.") == ["Peru", "Chile"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("NATO - Russia talks failed.", ["NATO", "Russia"]),  # an organisation writes from nowhere
        ("USA — Peru talks failed.", ["USA", "Peru"]),
        ("Paris — never Rome — accused Chile.", ["Paris", "Rome", "Chile"]),
    ],
)
def test_what_only_looks_like_one_is_read(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_who_speaks_is_not_the_dateline() -> None:
    text = "MOSCOW — Senior officials of Russia, China and Pakistan met in Moscow on Tuesday. They said that the Taliban should talk."
    (said,) = detente.read(text, published="2016-12-27").statements
    assert said.speaker.name == "Senior officials of Russia"
