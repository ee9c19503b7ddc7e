"""A moderator's decisions in; comments shown or not, threads locked, and a row of the audit log for each, out."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from detente.desk.auditing import note
from detente.desk.desk import Desk, clock
from detente.desk.editing import empty
from detente.desk.markdown import render
from detente.desk.people import Person, require
from detente.desk.tables import Comment, Report, Thread, row_id
from detente.desk.telling import tell
from detente.errors import BadInput


class Reported(Struct, frozen=True):
    """One report."""

    reason: str
    text: str | None
    at: datetime


class Waiting(Struct, frozen=True, kw_only=True):
    """A comment that a moderator should look at: held, or visible and reported."""

    id: int
    kind: str
    key: str
    title: str | None
    url: str | None
    author: str | None
    signed_in: bool
    accepted_before: int
    state: str
    why: str | None
    created: datetime
    body: str
    html: str
    reports: list[Reported]


def queue(desk: Desk, by: Person, *, limit: int = 50, after: int = 0) -> list[Waiting]:
    """What waits for a moderator, oldest first; `after` an id, to read on."""
    require(by, "editor")
    reported = select(Report.comment_id).where(Report.settled.is_(None))
    waits = (Comment.state == "held") | ((Comment.state == "visible") & Comment.id.in_(reported))
    query = select(Comment, Thread).join(Thread).where(waits, Comment.id > after).order_by(Comment.id).limit(limit)
    with desk.reading() as session:
        rows = session.execute(query).all()
        reports: dict[int, list[Reported]] = {}
        ids = [comment.id for comment, _ in rows]
        open_ = select(Report).where(Report.comment_id.in_(ids), Report.settled.is_(None)).order_by(Report.id)
        for r in session.scalars(open_):
            reports.setdefault(r.comment_id, []).append(Reported(r.reason, r.note, r.created))
        return [_waiting(session, comment, thread, reports.get(comment.id, [])) for comment, thread in rows]


def waiting(desk: Desk) -> int:
    """How many comments wait for a moderator."""
    reported = select(Report.comment_id).where(Report.settled.is_(None))
    waits = (Comment.state == "held") | ((Comment.state == "visible") & Comment.id.in_(reported))
    with desk.reading() as session:
        return session.scalar(select(func.count(Comment.id)).where(waits)) or 0


def approve(desk: Desk, by: Person, comment: int, now: datetime | None = None) -> None:
    """Show a comment; reports of it are settled, and its thread's subscribers are told."""
    at, rules = clock(now), desk.rules()
    with desk.writing() as session:
        row = _decide(session, by, comment, "visible", "approved", None, at)
        thread = session.get_one(Thread, row.thread_id)
        tell(desk, session, row, thread, rules, at)


def reject(desk: Desk, by: Person, comment: int, reason: str, now: datetime | None = None) -> None:
    """Do not show a comment; its author is told the reason where they look."""
    if not reason.strip():
        raise BadInput("a rejection needs a reason; the author is told it")
    with desk.writing() as session:
        _decide(session, by, comment, "rejected", "rejected", reason.strip(), clock(now))


def spam(desk: Desk, by: Person, comment: int, now: datetime | None = None) -> None:
    """Mark a comment as spam; it is kept and not shown."""
    with desk.writing() as session:
        _decide(session, by, comment, "spam", "marked as spam", None, clock(now))


def remove(desk: Desk, by: Person, comment: int, reason: str, now: datetime | None = None) -> None:
    """Remove a comment's text and author for good, as the law may ask; its place stays."""
    with desk.writing() as session:
        row = _decide(session, by, comment, "deleted", "removed for good", reason.strip(), clock(now))
        empty(session, row, clock(now))
        row.why = "removed by a moderator"


def pin(desk: Desk, by: Person, comment: int, pinned: bool = True, now: datetime | None = None) -> None:
    """Keep a visible comment at the top of its thread, or no longer."""
    require(by, "editor")
    with desk.writing() as session:
        row = _comment(session, comment)
        if pinned and (row.state != "visible" or row.parent_id is not None):
            raise BadInput(f"comment {comment} cannot be pinned: only visible ones that answer no other can")
        row.pinned = pinned
        note(session, by, "pinned" if pinned else "unpinned", f"comment:{comment}", None, clock(now))


def lock(desk: Desk, by: Person, kind: str, key: str, locked: bool = True, now: datetime | None = None) -> None:
    """Take no more comments in a thread, or take them again (which opens one that was imported as closed, too)."""
    from detente.desk.threads import Subject, find_or_make

    require(by, "editor")
    with desk.writing() as session:
        row = find_or_make(desk, session, Subject(kind=kind, key=key), clock(now))
        row.locked = locked
        row.closed = row.closed and locked
        note(session, by, "locked" if locked else "unlocked", f"thread:{row.kind}:{row.target}", None, clock(now))


def _decide(
    session: Session, by: Person, comment: int, state: str, action: str, reason: str | None, now: datetime
) -> Comment:
    require(by, "editor")
    row = _comment(session, comment)
    before, row.state, row.why = row.state, state, reason
    row.pinned = row.pinned and state == "visible"
    settled = update(Report).where(Report.comment_id == comment, Report.settled.is_(None)).values(settled=now)
    session.execute(settled)
    note(session, by, action, f"comment:{comment}", reason or f"was {before}", now)
    return row


def _comment(session: Session, number: int) -> Comment:
    row = session.get(Comment, row_id(number), with_for_update=True)
    if row is None:
        raise BadInput(f"there is no comment {number}")
    if row.state == "deleted":
        raise BadInput(f"comment {number} is removed; only its place is left")
    return row


def _waiting(session: Session, comment: Comment, thread: Thread, reports: list[Reported]) -> Waiting:
    mine = (
        Comment.account_id == comment.account_id
        if comment.account_id is not None
        else Comment.visitor == comment.visitor
    )
    accepted = session.scalar(select(func.count(Comment.id)).where(mine, Comment.state == "visible"))
    return Waiting(
        id=comment.id,
        kind=thread.kind,
        key=thread.target,
        title=thread.title,
        url=thread.url,
        author=comment.author,
        signed_in=comment.account_id is not None,
        accepted_before=accepted or 0,
        state=comment.state,
        why=comment.why,
        created=comment.created,
        body=comment.body,
        html=render(comment.body),
        reports=reports,
    )
