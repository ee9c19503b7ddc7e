"""A folder that is not a record, or a damaged one, is refused with one line that names it."""

import sqlite3
from pathlib import Path

import pytest

import detente.record
from detente.errors import RecordError
from detente.record.lake import CATALOG
from fake_reading import event, reading


def refused(folder: Path, *words: str, create: bool = True) -> None:
    with pytest.raises(RecordError) as caught:
        detente.record.open(folder, create=create)
    message = str(caught.value)
    assert str(folder) in message
    assert "\n" not in message
    assert [word for word in words if word not in message] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with detente.record.open(tmp_path / "record") as record:
        record.add([reading(f"d{n}", event()) for n in range(50)], coder="c1")
    return tmp_path / "record"


def test_a_record_is_made_and_found_again(folder: Path) -> None:
    with detente.record.open(folder, create=False) as record:
        assert record.status().documents == 50


def test_no_record(tmp_path: Path) -> None:
    refused(tmp_path / "nothing", "no record", create=False)
    assert not (tmp_path / "nothing").exists()


def test_a_catalog_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / CATALOG).write_bytes(b"not a database at all " * 100)
    refused(tmp_path, "cannot be opened")


def test_somebody_elses_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / CATALOG) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    refused(tmp_path)
    with sqlite3.connect(tmp_path / CATALOG) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
    other.close()


def test_a_newer_schema(folder: Path) -> None:
    with detente.record.open(folder) as record:
        record._lake.write(lambda: record._lake.run("UPDATE meta SET value = '99' WHERE name = 'schema'"))
    refused(folder, "newer", "99")


def test_a_missing_data_file(folder: Path) -> None:
    for file in (folder / "data").rglob("*.parquet"):
        file.unlink()
    with detente.record.open(folder) as record, pytest.raises(RecordError) as caught:
        record.events()
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_damaged_data_file(folder: Path) -> None:
    for file in (folder / "data").rglob("*.parquet"):
        file.write_bytes(file.read_bytes()[:40] + b"\0" * 400)
    with detente.record.open(folder) as record, pytest.raises(RecordError) as caught:
        record.events()
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_truncated_catalog(folder: Path) -> None:
    catalog = folder / CATALOG
    catalog.write_bytes(catalog.read_bytes()[:5000])
    refused(folder)
