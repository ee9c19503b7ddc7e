"""The desk's tables, as SQLAlchemy classes: who signed in, what was said about what, and what moderators did.

Times are UTC. Addresses, visitors and voters stand here only as keyed hashes, tokens only as hashes.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

KINDS = ("document", "event", "dyad", "brief", "sentence", "page")
ROLES = ("reader", "commenter", "editor", "admin")
STATES = ("visible", "held", "rejected", "deleted", "spam")

Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def row_id(number: int) -> int:
    """A number somebody gave for a row; 0, which no row has, for one that no database could hold."""
    return number if 0 < number < 1 << 63 else 0


class Utc(sa.TypeDecorator[datetime]):
    """A moment; written and read as UTC on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """A moment with its zone in, UTC out; a bare one is taken as UTC."""
        if value is None:
            return None
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """What the database has in, UTC out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Constraints are named by one rule, so that migrations can name them on any database."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Utc, int: Number, str: sa.Text}


def _id() -> Mapped[int]:
    return mapped_column(Number, primary_key=True, autoincrement=True)


def _to(target: str, *, on_delete: str | None = None, index: bool = False) -> Any:
    return mapped_column(sa.ForeignKey(target, ondelete=on_delete), index=index)


class Setting(Base):
    """A value of the desk's own: its keys, its rules."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    changed: Mapped[datetime]


class Account(Base):
    """Somebody who can sign in. `key` is the name in lower case; without a password nobody can sign in as them."""

    __tablename__ = "account"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = _id()
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None]
    role: Mapped[str] = mapped_column(default="commenter")
    password: Mapped[str | None]
    created: Mapped[datetime]


class SignIn(Base):
    """A signed-in browser; the token itself is only in its cookie."""

    __tablename__ = "session"
    id: Mapped[int] = _id()
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = _to("account.id", on_delete="CASCADE", index=True)
    created: Mapped[datetime]
    expires: Mapped[datetime]


class Thread(Base):
    """What is said about one thing; locked by a moderator, or closed from the start (as imported)."""

    __tablename__ = "thread"
    __table_args__ = (sa.UniqueConstraint("kind", "target"), {"sqlite_autoincrement": True})
    id: Mapped[int] = _id()
    kind: Mapped[str]
    target: Mapped[str]
    url: Mapped[str | None]
    title: Mapped[str | None]
    created: Mapped[datetime]
    locked: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)


class Comment(Base):
    """One comment. `author` is the name shown; `person` is the same for one writer within the thread.

    `visitor` is a keyed hash of an anonymous writer's cookie and `prefix` one of the address's network; neither is ever
    shown, and the prefix is forgotten after some weeks. `why` says why it is held or was rejected.
    """

    __tablename__ = "comment"
    __table_args__ = (
        sa.UniqueConstraint("imported_from", "external_id"),
        sa.Index(None, "thread_id", "created"),
        sa.Index(None, "thread_id", "person"),
        sa.Index(None, "state", "created"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = _id()
    thread_id: Mapped[int] = _to("thread.id")
    parent_id: Mapped[int | None] = _to("comment.id", index=True)
    account_id: Mapped[int | None] = _to("account.id", on_delete="SET NULL", index=True)
    author: Mapped[str | None]
    person: Mapped[str | None]
    visitor: Mapped[str | None] = mapped_column(index=True)
    prefix: Mapped[str | None] = mapped_column(index=True)
    body: Mapped[str]
    state: Mapped[str]
    why: Mapped[str | None]
    pinned: Mapped[bool] = mapped_column(default=False)
    ups: Mapped[int] = mapped_column(default=0)
    downs: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime]
    edited: Mapped[datetime | None]
    imported_from: Mapped[str | None]
    external_id: Mapped[str | None]


class Vote(Base):
    """A vote of +1 or -1, one a voter (a keyed hash)."""

    __tablename__ = "vote"
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    voter: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
    created: Mapped[datetime]


class Report(Base):
    """Somebody says that a comment should not stand; open until a moderator decides."""

    __tablename__ = "report"
    __table_args__ = (sa.UniqueConstraint("comment_id", "reporter"),)
    id: Mapped[int] = _id()
    comment_id: Mapped[int] = _to("comment.id", on_delete="CASCADE")
    reporter: Mapped[str]
    reason: Mapped[str]
    note: Mapped[str | None]
    created: Mapped[datetime]
    settled: Mapped[datetime | None] = mapped_column(index=True)


class Subscription(Base):
    """Mail about a thread, or about answers to one comment.

    Until it is confirmed the address is only here as `sealed`, which nothing but the token in the mail can open.
    `owner` is a keyed hash of who asked for it: they get no mail about what they write themselves, and can erase it.
    """

    __tablename__ = "subscription"
    id: Mapped[int] = _id()
    thread_id: Mapped[int] = _to("thread.id", on_delete="CASCADE", index=True)
    comment_id: Mapped[int | None] = _to("comment.id", on_delete="CASCADE", index=True)
    owner: Mapped[str | None] = mapped_column(index=True)
    email_hash: Mapped[str] = mapped_column(index=True)
    email: Mapped[str | None]
    sealed: Mapped[bytes | None]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created: Mapped[datetime]
    confirmed: Mapped[datetime | None]


class Ban(Base):
    """A pseudonym, account, visitor or address prefix (each as a keyed hash) that may not write, until a day or for good."""

    __tablename__ = "ban"
    id: Mapped[int] = _id()
    kind: Mapped[str]
    value: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    reason: Mapped[str]
    until: Mapped[datetime | None]
    created: Mapped[datetime]
    lifted: Mapped[datetime | None]


class MutedWord(Base):
    """A word or phrase that holds a comment for a moderator."""

    __tablename__ = "muted_word"
    id: Mapped[int] = _id()
    word: Mapped[str] = mapped_column(unique=True)
    created: Mapped[datetime]


class Audit(Base):
    """What a moderator or the desk did; rows are only ever added (the database refuses anything else)."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = _id()
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str | None]


class Mail(Base):
    """A mail to be sent; one key is sent once. Recipient and text are emptied when it has gone."""

    __tablename__ = "outbox"
    id: Mapped[int] = _id()
    key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str | None]
    subject: Mapped[str | None]
    body: Mapped[str | None]
    unsubscribe: Mapped[str | None]
    created: Mapped[datetime]
    due: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent: Mapped[datetime | None]
    error: Mapped[str | None]


class Hit(Base):
    """One use of something limited; those older than their window are forgotten."""

    __tablename__ = "rate"
    __table_args__ = (sa.Index(None, "bucket", "at"),)
    id: Mapped[int] = _id()
    bucket: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
