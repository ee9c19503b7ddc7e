"""Reads of coded events: filters narrow, as-of hides what came later, a syndicated copy counts once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import detente.record
from detente.ingest.duplicates import bands, duplicates, signature
from detente.record import Entry, Record
from detente.types import Actor
from fake_reading import event, reading

WIRE = (
    "MOSCOW - The foreign ministers of Russia and Pakistan met on Wednesday and agreed to widen trade, energy and "
    "defence ties after years of distance, officials of both countries said, with a visit by the president planned."
)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with detente.record.open(tmp_path / "record") as opened:
        yield opened


@pytest.fixture
def filled(record: Record) -> Record:
    mutual = event("AGREE", start=date(2012, 3, 1), end=date(2012, 3, 1), mutual=True)
    mutual.source, mutual.target = [Actor(id="RUS"), Actor(id="PAK")], []
    record.add([
        reading("a", event("CONSULT", start=date(2012, 1, 1), end=date(2012, 1, 31)), published=date(2012, 2, 1)),
        reading("b", event("ACCUSE", "PAK", "RUS"), mutual, published=date(2012, 5, 1)),
        reading("c", event("AID", "USA", "PAK", status="planned"), published=date(2012, 9, 1)),
    ], coder="c1")  # fmt: skip
    return record


def types(record: Record, **filters: Any) -> list[str]:
    return [row["type"] for row in record.events(**filters).to_pylist()]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["CONSULT", "AGREE", "ACCUSE", "AID"]),
        ({"actor": "USA"}, ["AID"]),
        ({"dyad": ("PAK", "RUS")}, ["CONSULT", "AGREE", "ACCUSE"]),
        ({"dyad": ("USA", "RUS")}, []),
        ({"type": "AID"}, ["AID"]),
        ({"status": "planned"}, ["AID"]),
        ({"since": date(2012, 1, 31), "until": date(2012, 3, 1)}, ["CONSULT", "AGREE"]),
        ({"since": date(2012, 3, 2)}, ["ACCUSE", "AID"]),
        ({"as_of": date(2012, 5, 1)}, ["CONSULT", "AGREE", "ACCUSE"]),
        ({"as_of": date(2012, 4, 30), "actor": "PAK"}, ["CONSULT"]),
        ({"document": "b"}, ["AGREE", "ACCUSE"]),
        ({"limit": 2}, ["ACCUSE", "AID"]),
        ({"actor": "RUS", "type": "AID"}, []),
    ],
)
def test_filters_narrow(filled: Record, filters: dict[str, Any], found: list[str]) -> None:
    assert types(filled, **filters) == found


def test_the_columns_are_those_promised(filled: Record) -> None:
    from detente.record.schema import EVENT_COLUMNS

    assert tuple(filled.events().column_names) == EVENT_COLUMNS
    assert tuple(filled.events(limit=1).column_names) == EVENT_COLUMNS


def wire(key: str, published: date, text: str = WIRE) -> Entry:
    signed = signature(text)
    made = reading(key, event(), text=text, published=published, source=key)
    return Entry(reading=made, signature=signed, bands=bands(signed))


def add(record: Record, *entries: Entry) -> int:
    return record.add(entries, coder="c1", same=duplicates).copies


def outlets(record: Record, **filters: Any) -> list[str]:
    return sorted(row["outlet"] for row in record.events(**filters).to_pylist())


def test_copies_of_a_dispatch_count_once(record: Record) -> None:
    assert add(record, wire("first", date(2012, 9, 1)), wire("second", date(2012, 9, 2), WIRE + " (Reuters)")) == 1
    assert add(record, wire("third", date(2012, 9, 3))) == 1
    assert add(record, wire("other", date(2012, 9, 3), "Pakistan closed its border to NATO supply lorries " * 3)) == 0
    assert outlets(record) == ["first", "other"]
    assert outlets(record, copies=True) == ["first", "other", "second", "third"]
    assert record.status().copies == 2


def test_the_same_words_a_month_later_are_no_copy(record: Record) -> None:
    assert add(record, wire("january", date(2012, 1, 1)), wire("february", date(2012, 2, 1))) == 0
    assert add(record, wire("march", date(2012, 3, 1))) == 0
    assert outlets(record) == ["february", "january", "march"]


def test_of_copies_the_earliest_published_counts(record: Record) -> None:
    add(record, wire("late", date(2012, 9, 5)))
    add(record, wire("early", date(2012, 9, 1)))
    assert outlets(record) == ["early"]
    assert outlets(record, as_of=date(2012, 9, 3)) == ["early"]


def test_a_copy_counts_where_the_first_is_not_known_yet(record: Record) -> None:
    add(record, wire("early", date(2012, 9, 1)))
    then = record.status().last_recorded
    add(record, wire("earlier", date(2012, 8, 30)))
    assert outlets(record, at=then) == ["early"]
    assert outlets(record) == ["earlier"]


def test_status_names_coverage(filled: Record) -> None:
    found = filled.status()
    assert (found.documents, found.events, found.dyads, found.batches) == (3, 4, 2, 1)
    assert (found.first_published, found.last_published) == (date(2012, 2, 1), date(2012, 9, 1))
    assert found.event_statuses == {"occurred": 3, "planned": 1}
