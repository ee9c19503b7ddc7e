"""A desk is made, found again, renewed from empty, and refused where it is not ours; its keys and rules last."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import detente.record
from desks import NOON, later
from detente.desk import Desk, migrating
from detente.desk.keys import BadToken
from detente.desk.tables import Audit, Base, Thread
from detente.errors import BadInput, DeskError


def test_a_desk_is_made_and_found_again(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "record") as desk:
        first = desk.hashed("x", "y")
        desk.set_rules(trusted_after=3)
    with Desk.open(tmp_path / "record", create=False) as desk:
        assert desk.hashed("x", "y") == first != desk.hashed("z", "y")
        assert desk.rules().trusted_after == 3
    assert (tmp_path / "record" / "desk.sqlite").stat().st_mode & 0o077 == 0


def test_none_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no desk here yet"):
        Desk.open(tmp_path / "record", create=False)
    assert list(tmp_path.iterdir()) == []


def test_the_migrations_make_what_the_classes_say(tmp_path: Path) -> None:
    with Desk.open(tmp_path) as desk, desk.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        names = {index["name"] for table in Base.metadata.tables for index in sa.inspect(connection).get_indexes(table)}
    assert {index.name for table in Base.metadata.tables.values() for index in table.indexes} == names


def test_the_newest_migration_is_the_head() -> None:
    assert ScriptDirectory.from_config(migrating.config()).get_heads() == [migrating.HEAD]


def test_a_record_can_be_made_beside_a_desk_and_a_desk_beside_a_record(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "r"), detente.record.open(tmp_path / "r", create=True) as record:
        assert record.status().documents == 0
    with Desk.open(tmp_path / "r", create=False), detente.record.open(tmp_path / "r", create=False) as record:
        assert record.status().documents == 0


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.sqlite").write_bytes(content)
    with pytest.raises(DeskError, match="cannot be opened") as caught:
        Desk.open(tmp_path)
    assert str(tmp_path) in str(caught.value) and "\n" not in str(caught.value)


def test_somebody_elses_tables(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk.sqlite") as other:
        other.execute("CREATE TABLE comment (text)")
    other.close()
    with pytest.raises(DeskError, match="another program"):
        Desk.open(tmp_path)


def test_a_newer_desk(tmp_path: Path) -> None:
    with Desk.open(tmp_path) as desk, desk.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DeskError, match="newer"):
        Desk.open(tmp_path)


@pytest.mark.parametrize("url", ["nonsense://x", "postgresql://nobody:hush@127.0.0.1:1/none", "://"])
def test_an_address_that_leads_nowhere_is_one_line_without_the_password(url: str) -> None:
    with pytest.raises(DeskError) as caught:
        Desk.open(url)
    assert "hush" not in str(caught.value) and "\n" not in str(caught.value)


def test_the_audit_log_only_grows(tmp_path: Path) -> None:
    with Desk.open(tmp_path) as desk:
        with desk.writing() as session:
            session.add(Audit(at=NOON, actor="a", action="b", subject="c"))
        for statement in ("DELETE FROM audit", "UPDATE audit SET actor = 'x'"):
            with pytest.raises(sa.exc.DatabaseError, match="append-only"), desk.writing() as session:
                session.execute(sa.text(statement))


def test_an_error_undoes_a_transaction(tmp_path: Path) -> None:
    with Desk.open(tmp_path) as desk:
        with pytest.raises(ZeroDivisionError), desk.writing() as session:
            session.add(Thread(kind="page", target="x", created=NOON))
            session.flush()
            raise ZeroDivisionError
        with desk.reading() as session:
            assert session.scalar(sa.select(sa.func.count(Thread.id))) == 0


def test_a_rotated_key_opens_what_the_last_one_signed_unless_that_is_forgotten(tmp_path: Path) -> None:
    with Desk.open(tmp_path) as desk:
        old, hashed = desk.keys().sign("form", "x", later(days=1)), desk.hashed("x", "y")
        desk.rotate()
        assert desk.keys().read("form", old, NOON) == "x"
        new = desk.keys().sign("form", "x", later(days=1))
        desk.rotate(forget=True)
        for token in (old, new):
            with pytest.raises(BadToken):
                desk.keys().read("form", token, NOON)
        assert desk.hashed("x", "y") == hashed


def test_a_rule_that_does_not_exist_or_fit(tmp_path: Path) -> None:
    with Desk.open(tmp_path) as desk:
        for wrong in ({"colour": 1}, {"links": "many"}):
            with pytest.raises(BadInput, match="rules of comments"):
                desk.set_rules(**wrong)


def test_processes_that_open_a_new_desk_at_once_make_one(tmp_path: Path) -> None:
    program = f"from detente.desk import Desk; print(Desk.open({str(tmp_path)!r}).hashed('a', 'b'))"
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate()[0] for process in started}) == 1
    assert [process.returncode for process in started] == [0] * 4
