"""Several at once, on SQLite and on PostgreSQL: nothing is lost, nothing is there twice, limits hold."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from archives import comment, item, wxr
from desks import DYAD, EDITOR, NOON, empty_postgres, held_by, later, new_desk, said, say, visitor
from detente.desk import Desk, moderation, privacy
from detente.desk.admission import Refusal
from detente.desk.feeding import replies_to
from detente.desk.importing import export_comments, import_comments
from detente.desk.limits import Limit, hit
from detente.desk.outbox import deliver, enqueue
from detente.desk.people import Person
from detente.desk.posting import Posted
from detente.desk.reading import counts, thread_view
from detente.desk.tables import Account, Base, Comment, Thread
from detente.desk.voting import vote

WRITER = """
import sys
sys.path.insert(0, {tests!r})
from desks import *
desk = Desk.open({where!r})
for number in range({each}):
    done = say(desk, f"text {{number}} of {{sys.argv[1]}}", visitor(int(sys.argv[1]) * 1000 + number))
    assert done.comment
"""


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty desk; PostgreSQL where there is one to try."""
    if request.param == "sqlite":
        new_desk(tmp_path).close()
        yield str(tmp_path)
        return
    yield empty_postgres()


@pytest.fixture
def desk(where: str) -> Iterator[Desk]:
    with Desk.open(where) as opened:
        opened.set_rules(trusted_after=0)
        yield opened


def test_processes_that_write_at_once_lose_nothing(where: str, desk: Desk) -> None:
    program = WRITER.format(tests=str(Path(__file__).parent), where=where, each=25)
    started = [subprocess.Popen([sys.executable, "-c", program, str(n)]) for n in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    with desk.reading() as session:
        bodies = session.scalars(sa.select(Comment.body)).all()
        assert session.scalar(sa.select(sa.func.count(Thread.id))) == 1
        names = session.scalars(sa.select(Comment.author)).all()
    assert sorted(bodies) == sorted(f"text {n} of {p}" for p in range(3) for n in range(25))
    assert counts(desk, [(DYAD.kind, DYAD.key)]) == {(DYAD.kind, DYAD.key): 75}
    assert len(set(names)) >= 74


def test_threads_that_hit_one_limit_at_once_do_not_pass_it(desk: Desk) -> None:
    def use(_: int) -> bool:
        with desk.writing() as session:
            return hit(desk, session, "x", [Limit(5, later(minutes=1) - NOON)], NOON) is None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(20))) == 5


def test_a_double_click_is_one_comment(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: say(desk, "once"), range(4)))
    assert sum(isinstance(d, Posted) for d in done) == 1
    assert {d.code for d in done if isinstance(d, Refusal)} == {"twice"}


def test_votes_at_once_are_all_counted(desk: Desk) -> None:
    comment = said(desk)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: vote(desk, comment, 1, visitor(n), NOON), range(2, 22)))
    assert held_by(desk, comment).ups == 20


def test_two_that_deliver_at_once_send_each_mail_once(desk: Desk) -> None:
    with desk.writing() as session:
        for number in range(30):
            enqueue(session, key=str(number), recipient=f"{number}@example.org", subject="s", body="b", now=NOON)
    sent: list[str] = []
    with ThreadPoolExecutor(3) as pool:
        runs = list(
            pool.map(
                lambda _: deliver(desk, lambda m: sent.append(m["To"]), sender="c@example.org", now=NOON), range(3)
            )
        )
    assert sum(r.sent for r in runs) == 30 == len(set(sent)) == len(sent)


def test_a_desk_does_the_same_on_either_database(desk: Desk) -> None:
    """A walk through everything that is written in SQL of some length."""
    with desk.writing() as session:
        session.add(Account(key="ann", name="Ann", role="editor", created=NOON))
    first = said(desk, "one")
    answer = said(desk, "two", visitor(2), parent=first, at=later(minutes=1))
    below = said(desk, "three", visitor(3), parent=answer, at=later(minutes=2))
    assert [r.id for r in replies_to(desk, first)] == [below, answer]
    assert thread_view(desk, "dyad", "PAK-RUS", order="best", viewer=visitor(2)).comments[0].replies[0].mine
    moderation.lock(desk, EDITOR, "dyad", "PAK-RUS", True, NOON)
    assert isinstance(say(desk, "late"), Refusal)
    vote(desk, first, 1, visitor(2), NOON)
    assert privacy.erase_mine(desk, visitor(2), now=NOON) == 1 and held_by(desk, first).ups == 0
    assert held_by(desk, first).created == NOON
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), desk.writing() as session:
        session.execute(sa.text("DELETE FROM audit"))
    assert say(desk, "no cookie", Person(address="10.0.0.1"))


def test_the_tables_are_those_of_the_classes_on_either_database(desk: Desk) -> None:
    with desk.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_archives_go_in_and_out_on_either_database(desk: Desk, tmp_path: Path) -> None:
    said(desk, "written here")
    blog = wxr(tmp_path / "blog.xml", item(comment(1), comment(2, 1), comment(3, 2, approved="spam")))
    assert import_comments(desk, blog, "wxr").comments_new == 3
    assert import_comments(desk, blog, "wxr").comments_unchanged == 3
    assert export_comments(desk, tmp_path / "out.jsonl") == 4
    again = import_comments(desk, tmp_path / "out.jsonl", "json")
    assert (again.comments_new, again.comments_unchanged) == (0, 4)
    said(desk, "and after it", visitor(2))
