"""The database of Isso in (opened so that nothing can be written); its threads and comments out, one by one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from detente.desk.importing import values
from detente.desk.importing.neutral import NO_DATE, NOT_TEXT, ImportedComment, ImportedThread, Item, LeftOut, State
from detente.errors import BadInput

_STATES: dict[object, State] = {1: "visible", 2: "held", 4: "deleted"}
_NEEDED = {"threads": {"id", "uri"}, "comments": {"id", "tid", "created", "text"}}
_WANTED = {
    "threads": ("id", "uri", "title"),
    "comments": ("id", "tid", "parent", "created", "modified", "mode", "text", "author", "email"),
}


def read(path: Path) -> Iterator[Item]:
    """Yield what the database holds. Raises BadInput for a file that is no database of Isso, or is damaged."""
    if not path.is_file():
        raise BadInput(f"{path}: no such file")
    # A database in use keeps its latest comments in a -wal file, which `immutable` would not see.
    way = "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{way}", uri=True)) as database:
            database.text_factory = lambda raw: raw.decode("utf-8", "replace")
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            for row in _rows(path, database, "threads"):
                yield _thread(row)
            for row in _rows(path, database, "comments"):
                yield _comment(row)
    except sqlite3.Error as error:
        raise BadInput(f"{path}: not a readable SQLite database: {error}") from None


def _rows(path: Path, database: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    kind = database.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
    if kind != ("table",) or not _NEEDED[table] <= there:
        raise BadInput(
            f"{path}: no database of Isso (it has no table {table} with {', '.join(sorted(_NEEDED[table]))})"
        )
    names = [name for name in _WANTED[table] if name in there]
    columns = ", ".join(f"here.{name}" for name in names)
    since = ", (SELECT created FROM comments AS up WHERE up.id = here.parent)" if "parent" in names else ""
    for row in database.execute(f"SELECT {columns}{since} FROM {table} AS here ORDER BY here.id"):
        yield dict(zip((*names, "parent_created"), row, strict=False))


def _thread(row: dict[str, object]) -> Item:
    return ImportedThread(
        key=str(row["id"]),
        url=values.words(row["uri"], values.LONGEST_URL),
        title=values.words(row.get("title"), values.LONGEST_TITLE),
    )


def _comment(row: dict[str, object]) -> Item:
    created = values.epoch(row["created"])
    state = _STATES.get(row.get("mode", 1), "held")
    body = "" if state == "deleted" else values.prose(row["text"])
    if created is None:
        return LeftOut(NO_DATE)
    if not body and state != "deleted":
        return LeftOut(NOT_TEXT)
    above = values.epoch(row.get("parent_created"))
    return ImportedComment(
        key=_key(row["id"], created),
        thread=str(row["tid"]),
        parent=None if row.get("parent") is None else _key(row["parent"], above),
        created=created,
        body=body,
        state=state,
        edited=values.epoch(row.get("modified")),
        author=values.words(row.get("author")),
        email=values.words(row.get("email")),
    )


def _key(number: object, created: datetime | None) -> str:
    """What tells this site's comment 12 from another's, as the database does not say whose it is."""
    return f"isso:{number}@{created.timestamp():.0f}" if created else f"isso:{number}@?"
