"""What goes into the record comes out the same; twice is once; what is replaced stays in the history."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import detente.record
from detente.record import Entry, Record
from detente.types import Skip
from fake_reading import DAY, TEXT, event, full_reading, reading


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with detente.record.open(tmp_path / "record") as opened:
        yield opened


def types(record: Record, **filters: object) -> list[str]:
    return [row["type"] for row in record.events(**filters).to_pylist()]


def test_an_event_is_rebuilt_exactly(record: Record) -> None:
    given = full_reading("d")
    record.add([given], coder="c1")
    rows = record.events().to_pylist()
    assert [record.event(row["id"]) for row in rows] == given.events
    assert record.document("d") == given.document
    met = rows[0]
    assert (met["sentence"], met["trigger"]) == ("Russia and Pakistan met in Dushanbe.", "met")
    assert (met["title"], met["url"]) == ("Zażółć 日本", "https://example.org/d")


def test_the_same_again_writes_nothing(record: Record) -> None:
    skips = [Skip(origin="a.html", reason="empty", detail="holds no text")]
    record.add([full_reading("d")], skips, coder="c1")
    before = record.status()
    report = record.add([full_reading("d"), full_reading("d")], skips, coder="c1")
    assert (report.items, report.kept, report.unchanged, report.skipped, report.events) == (3, 0, 2, 1, 0)
    assert record.status().batches == before.batches == 1
    assert record.status().skipped == {"empty": 1}


def test_two_equal_events_of_a_sentence_have_two_ids(record: Record) -> None:
    record.add([reading("d", event(), event())], coder="c1")
    assert len(set(record.events()["id"].to_pylist())) == 2


@pytest.mark.parametrize("together", [True, False])
def test_an_archive_with_two_versions_settles(record: Record, together: bool) -> None:
    first, second = reading("d", event("CONSULT")), reading("d", event("ACCUSE"), text=TEXT + " Corrected.")
    for batch in [[first, second]] if together else [[first], [second]]:
        record.add(batch, coder="c1")
    batches = record.status().batches
    for batch in [[first, second], [first], [second]]:
        assert record.add(batch, coder="c1").unchanged == len(batch)
    assert types(record) == ["ACCUSE"]
    assert record.status().batches == batches


def test_an_undated_document_keeps_the_day_it_became_known(record: Record) -> None:
    record.add([reading("d", event(), published=None)], coder="c1")
    today = datetime.now(UTC).date()
    assert types(record, as_of=today) == ["CONSULT"]
    assert types(record, as_of=date(2012, 12, 31)) == []


def test_raw_items_are_known_again_by_the_same_coder_only(record: Record) -> None:
    record.add([Entry(reading=reading("d"), raw_digest="r1"), Entry(reading=reading("e"), raw_digest="r2")], coder="c1")
    assert record.known_raws(["r1", "r2", "r3"], "c1") == {"r1", "r2"}
    assert record.known_raws(["r1"], "c2") == set()


def test_a_skip_that_was_mended_since_is_no_longer_listed(record: Record) -> None:
    record.add([], [Skip(origin="a", reason="unreachable", detail="no answer")], coder="c1")
    assert record.status().skipped == {"unreachable": 1}
    record.add([Entry(reading=reading("d"), origin="a")], coder="c1")
    assert record.status().skipped == {}


def test_what_is_not_english_is_kept_and_named(record: Record) -> None:
    report = record.add([reading("d", language="ru")], coder="c1")
    assert (report.kept, report.uncoded) == (1, 1)
    assert record.status().languages == {"ru": 1}


def test_hard_text_survives(record: Record) -> None:
    text = "a\x00b \U0001f600 'quoted' \"x\" $1 \r\n\t" + "x" * 1_000_000
    record.add([reading("d'; DROP TABLE documents;", text=text)], coder="c1")
    kept = record.document("d'; DROP TABLE documents;")
    assert kept
    assert kept.text == text


def test_a_failing_batch_leaves_nothing(record: Record) -> None:
    record.add([reading("a", event())], coder="c1")
    bad = reading("b", event(), text="lone \ud800")
    with pytest.raises(UnicodeError):
        record.add([reading("c", event()), bad], coder="c1")
    assert [d.id for d in record.documents()] == ["a"]
    assert record.add([reading("c", event())], coder="c1").kept == 1


def test_documents_stream_by_day(record: Record) -> None:
    record.add([reading("b", published=DAY), reading("a", published=date(2010, 1, 1))], coder="c1")
    assert [d.id for d in record.documents()] == ["a", "b"]
    assert [d.id for d in record.documents(["b", "nowhere"])] == ["b"]
    assert [d.id for d in record.documents(as_of=date(2011, 1, 1))] == ["a"]
    assert [d.id for d in record.documents(not_by="c1")] == []
