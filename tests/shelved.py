"""A desk with nothing but the two tables that importing and exporting need."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from detente.desk.importing.shelf import Shelf

TABLES = sa.MetaData()
THREADS = sa.Table(
    "thread",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("target", sa.String, nullable=False),
    sa.Column("url", sa.String),
    sa.Column("title", sa.String),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    sa.Column("closed", sa.Boolean, nullable=False),
    sa.UniqueConstraint("kind", "target"),
)
COMMENTS = sa.Table(
    "comment",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("thread_id", sa.ForeignKey("thread.id"), nullable=False),
    sa.Column("parent_id", sa.ForeignKey("comment.id")),
    sa.Column("imported_from", sa.String),
    sa.Column("external_id", sa.String),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    sa.Column("edited", sa.DateTime(timezone=True)),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("author", sa.String),
    sa.Column("person", sa.String),
    sa.Column("body", sa.String, nullable=False),
    sa.UniqueConstraint("imported_from", "external_id"),
)


class TestDesk:
    """A SQLite file with foreign keys enforced."""

    __test__ = False

    def __init__(self, file: Path | None = None) -> None:
        if file is None:
            self.engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        else:
            self.engine = sa.create_engine(f"sqlite:///{file}")
        sa.event.listen(self.engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = ON"))
        TABLES.create_all(self.engine)

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        with self.engine.begin() as connection:
            yield Shelf(connection, THREADS, COMMENTS)

    def hashed(self, purpose: str, value: str) -> str:
        return hashlib.blake2b(f"{purpose}\0{value}".encode(), key=b"a key of the desk").hexdigest()[:32]

    def close(self) -> None:
        self.engine.dispose()

    def write(self, table: sa.Table, **values: Any) -> int:
        """Add a row as a visitor of the site would, and return its id."""
        with self.engine.begin() as connection:
            return int(connection.scalar(sa.insert(table).returning(table.c.id), values))

    def threads(self) -> dict[str, dict[str, Any]]:
        """Threads by target."""
        with self.engine.connect() as connection:
            return {row["target"]: dict(row) for row in connection.execute(sa.select(THREADS)).mappings()}

    def comments(self) -> dict[str, dict[str, Any]]:
        """Comments by external id (or own id), with the parent's external id and the thread's target."""
        with self.engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(sa.select(COMMENTS)).mappings()]
            targets = dict(connection.execute(sa.select(THREADS.c.id, THREADS.c.target)).all())
        names = {row["id"]: row["external_id"] or str(row["id"]) for row in rows}
        return {
            names[row["id"]]: row | {"parent": names.get(row["parent_id"]), "target": targets[row["thread_id"]]}
            for row in rows
        }

    def tree(self) -> set[tuple[str, str | None, str, str, datetime]]:
        """Everything that makes two desks the same to a reader, without the numbers that rows happen to have."""
        return {(k, c["parent"], c["target"], c["state"], c["created"]) for k, c in self.comments().items()}
