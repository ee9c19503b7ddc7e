"""What tests of the desk share: a desk, a clock that stands still, people, comments written by them."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa

from detente.desk import Desk
from detente.desk.admission import Refusal
from detente.desk.desk import FILE
from detente.desk.forms import form_token
from detente.desk.moderation import approve
from detente.desk.people import Person
from detente.desk.posting import Draft, Held, Outcome, post
from detente.desk.tables import Base, Comment
from detente.desk.threads import Subject

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def later(**by: float) -> datetime:
    """A moment after noon: later(minutes=15)."""
    return NOON + timedelta(**by)


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        Desk.open(folder).close()
        return (Path(folder) / FILE).read_bytes()


def new_desk(folder: Path, file: Path | None = None) -> Desk:
    """A desk of its own, without running the migrations each time."""
    file = file or folder / FILE
    file.write_bytes(_template())
    return Desk.open(f"sqlite:///{file}")


def empty_postgres() -> str:
    """The database that DETENTE_TEST_POSTGRES names, emptied; the test is skipped where it names none."""
    url = os.environ.get("DETENTE_TEST_POSTGRES")
    if not url:
        pytest.skip("DETENTE_TEST_POSTGRES names no database")
    with Desk.open(url) as desk, desk.engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE alembic_version"))
        connection.execute(sa.text("DROP FUNCTION audit_append_only"))
    return url


DYAD = Subject(kind="dyad", key="PAK-RUS", title="Russia and Pakistan", url="https://example.org/dyads/PAK-RUS")
EDITOR = Person(account=9001, name="editor", role="editor", address="198.51.100.1")


def visitor(number: int = 1) -> Person:
    """Somebody without an account, from a network of their own."""
    return Person(visitor=f"the cookie of visitor {number}", address=f"10.{number // 250}.{number % 250}.7")


def say(
    desk: Desk,
    body: str = "text",
    who: Person | None = None,
    *,
    at: datetime = NOON,
    parent: int | None = None,
    subject: Subject = DYAD,
    **more: str,
) -> Outcome:
    """Write a comment, as a person does who takes ten seconds for it."""
    form = form_token(desk, subject.kind, subject.key, at - timedelta(seconds=10))
    return post(desk, Draft(subject=subject, body=body, parent=parent, **({"form": form} | more)), who or visitor(), at)


def said(desk: Desk, body: str = "text", who: Person | None = None, **more: Any) -> int:
    """Write a comment that is shown at once or after a moderator's look, and return its id."""
    done = say(desk, body, who, **more)
    assert not isinstance(done, Refusal), done
    if isinstance(done, Held):
        approve(desk, EDITOR, done.comment, more.get("at", NOON))
    return done.comment


def held_by(desk: Desk, comment: int) -> Comment:
    """The row of a comment."""
    with desk.reading() as session:
        return session.get_one(Comment, comment)
