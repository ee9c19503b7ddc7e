"""Corrections: the record shows what was coded and what was accepted, measures use the accepted one, from that day on."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from command import run
from detente.errors import BadInput
from detente.measured import MeasuredRecord
from detente.record import correcting
from detente.record.correcting import Correction
from making import make_event
from sites import full_entry


@pytest.fixture
def record(tmp_path: Path) -> Iterator[MeasuredRecord]:
    with MeasuredRecord(tmp_path / "record") as made:
        entries = []
        for n in range(4):
            entry = full_entry(f"d{n}", text=f"RUS visited PAK for the {n}th time.", published=date(2012, 9, 10 + n))
            entry.reading.events = [
                make_event(kind="CONSULT", start=date(2012, 9, 10 + n), text=entry.reading.document.text)
            ]
            entry.reading.events[0].status = "occurred"
            entries.append(entry)
        made.add(entries, coder="test")
        yield made


def acts(record: MeasuredRecord, **filters: Any) -> list[dict[str, Any]]:
    return record.acts(**filters).to_pylist()


def say(record: MeasuredRecord, n: int, kind: str, value: Any = None, key: str | None = None) -> str:
    event = record.events().to_pylist()[n]["id"]
    record.correct(
        Correction(id=key or f"c{n}{kind}", event=event, kind=kind, value=value, person="ann", decided_by="ed")
    )
    return str(event)


def test_what_is_no_event_counts_no_more_and_is_still_there(record: MeasuredRecord) -> None:
    before = record.relation("RUS", "PAK").series[-1]
    event = say(record, 0, "not_event")
    assert len(acts(record)) == 3
    assert record.relation("RUS", "PAK").series[-1].effective_n < before.effective_n
    assert event in record.events().column("id").to_pylist()
    [row] = record.corrections()
    assert (row["event"], row["kind"], row["coded_type"], row["stale"]) == (event, "not_event", "CONSULT", False)


def test_type_status_actors_and_date_are_put_right_together(record: MeasuredRecord) -> None:
    event = say(record, 1, "type", "ACCUSE")
    say(record, 1, "target", "IND")
    say(record, 1, "date", "2012-09-01")
    [act] = [row for row in acts(record) if row["id"] == event]
    assert (act["type"], act["source"], act["target"], act["day"]) == ("ACCUSE", "RUS", "IND", date(2012, 9, 1))
    assert act["intensity"] < 0
    say(record, 1, "status", "planned")
    assert event not in [row["id"] for row in acts(record)]


def test_the_latest_of_a_kind_stands_and_can_be_taken_back(record: MeasuredRecord) -> None:
    event = say(record, 2, "type", "ACCUSE", key="one")
    say(record, 2, "type", "AGREE", key="two")
    assert [row["type"] for row in acts(record) if row["id"] == event] == ["AGREE"]
    record.uncorrect("two")
    assert [row["type"] for row in acts(record) if row["id"] == event] == ["CONSULT"]
    assert [row["id"] for row in record.corrections(history=True)] == ["one", "two"]
    with pytest.raises(BadInput, match="no correction"):
        record.uncorrect("two")


def test_what_was_accepted_today_was_not_known_yesterday(
    record: MeasuredRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = record.events().to_pylist()[0]["id"]
    said = Correction(id="late", event=event, kind="not_event")
    record._lake.write(lambda: correcting.correct(record._lake, said, now=datetime(2013, 5, 1, tzinfo=UTC)))
    assert len(acts(record, as_of=date(2013, 4, 30))) == 4
    assert len(acts(record, as_of=date(2013, 5, 1))) == 3


def test_the_same_id_twice_is_one_correction(record: MeasuredRecord) -> None:
    say(record, 0, "not_event", key="same")
    say(record, 0, "not_event", key="same")
    assert len(record.corrections(history=True)) == 1


def test_a_correction_whose_event_is_coded_no_more_is_stale_and_kept(record: MeasuredRecord) -> None:
    say(record, 3, "not_event")
    entry = full_entry("d3", text="RUS visited PAK for the 3th time.", published=date(2012, 9, 13))
    entry.reading.events = []
    record.add([entry], coder="other")
    assert [row["stale"] for row in record.corrections()] == [True]
    assert len(acts(record)) == 3


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [("shape", 1, "no kind"), ("type", "VISIT", "no event type"), ("status", "maybe", "no status"), ("source", "XQX", "no actor"),
     ("target", "", "no actor"), ("date", "soon", "no date")],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(record: MeasuredRecord, kind: str, value: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        say(record, 0, kind, value)
    with pytest.raises(BadInput, match="no event"):
        record.correct(Correction(id="x", event="none", kind="not_event"))
    assert record.corrections() == []


def test_a_record_of_the_schema_before_gets_the_table(record: MeasuredRecord) -> None:
    record._lake.connection.execute("DROP TABLE corrections")
    record._lake.connection.execute("UPDATE meta SET value = '2' WHERE name = 'schema'")
    folder = record.folder
    record.close()
    with MeasuredRecord(folder) as again:
        assert again.corrections() == []
        assert len(acts(again)) == 4
        assert json.loads(json.dumps(again.corrections())) == []


def test_proposals_are_decided_by_editors_and_survive_a_crash_between(
    record: MeasuredRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.desk import Desk, corrections
    from detente.desk.people import Person
    from detente.errors import NotAllowed

    ann, ed = Person(name="ann", account=None, role="commenter"), Person(name="ed", role="editor")
    event = record.events().to_pylist()[0]["id"]
    with Desk.open("sqlite://") as desk:
        number = corrections.propose(desk, record, ann, event, "type", "ACCUSE", note="they quarrelled")
        for kind, value, words in (
            ("type", "AGREE", "already"),
            ("type", "CONSULT", "already"),
            ("date", "2012-09-10", "already"),
        ):
            with pytest.raises(BadInput, match=words):
                corrections.propose(desk, record, ann, event, kind, value)
        with pytest.raises(NotAllowed):
            corrections.propose(desk, record, Person(name="x"), event, "not_event")
        with pytest.raises(NotAllowed):
            corrections.accept(desk, record, ann, number)
        assert [row["type"] for row in acts(record) if row["id"] == event] == ["CONSULT"]
        monkeypatch.setattr(corrections, "_decide", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            corrections.accept(desk, record, ed, number)
        monkeypatch.undo()
        assert corrections.accept(desk, record, ed, number) == f"desk:{number}"
        assert len(record.corrections(history=True)) == 1
        assert [row["type"] for row in acts(record) if row["id"] == event] == ["ACCUSE"]
        assert corrections.proposals(desk) == []
        other = corrections.propose(desk, record, ann, event, "status", "denied")
        with pytest.raises(BadInput, match="needs a reason"):
            corrections.reject(desk, ed, other, " ")
        corrections.reject(desk, ed, other, "the page says so")
        assert [p.state for p in corrections.proposals(desk, state=None)] == ["accepted", "rejected"]
        with pytest.raises(BadInput, match="no open proposal"):
            corrections.accept(desk, record, ed, other)


def test_commands_from_proposal_to_training_data(
    record: MeasuredRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, events = record.folder, record.events().to_pylist()
    record.close()
    own = ("--record", folder, "corrections")
    assert run(capsys, *own, "propose", events[0]["id"], "--not-event", "--as", "ann").code == 0
    assert run(capsys, *own, "propose", events[1]["id"], "--type", "accuse", "--target", "IND").code == 0
    assert "by ann" in run(capsys, *own, "list", "--open").out
    for number in (1, 2, 3):
        assert run(capsys, *own, "accept", number).code == 0
    listed = json.loads(run(capsys, *own, "list", "--json").out)
    assert {row["kind"] for row in listed} == {"not_event", "type", "target"}
    assert run(capsys, *own, "export", "--out", tmp_path / "gold.jsonl").code == 0
    items = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text().splitlines()]
    assert [len(item["events"]) for item in items] == [0, 1]
    assert (items[1]["events"][0]["type"], items[1]["events"][0]["target"]) == ("ACCUSE", ["IND"])
    scored = run(capsys, "evaluate", tmp_path / "gold.jsonl", "--json")
    assert scored.code == 0, scored.err
    assert "precision" in scored.out
    assert run(capsys, *own, "undo", "desk:1").code == 0
    assert run(capsys, *own, "undo", "desk:1").code == 1
    for wrong, words in (
        (("propose", events[0]["id"]), "say what is wrong"),
        (("propose", "none", "--not-event"), "no event"),
        (("accept", 99), "no open proposal"),
    ):
        done = run(capsys, *own, *wrong)
        assert done.code == 1
        assert words in done.err
