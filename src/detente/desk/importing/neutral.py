"""What every archive of comments is read into: threads, comments, and what is left out with its reason."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

State = Literal["visible", "held", "rejected", "deleted", "spam"]
STATES: tuple[State, ...] = ("visible", "held", "rejected", "deleted", "spam")


class ImportedThread(Struct, frozen=True, kw_only=True):
    """A page's discussion as an archive has it.

    `key` names it within the archive; `url` may be a bare path (Isso) or missing; `identifier` is the site's own name
    for the page, where it gave one. `created` is UTC. `kind` and `target` are given only by our own exports.
    """

    key: str
    url: str | None = None
    identifier: str | None = None
    title: str | None = None
    created: datetime | None = None
    closed: bool = False
    deleted: bool = False
    kind: str = "page"
    target: str | None = None


class ImportedComment(Struct, frozen=True, kw_only=True):
    """One comment as an archive has it.

    `key` is `source:id` and names it for ever, so that a second import adds nothing; `parent` is such a key, `thread` the
    key of a thread in the archive. `body` is Markdown. Times are UTC. `email` is only ever hashed.
    """

    key: str
    thread: str
    created: datetime
    body: str
    parent: str | None = None
    state: State = "visible"
    edited: datetime | None = None
    author: str | None = None
    email: str | None = None


class LeftOut(Struct, frozen=True):
    """Something the archive holds and we do not take, and why (a phrase that can stand after a number)."""

    reason: str
    number: int = 1


Item = ImportedThread | ImportedComment | LeftOut

NO_DATE = "comments without a readable date"
NO_ID = "comments without an id"
NO_THREAD = "comments whose thread is not in the archive"
TWICE = "comments whose id the archive has twice"
NOT_TEXT = "comments without text"
