"""A desk for the tests of importing and exporting, with what they ask of its tables."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from desks import new_desk
from detente.desk import Desk
from detente.desk.tables import Comment, Thread

THREADS: sa.Table = Thread.__table__  # type: ignore[assignment]
COMMENTS: sa.Table = Comment.__table__  # type: ignore[assignment]


class TestDesk(Desk):
    """A desk in a file of its own, or in the one given."""

    __test__ = False

    def __init__(self, file: Path | None = None) -> None:
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        made = new_desk(Path(self._folder.name), file)
        super().__init__(made.engine, made.name)

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
