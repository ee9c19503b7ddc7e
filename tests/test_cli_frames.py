"""statements, forecasts, resolve, calendar and arms over a record: what they show, write, and refuse."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from icalendar import Calendar

import detente.record
from command import run
from detente.types import Actor, Document, Event, Evidence, Meeting, Place, Reading, Speaker, Statement, Transfer

VISIT = "Vladimir Putin will visit Islamabad on 2 October, a former envoy expects."
OFF = "Putin has called off his visit to Pakistan."
ARMS = "Russia agreed to sell four Mi-35 helicopters to Pakistan for $153 million."


def page(key: str, day: str, text: str, **frames: object) -> Reading:
    document = Document(
        id=key, text=text, published=date.fromisoformat(day), source=f"Wire {key}", url=f"https://x.org/{key}"
    )
    return Reading(document=document, **frames)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of three pages: an announcement with a forecast, its cancellation, and an arms deal."""
    folder = tmp_path_factory.mktemp("frames") / "record"
    whole = Evidence(start=0, end=len(VISIT), trigger=(16, 26))
    said = Statement(
        speaker=Speaker(name="envoy", actor="PAK", role="envoy", former=True), text="Vladimir Putin will visit Islamabad",
        parts=[(0, 35)], kind="belief", certainty="probable", forecast=True, checkable=True, horizon=date(2012, 10, 2),
        about=["RUS", "PAK"], dyad=("PAK", "RUS"), evidence=whole,
    )  # fmt: skip
    visit = Meeting(
        participants=["RUS", "PAK"], format="visit", start=date(2012, 10, 2), end=date(2012, 10, 2), precision="day",
        place=Place(name="Islamabad", country="PAK"), status="scheduled", evidence=whole,
    )  # fmt: skip
    off = Meeting(
        participants=["RUS", "PAK"], format="visit", status="cancelled", evidence=Evidence(start=0, end=len(OFF))
    )
    sale = Transfer(
        supplier=["RUS"], recipient=["PAK"], item="four Mi-35 helicopters", item_class="aircraft", number=4, value=1.53e8,
        currency="USD", stage="agreed", evidence=Evidence(start=0, end=len(ARMS), trigger=(7, 21)),
    )  # fmt: skip
    met = Event(type="CONSULT", source=[Actor(id="RUS")], target=[Actor(id="PAK")], start=date(2012, 9, 30),
                end=date(2012, 9, 30), precision="day", evidence=Evidence(start=0, end=len(OFF)))  # fmt: skip
    planned = Event(
        type="CONSULT", source=[Actor(id="RUS")], target=[Actor(id="PAK")], status="planned", evidence=whole
    )
    with detente.record.open(folder) as opened:
        opened.add(
            [
                page("a", "2012-09-17", VISIT, statements=[said], meetings=[visit], events=[planned]),
                page("b", "2012-09-30", OFF, meetings=[off], events=[met]),
                page("c", "2015-08-19", ARMS, transfers=[sale]),
            ],
            coder="c1",
        )
    return folder


def test_statements_are_listed_with_their_certainty(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "--record", record, "statements", "--speaker", "ENVOY").out
    assert "envoy, former envoy  belief · probable" in shown
    rows = json.loads(run(capsys, "--record", record, "statements", "--dyad", "Russia", "PAK", "--json").out)
    assert [row["certainty"] for row in rows] == ["probable"]
    assert "no kind of statement" in run(capsys, "--record", record, "statements", "--kind", "rumour").err


