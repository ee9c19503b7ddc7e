"""README tells the truth: its page prints what it shows, its figures are those of the floors."""

import json
import re
from pathlib import Path

import pytest

from command import run

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_page_prints_what_readme_shows(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = run(capsys, "read", "examples/page.html").out
    shown = README.split("prints:\n\n")[1].split("\n\nThe counterfactual")[0]
    assert [line[4:] for line in shown.splitlines()] == [line.rstrip() for line in printed.rstrip("\n").splitlines()]


def test_the_first_screen_has_the_two_commands() -> None:
    first = README.splitlines()[:14]
    assert any("uv run detente demo" in line for line in first)
    assert any("uv run pytest" in line for line in first)


def test_readme_claims_no_more_than_the_floors_hold() -> None:
    floors = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["accuracy"]
    for label, key in (("source-target pair", "pair f1"), ("pair and PLOVER type", "pair+type f1")):
        claimed = float(re.findall(rf"\| {label} \|.*\| (\.\d+) \|", README)[0])
        assert abs(claimed - floors[key]) < 0.02
