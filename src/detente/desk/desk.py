"""A record's folder or a database's address in; the open desk out: transactions, the keys, the rules, the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from detente.desk.keys import Keys, fresh
from detente.desk.migrating import migrate
from detente.desk.rules import Rules
from detente.desk.tables import Comment, Setting, Thread
from detente.errors import BadInput, DeskError

if TYPE_CHECKING:
    from detente.desk.importing.shelf import Shelf

FILE = "desk.sqlite"
BUSY_MS = 30_000


class Desk:
    """An open desk; safe among threads and processes.

    `reading()` gives a session that sees one state and changes nothing; `writing()` one transaction, undone by an error.
    """

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine, self.name = engine, name
        self._reads = engine.execution_options(desk_reads=True)
        self._keys: Keys | None = None

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> "Desk":
        """Open the desk of a record's folder (desk.sqlite there) or at a URL (sqlite://… or postgresql://…).

        Makes or renews its tables. Raises DeskError where there is none and `create` is false, and where the database
        cannot be reached, is newer, or is of another program.
        """
        url, name = _address(where, create)
        try:
            engine = sa.create_engine(url, **_pool(url))
        except ModuleNotFoundError as error:
            raise DeskError(f"{name}: {error}; install `detente[postgres]`") from None
        if url.get_backend_name() == "sqlite":
            _prepare_sqlite(engine)
        desk = cls(engine, name)
        try:
            migrate(engine, name)
            desk.keys()
        except SQLAlchemyError as error:
            engine.dispose()
            raise DeskError(f"{name}: cannot be opened as a desk: {_first_line(error)}") from None
        except DeskError:
            engine.dispose()
            raise
        return desk

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads one state of the desk."""
        with Session(self._reads, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end, undone by any error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def alone(self, session: Session, name: str) -> None:
        """Until the transaction's end, let no other one come here under this name."""
        if self.engine.dialect.name == "postgresql":  # on SQLite, a writing transaction is alone anyway
            session.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})

    @contextmanager
    def shelf(self) -> Iterator["Shelf"]:
        """The tables of threads and comments within one transaction, undone by an error; for importing and exporting."""
        from detente.desk.importing.shelf import Shelf

        with self.engine.begin() as connection:
            yield Shelf(connection, _table(Thread), _table(Comment))

    def keys(self) -> Keys:
        """The desk's keys; made when it is new."""
        if self._keys is None:
            with self.reading() as session:
                held = self.setting(session, "keys")
            self._keys = msgspec.json.decode(held or self._first_keys(), type=Keys)
        return self._keys

    def _first_keys(self) -> str:
        with self.writing() as session:
            self.alone(session, "keys")
            held = self.setting(session, "keys")
            if held is None:
                held = msgspec.json.encode(fresh()).decode()
                self.keep(session, "keys", held)
        return held

    def hashed(self, purpose: str, value: str) -> str:
        """A keyed hash of a value; the key never leaves the desk."""
        return self.keys().hashed(purpose, value)

    def rotate(self, *, forget: bool = False, now: datetime | None = None) -> None:
        """Sign with a new key from now on. The one before still opens what it signed; `forget` drops it, too.

        Other processes take the new key when they open the desk again.
        """
        with self.writing() as session:
            self.alone(session, "keys")
            held = msgspec.json.decode(self.setting(session, "keys") or b"", type=Keys)
            new = fresh()
            kept = () if forget else held.signing[:1]
            self._keys = Keys((*new.signing, *kept), held.hashing)
            self.keep(session, "keys", msgspec.json.encode(self._keys).decode(), now)

    def rules(self) -> Rules:
        """The rules that hold now."""
        with self.reading() as session:
            held = self.setting(session, "rules")
        return Rules() if held is None else msgspec.json.decode(held, type=Rules)

    def set_rules(self, **changes: Any) -> Rules:
        """Change some of the rules. Raises BadInput for a name or value that does not fit."""
        with self.writing() as session:
            self.alone(session, "rules")
            held = self.setting(session, "rules")
            try:
                whole = (msgspec.json.decode(held) if held else {}) | changes
                rules = msgspec.convert(whole, Rules)
            except msgspec.ValidationError as error:
                raise BadInput(f"rules of comments: {error}") from None
            self.keep(session, "rules", msgspec.json.encode(rules).decode())
        return rules

    def setting(self, session: Session, name: str) -> str | None:
        """A value of the desk's own, or None."""
        return session.scalar(sa.select(Setting.value).where(Setting.name == name))

    def keep(self, session: Session, name: str, value: str, now: datetime | None = None) -> None:
        """Keep a value of the desk's own."""
        session.merge(Setting(name=name, value=value, changed=clock(now)))
        session.flush()


def clock(now: datetime | None = None) -> datetime:
    """The moment given, else the present one; UTC."""
    return now or datetime.now(UTC)


def _address(where: str | Path, create: bool) -> tuple[sa.URL, str]:
    text = str(where)
    if "://" in text:
        try:
            url = sa.make_url(text)
            backend = url.get_backend_name()
        except SQLAlchemyError:
            backend = "none"
        if backend not in {"sqlite", "postgresql"}:
            raise DeskError("the desk's address should look like sqlite:///FILE or postgresql://USER@HOST/NAME")
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return url, url.render_as_string(hide_password=True)
    file = Path(where) / FILE
    if not file.exists():
        if not create:
            raise DeskError(f"{where}: no desk here yet (no {FILE}); the first account or comment makes one")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
        except OSError as error:
            raise DeskError(f"{file}: cannot be made: {error.strerror}") from None
    return sa.URL.create("sqlite", database=str(file)), str(file)


def _pool(url: sa.URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        return {"poolclass": sa.StaticPool, "connect_args": {"check_same_thread": False}}
    return {"pool_pre_ping": url.get_backend_name() != "sqlite"}


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Write-ahead log, patience, foreign keys; a transaction that will write waits for its turn at once, not midway."""

    @sa.event.listens_for(engine, "connect")
    def connected(raw: Any, _: Any) -> None:
        raw.isolation_level = None
        for pragma in (f"busy_timeout = {BUSY_MS}", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            raw.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get("desk_reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _table(kind: Any) -> sa.Table:
    return kind.__table__  # type: ignore[no-any-return]


def _first_line(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
