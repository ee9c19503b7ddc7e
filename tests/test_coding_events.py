"""What the coder makes of single sentences: who, whom, what, whether it happened."""

import os
import subprocess
import sys
from datetime import date

import pytest

from detente import coding, reading
from detente.types import Document, Event

DAY = date(2012, 9, 17)


def coded(text: str) -> list[Event]:
    return coding.code(reading.annotate(Document(id="x", published=DAY, text=text)))


def told(event: Event) -> tuple[set[str], set[str], str]:
    return {a.id for a in event.source}, {a.id for a in event.target}, event.type


@pytest.mark.parametrize(
    ("text", "source", "target", "kind"),
    [
        ("Turkey accuses Syria of shelling a border town.", "TUR", "SYR", "ACCUSE"),
        ("Syria was accused by Turkey of shelling a border town.", "TUR", "SYR", "ACCUSE"),
        ("Canada imposes new sanctions on Iran over its nuclear programme.", "CAN", "IRN", "SANCTION"),
        ("Pakistan denied permission for NATO trucks to cross the border.", "PAK", "NATO", "REJECT"),
        ("Israel bombs a weapons depot in Syria.", "ISR", "SYR", "ASSAULT"),
        ("Germany urged Greece to accept the terms.", "DEU", "GRC", "REQUEST"),
    ],
)
def test_direction_follows_the_grammar(text: str, source: str, target: str, kind: str) -> None:
    assert ({source}, {target}, kind) in [told(e) for e in coded(text)]


def test_parties_that_stand_together_act_together() -> None:
    (event,) = [e for e in coded("France and Germany condemned Russia for the attack.") if e.type == "ACCUSE"]
    assert told(event) == ({"FRA", "DEU"}, {"RUS"}, "ACCUSE")


def test_who_helps_to_sell_sells() -> None:
    (event,) = coded("Russia weighed in with Ukraine to sell tanks to Pakistan.")
    assert told(event) == ({"RUS", "UKR"}, {"PAK"}, "COOPERATE")


def test_a_meeting_is_mutual_and_planned_for_its_day() -> None:
    text = "The presidents of France and Brazil will hold talks in Paris on September 26."
    (event,) = [e for e in coded(text) if e.type == "CONSULT"]
    assert event.mutual
    assert {a.id for a in event.source} == {"FRA", "BRA"}
    assert event.status == "planned"
    assert (event.start, event.precision) == (date(2012, 9, 26), "day")


def test_a_condition_never_occurred() -> None:
    found = coded("If China had invaded Vietnam, Russia would have attacked China.")
    assert not [e for e in found if e.status in {"occurred", "ongoing"}]


def test_who_only_expects_an_act_does_not_do_it() -> None:
    found = coded("Indians expect to see a beginning in the supply of spares to Pakistan.")
    assert not [e for e in found if e.type in {"COOPERATE", "AID"} and e.source[0].id == "IND"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rain is expected in the afternoon.",
        "Spain beat Italy 4-0 in the final in Kiev.",
        pytest.param(
            "Russia, India's strongest international partner, is trying an exercise that will be watched.",
            marks=pytest.mark.xfail(strict=True, reason="the coder net-1 takes 'partner' and 'exercise' for an act"),
        ),
    ],
)
def test_no_event_where_none_is_told(text: str) -> None:
    assert coded(text) == []


def test_evidence_stands_in_the_text() -> None:
    text = "It rained. Canada imposes new sanctions on Iran. It snowed."
    (event,) = coded(text)
    assert text[event.evidence.start : event.evidence.end].strip() == "Canada imposes new sanctions on Iran."
    assert event.evidence.trigger is not None
    assert "sanctions" in text[slice(*event.evidence.trigger)] or "imposes" in text[slice(*event.evidence.trigger)]
    assert 0 < event.confidence <= 1
    assert event.intensity < 0


def test_a_long_list_of_states_is_read_to_the_end() -> None:
    text = "France, Germany, Italy, Spain, Poland, Greece, Norway, Sweden, Finland, Denmark and Canada condemned Iran."
    (event,) = [e for e in coded(text) if e.type == "ACCUSE"]
    assert {a.id for a in event.target} == {"IRN"}
    assert len(event.source) >= 8


def test_who_condemns_an_act_is_no_party_to_it() -> None:
    found = [
        told(e) for e in coded("Russian Foreign Minister Sergei Lavrov criticised American drone strikes in Pakistan.")
    ]
    assert ({"RUS"}, {"USA"}, "ACCUSE") in found
    assert not [kind for source, target, kind in found if kind == "ASSAULT" and "RUS" in source | target]


@pytest.mark.parametrize(
    ("done", "not_done", "kind"),
    [
        ("imposed sanctions on", "did not impose sanctions on", "SANCTION"),
        ("bombed a depot in", "did not bomb a depot in", "ASSAULT"),
        ("signed an arms agreement with", "has not signed an arms agreement with", "AGREE"),
    ],
)
def test_what_was_not_done_is_denied(done: str, not_done: str, kind: str) -> None:
    assert [(e.type, e.status) for e in coded(f"Israel {done} Syria.")] == [(kind, "occurred")]
    found = [e for e in coded(f"Israel {not_done} Syria, an official said.") if e.type == kind]
    assert [e.status for e in found] == ["denied"]


def test_what_somebody_denies_is_denied() -> None:
    found = coded("Putin denied that Russia had any military cooperation with Pakistan.")
    assert {e.status for e in found if e.type == "COOPERATE"} <= {"denied"}
    assert not [e for e in found if e.status == "occurred" and e.type not in {"REJECT", "ACCUSE"}]


def test_the_parties_of_two_countries_stand_in_the_same_order_whatever_the_hashes() -> None:
    code = (
        "import detente; text = 'Iran and Russia sign a treaty. The deal will see cooperation between the two countries.'\n"
        "print([[a.id for a in e.source] for e in detente.read(text, published='2025-01-17').events])"
    )
    said = {
        subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": str(seed)}, capture_output=True,
                       text=True, check=True).stdout
        for seed in range(4)
    }  # fmt: skip
    assert len(said) == 1
    assert "IRN" in said.pop()