def test_a_forecast_shows_what_may_have_made_it_true_and_is_resolved(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(capsys, "--record", record, "forecasts", "--as-of", "2012-12-01").out
    assert "due" in shown
    assert "came true? 2012-09-30  Putin has called off" in shown
    (row,) = json.loads(run(capsys, "--record", record, "forecasts", "--as-of", "2012-09-20", "--json").out)
    assert (row["state"], row["suggestion"]) == ("open", None)
    refused = run(capsys, "--record", record, "resolve", row["id"], "false", "--reason", " ")
    assert (refused.code, "needs a reason" in refused.err) == (1, True)
    assert run(capsys, "--record", record, "resolve", row["id"], "FALSE", "--reason", "he did not come").code == 0
    (after,) = json.loads(run(capsys, "--record", record, "forecasts", "--state", "false", "--json").out)
    assert after["reason"] == "he did not come"
    scores = json.loads(run(capsys, "--record", record, "forecasts", "--scores", "speaker", "--json").out)
    assert (scores[0]["resolved"], scores[0]["brier"]) == (1, 0.5625)
    assert "envoy" in run(capsys, "--record", record, "forecasts", "--scores", "speaker").out
    assert "no statement" in run(capsys, "--record", record, "resolve", "x:1", "true", "--reason", "y").err


def test_the_calendar_knows_a_meeting_from_announcement_to_cancellation(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(capsys, "--record", record, "calendar", "--steps").out
    assert "October 2012" in shown
    assert "2012-10-02" in shown
    assert "cancelled" in shown
    assert OFF in shown
    (before,) = json.loads(run(capsys, "--record", record, "calendar", "--as-of", "2012-09-20", "--json").out)
    (after,) = json.loads(
        run(capsys, "--record", record, "calendar", "--from", "2012-10-01", "--to", "2012-10-31", "--json").out
    )
    assert (before["status"], after["status"], after["start"]) == ("scheduled", "cancelled", "2012-10-02")
    assert run(capsys, "--record", record, "calendar", "--to", "2012-09-01", "--json").out == "[]\n"


def test_the_calendar_goes_into_calendar_programs(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "meetings.ics"
    assert run(capsys, "--record", record, "calendar", "--out", out).code == 0
    raw = out.read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(entry["summary"]) == "PAK – RUS: visit (cancelled)"
    assert (entry["dtstart"].dt, entry["dtend"].dt, str(entry["status"])) == (
        date(2012, 10, 2),
        date(2012, 10, 3),
        "CANCELLED",
    )
    assert str(entry["location"]) == "Islamabad"


def test_the_arms_ledger_is_shown_and_exported(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(capsys, "--record", record, "arms", "RUS", "Pakistan").out
    assert "RUS → PAK  four Mi-35 helicopters  agreed" in shown
    assert "153,000,000 USD" in shown
    assert (
        json.loads(run(capsys, "--record", record, "arms", "RUS", "PAK", "--as-of", "2014-01-01", "--json").out) == []
    )
    out = tmp_path / "deals.parquet"
    assert run(capsys, "--record", record, "arms", "RUS", "--out", out).code == 0
    assert pq.read_table(out).to_pylist()[0]["number"] == 4
    table = list(csv.DictReader(io.StringIO(run(capsys, "--record", record, "arms", "PAK", "--format", "csv").out)))
    assert table[0]["supplier"] == "RUS"
    assert "two different actors" in run(capsys, "--record", record, "arms", "RUS", "Russia").err


def test_sipri_stands_beside_the_news(record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tiv.csv"
    file.write_text(
        "supplier,recipient,year,value\nRussia,Pakistan,2009,60\nChina,Pakistan,2010,180\n", encoding="utf-8"
    )
    assert run(capsys, "--record", record, "import", file, "--format", "sipri-tiv").code == 0
    shown = run(capsys, "--record", record, "arms", "RUS", "PAK").out
    assert "SIPRI" in shown
    assert "2009" in shown
    rows = json.loads(run(capsys, "--record", record, "arms", "PAK", "--shares", "--json").out)
    assert rows[-1]["shares"] == {"CHN": 0.75, "RUS": 0.25}
    assert rows[-1]["hhi"] == pytest.approx(0.625)
    assert "CHN 75%" in run(capsys, "--record", record, "arms", "PAK", "--shares").out
    assert json.loads(run(capsys, "--record", record, "arms", "IND", "--shares", "--json").out) == []


def test_an_empty_record_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with detente.record.open(tmp_path / "empty"):
        pass
    for words in (["statements"], ["forecasts"], ["calendar"], ["arms", "RUS"], ["arms", "RUS", "--shares"]):
        assert run(capsys, "--record", tmp_path / "empty", *words).code == 0
