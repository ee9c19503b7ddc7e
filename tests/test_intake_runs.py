"""Intake: many items through worker processes into the record; whatever an item does, the run goes on."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import detente
from detente.types import Document, Raw, Reading, Skip
from detente.watch import intake


def read_some(raw: Raw) -> Reading | Skip:
    """A reader that does what the text tells it to."""
    text = str(raw.body)
    if text == "skip":
        return Skip(origin=raw.origin, reason="empty", detail="is empty")
    if text == "raise":
        raise ValueError("bad page")
    if text == "die":
        os._exit(9)
    if text == "hang":
        time.sleep(3600)
    return Reading(document=Document(id=str(raw.id), text=text))


def _items(bodies: list[str]) -> Iterator[Raw | Skip]:
    for number, body in enumerate(bodies):
        yield Raw(id=f"i{number}", origin=f"test:{number}", body=body)


@pytest.mark.parametrize("workers", [0, 2])
def test_every_item_has_an_outcome(tmp_path: Path, workers: int) -> None:
    bodies = [f"news number {i} of the day" for i in range(90)] + ["skip", "raise"]
    with detente.open(tmp_path / "record") as record:
        report = intake.ingest(record, _items(bodies), workers=workers, read=read_some, batch=25)
        status = record.status()
    assert (report.items, report.kept, report.skipped) == (92, 90, 2)
    assert status.skipped == {"empty": 1, "failed": 1}
    assert any("bad page" in item["detail"] for item in status.skipped_items)


def test_a_page_that_kills_its_worker_is_skipped_and_the_run_goes_on(tmp_path: Path) -> None:
    bodies = [f"news number {i} of the day" for i in range(40)] + ["die"] + [f"later news {i}" for i in range(40)]
    with detente.open(tmp_path / "record") as record:
        report = intake.ingest(record, _items(bodies), workers=2, read=read_some)
        status = record.status()
    assert (report.kept, report.skipped) == (80, 1)
    assert [item["origin"] for item in status.skipped_items] == ["test:40"]


def test_a_page_that_hangs_is_given_up(tmp_path: Path) -> None:
    with detente.open(tmp_path / "record") as record:
        report = intake.ingest(record, _items(["hang", "good news of today"]), workers=1, read=read_some, limit_s=2)
        status = record.status()
    assert (report.kept, report.skipped) == (1, 1)
    assert [item["origin"] for item in status.skipped_items] == ["test:0"]


def test_the_same_items_again_change_nothing_and_are_not_read_again(tmp_path: Path) -> None:
    bodies = [f"news number {i} of the day" for i in range(30)]
    with detente.open(tmp_path / "record") as record:
        intake.ingest(record, _items(bodies), workers=0, read=read_some)
        before = record.status()

        def fail(raw: Raw) -> Reading | Skip:
            raise AssertionError("read again")

        report = intake.ingest(record, _items(bodies), workers=0, read=fail)
        assert (report.items, report.unchanged) == (30, 30)
        assert record.status() == before
