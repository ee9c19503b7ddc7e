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
from detente.desk.tables import Account, Comment, Report, Subscription, Thread, Vote
from detente.errors import NotAllowed


def export_mine(desk: Desk, person: Person, now: datetime | None = None) -> bytes:
    """All that is a person's, by their account or their cookie, as JSON. Raises NotAllowed for somebody unknown."""
    mark = _mark(desk, person)
    with desk.reading() as session:
        account = session.get(Account, person.account) if person.account is not None else None
        held: dict[str, Any] = {
            "format": "detente-personal-data",
            "version": 1,
            "made": clock(now),
            "account": account
            and {"name": account.name, "role": account.role, "email": account.email, "created": account.created},
            "comments": [_comment(c, t) for c, t in session.execute(_comments(person, mark))],
            "votes": [
                {"comment": v.comment_id, "value": v.value, "created": v.created}
                for v in session.scalars(select(Vote).where(Vote.voter == mark).order_by(Vote.created))
            ],
            "reports": [
                {"comment": r.comment_id, "reason": r.reason, "text": r.note, "created": r.created}
                for r in session.scalars(select(Report).where(Report.reporter == mark).order_by(Report.id))
            ],
            "mail": [
                {"thread": t.target, "comment": s.comment_id, "email": s.email, "confirmed": s.confirmed}
                for s, t in session.execute(_subscriptions(mark))
            ],
        }
    return msgspec.json.format(msgspec.json.encode(held), indent=2)


def erase_mine(desk: Desk, person: Person, *, comment: int | None = None, now: datetime | None = None) -> int:
    """Erase one comment of a person's, or with it all that is theirs but the account; returns how many comments.

    A comment's place stays as "[removed by its author]", so that answers do. Raises NotAllowed for somebody unknown, and
    for a comment that is not theirs.
    """
    mark, at = _mark(desk, person), clock(now)
    with desk.writing() as session:
        mine = _own(person, mark) if comment is None else _own(person, mark) & (Comment.id == comment)
        rows = session.scalars(select(Comment).where(mine, Comment.state != "deleted").with_for_update()).all()
        if comment is not None and not rows:
            raise NotAllowed("That comment is not yours, or is not there any more.")
        for row in rows:
            empty(session, row, at)
        if comment is None:
            _erase_votes(session, mark)
            session.execute(delete(Report).where(Report.reporter == mark))
            session.execute(delete(Subscription).where(Subscription.owner == mark))
        note(session, Person(name="its author"), "erased", "comments", f"{len(rows)} comments", at)
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


def _comments(person: Person, mark: str) -> Any:
    return select(Comment, Thread).join(Thread).where(_own(person, mark)).order_by(Comment.created, Comment.id)


def _subscriptions(mark: str) -> Any:
    return select(Subscription, Thread).join(Thread).where(Subscription.owner == mark).order_by(Subscription.id)


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
