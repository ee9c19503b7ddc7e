"""What has been kept long enough in; nothing of it out."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from detente.desk.desk import Desk
from detente.desk.tables import Comment, Hit, Mail, SignIn, Subscription

UNCONFIRMED = timedelta(days=3)
SENT = timedelta(days=30)
RATES = timedelta(days=1)


def tidy(desk: Desk, now: datetime) -> None:
    """Forget networks after the days that the rules say, uses after a day, and sessions, mails and wishes that are over."""
    days = timedelta(days=desk.rules().keep_days)
    with desk.writing() as session:
        desk.alone(session, "tidied")
        session.execute(
            update(Comment).where(Comment.prefix.is_not(None), Comment.created < now - days).values(prefix=None)
        )
        session.execute(delete(Hit).where(Hit.at <= now - RATES))
        session.execute(delete(SignIn).where(SignIn.expires <= now))
        session.execute(delete(Mail).where(Mail.due.is_(None), Mail.created < now - SENT))
        session.execute(
            delete(Subscription).where(Subscription.confirmed.is_(None), Subscription.created < now - UNCONFIRMED)
        )
        desk.keep(session, "tidied", now.isoformat(), now)


def tidy_daily(desk: Desk, now: datetime) -> None:
    """The same, where it was not done within the last day."""
    with desk.reading() as session:
        last = desk.setting(session, "tidied")
    if last is None or now - datetime.fromisoformat(last) >= timedelta(days=1):
        tidy(desk, now)
