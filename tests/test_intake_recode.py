"""A newer coder goes over the record: events replaced, history kept, stopped halfway it goes on; order is the input's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import detente.record
from detente.record import Record
from detente.watch import intake
from fake_reading import code_again, raws, read_page


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with detente.record.open(tmp_path / "record") as opened:
        yield opened


def types(record: Record, at: datetime | None = None) -> list[str]:
    return [row["type"] for row in record.events(at=at).to_pylist()]


@pytest.mark.parametrize("workers", [0, 2])
def test_events_are_replaced_and_kept(record: Record, workers: int) -> None:
    intake.ingest(record, raws("one", "two", "three"), workers=0, read=read_page, coder="c1")
    before = datetime.now(UTC)
    report = intake.recode(record, workers=workers, read=code_again, coder="c2")
    assert (report.items, report.revised, report.kept) == (3, 3, 0)
    assert types(record) == ["ACCUSE"] * 3
    assert types(record, before) == ["CONSULT"] * 3
    assert intake.recode(record, workers=workers, read=code_again, coder="c2").items == 0


def test_stopped_halfway_it_goes_on(record: Record) -> None:
    intake.ingest(record, raws(*(f"page {n}" for n in range(10))), workers=0, read=read_page, coder="c1")

    def stop(done: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        intake.recode(record, workers=0, read=code_again, coder="c2", batch=2, progress=stop)
    assert sorted(types(record)) == ["ACCUSE"] * 4 + ["CONSULT"] * 6
    assert intake.recode(record, workers=0, read=code_again, coder="c2").revised == 6


def test_ctrl_c_leaves_whole_batches(record: Record) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        intake.ingest(record, raws(*(f"page {n}" for n in range(300))), read=read_page, batch=50, progress=stop)
    assert record.status().documents == 50
    assert intake.ingest(record, raws(*(f"page {n}" for n in range(300))), workers=0, read=read_page).kept == 250


def test_output_of_libraries_does_not_get_between(record: Record) -> None:
    report = intake.ingest(record, raws("noise", "news", "noise again"), workers=1, read=read_page)
    assert (report.kept, report.skipped) == (3, 0)


def test_text_that_cannot_be_stored_is_skipped_alone(record: Record) -> None:
    report = intake.ingest(record, raws("news", "surrogate", "more"), workers=1, read=read_page)
    assert (report.kept, report.skipped) == (2, 1)
    assert record.status().skipped == {"failed": 1}


def test_order_is_that_of_the_items(record: Record) -> None:
    dispatch = "first, wire copy of the very same dispatch by an agency"
    report = intake.ingest(record, raws(f"slow {dispatch}", "news", dispatch), workers=2, read=read_page)
    assert report.copies == 1
    clusters = record._lake.run("SELECT id FROM documents WHERE cluster <> id").fetchall()
    assert clusters == [("p2",)]
