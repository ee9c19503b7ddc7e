"""A thread's kind and key in; what a page shows of it out: a tree of comments with their HTML, and counts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from detente.desk import threads
from detente.desk.desk import Desk
from detente.desk.markdown import render
from detente.desk.nesting import approval, nest, prune
from detente.desk.people import Person
from detente.desk.tables import Account, Comment, Thread, Vote, row_id
from detente.errors import BadInput

Order = Literal["oldest", "newest", "best"]
ORDERS: tuple[Order, ...] = ("oldest", "newest", "best")
SIZE = 50
KEYS_AT_ONCE = 500
_GONE = {
    "deleted": "[removed by its author]",
    "rejected": "[not shown]",
    "spam": "[not shown]",
    "held": "[not shown yet]",
}
_OWN = {
    "held": "Only you can see this: it waits for a moderator.",
    "rejected": "Only you can see this: a moderator did not accept it.",
    "spam": "Only you can see this: it was taken for spam.",
}


class Shown(Struct, frozen=True, kw_only=True):
    """A comment in its place. Where `state` is not visible, `html` is empty and `note` says what stands there instead;

    its own author sees it with a note. `answers` names who is answered, where the tree alone does not show it.
    """

    id: int
    parent: int | None
    author: str | None
    signed_in: bool
    moderator: bool
    created: datetime
    edited: datetime | None
    state: str
    html: str
    note: str | None
    pinned: bool
    ups: int
    downs: int
    my_vote: int
    mine: bool
    answers: str | None
    replies: "list[Shown]"


class ThreadView(Struct, frozen=True, kw_only=True):
    """A page of a thread. `count` is of the visible comments of all pages; `shut` says why nobody can write, or None."""

    kind: str
    key: str
    title: str | None
    url: str | None
    count: int
    shut: str | None
    order: str
    page: int
    pages: int
    comments: list[Shown]


class _Outline(Struct, frozen=True):
    """What is known of all comments of a thread before those of one page are read."""

    rows: dict[int, Any]
    children: dict[int | None, list[int]]


def thread_view(
    desk: Desk,
    kind: str,
    key: str,
    *,
    order: Order = "oldest",
    page: int = 1,
    size: int = SIZE,
    viewer: Person | None = None,
) -> ThreadView:
    """What is said about something; an empty view where nothing is. `size` top-level comments make a page.

    `viewer` sees their own votes, and their own comments that are held. Raises BadInput for an unknown kind or order.
    """
    if order not in ORDERS:
        raise BadInput(f"{order!r} is no order; the orders are {', '.join(ORDERS)}")
    target, size = threads.key_of(kind, key), min(max(1, size), 4 * SIZE)
    shut = None if desk.rules().open else "New comments are not taken at the moment."
    mark = viewer.mark(desk) if viewer is not None else None
    with desk.reading() as session:
        thread = threads.find(session, kind, key)
        if thread is None:
            return ThreadView(
                kind=kind, key=target, title=None, url=None, count=0, shut=shut, order=order, page=1, pages=1, comments=[]
            )  # fmt: skip
        outline = _outline(session, thread.id, order, viewer, mark)
        tops = outline.children[None]
        pages = max(1, -(-len(tops) // size))
        page = min(max(1, page), pages)
        wanted = tops[(page - 1) * size : page * size]
        found = _read(session, outline, wanted, viewer, mark)
    return ThreadView(
        kind=kind,
        key=target,
        title=thread.title,
        url=thread.url,
        count=sum(row.state == "visible" for row in outline.rows.values()),
        shut="A moderator has locked this discussion."
        if thread.locked
        else "This discussion is closed."
        if thread.closed
        else shut,
        order=order,
        page=page,
        pages=pages,
        comments=found,
    )


def page_of(desk: Desk, comment: int, *, order: Order = "oldest", size: int = SIZE) -> int | None:
    """On which page of its thread a comment stands; None where it is not shown."""
    with desk.reading() as session:
        row = session.get(Comment, row_id(comment))
        if row is None:
            return None
        outline = _outline(session, row.thread_id, order, None, None)
    above = {child: number for number, children in outline.children.items() for child in children}
    here = comment
    while (over := above.get(here)) is not None:
        here = over
    return outline.children[None].index(here) // size + 1 if here in outline.children[None] else None


def counts(desk: Desk, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The number of visible comments of each (kind, key), in one query; at most KEYS_AT_ONCE of them."""
    asked = list(dict.fromkeys(keys))
    if len(asked) > KEYS_AT_ONCE:
        raise BadInput(f"at most {KEYS_AT_ONCE} threads can be counted at once, not {len(asked)}")
    kept = {pair: (pair[0], threads.key_of(*pair)) for pair in asked}
    query = (
        select(Thread.kind, Thread.target, func.count(Comment.id))
        .join(Comment, Comment.thread_id == Thread.id)
        .where(tuple_(Thread.kind, Thread.target).in_(set(kept.values())), Comment.state == "visible")
        .group_by(Thread.id, Thread.kind, Thread.target)
    )
    with desk.reading() as session:
        found = {(kind, target): number for kind, target, number in session.execute(query)}
    return {pair: found.get(kept[pair], 0) for pair in asked}


