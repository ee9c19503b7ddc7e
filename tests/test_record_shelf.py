"""The shelf: what stands now, by day and by pair; copies and what was retired are not on it."""

from datetime import date
from pathlib import Path

from detente import record as store
from detente.record import Entry
from making import make_entry
from sites import full_entry


def test_it_holds_what_the_record_holds(tmp_path: Path) -> None:
    with store.open(tmp_path / "record") as record:
        record.add([full_entry("a"), make_entry("b", published=date(2012, 5, 1), events=3)], coder="one")
        shelf = record.shelf(tmp_path, "shelf_1", "coded")
        cursor = shelf.cursor()
        for table in ("events", "statements", "meetings", "transfers"):
            ids = {row[0] for row in cursor.execute(f"SELECT id FROM {table}").fetchall()}
            assert ids == set(getattr(record, table)()["id"].to_pylist()), table
            pairs = cursor.execute(f"SELECT DISTINCT a, b FROM {table.removesuffix('s')}_pairs").fetchall()
            assert pairs == [("PAK", "RUS")], table
        cursor.close()
        shelf.drop()
        assert not shelf.file.exists()


def test_what_was_coded_anew_stands_once(tmp_path: Path) -> None:
    entry = full_entry("a")
    with store.open(tmp_path / "record") as record:
        record.add([entry], coder="one")
        number = record.snapshot()
        record.add([Entry(reading=entry.reading, origin=entry.origin, raw_digest=entry.raw_digest)], coder="two")
        assert record.snapshot() > number
        cursor = record.shelf(tmp_path, "shelf_1", "coded").cursor()
        count = cursor.execute("SELECT count(*), count(DISTINCT id) FROM event_pairs").fetchone()
        assert count == (record.events().num_rows,) * 2


def test_a_record_opened_for_reading_follows_its_writer(tmp_path: Path) -> None:
    with store.open(tmp_path / "record") as writer:
        writer.add([full_entry("a")], coder="one")
        with store.Record(tmp_path / "record", read_only=True) as reader:
            before = reader.snapshot()
            writer.add([full_entry("b", text="PAK greets RUS.")], coder="one")
            assert reader.snapshot() > before
            assert reader.status().documents == 2
