"""What importing and exporting need of the desk: find and add threads and comments, and read them all in order."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, String, Table, cast, func, insert, select

from detente.desk.importing.neutral import State
from detente.desk.importing.own import CommentLine, ThreadLine
from detente.desk.importing.staging import Page

OURS = "detente"
"""The source of comments that were written on a desk; their key is `id@created`, which holds on any desk."""


class NewComment(Struct, frozen=True, kw_only=True):
    """A comment ready to be written; `thread` and `parent` are ids of the desk."""

    key: str
    thread: Any
    parent: Any
    created: datetime
    edited: datetime | None
    state: State
    author: str | None
    person: str | None
    body: str


class Shelf:
    """The desk's tables of threads and comments within one transaction."""

    def __init__(self, connection: Connection, threads: Table, comments: Table) -> None:
        self._connection = connection
        self._threads, self._comments = threads, comments

    def thread(self, kind: str, target: str) -> Any:
        """The id of a thread, or None."""
        t = self._threads.c
        return self._connection.scalar(select(t.id).where(t.kind == kind, t.target == target))

    def add_thread(self, page: Page, now: datetime) -> Any:
        """Write a thread and return its id."""
        row = {
            "kind": page.kind,
            "target": page.target,
            "url": page.url,
            "title": page.title,
            "closed": page.closed,
            "created": page.created or now,
        }
        return self._connection.scalar(insert(self._threads).returning(self._threads.c.id), row)

    def comments(self, keys: Sequence[str]) -> dict[str, tuple[Any, Any]]:
        """(id, thread) of those comments that the desk has, by key; at most some thousand keys."""
        c = self._comments.c
        found: dict[str, tuple[Any, Any]] = {}
        for source, group in groupby(sorted(set(keys)), key=lambda key: key.partition(":")[0]):
            names = [key.partition(":")[2] for key in group]
            rows = self._connection.execute(
                select(c.id, c.thread_id, c.external_id).where(c.imported_from == source, c.external_id.in_(names))
            )
            found |= {f"{source}:{name}": (number, thread) for number, thread, name in rows}
            if source == OURS:
                found |= self._written_here(names)
        return found

    def _written_here(self, names: Sequence[str]) -> dict[str, tuple[Any, Any]]:
        c = self._comments.c
        numbers = [int(n) for n in (name.partition("@")[0] for name in names) if n.isdecimal() and len(n) < 19]
        rows = self._connection.execute(
            select(c.id, c.thread_id, c.created).where(c.id.in_(numbers), c.imported_from.is_(None))
        )
        wanted = {f"{OURS}:{name}" for name in names}
        return {key: (number, thread) for number, thread, at in rows if (key := _own_key(number, at)) in wanted}

    def add_comments(self, new: Sequence[NewComment]) -> None:
        """Write comments whose parents are there."""
        rows = []
        for comment in new:
            source, _, external = comment.key.partition(":")
            rows.append(
                {
                    "thread_id": comment.thread,
                    "parent_id": comment.parent,
                    "imported_from": source,
                    "external_id": external,
                    "created": comment.created,
                    "edited": comment.edited,
                    "state": comment.state,
                    "author": comment.author,
                    "person": comment.person,
                    "body": comment.body,
                }
            )
        if rows:
            self._connection.execute(insert(self._comments), rows)

    def all_threads(self) -> Iterator[ThreadLine]:
        """Every thread, by kind and target."""
        t = self._threads.c
        query = select(t.kind, t.target, t.url, t.title, t.created, t.closed).order_by(t.kind, t.target)
        for kind, target, url, title, created, closed in self._stream(query):
            yield ThreadLine(
                id=f"{kind}:{target}",
                kind=kind,
                target=target,
                url=url,
                title=title,
                created=_utc(created),
                closed=bool(closed),
            )

    def all_comments(self) -> Iterator[CommentLine]:
        """Every comment, by time; those of one moment by their key, so that the order does not change from desk to desk."""
        c, t = self._comments.c, self._threads.c
        above = self._comments.alias()
        query = (
            select(
                c.id, c.imported_from, c.external_id, c.created, c.edited, c.state, c.author, c.body, t.kind, t.target,
                above.c.id, above.c.imported_from, above.c.external_id, above.c.created,
            )
            .join(self._threads, c.thread_id == t.id)
            .outerjoin(above, c.parent_id == above.c.id)
            .order_by(c.created, *_in_order(c))
        )  # fmt: skip
        yield from map(_line, self._stream(query))

    def _stream(self, query: Any) -> Iterator[Any]:
        return iter(self._connection.execution_options(yield_per=1000).execute(query))


def _in_order(c: Any) -> tuple[Any, Any]:
    return func.coalesce(c.imported_from, OURS), func.coalesce(c.external_id, cast(c.id, String) + "@")


def _line(row: Any) -> CommentLine:
    number, source, external, created, edited, state, author, body, kind, target, *above = row
    return CommentLine(
        id=_key(number, source, external, created),
        thread=f"{kind}:{target}",
        parent=None if above[0] is None else _key(*above),
        created=_known(created),
        edited=_utc(edited),
        state=state,
        author=author,
        body=body,
    )


def _key(number: Any, source: str | None, external: str | None, created: datetime) -> str:
    return _own_key(number, created) if source is None else f"{source}:{external}"


def _own_key(number: Any, created: datetime) -> str:
    return f"{OURS}:{number}@{_known(created).timestamp():.6f}"


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else _known(moment)


def _known(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
