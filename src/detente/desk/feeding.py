"""The site, a thread or a comment in; the newest visible comments of it, as rows for a feed or a permalink, out."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from detente.desk import threads
from detente.desk.desk import Desk
from detente.desk.markdown import render
from detente.desk.tables import Comment, Thread, row_id

MOST = 50


class Row(Struct, frozen=True, kw_only=True):
    """One visible comment, with what it is about."""

    id: int
    kind: str
    key: str
    title: str | None
    url: str | None
    parent: int | None
    author: str | None
    created: datetime
    edited: datetime | None
    html: str


def latest(desk: Desk, *, limit: int = MOST) -> list[Row]:
    """The newest comments of the whole site."""
    return _rows(desk, limit)


def of_thread(desk: Desk, kind: str, key: str, *, limit: int = MOST) -> list[Row]:
    """The newest comments of a thread. Raises BadInput for an unknown kind."""
    return _rows(desk, limit, Thread.kind == kind, Thread.target == threads.key_of(kind, key))


def replies_to(desk: Desk, comment: int, *, limit: int = MOST) -> list[Row]:
    """The newest answers to a comment, and the answers to those."""
    below = select(Comment.id).where(Comment.parent_id == row_id(comment)).cte(recursive=True)
    below = below.union(select(Comment.id).where(Comment.parent_id == below.c.id))
    return _rows(desk, limit, Comment.id.in_(select(below.c.id)))


def one(desk: Desk, comment: int) -> Row | None:
    """One comment, where it is visible."""
    return next(iter(_rows(desk, 1, Comment.id == row_id(comment))), None)


def _rows(desk: Desk, limit: int, *where: Any) -> list[Row]:
    query = (
        select(Comment, Thread)
        .join(Thread, Comment.thread_id == Thread.id)
        .where(Comment.state == "visible", *where)
        .order_by(Comment.created.desc(), Comment.id.desc())
        .limit(min(max(1, limit), 10 * MOST))
    )
    with desk.reading() as session:
        found = session.execute(query).all()
    return [
        Row(
            id=c.id,
            kind=t.kind,
            key=t.target,
            title=t.title,
            url=t.url,
            parent=c.parent_id,
            author=c.author,
            created=c.created,
            edited=c.edited,
            html=render(c.body),
        )
        for c, t in found
    ]
