"""Acts that a text tells by a noun alone: an arms embargo that is kept, a withdrawal that is due."""

from datetime import date

import pytest

import detente
from detente.types import Event

DAY = date(2012, 9, 17)


def found(text: str, kind: str) -> list[Event]:
    return [event for event in detente.read(text, published=DAY).events if event.type == kind]


def parties(event: Event) -> tuple[list[str], list[str]]:
    return [a.id for a in event.source], [a.id for a in event.target]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Pakistan fears chaos in Afghanistan after the Nato withdrawal in 2014.", "NATO", "AFG"),
        ("India wants to support Afghan schools beyond the NATO pull-out in 2014.", "NATO", "AFG"),
        ("The planned withdrawal of NATO troops from Afghanistan in 2014 worries Tajikistan.", "NATO", "AFG"),
        ("Uzbekistan will host talks on Afghan security after NATO's 2014 pullout.", "NATO", "AFG"),
    ],
)
def test_a_withdrawal_due_on_a_day_is_planned(text: str, source: str, target: str) -> None:
    (event,) = found(text, "RETREAT")
    assert (parties(event), event.status) == (([source], [target]), "planned")
    assert (event.start, event.end, event.precision) == (date(2014, 1, 1), date(2014, 12, 31), "year")
    assert text[slice(*event.evidence.trigger or ())].lower().startswith(("withdrawal", "pull"))


@pytest.mark.parametrize(
    "text",
    [
        "Tajikistan fears chaos after the Nato withdrawal in 2014.",  # nobody is named whom it leaves
        "Pakistan fears chaos in Afghanistan after the Nato withdrawal.",  # no day
        "Critics of Pakistan spoke of the Soviet withdrawal in 1989.",  # long done
    ],
)
def test_without_parties_or_a_day_to_come_there_is_none(text: str) -> None:
    assert found(text, "RETREAT") == []


def test_what_the_network_found_is_not_told_twice() -> None:
    events = found(
        "France will withdraw its troops from Mali; the French withdrawal from Mali in 2013 is certain.", "RETREAT"
    )
    assert len(events) == 1


def test_an_arms_embargo_kept_is_a_sanction_that_stands() -> None:
    (event,) = found("Russia has been the only power to keep Pakistan on its negative list for arms sales.", "SANCTION")
    assert (parties(event), event.status, event.start) == ((["RUS"], ["PAK"]), "ongoing", DAY)


def test_a_sanction_that_is_coded_already_is_not_told_again() -> None:
    (event,) = found("Britain has maintained an arms embargo on Argentina since the Falklands war.", "SANCTION")
    assert parties(event) == (["GBR"], ["ARG"])
