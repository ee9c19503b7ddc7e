"""The record: what goes in comes out, twice is as once, re-coding keeps history, reads as of a day."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import detente
from detente.errors import RecordError
from detente.record import Record
from detente.types import Skip
from making import make_entry


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return detente.open(tmp_path / "record")


def test_an_event_comes_out_as_it_went_in(record: Record) -> None:
    entry = make_entry("a", published=date(2012, 9, 17), events=3)
    record.add([entry], coder="one")
    rows = record.events().to_pylist()
    assert [record.event(row["id"]) for row in rows] == entry.reading.events
    assert record.document("a") == entry.reading.document
    assert rows[0]["trigger"] == "will"
    assert rows[0]["outlet"] == "Wire"


def test_adding_twice_changes_nothing(record: Record) -> None:
    entries, skips = [make_entry(f"d{i}") for i in range(5)], [Skip(origin="x:1", reason="empty", detail="is empty")]
    first = record.add(entries, skips, coder="one")
    before = record.status()
    again = record.add(entries, skips, coder="one")
    assert (first.kept, again.kept, again.unchanged, again.events) == (5, 0, 5, 0)
    assert record.status() == before


def test_a_changed_text_revises_and_keeps_the_earlier_one(record: Record) -> None:
    record.add([make_entry("a", "RUS will visit PAK soon.")], coder="one")
    between = datetime.now(UTC)
    report = record.add([make_entry("a", "RUS will not visit PAK.", events=2)], coder="one")
    assert report.revised == 1
    assert record.events().num_rows == 2
    now, then = record.document("a"), record.document("a", at=between)
    assert now is not None and now.text == "RUS will not visit PAK."
    assert then is not None and then.text == "RUS will visit PAK soon."
    assert record.events(at=between).num_rows == 1


def test_a_newer_coder_replaces_events_and_keeps_history(record: Record) -> None:
    record.add([make_entry("a", events=1)], coder="one")
    between = datetime.now(UTC)
    report = record.add([make_entry("a", events=4)], coder="two")
    assert (report.revised, report.events) == (1, 4)
    assert {row["coder"] for row in record.events().to_pylist()} == {"two"}
    assert [row["coder"] for row in record.events(at=between).to_pylist()] == ["one"]
    assert record.status().coders == {"two": 1}


def test_as_of_shows_only_what_was_published_by_then(record: Record) -> None:
    record.add([make_entry("early", published=date(2012, 5, 30))], coder="one")
    known = record.events(as_of=date(2012, 6, 1)).to_pylist()
    record.add([make_entry("late", published=date(2012, 6, 2)), make_entry("undated")], coder="one")
    assert record.events(as_of=date(2012, 6, 1)).to_pylist() == known
    assert record.events(as_of=date(2012, 6, 2)).num_rows == 2
    assert record.events().num_rows == 3


def test_filters_narrow_together(record: Record) -> None:
    record.add([make_entry("a", published=date(2012, 1, 1), events=5)], coder="one")
    assert record.events(dyad=("PAK", "RUS")).num_rows == 5
    assert record.events(dyad=("PAK", "IND")).num_rows == 0
    assert record.events(actor="RUS", type="AID").num_rows == 1
    assert record.events(status="occurred").num_rows == 0
    assert record.events(since=date(2012, 1, 2)).num_rows == 0
    assert record.events(until=date(2012, 1, 1), limit=2).num_rows == 2


def test_a_batch_is_written_whole_or_not_at_all(record: Record) -> None:
    bad = make_entry("bad")
    bad.reading.events[0].intensity = "not a number"  # type: ignore[assignment]
    with pytest.raises(Exception, match="not a number"):
        record.add([make_entry("good"), bad], coder="one")
    assert record.status().documents == 0
    assert record.add([make_entry("good")], coder="one").kept == 1


def test_the_folder_can_be_moved(tmp_path: Path) -> None:
    with detente.open(tmp_path / "here") as record:
        record.add([make_entry(f"d{i}", f"RUS will visit PAK for the {i}. time") for i in range(40)], coder="one")
    (tmp_path / "here").rename(tmp_path / "there")
    with detente.open(tmp_path / "there", create=False) as record:
        assert record.events().num_rows == 40


@pytest.mark.parametrize("content", ["file", "foreign folder", "nothing", "damaged catalog"])
def test_what_is_no_record_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "record"
    if content == "file":
        folder.write_text("hello")
    elif content == "foreign folder":
        folder.mkdir()
        (folder / "thesis.doc").write_text("hello")
    elif content == "damaged catalog":
        folder.mkdir()
        (folder / "catalog.sqlite").write_bytes(b"SQLite format 3\x00" + b"garbage" * 500)
    with pytest.raises(RecordError) as caught:
        detente.open(folder, create=content != "nothing")
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)
