"""A person takes away, and takes out, what is theirs and nothing else; what is not needed is forgotten by itself."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archives import comment, item, wxr
from desks import DYAD, EDITOR, NOON, held_by, later, new_desk, said, say, visitor
from detente.desk import Desk, accounts, moderation, privacy, subscriptions
from detente.desk.importing import import_comments
from detente.desk.people import Person
from detente.desk.posting import Held
from detente.desk.reading import thread_view
from detente.desk.reporting import report
from detente.desk.tables import Account, Comment, Hit, Report, Subscription, Vote
from detente.desk.threads import Subject
from detente.desk.tidying import tidy
from detente.desk.voting import vote
from detente.errors import NotAllowed


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def lived_in(desk: Desk, person: Person) -> tuple[int, int]:
    """Comments, a vote, a report and a wish for mail of one person, among those of another."""
    other = said(desk, "not mine", visitor(2))
    mine = said(desk, "mine", person)
    said(desk, "elsewhere", person, subject=Subject(kind="event", key="e1"))
    said(desk, "answer to it", visitor(2), parent=mine)
    vote(desk, other, 1, person, NOON)
    vote(desk, mine, 1, visitor(2), NOON)
    vote(desk, other, 1, visitor(3), NOON)
    report(desk, other, "spam", person, text="look", now=NOON)
    subscriptions.subscribe(desk, DYAD, "ann@example.org", person, now=NOON)
    return mine, other


def account(desk: Desk) -> Person:
    with desk.writing() as session:
        session.add(Account(id=7, key="ann", name="Ann", role="commenter", email="a@example.org", created=NOON))
    return Person(account=7, name="Ann", role="commenter", address="10.0.1.9")


@pytest.mark.parametrize("signed_in", [True, False])
def test_what_is_mine_comes_out_as_json_and_nothing_else(desk: Desk, signed_in: bool) -> None:
    person = account(desk) if signed_in else visitor()
    mine, other = lived_in(desk, person)
    found = json.loads(privacy.export_mine(desk, person, NOON))
    assert [c["body"] for c in found["comments"]] == ["mine", "elsewhere"] and found["comments"][0]["id"] == mine
    assert [v["comment"] for v in found["votes"]] == [other] and len(found["mail"]) == 1
    assert [r["text"] for r in found["reports"]] == (["look"] if signed_in else [])
    assert found["account"] == (
        {"name": "Ann", "role": "commenter", "email": "a@example.org", "created": "2026-05-01T12:00:00Z"}
        if signed_in
        else None
    )
    assert "not mine" not in json.dumps(found)


@pytest.mark.parametrize("signed_in", [True, False])
def test_what_is_mine_is_erased_and_nothing_else(desk: Desk, signed_in: bool) -> None:
    person = account(desk) if signed_in else visitor()
    mine, other = lived_in(desk, person)
    assert privacy.erase_mine(desk, person, now=NOON) == 2
    assert json.loads(privacy.export_mine(desk, person, NOON))["comments"] == []
    view = thread_view(desk, "dyad", "PAK-RUS")
    assert [(c.note, c.ups) for c in view.comments] == [(None, 1), ("[removed by its author]", 0)]
    assert view.comments[1].replies[0].html == "<p>answer to it</p>\n"
    assert held_by(desk, other).body == "not mine" and held_by(desk, mine).person is None
    with desk.reading() as session:
        assert session.scalar(select(func.count(Vote.comment_id))) == 1
        assert session.scalar(select(func.count(Subscription.id))) == 0
        assert session.scalar(select(func.count(Report.id))) == (0 if signed_in else 1)
    assert privacy.erase_mine(desk, person, now=NOON) == 0


def test_one_comment_can_be_erased_long_after_by_its_author_alone(desk: Desk) -> None:
    mine, other = said(desk), said(desk, "other", visitor(2))
    for who, number in ((visitor(2), mine), (visitor(), other), (visitor(), 999), (Person(account=1), mine)):
        with pytest.raises(NotAllowed, match="not yours"):
            privacy.erase_mine(desk, who, comment=number, now=later(days=400))
    assert privacy.erase_mine(desk, visitor(), comment=mine, now=later(days=400)) == 1
    assert held_by(desk, mine).body == "" and held_by(desk, other).body == "other"


def test_held_and_rejected_comments_are_theirs_too_with_the_reason(desk: Desk) -> None:
    done = say(desk, "waits")
    assert isinstance(done, Held)
    moderation.reject(desk, EDITOR, done.comment, "off the point", NOON)
    found = json.loads(privacy.export_mine(desk, visitor(), NOON))["comments"][0]
    assert (found["state"], found["reason"]) == ("rejected", "off the point")


def test_what_was_imported_with_an_address_is_found_and_erased_by_it(desk: Desk, tmp_path: Path) -> None:
    import_comments(desk, wxr(tmp_path / "b.xml", item(comment(1), comment(2, author_email="b@example.org"))), "wxr")
    found = json.loads(privacy.export_of_email(desk, "ANN@example.org "))
    assert [c["author"] for c in found["comments"]] == ["Ann"] and found["mail"] == []
    assert privacy.erase_of_email(desk, "ann@example.org") == 1 and privacy.erase_of_email(desk, "ann@example.org") == 0
    assert sorted(c["body"] for c in everything_by(desk, "ann@example.org", "b@example.org")) == ["text"]


def everything_by(desk: Desk, *emails: str) -> list[dict[str, str]]:
    return [c for e in emails for c in json.loads(privacy.export_of_email(desk, e))["comments"]]


def test_somebody_without_cookie_or_account_has_nothing(desk: Desk) -> None:
    said(desk)
    for tried in (privacy.export_mine, privacy.erase_mine):
        with pytest.raises(NotAllowed, match="cookie"):
            tried(desk, Person(address=visitor().address))


def test_a_removed_account_leaves_its_comments_or_not(desk: Desk) -> None:
    person = account(desk)
    stays = said(desk, "stays", person)
    accounts.remove(desk, "ann")
    assert (held_by(desk, stays).author, held_by(desk, stays).account_id) == ("Ann", None)
    again = account(desk)
    second = said(desk, "goes", again, at=later(minutes=5))
    assert accounts.remove(desk, "ann", erase=True) == 1 and held_by(desk, second).body == ""


def test_a_new_account_of_an_old_name_does_not_own_what_the_old_one_wrote(desk: Desk) -> None:
    first = accounts.add(desk, "ann", None)
    said(desk, "old", Person(account=first, name="ann", role="commenter"))
    accounts.remove(desk, "ann")
    second = accounts.add(desk, "ann", None)
    assert second != first
    found = json.loads(privacy.export_mine(desk, Person(account=second, name="ann", role="commenter")))
    assert found["comments"] == []


def test_networks_are_forgotten_after_the_days_the_rules_say(desk: Desk) -> None:
    desk.set_rules(keep_days=14)
    comment = said(desk)
    tidy(desk, later(days=13))
    assert held_by(desk, comment).prefix is not None
    tidy(desk, later(days=15))
    with desk.reading() as session:
        assert session.scalar(select(func.count(Hit.id))) == 0
    assert held_by(desk, comment).prefix is None and held_by(desk, comment).body == "text"


def test_writing_a_comment_tidies_once_a_day(desk: Desk) -> None:
    first = said(desk)
    said(desk, "much later", visitor(2), at=later(days=40))
    assert held_by(desk, first).prefix is None
    with desk.reading() as session:
        assert session.scalars(select(Comment.prefix).where(Comment.prefix.is_not(None))).all() != []
