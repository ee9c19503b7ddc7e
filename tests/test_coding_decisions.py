"""From probabilities to acts, from acts to events: thresholds, triggers, who acts together."""

from itertools import combinations

import numpy as np
import pytest

from detente.coding.deciding import WEAK, Coded, code, decide, is_sure, whole
from detente.coding.encoding import pieces
from detente.coding.labels import STATUSES, TYPES, WAYS
from detente.coding.merging import merge, unanimous
from detente.coding.network import Settings, Verdict
from detente.coding.windows import Entity, windows
from detente.reading import annotate
from detente.types import Document, Mention

TEXT = "Turkey accuses Syria of shelling a border town."
BY = Settings(version="test", thresholds=dict.fromkeys(TYPES, 0.5), slope=1.0, offset=0.0)


def verdict(**probability: float) -> Verdict:
    """A verdict on Turkey and Syria with these probabilities of types, first party on second, trigger 'accuses'."""
    (window,) = windows(annotate(Document(id="x", text=TEXT)))
    (read,) = pieces(TEXT, [window])
    types = np.array([probability.get(t, 0.0) for t in TYPES], np.float32)
    ways, statuses = np.tile([0.8, 0.1, 0.1], (16, 1)), np.tile(np.eye(6)[0], (16, 1))
    points = np.full((16, len(read.ids)), -9.0, np.float32)
    points[:, read.starts.index(TEXT.index("accuses"))] = 9
    return Verdict(
        window.pairs[0],
        window,
        read,
        types,
        ways,
        statuses,
        np.tile(np.eye(4)[0], (16, 1)),
        np.zeros(19),
        points,
        points,
    )


def test_only_what_reaches_the_threshold_of_its_type_is_coded() -> None:
    def sure(**probability: float) -> list[tuple[str, bool]]:
        return [(c.type, is_sure(c, BY)) for c in decide(TEXT, [verdict(**probability)], BY)]

    assert sure(ACCUSE=0.9, ASSAULT=0.4) == [("ACCUSE", True), ("ASSAULT", False)]
    assert sure(ACCUSE=0.9, ASSAULT=0.6) == [("ACCUSE", True), ("ASSAULT", True)]
    assert sure(ACCUSE=0.9, ASSAULT=0.5 * WEAK - 0.01) == [("ACCUSE", True)]
    assert sure() == []


def test_an_act_has_its_words_direction_and_confidence() -> None:
    act = code(TEXT, verdict(ACCUSE=0.9), TYPES.index("ACCUSE"), BY)
    assert (act.source.root, act.target.root, act.mutual) == ("TUR", "SYR", False)
    assert TEXT[slice(*act.trigger)] == "accuses"
    assert act.confidence == pytest.approx(0.9 * 0.8, abs=1e-6)
    turned = verdict(ACCUSE=0.9)
    turned.ways = np.tile(np.eye(3)[WAYS.index("<")], (16, 1))
    assert code(TEXT, turned, TYPES.index("ACCUSE"), BY).source.root == "SYR"


def test_the_calibration_bends_confidence() -> None:
    wary = Settings(version="test", thresholds=BY.thresholds, slope=1.0, offset=-1.0)
    n = TYPES.index("ACCUSE")
    assert code(TEXT, verdict(ACCUSE=0.9), n, wary).confidence < code(TEXT, verdict(ACCUSE=0.9), n, BY).confidence


def test_words_are_never_cut() -> None:
    at = TEXT.index("helling")
    assert TEXT[slice(*whole(TEXT, (at, at + 3), (0, len(TEXT))))] == "shelling"


def entity(name: str, at: int) -> Entity:
    return Entity(name, (Mention(start=at, end=at + 1, text=name, id=name, kind="state"),))


def act(a: str, b: str, *, mutual: bool = False, kind: str = "ACCUSE", trigger: tuple[int, int] = (9, 12)) -> Coded:
    return Coded(
        entity(a, ord(a)), entity(b, ord(b)), kind, mutual, STATUSES[0], trigger, 0.9, 0.9, "text", [], verdict(), 0
    )


def told(acts: list[Coded], weak: list[Coded] | None = None) -> list[tuple[str, str]]:
    found = merge(acts, weak or [])
    return sorted(("".join(e.root for e in g.sources), "".join(e.root for e in g.targets)) for g in found)


def test_sources_with_the_same_targets_act_together() -> None:
    assert told([act("A", "C"), act("B", "C")]) == [("AB", "C")]
    assert told([act("A", "C"), act("A", "D")]) == [("A", "CD")]
    assert told([act("A", "C"), act("B", "D")]) == [("A", "C"), ("B", "D")]


def test_all_who_meet_are_one_event_only_if_every_two_do() -> None:
    assert told([act("A", "B", mutual=True), act("A", "C", mutual=True), act("B", "C", mutual=True)]) == [("ABC", "")]
    assert told([act("A", "B", mutual=True), act("A", "C", mutual=True)]) == [("AB", ""), ("AC", "")]
    four = [act(a, b, mutual=True, trigger=(n, n + 1)) for n, (a, b) in enumerate(combinations("ABCD", 2))]
    assert told([*four, act("D", "E", mutual=True)]) == [("ABCD", ""), ("DE", "")]


def test_other_words_or_another_type_are_another_act() -> None:
    assert told([act("A", "C"), act("B", "C", trigger=(20, 25))]) == [("A", "C"), ("B", "C")]
    assert told([act("A", "C"), act("B", "C", kind="REJECT")]) == [("A", "C"), ("B", "C")]


def test_a_weak_act_links_parties_but_is_none_itself() -> None:
    two = [act("A", "B", mutual=True), act("A", "C", mutual=True)]
    assert told(two, [act("B", "C", mutual=True)]) == [("ABC", "")]
    assert told(two, [act("D", "E", mutual=True)]) == [("AB", ""), ("AC", "")]
    assert told([], [act("B", "C", mutual=True)]) == []


def test_rounds_that_share_two_parties_and_words_are_one() -> None:
    pairs = [act(a, b, mutual=True) for a, b in ("AB", "AC", "BC", "AD", "BD")]
    assert told(pairs) == [("ABCD", "")]


def test_who_joins_another_to_act_on_a_third_does_not_act_on_him() -> None:
    assert told([act("A", "B"), act("A", "C"), act("B", "C")]) == [("AB", "C")]
    assert told([act("A", "B", trigger=(1, 3)), act("A", "C"), act("B", "C")]) == [("A", "B"), ("AB", "C")]
    everyone = [act(a, b) for a, b in ("AB", "BA", "AC", "CA", "BC", "CB")]
    assert told(everyone) == [("A", "BC"), ("B", "AC"), ("C", "AB")]


def test_acts_in_the_same_words_agree_with_the_surest() -> None:
    sure, other = act("A", "B", mutual=True, kind="CONSULT"), act("A", "C", kind="CONSULT")
    sure.status, other.probability = "planned", 0.6
    assert [(c.mutual, c.status) for c in unanimous([other, sure])] == [(True, "planned"), (True, "planned")]
    other.trigger = (30, 34)
    assert [(c.mutual, c.status) for c in unanimous([other, sure])] == [(True, "planned"), (False, "occurred")]


def test_what_a_user_s_rule_made_of_an_act_stays() -> None:
    sure, other = act("A", "B"), act("A", "C")
    sure.status, other.probability, other.ruled = "planned", 0.6, True
    assert [c.status for c in unanimous([sure, other])] == ["planned", "occurred"]
