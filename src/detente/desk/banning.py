"""Who may not write and which words hold a comment: set and lifted by moderators in; answers for those who post out."""

import re
from datetime import datetime
from typing import Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from detente.desk.addresses import UNKNOWN, network
from detente.desk.auditing import note
from detente.desk.desk import Desk, clock
from detente.desk.people import Person, require
from detente.desk.pseudonyms import person_hash
from detente.desk.tables import Account, Ban, Comment, MutedWord, row_id
from detente.errors import BadInput

What = Literal["pseudonym", "visitor", "account", "network"]
WHATS: tuple[What, ...] = ("pseudonym", "visitor", "account", "network")


class Banned(Struct, frozen=True):
    """A ban as lists show it; `label` says who it is about without saying more than the thread does."""

    id: int
    kind: str
    label: str
    reason: str
    until: datetime | None
    created: datetime


def ban_author(
    desk: Desk,
    by: Person,
    comment: int,
    what: What,
    reason: str,
    *,
    until: datetime | None = None,
    now: datetime | None = None,
) -> int:
    """Ban whoever wrote a comment, and return the ban's id.

    As a pseudonym (in that thread only), visitor (their cookie, everywhere), account, or network (everyone in their /24
    or /48). Raises BadInput where the comment does not have what is to be banned, or not any more.
    """
    require(by, "editor")
    if what not in WHATS:
        raise BadInput(f"{what!r} cannot be banned; choose one of {', '.join(WHATS)}")
    with desk.writing() as session:
        row = session.get(Comment, row_id(comment))
        if row is None:
            raise BadInput(f"there is no comment {comment}")
        account = None if row.account_id is None else desk.keys().hashed("account", row.account_id)
        value = {"pseudonym": row.person, "visitor": row.visitor, "account": account, "network": row.prefix}[what]
        if value is None:
            raise BadInput(f"comment {comment} has no {what} to ban; it was imported, erased, or is too old")
        return _ban(session, by, what, value, f"{row.author or '?'} (comment {comment})", reason, until, clock(now))


def ban_account(
    desk: Desk, by: Person, name: str, reason: str, *, until: datetime | None = None, now: datetime | None = None
) -> int:
    """Ban an account by its name."""
    require(by, "editor")
    with desk.writing() as session:
        account = session.scalar(select(Account).where(Account.key == name.casefold()))
        if account is None:
            raise BadInput(f"there is no account {name!r}")
        value = desk.keys().hashed("account", account.id)
        return _ban(session, by, "account", value, account.name, reason, until, clock(now))


def ban_network(
    desk: Desk, by: Person, address: str, reason: str, *, until: datetime | None = None, now: datetime | None = None
) -> int:
    """Ban the network that an address belongs to; only its hash is kept."""
    require(by, "editor")
    if network(address.partition("/")[0]) == UNKNOWN:
        raise BadInput(f"{address!r} is no internet address")
    value = desk.keys().hashed("prefix", network(address.partition("/")[0]))
    with desk.writing() as session:
        return _ban(session, by, "network", value, "a network", reason, until, clock(now))


def unban(desk: Desk, by: Person, ban: int, now: datetime | None = None) -> None:
    """Lift a ban."""
    require(by, "editor")
    with desk.writing() as session:
        row = session.get(Ban, row_id(ban))
        if row is None or row.lifted is not None:
            raise BadInput(f"there is no ban {ban}")
        row.lifted = clock(now)
        note(session, by, "unbanned", f"ban:{ban}", row.label, clock(now))


def bans(desk: Desk, now: datetime | None = None) -> list[Banned]:
    """The bans that hold now, newest first."""
    with desk.reading() as session:
        rows = session.scalars(select(Ban).where(*_holds(clock(now))).order_by(Ban.id.desc())).all()
    return [Banned(b.id, b.kind, b.label, b.reason, b.until, b.created) for b in rows]


def ban_on(desk: Desk, session: Session, person: Person, thread: int | None, now: datetime) -> Banned | None:
    """The ban that keeps a person from writing here, if there is one."""
    inside = None if thread is None else person_hash(desk, thread, person)
    values = [value for value in (person.mark(desk), inside, person.prefix(desk)) if value]
    row = session.scalar(select(Ban).where(Ban.value.in_(values), *_holds(now)).order_by(Ban.id.desc()).limit(1))
    return None if row is None else Banned(row.id, row.kind, row.label, row.reason, row.until, row.created)


def mute(desk: Desk, by: Person, word: str, now: datetime | None = None) -> None:
    """Hold comments with this word or phrase from now on; case does not matter."""
    require(by, "editor")
    clean = " ".join(word.casefold().split())
    if not 2 <= len(clean) <= 100:
        raise BadInput("a muted word or phrase has 2 to 100 characters")
    with desk.writing() as session:
        desk.alone(session, "muted")
        if session.scalar(select(MutedWord.id).where(MutedWord.word == clean)) is None:
            session.add(MutedWord(word=clean, created=clock(now)))
            note(session, by, "muted", "words", clean, clock(now))


def unmute(desk: Desk, by: Person, word: str, now: datetime | None = None) -> None:
    """Let a word pass again. Raises BadInput where it was not muted."""
    require(by, "editor")
    clean = " ".join(word.casefold().split())
    with desk.writing() as session:
        row = session.scalar(select(MutedWord).where(MutedWord.word == clean))
        if row is None:
            raise BadInput(f"{word!r} is not muted")
        session.delete(row)
        note(session, by, "unmuted", "words", clean, clock(now))


def muted(desk: Desk) -> list[str]:
    """The muted words and phrases."""
    with desk.reading() as session:
        return list(session.scalars(select(MutedWord.word).order_by(MutedWord.word)))


def muted_in(session: Session, text: str) -> str | None:
    """The first muted word or phrase that a text has, as whole words."""
    flat = " ".join(re.findall(r"\w+", text.casefold()))
    for word in session.scalars(select(MutedWord.word).order_by(MutedWord.id)):
        wanted = " ".join(re.findall(r"\w+", word))
        if f" {wanted} " in f" {flat} " if wanted else word in text.casefold():
            return word
    return None


def _holds(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Ban.lifted.is_(None), (Ban.until.is_(None)) | (Ban.until > now)


def _ban(
    session: Session, by: Person, what: str, value: str, label: str, reason: str, until: datetime | None, now: datetime
) -> int:
    row = Ban(kind=what, value=value, label=label, reason=reason.strip(), until=until, created=now)
    if not row.reason:
        raise BadInput("a ban needs a reason; the person it is about is told it")
    session.add(row)
    session.flush()
    note(session, by, f"banned {what}", f"ban:{row.id}", f"{label}: {row.reason}", now)
    return row.id
