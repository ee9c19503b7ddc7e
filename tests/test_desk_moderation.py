"""What moderators decide takes effect, is told to whom it is about, and stands in the audit log."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desks import DYAD, EDITOR, NOON, held_by, later, new_desk, said, say, visitor
from detente.desk import Desk, auditing, banning, moderation
from detente.desk.admission import Refusal
from detente.desk.people import COMMAND_LINE, Person
from detente.desk.posting import Held, Posted
from detente.desk.reading import thread_view
from detente.desk.threads import Subject
from detente.errors import BadInput, NotAllowed


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    made.set_rules(per_prefix_minute=99)
    return made


def test_the_queue_is_what_waits_oldest_first(desk: Desk) -> None:
    said(desk, "shown")
    waiting = [say(desk, f"text {n}", visitor(n), at=later(minutes=n)) for n in (2, 3, 4)]
    ids = [w.comment for w in waiting if isinstance(w, Held)]
    found = moderation.queue(desk, EDITOR)
    assert [w.id for w in found] == ids and moderation.waiting(desk) == 3
    assert (found[0].kind, found[0].key, found[0].body, found[0].accepted_before) == ("dyad", "PAK-RUS", "text 2", 0)
    assert [w.id for w in moderation.queue(desk, EDITOR, after=ids[0], limit=1)] == ids[1:2]


def test_a_rejected_comment_is_seen_by_its_author_with_the_reason_and_by_nobody_else(desk: Desk) -> None:
    done = say(desk)
    assert isinstance(done, Held)
    assert thread_view(desk, "dyad", "PAK-RUS").comments == []
    assert "waits" in str(thread_view(desk, "dyad", "PAK-RUS", viewer=visitor()).comments[0].note)
    moderation.reject(desk, EDITOR, done.comment, "about another subject", NOON)
    mine = thread_view(desk, "dyad", "PAK-RUS", viewer=visitor()).comments[0]
    assert "about another subject" in str(mine.note) and mine.mine and mine.html
    for other in (None, visitor(2), EDITOR):
        assert thread_view(desk, "dyad", "PAK-RUS", viewer=other).comments == []
    moderation.approve(desk, EDITOR, done.comment, NOON)
    assert thread_view(desk, "dyad", "PAK-RUS").comments[0].note is None


def test_removed_for_good_nothing_is_left_but_the_place(desk: Desk) -> None:
    comment = said(desk, "illegal")
    said(desk, "answer", parent=comment)
    moderation.remove(desk, EDITOR, comment, "a court asked", NOON)
    assert held_by(desk, comment).body == "" and held_by(desk, comment).author is None
    assert thread_view(desk, "dyad", "PAK-RUS").comments[0].note == "[removed by a moderator]"
    with pytest.raises(BadInput, match="only its place is left"):
        moderation.approve(desk, EDITOR, comment, NOON)


def test_pinned_comments_stand_first_until_they_are_hidden(desk: Desk) -> None:
    first = said(desk, "one")
    second = said(desk, "two", at=later(minutes=1))
    answer = said(desk, "three", parent=first, at=later(minutes=2))
    moderation.pin(desk, EDITOR, second, True, NOON)
    assert [c.id for c in thread_view(desk, "dyad", "PAK-RUS").comments] == [second, first]
    with pytest.raises(BadInput, match="cannot be pinned"):
        moderation.pin(desk, EDITOR, answer, True, NOON)
    moderation.spam(desk, EDITOR, second, NOON)
    assert held_by(desk, second).pinned is False


@pytest.mark.parametrize("what", banning.WHATS)
def test_a_ban_reaches_as_far_as_it_says(desk: Desk, what: banning.What) -> None:
    with desk.writing() as session:
        from detente.desk.tables import Account

        session.add(Account(id=7, key="ann", name="Ann", role="commenter", created=NOON))
    ann = Person(account=7, name="Ann", role="commenter", address="10.0.1.9")
    comment = said(desk, "from the account", ann) if what == "account" else said(desk)
    number = banning.ban_author(desk, EDITOR, comment, what, "insults", now=NOON)
    neighbour, elsewhere = Person(visitor="other", address="10.0.1.200"), Subject(kind="event", key="e")
    moved = Person(visitor=visitor().visitor, address="10.200.0.1")
    reached = {
        "pseudonym": {"same thread"},
        "visitor": {"same thread", "other thread"},
        "account": {"account"},
        "network": {"account", "neighbour"},
    }[what]
    tried = {
        "same thread": say(desk, "1", moved),
        "other thread": say(desk, "2", moved, subject=elsewhere),
        "neighbour": say(desk, "3", neighbour),
        "account": say(desk, "4", ann),
    }
    assert {name for name, done in tried.items() if isinstance(done, Refusal)} == reached
    assert all("insults" in t.sentence and t.code == "banned" for t in tried.values() if isinstance(t, Refusal))
    banning.unban(desk, EDITOR, number, NOON)
    assert not isinstance(say(desk, "5", ann if what == "account" else moved), Refusal)
    assert banning.bans(desk, NOON) == []


def test_a_ban_ends_when_it_says(desk: Desk) -> None:
    comment = said(desk)
    banning.ban_author(desk, EDITOR, comment, "visitor", "insults", until=later(days=7), now=NOON)
    refusal = say(desk, "again", at=later(days=6))
    assert isinstance(refusal, Refusal) and "until 8 May 2026, 12:00 UTC: insults." in refusal.sentence
    assert isinstance(say(desk, "again", at=later(days=7)), Posted)


def test_an_address_given_by_hand_bans_its_network(desk: Desk) -> None:
    banning.ban_network(desk, EDITOR, "10.0.1.0/24", "advertising", now=NOON)
    assert isinstance(say(desk), Refusal) and not isinstance(say(desk, who=visitor(2)), Refusal)
    assert banning.bans(desk, NOON)[0].label == "a network"
    for wrong in ("nowhere", ""):
        with pytest.raises(BadInput, match="no internet address"):
            banning.ban_network(desk, EDITOR, wrong, "x", now=NOON)


def test_everything_needs_a_reason_a_comment_and_the_role(desk: Desk) -> None:
    comment = said(desk)
    for tried in (
        lambda: moderation.reject(desk, EDITOR, comment, " "),
        lambda: banning.ban_author(desk, EDITOR, comment, "visitor", ""),
        lambda: banning.ban_author(desk, EDITOR, comment, "account", "x"),
        lambda: banning.ban_author(desk, EDITOR, comment, "planet", "x"),  # type: ignore[arg-type]
        lambda: moderation.approve(desk, EDITOR, 999),
        lambda: banning.unban(desk, EDITOR, 999),
        lambda: banning.unmute(desk, EDITOR, "never muted"),
        lambda: banning.mute(desk, EDITOR, "x"),
        lambda: banning.ban_account(desk, EDITOR, "nobody", "x"),
    ):
        with pytest.raises(BadInput):
            tried()


ACTIONS: list[Callable[[Desk, Person, int], object]] = [
    lambda desk, who, comment: moderation.approve(desk, who, comment, NOON),
    lambda desk, who, comment: moderation.reject(desk, who, comment, "no", NOON),
    lambda desk, who, comment: moderation.spam(desk, who, comment, NOON),
    lambda desk, who, comment: moderation.remove(desk, who, comment, "no", NOON),
    lambda desk, who, comment: moderation.pin(desk, who, comment, True, NOON),
    lambda desk, who, comment: moderation.lock(desk, who, DYAD.kind, DYAD.key, True, NOON),
    lambda desk, who, comment: banning.ban_author(desk, who, comment, "visitor", "no", now=NOON),
    lambda desk, who, comment: banning.ban_network(desk, who, "10.1.1.1", "no", now=NOON),
    lambda desk, who, comment: banning.mute(desk, who, "casino", NOON),
]


@pytest.mark.parametrize("number", range(len(ACTIONS)))
def test_each_decision_is_a_moderators_and_is_written_down(desk: Desk, number: int) -> None:
    comment = said(desk)
    before = len(auditing.log(desk))
    for person in (visitor(), Person(account=5, name="ben", role="commenter")):
        with pytest.raises(NotAllowed, match="moderator"):
            ACTIONS[number](desk, person, comment)
    assert len(auditing.log(desk)) == before and held_by(desk, comment).state == "visible"
    ACTIONS[number](desk, COMMAND_LINE, comment)
    assert len(auditing.log(desk)) == before + 1 and auditing.log(desk)[0].actor == "command line"


def test_the_log_is_read_by_subject_and_in_pieces(desk: Desk) -> None:
    comments = [said(desk, f"text {n}", visitor(n)) for n in range(4)]
    log = auditing.log(desk, limit=3)
    assert [e.subject for e in log] == [f"comment:{c}" for c in reversed(comments[1:])]
    assert len(auditing.log(desk, before=log[-1].id)) == 1
    assert [e.action for e in auditing.log(desk, subject=f"comment:{comments[0]}")] == ["approved"]
