"""What the command line writes and how it words it: files, dates as far as they are known, numbers with their nouns."""

from datetime import date
from pathlib import Path

import pytest

from command import run
from detente.cli.output import counted
from detente.cli.show import at_precision
from detente.web.wording import counted as goods


def test_a_folder_is_no_file_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, page = tmp_path / "record", tmp_path / "page.txt"
    page.write_text("Peru accused Chile of spying.", "utf-8")
    assert run(capsys, "--record", record, "ingest", page).code == 0
    for name, words in (
        ("x.csv", ["events"]),
        ("x.pdf", ["brief", "PER", "CHL"]),
        ("x.json", ["statements"]),
        ("x", ["events"]),
    ):
        (tmp_path / name).mkdir()
        ran = run(capsys, "--record", record, *words, "--out", tmp_path / name)
        assert (ran.code, "is a folder, not a file" in ran.err) == (1, True), (words, ran.err)
    assert not list(tmp_path.glob("*.part"))


def test_reading_a_folder_says_by_its_exit_that_something_was_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Peru accused Chile of spying.", "utf-8")
    assert run(capsys, "read", tmp_path).code == 0
    (tmp_path / "b.txt").write_bytes(b"")
    assert run(capsys, "read", tmp_path).code == 3
    assert run(capsys, "read", "").code == 1


@pytest.mark.parametrize(
    ("precision", "wanted"),
    [("day", "2012-09-01"), ("month", "2012-09"), ("year", "2012"), ("decade", "2012s"), ("unknown", "–")],
)
def test_dates_are_shown_as_far_as_they_are_known(precision: str, wanted: str) -> None:
    assert at_precision(date(2012, 9, 1), None, precision) == wanted


def test_stretches_and_no_date() -> None:
    assert at_precision(date(2012, 9, 1), date(2012, 9, 3), "day") == "2012-09-01/09-03"
    assert at_precision(None, None, "day") == "–"


def test_numbers_have_their_nouns() -> None:
    assert [counted(n, "event") for n in (0, 1, 2000)] == ["0 events", "1 event", "2,000 events"]
    assert goods("four helicopters", 4) == "four helicopters"
    assert goods("71 helicopters", 71) == "71 helicopters"
    assert goods("helicopters", 4) == "4 × helicopters"
    assert goods("helicopters", None) == "helicopters"
