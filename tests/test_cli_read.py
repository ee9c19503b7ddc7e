"""`detente read`: the contract's JSON, many lines in order, and one clear line for what cannot be read."""

import json
from pathlib import Path

import pytest

from command import run

NEWS = (
    "ISLAMABAD - Russian Foreign Minister Sergei Lavrov met Pakistani President Asif Ali Zardari in Islamabad on "
    "Wednesday. Pakistan will host a summit of the two countries next month."
)
EVENT = {"type", "mode", "contexts", "source", "target", "mutual", "status", "start", "end", "precision", "place",
         "intensity", "confidence", "attributed_to", "evidence"}  # fmt: skip


def test_json_has_the_shape_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(NEWS, encoding="utf-8")
    reading = json.loads(run(capsys, "read", page, "--published", "2012-10-03", "--json").out)
    assert {"id", "url", "title", "published", "language", "text", "source"} <= set(reading["document"])
    assert reading["document"]["published"] == "2012-10-03"
    assert set(reading) == {"document", "events", "statements", "meetings", "transfers"}
    met = next(e for e in reading["events"] if {a["id"] for a in e["source"] + e["target"]} == {"RUS", "PAK"})
    assert set(met) == EVENT
    assert (met["type"], met["status"], met["start"], met["precision"]) == ("CONSULT", "occurred", "2012-10-03", "day")
    text = reading["document"]["text"]
    start, end = met["evidence"]["trigger"]
    assert text[start:end] == "met"
    for actor in met["source"] + met["target"]:
        start, end = actor["mention"]
        assert {"RUS": "Lavrov", "PAK": "Zardari"}[actor["id"]] in text[start:end]


def test_a_page_is_shown_to_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(NEWS, encoding="utf-8")
    shown = run(capsys, "read", page, "--published", "2012-10-03").out
    assert "RUS – PAK" in shown or "RUS → PAK" in shown
    assert "CONSULT" in shown


def test_lines_come_back_in_order_with_an_answer_to_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"id": "a", "published": "2012-10-03", "text": NEWS},
        {"id": "b", "published": "2012-10-03", "html": f"<html><body><article><p>{NEWS}</p></article></body></html>"},
        {"id": "c", "published": "2012-10-03", "text": ""},
        {"id": "d", "text": "Nothing happened between anybody in the village, said the baker."},
        {"id": "e", "text": "Der russische Außenminister traf am Mittwoch in Islamabad den Präsidenten von Pakistan."},
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ran = run(capsys, "read", "--jsonl", source, "--out", out)
    readings = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [r["document"]["id"] for r in readings][:2] == ["a", "b"]
    assert len(readings) == len(lines)
    assert readings[0]["events"] and readings[1]["events"]
    assert [e["type"] for e in readings[0]["events"]] == [e["type"] for e in readings[1]["events"]]
    assert readings[2]["events"] == readings[3]["events"] == readings[4]["events"] == []
    assert readings[4]["document"]["language"] == "de"
    assert ran.code == 3
    assert f"{source}:3" in ran.err or "in.jsonl:3" in ran.err


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (None, "no such file"),
        (b"", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x1f\x8b\x08\x00broken", "gzip"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: bytes | None, words: str
) -> None:
    page = tmp_path / "page.txt"
    if make is not None:
        page.write_bytes(make)
    ran = run(capsys, "read", page)
    assert ran.code == 1
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1
    assert "page.txt" in ran.err
    assert "Traceback" not in ran.err


def test_bad_options_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(NEWS, encoding="utf-8")
    assert "17-09-2012" in run(capsys, "read", page, "--published", "17-09-2012").err
    assert run(capsys, "read").code == 1
    assert run(capsys, "read", page, "--nonsense").code == 2
    refused = run(capsys, "read", "http://127.0.0.1:8080/x")
    assert refused.code == 1
    assert "loopback" in refused.err or "private" in refused.err
