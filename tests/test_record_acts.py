"""Acts of a record: what counts, how much, and what was known on a day."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import detente.record
from detente.errors import BadInput
from detente.ingest import duplicates
from detente.record import Entry, Record
from detente.types import Actor, Document, Event, Evidence, Reading

DAY = date(2012, 9, 17)
MET = "Russia and Pakistan met in Dushanbe on Monday to talk of gas and helicopters."
TOLD = ("Envoys of Moscow and Islamabad sat down together.", "A Russian delegation was received by Pakistan's ministers.",
        "Talks between the two capitals opened.", "Pakistan's foreign secretary greeted the guests from Russia.")  # fmt: skip


def _event(source: list[str], target: list[str], kind: str = "CONSULT", **more: Any) -> Event:
    values = {"start": DAY, "status": "occurred", "confidence": 0.8, "intensity": 2.0, **more}
    return Event(
        type=kind, source=[Actor(id=a) for a in source], target=[Actor(id=b) for b in target],
        end=values["start"], evidence=Evidence(start=0, end=20), **values,
    )  # fmt: skip


def _page(key: str, text: str, *events: Event, outlet: str | None = None, published: date | None = DAY) -> Reading:
    return Reading(document=Document(id=key, text=text, published=published, source=outlet), events=list(events))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return detente.record.open(tmp_path / "record")


def _keep(record: Record, pages: list[Reading]) -> None:
    record.add(pages, coder="c1")


def _rows(record: Record, **filters: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = record.acts(**filters).to_pylist()
    return rows


def test_every_pair_of_the_parties_is_an_act(record: Record) -> None:
    _keep(record, [_page("a", MET, _event(["RUS", "CHN"], ["PAK"]))])
    assert sorted((row["source"], row["target"]) for row in _rows(record)) == [("CHN", "PAK"), ("RUS", "PAK")]


def test_a_mutual_act_without_targets_is_one_act_a_pair(record: Record) -> None:
    _keep(record, [_page("a", MET, _event(["RUS", "PAK", "CHN"], [], mutual=True))])
    found = _rows(record)
    assert sorted((r["source"], r["target"]) for r in found) == [("CHN", "PAK"), ("CHN", "RUS"), ("PAK", "RUS")]
    assert all(row["mutual"] for row in found)


def test_an_act_of_one_party_alone_is_none_between_two(record: Record) -> None:
    _keep(record, [_page("a", MET, _event(["RUS"], [], "MOBILIZE"), _event(["RUS"], ["RUS"], "PROTEST"))])
    assert _rows(record) == []


@pytest.mark.parametrize(("status", "weight"), [("occurred", 0.8), ("ongoing", 0.8), ("alleged", 0.4)])
def test_weight_is_confidence_and_status(record: Record, status: str, weight: float) -> None:
    _keep(record, [_page("a", MET, _event(["RUS"], ["PAK"], status=status))])
    assert _rows(record)[0]["weight"] == pytest.approx(weight)


@pytest.mark.parametrize("status", ["planned", "hypothetical", "denied"])
def test_what_did_not_happen_is_no_act(record: Record, status: str) -> None:
    _keep(record, [_page("a", MET, _event(["RUS"], ["PAK"], status=status))])
    assert _rows(record) == []


def test_independent_outlets_add_ever_less(record: Record) -> None:
    weights = []
    for n, text in enumerate(TOLD):
        _keep(record, [_page(f"d{n}", text, _event(["RUS"], ["PAK"]), outlet=f"Paper {n}")])
        [row] = _rows(record)
        weights.append(row["weight"])
    assert weights == pytest.approx([0.8, 1.2, 1.4, 1.5])


def test_one_outlet_saying_it_again_adds_nothing(record: Record) -> None:
    _keep(record, [_page(f"d{n}", text, _event(["RUS"], ["PAK"]), outlet="Wire") for n, text in enumerate(TOLD)])
    [row] = _rows(record)
    assert row["weight"] == pytest.approx(0.8)


def test_a_syndicated_copy_adds_nothing(record: Record) -> None:
    text = MET + " " + " ".join(TOLD)
    for key, told, outlet in (("a", text, "Wire"), ("b", text + " Reporting by Wire.", "Morning Paper")):
        entry = Entry(reading=_page(key, told, _event(["RUS"], ["PAK"]), outlet=outlet), origin=key, raw_digest=key)
        entry.signature = duplicates.signature(told)
        entry.bands = duplicates.bands(entry.signature)
        record.add([entry], coder="c1", same=duplicates.duplicates)
    [row] = _rows(record)
    assert record.status().copies == 1
    assert row["weight"] == pytest.approx(0.8)


def test_history_that_a_page_recalls_is_no_news(record: Record) -> None:
    old, last_year = date(1971, 12, 3), date(2012, 1, 5)
    _keep(
        record,
        [_page("a", MET, _event(["IND"], ["PAK"], "ASSAULT", start=old), _event(["IND"], ["PAK"], start=last_year))],
    )
    assert [row["day"] for row in _rows(record)] == [last_year]


def test_the_day_is_the_publication_where_the_text_has_none(record: Record) -> None:
    _keep(record, [_page("a", MET, _event(["RUS"], ["PAK"], start=None))])
    assert [row["day"] for row in _rows(record)] == [DAY]


def test_filters_narrow_together(record: Record) -> None:
    _keep(
        record,
        [
            _page(
                "a",
                MET,
                _event(["RUS"], ["PAK"]),
                _event(["PAK"], ["RUS"], start=date(2012, 9, 1)),
                _event(["IND"], ["USA"]),
            )
        ],
    )
    assert len(_rows(record, dyads=[("PAK", "RUS")])) == 2
    assert len(_rows(record, dyads=[("PAK", "RUS")], since=date(2012, 9, 10))) == 1
    assert len(_rows(record, until=date(2012, 9, 10))) == 1
    assert _rows(record, dyads=[]) == []


def test_as_of_knows_nothing_that_was_published_later(record: Record) -> None:
    _keep(record, [_page("a", MET, _event(["RUS"], ["PAK"]))])
    before = _rows(record, as_of=DAY)
    _keep(record, [
        _page("b", TOLD[0], _event(["RUS"], ["PAK"]), outlet="Paper", published=date(2012, 9, 25)),
        _page("c", TOLD[1], _event(["RUS"], ["PAK"], "ACCUSE", start=date(2012, 9, 16)), published=date(2013, 1, 1)),
    ])  # fmt: skip
    assert _rows(record, as_of=DAY) == before
    assert len(_rows(record)) > len(before)


def test_an_unknown_dataset_is_named_with_those_there_are(record: Record) -> None:
    _keep(record, [_page("a", MET, _event(["RUS"], ["PAK"]))])
    with pytest.raises(BadInput, match=r"no events named 'icews'; it has: coded"):
        record.acts("icews")
