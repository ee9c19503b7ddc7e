"""A signed token, or an author who is known, in; their comment changed or taken back out, for some minutes."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from detente.desk.desk import Desk, clock
from detente.desk.holding import body_of, reason_to_hold
from detente.desk.people import Person
from detente.desk.rules import Rules
from detente.desk.tables import Comment, Mail, Report, Vote
from detente.errors import NotAllowed


def edit_token(desk: Desk, comment: int, created: datetime, rules: Rules) -> str:
    """What lets whoever holds it change one comment until the minutes are over."""
    return desk.keys().sign("edit", str(comment), created + timedelta(minutes=rules.edit_minutes))


def comment_of(desk: Desk, token: str, now: datetime | None = None) -> int:
    """The comment that a token lets its holder change. Raises NotAllowed when its time is over, or it is not ours."""
    return int(desk.keys().read("edit", token, clock(now)))


def edit(desk: Desk, token: str, body: str, now: datetime | None = None) -> str:
    """Change the text of a comment and say what became of it.

    Raises NotAllowed when the time is over or the comment is gone, BadInput for a text that cannot be taken.
    """
    at, rules = clock(now), desk.rules()
    number = comment_of(desk, token, at)
    clean = body_of(body, rules)
    with desk.writing() as session:
        row = _open(session, number)
        row.body, row.edited = clean, at
        author = Person(account=row.account_id)
        why = None if row.state == "held" else reason_to_hold(session, author, row.visitor, clean, rules)
        if why is not None:
            row.state, row.why = "held", why
            return f"Your change is kept and waits for a moderator: {why}."
    return "Your comment is changed."


def delete_own(desk: Desk, token: str, now: datetime | None = None) -> str:
    """Take a comment back; its place stays, so that answers do. Raises NotAllowed as `edit` does."""
    at = clock(now)
    number = comment_of(desk, token, at)
    with desk.writing() as session:
        empty(session, _open(session, number), at)
    return "Your comment is removed."


def empty(session: Session, row: Comment, now: datetime) -> None:
    """Leave of a comment nothing but its place: no text, no author, no votes, no mails about it that have not gone."""
    row.state, row.why, row.body, row.edited, row.pinned = "deleted", None, "", now, False
    row.author = row.person = row.visitor = row.prefix = row.account_id = None
    row.ups = row.downs = 0
    session.execute(delete(Vote).where(Vote.comment_id == row.id))
    session.execute(delete(Report).where(Report.comment_id == row.id))
    session.execute(delete(Mail).where(Mail.key.startswith(f"comment:{row.id}:"), Mail.sent.is_(None)))


def _open(session: Session, number: int) -> Comment:
    row = session.get(Comment, number, with_for_update=True)
    if row is None or row.state not in {"visible", "held"}:
        raise NotAllowed("This comment is not there any more, so it cannot be changed.")
    return row
