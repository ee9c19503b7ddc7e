"""Threads and comments in the order of an archive in; threads merged by page and comments as trees, parents first, out.

It keeps them in a temporary file, so that memory stays flat and a fault in the archive's last line imports nothing.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from detente.desk.importing.neutral import NO_THREAD, TWICE, ImportedComment, ImportedThread, Item, LeftOut

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -8000;
CREATE TABLE thread (key TEXT PRIMARY KEY, kind TEXT, target TEXT, deleted INT, created INT, whole BLOB);
CREATE INDEX by_target ON thread (kind, target);
CREATE TABLE comment (
    key TEXT PRIMARY KEY, thread TEXT, parent TEXT, page INT, up TEXT, depth INT, deleted INT DEFAULT 0,
    created INT, whole BLOB);
CREATE TABLE page (number INTEGER PRIMARY KEY, kind TEXT, target TEXT, UNIQUE (kind, target));
"""
_PLACE = """
INSERT INTO page (kind, target) SELECT kind, target FROM thread GROUP BY kind, target ORDER BY min(created), target;
UPDATE comment SET (page, deleted) = (
    SELECT page.number, thread.deleted FROM thread JOIN page USING (kind, target) WHERE thread.key = comment.thread);
UPDATE comment SET up = parent WHERE parent IS NOT NULL AND EXISTS (
    SELECT 1 FROM comment AS above WHERE above.key = comment.parent AND above.page = comment.page);
CREATE INDEX by_up ON comment (up);
"""
_DESCEND = """
WITH RECURSIVE tree (key, depth) AS (
    SELECT key, 0 FROM comment WHERE {roots} AND page IS NOT NULL
    UNION ALL SELECT comment.key, tree.depth + 1 FROM tree JOIN comment ON comment.up = tree.key)
UPDATE comment SET depth = tree.depth FROM tree WHERE comment.key = tree.key
"""
_NEVER = 1 << 62


class Page(Struct, frozen=True, kw_only=True):
    """One thread on our side: what an archive's threads of one page come to."""

    number: int
    kind: str
    target: str
    url: str | None
    title: str | None
    created: datetime | None
    closed: bool
    merged: int


class Placed(Struct, frozen=True):
    """A comment with its page; `up` is its parent's key if that is there and comes before, `lost` one that is not."""

    page: int
    comment: ImportedComment
    up: str | None
    lost: str | None
    thread_deleted: bool


class Staging:
    """What has been read so far; `settle` once, then `pages` and `comments`."""

    def __init__(self, file: Path, place: Callable[[ImportedThread], ImportedThread]) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._place = place
        self.left_out: dict[str, int] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def fill(self, items: Iterator[Item], progress: Callable[[int], None]) -> None:
        """Take in a whole archive; `progress` gets the number of items so far."""
        self._database.execute("BEGIN")
        for number, item in enumerate(items, 1):
            self._add(item)
            if number % 1000 == 0:
                progress(number)
        self._database.execute("COMMIT")

    def _add(self, item: Item) -> None:
        if isinstance(item, LeftOut):
            self._leave_out(item.reason, item.number)
        elif isinstance(item, ImportedThread):
            thread = self._place(item)
            whole = msgspec.msgpack.encode(thread)
            row = (thread.key, thread.kind, thread.target, thread.deleted, _micros(thread.created), whole)
            if not self._database.execute("INSERT OR IGNORE INTO thread VALUES (?, ?, ?, ?, ?, ?)", row).rowcount:
                self._leave_out("threads whose id the archive has twice")
        else:
            entry = (item.key, item.thread, item.parent, _micros(item.created), msgspec.msgpack.encode(item))
            statement = "INSERT OR IGNORE INTO comment (key, thread, parent, created, whole) VALUES (?, ?, ?, ?, ?)"
            if not self._database.execute(statement, entry).rowcount:
                self._leave_out(TWICE)

    def _leave_out(self, reason: str, number: int = 1) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + number

    def settle(self) -> None:
        """Merge threads by page, find every comment's parent and depth, cut circles at their oldest comment."""
        database = self._database
        database.executescript(f"BEGIN; {_PLACE} COMMIT;")
        strays = database.execute("SELECT count(*) FROM comment WHERE page IS NULL").fetchone()[0]
        if strays:
            self._leave_out(NO_THREAD, strays)
        database.execute(_DESCEND.format(roots="up IS NULL"))
        last = ""
        while stuck := database.execute(
            "SELECT key FROM comment WHERE depth IS NULL AND page IS NOT NULL AND key > ? ORDER BY key LIMIT 1", (last,)
        ).fetchone():
            last = stuck[0]
            top = self._oldest_of_circle(last)
            database.execute("UPDATE comment SET up = NULL WHERE key = ?", (top,))
            database.execute(_DESCEND.format(roots="key = ?"), (top,))

    def _oldest_of_circle(self, key: str) -> str:
        """The oldest comment of the circle that the parents of `key` lead into."""
        seen: dict[str, tuple[int, str]] = {}
        while key not in seen:
            created, up = self._database.execute("SELECT created, up FROM comment WHERE key = ?", (key,)).fetchone()
            seen[key] = (created, key)
            key = up
        chain = list(seen)
        return min(seen[member] for member in chain[chain.index(key) :])[1]

    def pages(self) -> Iterator[Page]:
        """Each thread on our side; title and address are those of its oldest thread in the archive that still stands."""
        found = self._database.cursor().execute(
            "SELECT number, kind, target, count(*) FROM page JOIN thread USING (kind, target) GROUP BY number"
        )
        for number, kind, target, several in found:
            rows = self._database.execute(
                "SELECT whole FROM thread WHERE kind = ? AND target = ? ORDER BY created, key LIMIT 1000",
                (kind, target),
            )
            threads = [_THREAD.decode(row[0]) for row in rows]
            standing = [t for t in threads if not t.deleted] or threads
            yield Page(
                number=number,
                kind=kind,
                target=target,
                url=next((t.url for t in standing if t.url), None),
                title=next((t.title for t in standing if t.title), None),
                created=min((t.created for t in standing if t.created), default=None),
                closed=all(t.closed or t.deleted for t in standing),
                merged=several - 1,
            )

    def comments(self) -> Iterator[Placed]:
        """Each comment that has a page, parents before children, elder before younger."""
        found = self._database.cursor().execute(
            "SELECT page, whole, up, CASE WHEN up IS NULL THEN parent END, deleted FROM comment "
            "WHERE page IS NOT NULL ORDER BY depth, created, key"
        )
        for page, whole, up, lost, deleted in found:
            yield Placed(page, _COMMENT.decode(whole), up, lost, bool(deleted))


_THREAD = msgspec.msgpack.Decoder(ImportedThread)
_COMMENT = msgspec.msgpack.Decoder(ImportedComment)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(moment: datetime | None) -> int:
    return _NEVER if moment is None else round((moment - _EPOCH).total_seconds() * 1_000_000)


@contextmanager
def staged(place: Callable[[ImportedThread], ImportedThread]) -> Iterator[Staging]:
    """A staging in a temporary file that is gone afterwards; `place` gives a thread its target."""
    with (
        TemporaryDirectory(prefix="detente-comments-") as folder,
        closing(Staging(Path(folder) / "stage", place)) as s,
    ):
        yield s
