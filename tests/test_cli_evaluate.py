"""`detente evaluate`: figures on the user's own gold, and one line for a gold that cannot be used."""

import json
from pathlib import Path

import pytest

from command import run

GOLD = [
    {"id": "1", "date": "2012-09-17", "text": "Turkey accuses Syria of shelling a border town.",
     "events": [{"source": ["TUR"], "target": ["SYR"], "type": "ACCUSE", "status": "occurred"}]},
    {"id": "2", "published": "2012-09-17", "text": "It rained in Paris and in Rome.", "events": []},
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in GOLD) + "\n\n")
    return file


def test_the_table_and_the_json_have_the_same_figures(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = run(capsys, "evaluate", str(gold))
    assert table.code == 0
    assert "pair+type+status" in table.out
    figures = json.loads(run(capsys, "evaluate", str(gold), "--json").out)
    assert figures["items"] == 2
    assert figures["pair+type"]["wanted"] == 1
    assert figures["pair+type"]["right"] == 1
    assert sum(cell["coded"] for cell in figures["reliability"].values()) == figures["pair+type"]["coded"]


def test_mistakes_are_shown_on_demand(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = dict(GOLD[1], events=[{"source": ["FRA"], "target": ["ITA"], "type": "AID"}])
    gold.write_text(json.dumps(wrong) + "\n")
    assert "missed  FRA → ITA  AID" in run(capsys, "evaluate", str(gold), "--show", "3").out


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not a gold item"),
        ('{"text": "x", "events": []}', "'date' is missing"),
        ('{"date": "yesterday", "text": "x", "events": []}', "Invalid isoformat"),
        (
            '{"date": "2012-09-17", "text": "x", "events": [{"source": ["A"], "type": "KISS"}]}',
            "type 'KISS' is none of",
        ),
        ('{"date": "2012-09-17", "text": "x", "events": [{"source": "A", "type": "AID"}]}', "lists of actor ids"),
        (
            '{"date": "2012-09-17", "text": "x", "events": [{"type": "AID", "source": ["A"], "status": "odd"}]}',
            "is none of",
        ),
        ("[1]", "a line is an object"),
        ('{"date": "2012-09-17", "text": 5, "events": []}', "a line is an object"),
        ('{"date": "2012-09-17", "text": "x", "events": [5]}', "an event is an object"),
        ('{"date": "2012-09-17", "text": "x", "events": [{"source": [5], "type": "AID"}]}', "lists of actor ids"),
        ("", "holds no items"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, complaint: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n" + line + "\n")
    found = run(capsys, "evaluate", str(file))
    assert found.code == 1
    assert complaint in found.err
    assert found.err.count("\n") == 1


def test_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in run(capsys, "evaluate", str(tmp_path / "none.jsonl")).err
