"""The commands over a record: ingest, events in every format, status, actor, demo; and what they refuse."""

import contextlib
import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from command import run
from detente.cli.main import main

ITEMS = [
    {"id": "a", "published": "2012-10-03", "source": "Wire", "text":
     "Russian Foreign Minister Sergei Lavrov met Pakistani President Asif Ali Zardari in Islamabad on Wednesday."},
    {"id": "b", "published": "2014-03-18", "source": "Wire", "text":
     "The United States imposed sanctions on Russia on Tuesday. Canada condemned Russia."},
    {"id": "c", "published": "2014-03-19", "text": ""},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with items.jsonl and the record it was ingested into."""
    folder = tmp_path_factory.mktemp("cli")
    source = folder / "items.jsonl"
    source.write_text("".join(json.dumps(item) + "\n" for item in ITEMS), encoding="utf-8")
    with contextlib.redirect_stderr(io.StringIO()) as printed, pytest.raises(SystemExit) as stop:
        main(["--record", str(folder / "record"), "ingest", str(source), "--workers", "1"])
    assert stop.value.code == 3, printed.getvalue()
    assert "2 kept" in printed.getvalue()
    return folder


@pytest.fixture
def record(folder: Path) -> Path:
    """The record of that folder."""
    return folder / "record"


def test_events_in_every_format(record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(run(capsys, "--record", record, "events", "--json").out)
    assert {(tuple(r["source_ids"]), tuple(r["target_ids"]), r["type"]) for r in rows} >= {
        (("USA",), ("RUS",), "SANCTION"), (("CAN",), ("RUS",), "ACCUSE")}  # fmt: skip
    lines = run(capsys, "--record", record, "events", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = list(csv.DictReader(io.StringIO(run(capsys, "--record", record, "events", "--format", "csv").out)))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    out = tmp_path / "events.parquet"
    assert run(capsys, "--record", record, "events", "--out", out).code == 0
    assert pq.read_table(out).num_rows == len(rows)
    assert "SANCTION" in run(capsys, "--record", record, "events").out


def test_filters_by_name_and_day(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ids(*words: str) -> set[str]:
        return {row["document"] for row in json.loads(run(capsys, "events", "--json", "--record", record, *words).out)}

    assert ids("--actor", "Pakistan") == {"a"}
    assert ids("--dyad", "usa", "Russia") == {"b"}
    assert ids("--as-of", "2013-01-01") == {"a"}
    assert ids("--type", "sanction", "--since", "2014-01-01") == {"b"}
    assert ids("--until", "2001-01-01") == set()


def test_ingesting_again_changes_nothing(record: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = json.loads(run(capsys, "--record", record, "status", "--json").out)
    run(capsys, "--record", record, "ingest", folder / "items.jsonl", "--workers", "1")
    assert json.loads(run(capsys, "--record", record, "status", "--json").out) == before


def test_status_says_what_was_skipped_and_why(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "--record", record, "status", "--json").out)
    assert found["documents"] == 2
    assert found["skipped"] == {"empty": 1}
    assert "items.jsonl:3" in found["skipped_items"][0]["origin"]
    assert "items.jsonl:3" in run(capsys, "--record", record, "status").out


def test_export_is_read_back_by_import(record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "events.tsv"
    assert run(capsys, "--record", record, "export", out, "--format", "gdelt").code == 0
    assert all(len(line.split("\t")) == 61 for line in out.read_text("utf-8").splitlines())
    again = run(capsys, "--record", tmp_path / "other", "import", out, "--format", "gdelt")
    assert again.code == 0, again.err
    assert json.loads(run(capsys, "--record", tmp_path / "other", "status", "--json").out)["imported"]["gdelt"] > 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["events", "--actor", "Atlantis"], "Atlantis"),
        (["events", "--type", "HUG"], "HUG"),
        (["events", "--status", "maybe"], "maybe"),
        (["events", "--since", "yesterday"], "yesterday"),
        (["events", "--dyad", "RUS", "Russia"], "RUS"),
        (["events", "--format", "xlsx"], "xlsx"),
        (["events", "--out", "/nowhere/at/all.csv"], "/nowhere/at"),
        (["events", "--format", "parquet"], "--out"),
        (["import", "none.csv", "--format", "gdelt"], "none.csv"),
        (["import", "none.csv", "--format", "excel"], "excel"),
        (["ingest", "none.txt"], "none.txt"),
        (["actor", "Atlantis"], "Atlantis"),
    ],
)
def test_wrong_input_is_one_line(
    record: Path, capsys: pytest.CaptureFixture[str], words: list[str], named: str
) -> None:
    ran = run(capsys, "--record", record, "--quiet", *words)
    assert ran.code in (1, 2)
    assert named in ran.err
    assert len(ran.err.strip().splitlines()) == 1, ran.err


def test_no_record_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "--record", tmp_path / "none", "events")
    assert (ran.code, ran.out) == (1, "")
    assert "no record here yet" in ran.err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("words", [["ingest", "none.txt"], ["import", "none.csv", "--format", "gdelt"]])
def test_nothing_is_made_for_a_source_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(capsys, "--record", tmp_path / "new", *words).code == 1
    assert not (tmp_path / "new").exists()


def test_actor_says_who_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "actor", "Moscow", "--on", "1975-06-01", "--json").out)["mention"]["id"] == "SUN"
    shown = run(capsys, "actor", "Kremlin").out
    assert "RUS" in shown and "why" in shown
    assert run(capsys, "actor", "France").code == 0


def test_demo_shows_the_opening(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "--record", tmp_path / "demo", "demo")
    assert ran.code == 0
    assert "RUS–PAK" in ran.out
    assert "lifted its embargo" in ran.out
    rows = json.loads(run(capsys, "--record", tmp_path / "demo", "events", "--dyad", "RUS", "PAK", "--json").out)
    happened = [row for row in rows if row["status"] == "occurred" and row["start"]]
    assert len(happened) >= 20
    early = [r["intensity"] for r in happened if r["start"] < "2013"]
    late = [r["intensity"] for r in happened if r["start"] >= "2014"]
    assert sum(late) / len(late) > sum(early) / len(early)


def test_recode_says_by_its_code_that_some_were_skipped(
    record: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.watch import intake

    assert run(capsys, "--record", record, "recode").code == 0
    monkeypatch.setattr(intake, "recode", lambda *_, **__: intake.IntakeReport(items=2, skipped=2))
    found = run(capsys, "--record", record, "recode")
    assert (found.code, "2 skipped" in found.err) == (3, True)
