"""A thing done from somewhere in; whether it was done too often lately, by a sliding window, out."""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from detente.desk.desk import Desk
from detente.desk.tables import Hit

LONGEST = timedelta(days=1)


class Limit(Struct, frozen=True):
    """So many uses within a window (at most a day)."""

    number: int
    window: timedelta


def hit(desk: Desk, session: Session, bucket: str, limits: list[Limit], now: datetime) -> timedelta | None:
    """Count one use, unless that breaks a limit: then return how long to wait. `bucket` is kept only as a keyed hash."""
    name = desk.hashed("rate", bucket)
    desk.alone(session, f"rate:{name}")
    session.execute(delete(Hit).where(Hit.bucket == name, Hit.at <= now - LONGEST))
    for limit in limits:
        since = now - limit.window
        recent = select(Hit.at).where(Hit.bucket == name, Hit.at > since).order_by(Hit.at.desc())
        oldest = session.scalar(recent.offset(max(limit.number, 1) - 1).limit(1))
        if limit.number < 1 or oldest is not None:
            return limit.window - (now - (oldest or now))
    session.add(Hit(bucket=name, at=now))
    session.flush()
    return None


def count(desk: Desk, session: Session, bucket: str, window: timedelta, now: datetime) -> int:
    """Uses within the window."""
    name = desk.hashed("rate", bucket)
    query = select(func.count(Hit.id)).where(Hit.bucket == name, Hit.at > now - window)
    return session.scalar(query) or 0


def wait_words(wait: timedelta) -> str:
    """A wait as a person says it: in 40 seconds, in 3 minutes, in 2 hours."""
    seconds = max(1, round(wait.total_seconds()))
    size, unit = next((n, u) for n, u in ((3600, "hour"), (60, "minute"), (1, "second")) if seconds >= 2 * n or n == 1)
    number = -(-seconds // size)
    return f"in {number} {unit}{'' if number == 1 else 's'}"
