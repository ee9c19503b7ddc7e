"""Why an event was coded: the same events as without reasons, and reasons that fit them."""

import json
from datetime import date
from pathlib import Path

import pytest

from command import run
from detente import coding, reading
from detente.types import Document

TEXT = "Turkey accuses Syria of shelling a border town. France and Germany condemned Russia for the attack."


def test_reasons_belong_to_the_same_events() -> None:
    text = reading.annotate(Document(id="x", published=date(2012, 9, 17), text=TEXT))
    explained = coding.explain(text)
    assert [e.event for e in explained] == coding.code(text)
    for each in explained:
        assert each.reason is not None
        assert dict(each.reason.types)[each.event.type] >= each.reason.threshold
        assert each.reason.tense or each.reason.status[0][0] == each.event.status
        named = {actor for _, actor, _ in each.reason.parties}
        assert {a.id for a in (*each.event.source, *each.event.target)} & named


def test_the_screen_and_the_json_say_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT)
    shown = run(capsys, "read", str(page), "--explain").out
    assert "“accuses”" in shown
    assert "(coded from" in shown
    assert "(coded from" not in run(capsys, "read", str(page)).out
    whole = json.loads(run(capsys, "read", str(page), "--explain", "--json").out)
    assert len(whole["reasons"]) == len(whole["events"]) > 0
