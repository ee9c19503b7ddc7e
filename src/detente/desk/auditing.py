"""What was done by whom in, a row of the audit log out; and the log, newest first."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from detente.desk.desk import Desk
from detente.desk.people import Person
from detente.desk.tables import Audit


class Entry(Struct, frozen=True):
    """One row: `actor` did `action` to `subject`, such as comment:12."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str | None


def note(session: Session, who: Person, action: str, subject: str, detail: str | None, now: datetime) -> None:
    """Add a row within the transaction of what it tells of."""
    session.add(Audit(at=now, actor=who.name or "a visitor", action=action, subject=subject, detail=detail or None))


def log(desk: Desk, *, subject: str | None = None, before: int | None = None, limit: int = 100) -> list[Entry]:
    """The newest rows, of one subject or all; `before` an id, to read on."""
    query = select(Audit).order_by(Audit.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(Audit.subject == subject)
    if before is not None:
        query = query.where(Audit.id < before)
    with desk.reading() as session:
        return [Entry(a.id, a.at, a.actor, a.action, a.subject, a.detail) for a in session.scalars(query)]
