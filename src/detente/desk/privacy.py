"""A person in; all that the desk holds of theirs, as JSON, or gone, out."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from detente.desk.auditing import note
from detente.desk.desk import Desk, clock
from detente.desk.editing import empty
from detente.desk.people import Person
from detente.desk.subscriptions import email_hash
from detente.desk.tables import Account, Comment, Report, Subscription, Thread, Vote, row_id
from detente.errors import NotAllowed


def export_mine(desk: Desk, person: Person, now: datetime | None = None) -> bytes:
    """All that is a person's, by their account or their cookie, as JSON. Raises NotAllowed for somebody unknown."""
    mark = _mark(desk, person)
    with desk.reading() as session:
        account = session.get(Account, person.account) if person.account is not None else None
        held: dict[str, Any] = {
            "account": account
            and {"name": account.name, "role": account.role, "email": account.email, "created": account.created},
            "comments": _comments(session, _own(person, mark)),
            "votes": [
                {"comment": v.comment_id, "value": v.value, "created": v.created}
                for v in session.scalars(select(Vote).where(Vote.voter == mark).order_by(Vote.created))
            ],
            "reports": [
                {"comment": r.comment_id, "reason": r.reason, "text": r.note, "created": r.created}
                for r in session.scalars(select(Report).where(Report.reporter == mark).order_by(Report.id))
            ],
            "mail": _mail(session, Subscription.owner == mark),
        }
    return _json(held, now)


def erase_mine(desk: Desk, person: Person, *, comment: int | None = None, now: datetime | None = None) -> int:
    """Erase one comment of a person's, or with it all that is theirs but the account; returns how many comments.

    A comment's place stays as "[removed by its author]", so that answers do. Raises NotAllowed for somebody unknown, and
    for a comment that is not theirs.
    """
    mark, at = _mark(desk, person), clock(now)
    with desk.writing() as session:
        mine = _own(person, mark) if comment is None else _own(person, mark) & (Comment.id == row_id(comment))
        number = _erase(session, mine, at)
        if comment is not None and not number:
            raise NotAllowed("That comment is not yours, or is not there any more.")
        if comment is None:
            _erase_votes(session, mark)
            session.execute(delete(Report).where(Report.reporter == mark))
            session.execute(delete(Subscription).where(Subscription.owner == mark))
    return number


def export_of_email(desk: Desk, email: str, now: datetime | None = None) -> bytes:
    """What is kept of an address as JSON: comments imported with it, and what it gets mail about.

    For whoever runs the site, on behalf of its owner; make sure that the request came from that address.
    """
    with desk.reading() as session:
        held = {
            "comments": _comments(session, Comment.person == _imported(desk, email)),
            "mail": _mail(session, Subscription.email_hash == email_hash(desk, email)),
        }
    return _json(held, now)


def erase_of_email(desk: Desk, email: str, now: datetime | None = None) -> int:
    """Erase the same; returns how many comments."""
    with desk.writing() as session:
        number = _erase(session, Comment.person == _imported(desk, email), clock(now))
        session.execute(delete(Subscription).where(Subscription.email_hash == email_hash(desk, email)))
    return number


def _imported(desk: Desk, email: str) -> str:
    return desk.hashed("imported-author", email.strip().lower())


def _erase(session: Session, which: ColumnElement[bool], now: datetime) -> int:
    query = select(Comment).where(which, Comment.state != "deleted").with_for_update()
    rows = session.scalars(query).all()
    for row in rows:
        empty(session, row, now)
    note(session, Person(name="its author"), "erased", "comments", f"{len(rows)} comments", now)
    return len(rows)


def _mark(desk: Desk, person: Person) -> str:
    mark = person.mark(desk)
    if mark is None:
        raise NotAllowed(
            "Your browser sent no cookie, so what is yours cannot be told from others. Allow it, or sign in."
        )
    return mark


def _own(person: Person, mark: str) -> ColumnElement[bool]:
    return Comment.account_id == person.account if person.account is not None else Comment.visitor == mark


def _json(held: dict[str, Any], now: datetime | None) -> bytes:
    whole = {"format": "detente-personal-data", "version": 1, "made": clock(now)} | held
    return msgspec.json.format(msgspec.json.encode(whole), indent=2)


def _comments(session: Session, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = select(Comment, Thread).join(Thread).where(which).order_by(Comment.created, Comment.id)
    return [_comment(comment, thread) for comment, thread in session.execute(query)]


def _mail(session: Session, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = select(Subscription, Thread).join(Thread).where(which).order_by(Subscription.id)
    return [
        {"thread": t.target, "comment": s.comment_id, "email": s.email, "confirmed": s.confirmed}
        for s, t in session.execute(query)
    ]


def _comment(comment: Comment, thread: Thread) -> dict[str, Any]:
    return {
        "id": comment.id,
        "thread": {"kind": thread.kind, "key": thread.target, "title": thread.title, "url": thread.url},
        "answers": comment.parent_id,
        "author": comment.author,
        "created": comment.created,
        "edited": comment.edited,
        "state": comment.state,
        "reason": comment.why,
        "network kept": comment.prefix is not None,
        "body": comment.body,
    }


def _erase_votes(session: Session, mark: str) -> None:
    voted = list(session.scalars(select(Vote.comment_id).where(Vote.voter == mark)))
    session.execute(delete(Vote).where(Vote.voter == mark))
    for start in range(0, len(voted), 500):
        some = voted[start : start + 500]
        left = select(func.count()).where(Vote.comment_id == Comment.id)
        session.execute(
            update(Comment)
            .where(Comment.id.in_(some))
            .values(
                ups=left.where(Vote.value == 1).scalar_subquery(), downs=left.where(Vote.value == -1).scalar_subquery()
            )
        )
