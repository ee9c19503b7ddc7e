"""Mails in, each under a key of its own; sent one by one through a given sender, again later where that fails."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from detente.desk.desk import Desk, clock
from detente.desk.mail import compose
from detente.desk.tables import Mail
from detente.desk.tidying import tidy

LEASE = timedelta(minutes=10)
AGAIN = [timedelta(minutes=m) for m in (1, 5, 30, 120, 480, 1440, 1440)]
BATCH = 50

Send = Callable[[EmailMessage], None]


class Delivered(Struct, frozen=True):
    """What one run did: mails sent, those to be tried again, those given up."""

    sent: int
    waiting: int
    given_up: int


def enqueue(
    session: Session,
    *,
    key: str,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    unsubscribe: str | None = None,
) -> bool:
    """Put a mail into the outbox; False where one of that key is or was there, so nobody gets it twice."""
    if session.scalar(select(Mail.id).where(Mail.key == key)) is not None:
        return False
    session.add(
        Mail(
            key=key,
            recipient=recipient,
            subject=subject,
            body=body,
            unsubscribe=unsubscribe,
            created=now,
            due=now,
        )
    )
    session.flush()
    return True


def deliver(desk: Desk, send: Send, *, sender: str, now: datetime | None = None) -> Delivered:
    """Send what is due. `send` gets a message and raises OSError (as smtplib does) where it could not be sent.

    Two that deliver at once do not send a mail twice; one that dies within sending lets another try after ten minutes.
    """
    at = clock(now)
    sent = waiting = given_up = 0
    site = desk.rules().site
    while batch := _claim(desk, at):
        for mail in batch:
            try:
                send(compose(mail, sender=sender, site=site, at=at))
            except (OSError, ValueError) as error:
                last = _failed(
                    desk, mail.id, str(error) or type(error).__name__, at, final=isinstance(error, ValueError)
                )
                waiting, given_up = waiting + (not last), given_up + last
            else:
                _done(desk, mail.id, at)
                sent += 1
    tidy(desk, at)
    return Delivered(sent, waiting, given_up)


def _claim(desk: Desk, now: datetime) -> list[Mail]:
    """Take some mails that are due; they are nobody else's until the lease is over."""
    with desk.writing() as session:
        desk.alone(session, "outbox")
        rows = session.scalars(select(Mail).where(Mail.due <= now).order_by(Mail.id).limit(BATCH)).all()
        for row in rows:
            row.due = now + LEASE
    return list(rows)


def _done(desk: Desk, number: int, now: datetime) -> None:
    """What was sent is no longer ours to keep."""
    with desk.writing() as session:
        row = session.get(Mail, number)
        if row is not None:
            row.sent, row.due, row.error = now, None, None
            row.recipient = row.subject = row.body = row.unsubscribe = None


def _failed(desk: Desk, number: int, error: str, now: datetime, *, final: bool) -> bool:
    with desk.writing() as session:
        row = session.get(Mail, number)
        if row is None:
            return False
        last = final or row.tries >= len(AGAIN)
        row.due = None if last else now + AGAIN[row.tries]
        row.tries += 1
        row.error = " ".join(error.split())[:300]
        if last:
            row.recipient = row.subject = row.body = row.unsubscribe = None
    return last
