"""Acts that are sure, though not between whom."""

from typing import Any

import pytest
from msgspec import structs

from detente.coding.coder import judge
from detente.coding.deciding import code as coded
from detente.coding.doubting import PERHAPS, SURELY, divided
from detente.coding.labels import TYPES
from detente.coding.network import settings
from detente.reading import annotate
from detente.types import Document

TEXT = "Pakistan denied passage to NATO and Russia, while Iran protested."


@pytest.fixture
def acts() -> dict[frozenset[str], Any]:
    """A refusal between every two parties of the text, in the same words."""
    (verdicts,) = judge(annotate(Document(id="x", text=TEXT)))
    kind, start = TYPES.index("REJECT"), TEXT.index("denied")
    made = {}
    for verdict in verdicts:
        act = coded(TEXT, verdict, kind, settings())
        made[frozenset((act.source.root, act.target.root))] = structs.replace(
            act, trigger=(start, start + 6), probability=0.1, mutual=False
        )
    return made


def told(acts: dict[frozenset[str], Any], **chances: float) -> list[frozenset[str]]:
    """The pairs that are coded where Pakistan's refusals are as likely as said."""
    some = [structs.replace(acts[frozenset(("PAK", name))], probability=p) for name, p in chances.items()]
    sure, weak = divided(some, settings())
    assert len(sure) + len(weak) == len(some)
    return [frozenset((a.source.root, a.target.root)) for a in sure]


def test_the_likeliest_of_two_parties_is_taken(acts: dict[frozenset[str], Any]) -> None:
    assert told(acts, NATO=0.66, RUS=0.6) == [frozenset(("PAK", "NATO"))]
    assert 1 - (1 - 0.66) * (1 - 0.6) >= SURELY > 1 - (1 - 0.6) * (1 - 0.5)
    assert told(acts, NATO=0.6, RUS=0.5) == []
    assert told(acts, NATO=0.7) == []


def test_acts_done_together_have_parties_and_no_sides(acts: dict[frozenset[str], Any]) -> None:
    for one, other in ((("PAK", "NATO"), ("PAK", "RUS")), (("PAK", "NATO"), ("NATO", "RUS"))):
        some = [structs.replace(acts[frozenset(pair)], probability=0.66, mutual=True) for pair in (one, other)]
        assert len(divided(some, settings())[0]) == 1


def test_many_unlikely_parties_make_no_act(acts: dict[frozenset[str], Any]) -> None:
    least = PERHAPS - 0.01
    assert told(acts, NATO=least, RUS=least, IRN=least) == []


def test_what_is_coded_already_is_not_coded_once_more(acts: dict[frozenset[str], Any]) -> None:
    assert told(acts, NATO=0.8, RUS=0.7) == [frozenset(("PAK", "NATO"))]
