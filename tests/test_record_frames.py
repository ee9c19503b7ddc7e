"""Statements, meetings and transfers are kept, found by their actors, read as of a day, and resolved by people."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import detente.record
from detente.errors import BadInput
from detente.record import Record, schema
from fake_reading import DAY, event, full_reading, reading

KINDS = ("statements", "meetings", "transfers")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with detente.record.open(tmp_path / "record") as opened:
        opened.add([full_reading("d")], coder="c1")
        yield opened


def test_frames_are_rebuilt_exactly(record: Record) -> None:
    given = full_reading("d")
    one = {kind: getattr(record, kind)().to_pylist()[0]["id"] for kind in KINDS}
    assert record.statement(one["statements"]) == given.statements[0]
    assert record.meeting(one["meetings"]) == given.meetings[0]
    assert record.transfer(one["transfers"]) == given.transfers[0]
    assert record.transfer("d:nothing") is None


@pytest.mark.parametrize(
    ("kind", "hit", "miss"),
    [
        ("statements", {"actor": "IND"}, {"actor": "USA"}),
        ("statements", {"dyad": ("RUS", "PAK"), "forecast": True}, {"forecast": False}),
        ("statements", {"speaker": "ronen"}, {"speaker": "Banerji"}),
        ("statements", {"spoken_for": "IND"}, {"spoken_for": "RUS"}),
        ("meetings", {"since": date(2012, 9, 27)}, {"since": date(2012, 9, 28)}),
        ("meetings", {"until": date(2012, 9, 26)}, {"until": date(2012, 9, 25)}),
        ("meetings", {"status": "postponed"}, {"status": "held"}),
        ("transfers", {"supplier": "UKR", "recipient": "PAK"}, {"supplier": "PAK"}),
        ("transfers", {"stage": "delivered", "dyad": ("PAK", "UKR")}, {"item_class": "ships"}),
        ("transfers", {"as_of": DAY}, {"as_of": date(2012, 9, 16)}),
    ],
)
def test_filters_narrow(record: Record, kind: str, hit: dict[str, object], miss: dict[str, object]) -> None:
    assert getattr(record, kind)(**hit).num_rows == 1
    assert getattr(record, kind)(**miss).num_rows == 0


def test_a_filter_of_another_table_is_refused(record: Record) -> None:
    with pytest.raises(TypeError, match="meetings cannot be filtered by stage"):
        record.meetings(stage="offered")


def test_a_newer_coder_replaces_the_frames_and_keeps_the_old(record: Record) -> None:
    before = record.status()
    record.add([reading("d", event(), title="Zażółć 日本")], coder="c2")
    assert [getattr(record, kind)().num_rows for kind in KINDS] == [0, 0, 0]
    assert before.last_recorded is not None
    assert [getattr(record, kind)(at=before.last_recorded).num_rows for kind in KINDS] == [1, 1, 1]


def test_copies_are_left_out(record: Record) -> None:
    other = full_reading("e")
    record.add([other], coder="c1")
    assert record.meetings().num_rows == 2
    assert record.meetings(document="e").to_pylist()[0]["url"] == "https://example.org/e"


def test_a_forecast_is_resolved_with_a_reason_and_can_be_opened_again(record: Record) -> None:
    key = record.statements().to_pylist()[0]["id"]
    by = record.events().to_pylist()[0]["id"]
    record.resolve(key, "true", "they met", event=by, person="ana")
    record.resolve(key, "false", "they did not after all")
    assert [row["outcome"] for row in record.resolutions().to_pylist()] == ["false"]
    record.resolve(key, "open", "too early to say")
    assert record.resolutions().num_rows == 0
    assert [row["outcome"] for row in record.resolutions(history=True).to_pylist()] == ["true", "false"]


@pytest.mark.parametrize(
    ("outcome", "reason", "event_id", "says"),
    [
        ("perhaps", "x", None, "is no outcome"),
        ("true", "  ", None, "needs a reason"),
        ("true", "x", "d:none", "no event 'd:none'"),
    ],
)
def test_a_resolution_that_makes_no_sense_is_refused(
    record: Record, outcome: str, reason: str, event_id: str | None, says: str
) -> None:
    key = record.statements().to_pylist()[0]["id"]
    with pytest.raises(BadInput, match=says):
        record.resolve(key, outcome, reason, event=event_id)
    with pytest.raises(BadInput, match="no statement"):
        record.resolve("d:none", "true", "x")
    assert record.resolutions(history=True).num_rows == 0


def test_a_record_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    with detente.record.open(folder) as made:
        made.add([reading("d", event())], coder="c1")
        lake = made._lake
        for table in ("statements", "meetings", "transfers", "resolutions", "corrections"):
            lake.connection.execute(f"DROP TABLE {table}")
        lake.connection.execute("CREATE TABLE frames (id VARCHAR, kind VARCHAR, payload VARCHAR)")
        lake.connection.execute("UPDATE meta SET value = '1' WHERE name = 'schema'")
    with detente.record.open(folder) as opened:
        assert opened.events().num_rows == 1
        opened.add([full_reading("e")], coder="c1")
        assert opened.transfers().num_rows == 1
        assert schema.VERSION == 3
    with sqlite3.connect(folder / "catalog.sqlite") as catalog:
        assert catalog.execute("SELECT 1 FROM ducklake_table WHERE table_name = 'statements'").fetchone()
