"""Databases of Isso: modes, answers, edits, missing names; the database itself is never touched."""

import hashlib
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archives import isso
from detente.desk.importing import import_comments
from detente.errors import BadInput
from shelved import TestDesk

THREADS = [(1, "/blog/a/", "A page"), (2, "/blog/b/", None)]
COMMENTS = [
    {"id": 1, "text": "Hello *world*\r\n\r\n<script>alert(1)</script>"},
    {"id": 2, "parent": 1, "created": 1347876060.5, "modified": 1347876099.0, "author": None, "email": None},
    {"id": 3, "tid": 2, "mode": 2},
    {"id": 4, "tid": 2, "mode": 4, "text": "", "author": None},
    {"id": 5, "tid": 2, "parent": 4, "mode": 1},
    {"id": 6, "tid": 2, "parent": 99},
]


@pytest.fixture
def desk() -> TestDesk:
    return TestDesk()


def test_everything_is_kept_and_counted(desk: TestDesk, tmp_path: Path) -> None:
    report = import_comments(desk, isso(tmp_path / "isso.db", THREADS, COMMENTS), "isso", site="https://example.org")
    assert (report.threads_new, report.comments_new) == (2, 6)
    assert (report.held, report.deleted, report.orphaned) == (1, 1, 1)
    by_id = {key.partition("@")[0]: c for key, c in desk.comments().items()}
    assert set(desk.threads()) == {"https://example.org/blog/a", "https://example.org/blog/b"}
    assert by_id["1"]["body"] == "Hello *world*\n\n<script>alert(1)</script>"
    assert by_id["2"]["parent"] == "1@1347876000" and by_id["5"]["parent"] == "4@1347876000"
    assert by_id["2"]["edited"] == datetime(2012, 9, 17, 10, 1, 39, tzinfo=UTC)
    assert by_id["1"]["created"] == datetime(2012, 9, 17, 10, 0, 0, 250000, tzinfo=UTC)
    assert by_id["2"]["author"] is None and by_id["2"]["person"] is None


def test_without_a_site_the_path_is_the_page(desk: TestDesk, tmp_path: Path) -> None:
    import_comments(desk, isso(tmp_path / "isso.db", THREADS, COMMENTS), "isso")
    assert set(desk.threads()) == {"/blog/a", "/blog/b"}


@pytest.mark.parametrize("site", ["example.org", "ftp://example.org", "javascript:x"])
def test_a_site_that_is_no_address_is_refused(desk: TestDesk, tmp_path: Path, site: str) -> None:
    with pytest.raises(BadInput, match=r"should look like https://example\.org"):
        import_comments(desk, isso(tmp_path / "isso.db", THREADS, COMMENTS), "isso", site=site)


def test_a_second_run_adds_nothing(desk: TestDesk, tmp_path: Path) -> None:
    file = isso(tmp_path / "isso.db", THREADS, COMMENTS)
    import_comments(desk, file, "isso")
    again = import_comments(desk, file, "isso")
    assert (again.threads_unchanged, again.comments_new, again.comments_unchanged) == (2, 0, 6)


def test_the_database_is_not_touched(desk: TestDesk, tmp_path: Path) -> None:
    folder = tmp_path / "kept ? #100%"
    folder.mkdir()
    file = isso(folder / "isso.db", THREADS, COMMENTS)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    folder.chmod(0o500)
    import_comments(desk, file, "isso")
    folder.chmod(0o700)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before and os.listdir(folder) == ["isso.db"]  # noqa: PTH208


def test_comments_still_in_the_journal_of_a_running_server_are_seen(desk: TestDesk, tmp_path: Path) -> None:
    file = isso(tmp_path / "isso.db", THREADS, COMMENTS)
    with closing(sqlite3.connect(file, isolation_level=None)) as running:
        running.execute("PRAGMA journal_mode = WAL")
        running.execute(
            "INSERT INTO comments (tid, id, created, mode, text, voters) VALUES (1, 7, 1347879000.0, 1, 'late', '')"
        )
        assert import_comments(desk, file, "isso").comments_new == 7


def test_an_old_database_without_some_columns_is_read(desk: TestDesk, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as database, database:
        database.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR)")
        database.execute("CREATE TABLE comments (tid INTEGER, id INTEGER PRIMARY KEY, created FLOAT, text VARCHAR)")
        database.execute("INSERT INTO threads VALUES (1, '/a')")
        database.execute("INSERT INTO comments VALUES (1, 1, 1347876000.0, 'old')")
    assert import_comments(desk, tmp_path / "old.db", "isso").comments_new == 1


def test_values_of_a_wrong_kind_are_left_out_with_their_reason(desk: TestDesk, tmp_path: Path) -> None:
    odd = [
        {"id": 1, "created": "yesterday"},
        {"id": 2, "created": 1e300},
        {"id": 3, "text": None},
        {"id": 4, "tid": 9},
        {"id": 5, "text": b"bytes \xff", "author": b"\xff"},
    ]
    report = import_comments(desk, isso(tmp_path / "isso.db", THREADS, odd), "isso")
    assert report.comments_new == 1
    assert report.left_out == {
        "comments without a readable date": 2,
        "comments without text": 1,
        "comments whose thread is not in the archive": 1,
    }


def test_a_view_posing_as_a_table_is_refused(desk: TestDesk, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as database, database:
        database.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR)")
        database.execute(
            "CREATE VIEW comments AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS id, 1 AS tid, i AS created, 'x' AS text FROM n"
        )
    with pytest.raises(BadInput, match="no database of Isso"):
        import_comments(desk, tmp_path / "x.db", "isso")
