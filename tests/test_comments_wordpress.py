"""Exports of WordPress: every version, states and types, pages that are not public, several blogs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archives import comment, item, wxr
from detente.desk.importing import import_comments
from shelved import TestDesk


@pytest.fixture
def desk() -> TestDesk:
    return TestDesk()


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_each_version_gives_the_same_comments(desk: TestDesk, tmp_path: Path, version: str) -> None:
    page = item(comment(5, parent=4), comment(4, content="one\n\ntwo <b>three</b>"))
    report = import_comments(
        desk, wxr(tmp_path / "x.xml", page, item(link="https://blog.example/b/"), version=version), "wxr"
    )
    assert (report.threads_new, report.comments_new, report.orphaned, report.left_out) == (1, 2, 0, {})
    comments = desk.comments()
    assert comments["blog.example#5"]["parent"] == "blog.example#4"
    assert comments["blog.example#4"]["body"] == "one\n\ntwo **three**"
    assert comments["blog.example#4"]["created"] == datetime(2012, 9, 17, 10, tzinfo=UTC)
    assert desk.threads()["https://blog.example/a"]["title"] == "A page & more"


def test_states_and_types(desk: TestDesk, tmp_path: Path) -> None:
    page = item(
        comment(1, approved="1"),
        comment(2, approved="0"),
        comment(3, approved="spam"),
        comment(4, approved="trash"),
        comment(5, approved="something new"),
        comment(6, type=""),
        comment(7, type="pingback"),
        comment(8, type="trackback"),
        comment(9, type="pingback"),
        comment(10, type="order_note"),
        open_="closed",
    )
    report = import_comments(desk, wxr(tmp_path / "x.xml", page), "wxr")
    states = {key.partition("#")[2]: c["state"] for key, c in desk.comments().items()}
    assert states == {"1": "visible", "2": "held", "3": "spam", "4": "deleted", "5": "held", "6": "visible"}
    assert report.left_out == {"pingbacks": 2, "trackbacks": 1, "comments of type order_note": 1}
    assert (report.comments_new, report.held, report.spam, report.deleted) == (6, 2, 1, 1)
    assert desk.threads()["https://blog.example/a"]["closed"]


@pytest.mark.parametrize("status", ["trash", "private", "draft"])
def test_comments_of_a_page_that_is_not_public_are_not_shown(desk: TestDesk, tmp_path: Path, status: str) -> None:
    pages = [item(comment(1), comment(2, approved="spam"), status=status)]
    report = import_comments(desk, wxr(tmp_path / "x.xml", *pages), "wxr")
    assert (report.rejected, report.spam) == (1, 1)
    assert {c["state"] for c in desk.comments().values()} == {"rejected", "spam"}


def test_two_blogs_do_not_mistake_each_others_numbers(desk: TestDesk, tmp_path: Path) -> None:
    import_comments(desk, wxr(tmp_path / "1.xml", item(comment(1))), "wxr")
    other = wxr(tmp_path / "2.xml", item(comment(1), link="https://two.example/a"), blog="https://two.example/")
    assert import_comments(desk, other, "wxr").comments_new == 1
    assert set(desk.comments()) == {"blog.example#1", "two.example#1"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"date": "0000-00-00 00:00:00", "date_gmt": "0000-00-00 00:00:00"}, "comments without a readable date"),
        ({"content": ""}, "comments without text"),
    ],
)
def test_what_cannot_be_taken_is_named(desk: TestDesk, tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    report = import_comments(desk, wxr(tmp_path / "x.xml", item(comment(1, **fields), comment(2))), "wxr")
    assert (report.comments_new, report.left_out) == (1, {reason: 1})


def test_a_missing_gmt_date_falls_back_to_the_local_one(desk: TestDesk, tmp_path: Path) -> None:
    import_comments(desk, wxr(tmp_path / "x.xml", item(comment(1, date_gmt="0000-00-00 00:00:00"))), "wxr")
    assert desk.comments()["blog.example#1"]["created"] == datetime(2012, 9, 17, 12, tzinfo=UTC)
