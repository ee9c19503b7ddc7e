"""What becomes of a comment: posted, held or refused, each with a sentence, and nothing dropped without a word."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from desks import DYAD, EDITOR, NOON, held_by, later, new_desk, said, say, visitor
from detente.desk import Desk, banning, moderation
from detente.desk.admission import Refusal
from detente.desk.forms import form_token
from detente.desk.people import Person
from detente.desk.posting import Held, Posted
from detente.desk.tables import Comment, Thread
from detente.desk.threads import Subject


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def refused(outcome: object, code: str) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.code == code and outcome.sentence.endswith(".") and outcome.sentence[0].isupper()
    return outcome


def number_of(desk: Desk, kind: type[Comment] | type[Thread]) -> int:
    with desk.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_the_first_comment_is_held_and_says_so_the_second_is_posted(desk: Desk) -> None:
    first = say(desk, "one")
    assert isinstance(first, Held) and "waits for a moderator" in first.sentence
    assert isinstance(say(desk, "two"), Held)
    moderation.approve(desk, EDITOR, first.comment, NOON)
    assert isinstance(say(desk, "three"), Posted)
    assert isinstance(say(desk, "four", visitor(2)), Held)


@pytest.mark.parametrize("needed", [0, 2, 3])
def test_a_writer_is_trusted_after_as_many_as_the_rules_say(desk: Desk, needed: int) -> None:
    desk.set_rules(trusted_after=needed, per_prefix_minute=99)
    for number in range(needed):
        done = say(desk, f"text {number}")
        assert isinstance(done, Held)
        moderation.approve(desk, EDITOR, done.comment, NOON)
    assert isinstance(say(desk, "at last"), Posted)


def test_trust_goes_with_an_account_from_thread_to_thread_and_a_rejection_earns_none(desk: Desk) -> None:
    with desk.writing() as session:
        from detente.desk.tables import Account

        session.add(Account(id=7, key="ann", name="Ann", role="commenter", created=NOON))
    ann = Person(account=7, name="Ann", role="commenter", address="10.9.9.9")
    first = say(desk, "one", ann)
    assert isinstance(first, Held)
    moderation.reject(desk, EDITOR, first.comment, "no", NOON)
    second = say(desk, "two", ann)
    assert isinstance(second, Held) and second.author == "Ann"
    moderation.approve(desk, EDITOR, second.comment, NOON)
    assert isinstance(say(desk, "three", ann, subject=Subject(kind="event", key="e1")), Posted)


@pytest.mark.parametrize(
    "body", ["", " \n\t ", "\x00\x01", "[](https://example.org)"[:0] or "\u200b"[:0], "x" * 10_001]
)
def test_a_text_that_is_none_or_too_long(desk: Desk, body: str) -> None:
    refused(say(desk, body), "bad text")
    assert number_of(desk, Comment) == number_of(desk, Thread) == 0


def test_the_field_that_people_do_not_see(desk: Desk) -> None:
    assert "hidden" in refused(say(desk, trap="http://spam.example"), "trap").sentence


@pytest.mark.parametrize(
    ("open_for", "code"), [(0.5, "too quick"), (2.9, "too quick"), (3.1, None), (86_000, None), (86_401, "old form")]
)
def test_a_form_takes_three_seconds_and_lasts_a_day(desk: Desk, open_for: float, code: str | None) -> None:
    form = form_token(desk, DYAD.kind, DYAD.key, NOON)
    outcome = say(desk, at=later(seconds=open_for), form=form)
    assert isinstance(outcome, Held) if code is None else refused(outcome, code)


def test_a_form_of_another_thread_or_of_nobody(desk: Desk) -> None:
    form = form_token(desk, "event", "e1", later(minutes=-1))
    for wrong in (form, form[:-1] + ("A" if form[-1] != "A" else "B"), "", "x.y", "é.é", form + "x"):
        refused(say(desk, form=wrong), "bad form")


def test_a_network_may_write_so_often_and_then_is_told_when_again(desk: Desk) -> None:
    desk.set_rules(trusted_after=0)
    for number in range(5):
        assert isinstance(say(desk, f"text {number}", at=later(seconds=number)), Posted)
    neighbour = Person(visitor="another cookie", address=visitor().address[:-1] + "99")  # type: ignore[index]
    wait = refused(say(desk, "six", neighbour, at=later(seconds=20)), "too many").wait_s
    assert wait == 40
    refused(say(desk, "six", at=later(seconds=59)), "too many")
    assert isinstance(say(desk, "elsewhere", visitor(2), at=later(seconds=20)), Posted)
    assert isinstance(say(desk, "six", at=later(seconds=60)), Posted)


def test_the_day_has_a_limit_too(desk: Desk) -> None:
    desk.set_rules(trusted_after=0, per_prefix_day=6)
    for number in range(6):
        assert isinstance(say(desk, f"text {number}", at=later(minutes=number)), Posted)
    assert "hours" in refused(say(desk, "more", at=later(hours=1)), "too many").sentence
    assert isinstance(say(desk, "more", at=later(days=1, seconds=1)), Posted)


def test_without_a_cookie_a_comment_has_no_author(desk: Desk) -> None:
    refused(say(desk, who=Person(address="10.0.0.1")), "no cookie")


def test_rules_close_the_desk_or_ask_to_sign_in(desk: Desk) -> None:
    desk.set_rules(anonymous=False)
    refused(say(desk), "sign in")
    refused(say(desk, who=Person(account=1, name="reader", role="reader")), "role")
    desk.set_rules(open=False)
    refused(say(desk), "closed")


def test_the_same_twice(desk: Desk) -> None:
    first = say(desk)
    assert isinstance(first, Held)
    refused(say(desk, at=later(seconds=1)), "twice")
    assert isinstance(say(desk, who=visitor(2)), Held)
    assert isinstance(say(desk, at=later(hours=2)), Held)


def test_an_answer_needs_a_visible_parent_in_the_same_thread(desk: Desk) -> None:
    desk.set_rules(per_prefix_minute=99)
    top = said(desk)
    assert isinstance(say(desk, "answer", parent=top), Posted)
    waiting = say(desk, "waiting", visitor(2))
    assert isinstance(waiting, Held)
    other = said(desk, "other", subject=Subject(kind="event", key="e1"))
    for parent in (waiting.comment, other, 999, -1):
        refused(say(desk, "answer to it", parent=parent), "no parent")
    refused(say(desk, "answer", parent=top, subject=Subject(kind="brief", key="new")), "no parent")
    with desk.reading() as session:
        assert session.scalar(select(Thread.id).where(Thread.kind == "brief")) is None


def test_muted_words_hold_even_those_who_are_trusted(desk: Desk) -> None:
    said(desk)
    banning.mute(desk, EDITOR, "Cheap  Pills", NOON)
    outcome = say(desk, "buy CHEAP\npills, now")
    assert isinstance(outcome, Held) and "cheap pills" in outcome.sentence
    assert isinstance(say(desk, "cheap pillsbury"), Posted)
    banning.unmute(desk, EDITOR, "cheap pills", NOON)
    assert isinstance(say(desk, "cheap pills!"), Posted)


def test_links_hold_a_first_comment_where_nobody_else_is_held(desk: Desk) -> None:
    desk.set_rules(trusted_after=0, links=1)
    outcome = say(desk, "https://a.example and https://b.example")
    assert isinstance(outcome, Held) and "links" in outcome.sentence
    assert isinstance(say(desk, "https://a.example"), Posted)


def test_locked_and_closed_threads_take_comments_of_moderators_only(desk: Desk) -> None:
    said(desk)
    moderation.lock(desk, EDITOR, DYAD.kind, DYAD.key, True, NOON)
    refused(say(desk, "more"), "locked")
    moderation.lock(desk, EDITOR, DYAD.kind, DYAD.key, False, NOON)
    assert isinstance(say(desk, "more"), Posted)
    with desk.writing() as session:
        session.scalars(select(Thread)).one().closed = True
    refused(say(desk, "still more"), "closed")


@pytest.mark.parametrize(
    "subject", [Subject(kind="planet", key="x"), Subject(kind="event", key=" "), Subject(kind="event", key="x" * 3000)]
)
def test_a_thread_on_nothing(desk: Desk, subject: Subject) -> None:
    from detente.errors import BadInput

    with pytest.raises(BadInput):
        form_token(desk, subject.kind, subject.key)
    refused(say(desk, subject=DYAD, form="x"), "bad form")


def test_spellings_of_a_page_are_one_thread(desk: Desk) -> None:
    first = said(desk, "one", subject=Subject(kind="page", key="http://Example.org/a/?utm_source=x#top"))
    second = said(desk, "two", subject=Subject(kind="page", key="https://example.org/a"))
    assert held_by(desk, first).thread_id == held_by(desk, second).thread_id


def test_no_address_and_no_cookie_is_kept(desk: Desk) -> None:
    said(desk, who=Person(visitor="secret-cookie", address="203.0.113.77"))
    with desk.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        dump = "\n".join(raw.iterdump())
    assert "203.0.113" not in dump and "secret-cookie" not in dump