def _outline(session: Session, thread: int, order: str, viewer: Person | None, mark: str | None) -> _Outline:
    columns = (
        Comment.id, Comment.parent_id, Comment.state, Comment.pinned, Comment.created, Comment.ups, Comment.downs,
        Comment.account_id, Comment.visitor,
    )  # fmt: skip
    rows = {row.id: row for row in session.execute(select(*columns).where(Comment.thread_id == thread))}
    tree = nest({number: row.parent_id for number, row in rows.items()})
    children = prune(tree, lambda number: rows[number].state == "visible" or _is_mine(rows[number], viewer, mark))
    for over, numbers in children.items():
        numbers.sort(key=lambda number: (rows[number].created, number), reverse=order == "newest" and over is None)
        if order == "best":
            numbers.sort(key=lambda number: -approval(rows[number].ups, rows[number].downs))
    children[None].sort(key=lambda number: not rows[number].pinned)
    return _Outline(rows, children)


def _is_mine(row: Any, viewer: Person | None, mark: str | None) -> bool:
    if viewer is None or mark is None:
        return False
    return bool(row.account_id == viewer.account if viewer.account is not None else row.visitor == mark)


def _read(session: Session, outline: _Outline, tops: list[int], viewer: Person | None, mark: str | None) -> list[Shown]:
    """The comments under these tops, with all that a page shows of them."""
    wanted = list(tops)
    for number in wanted:
        wanted += outline.children.get(number, ())
    moderates = Account.role.in_(("editor", "admin"))
    query = select(Comment, moderates).outerjoin(Account, Comment.account_id == Account.id)
    full: dict[int, tuple[Comment, bool]] = {}
    votes: dict[int, int] = {}
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        some = wanted[start : start + KEYS_AT_ONCE]
        full |= {c.id: (c, bool(m)) for c, m in session.execute(query.where(Comment.id.in_(some)))}
        if mark is not None:
            mine = select(Vote.comment_id, Vote.value).where(Vote.voter == mark, Vote.comment_id.in_(some))
            votes |= dict(session.execute(mine).all())

    def shown(number: int, over: int | None) -> Shown:
        row, moderator = full[number]
        own = _is_mine(row, viewer, mark)
        open_ = row.state == "visible" or (own and row.state in _OWN)
        aside = row.parent_id is not None and row.parent_id != over and row.parent_id in full
        return Shown(
            id=number,
            parent=row.parent_id,
            author=row.author if open_ else None,
            signed_in=open_ and row.account_id is not None,
            moderator=open_ and moderator,
            created=row.created,
            edited=row.edited if open_ else None,
            state=row.state,
            html=render(row.body) if open_ else "",
            note=_note(row, own),
            pinned=row.pinned,
            ups=row.ups if open_ else 0,
            downs=row.downs if open_ else 0,
            my_vote=votes.get(number, 0),
            mine=own,
            answers=full[row.parent_id][0].author if aside and row.parent_id is not None else None,
            replies=[shown(child, number) for child in outline.children.get(number, ())],
        )

    return [shown(number, None) for number in tops]


def _note(row: Comment, own: bool) -> str | None:
    if row.state == "visible":
        return None
    if own and row.state in _OWN:
        return _OWN[row.state] + (f" ({row.why})" if row.why else "")
    if row.state == "deleted" and row.why:
        return f"[{row.why}]"
    return _GONE[row.state]
