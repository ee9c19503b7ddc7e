"""An export of Disqus (XML, plain or gzipped) in; its threads and comments out, one by one, in the file's order."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

from detente.desk.importing import values, xmlstream
from detente.desk.importing.markup import markdown
from detente.desk.importing.neutral import (
    NO_DATE,
    NO_ID,
    NO_THREAD,
    NOT_TEXT,
    ImportedComment,
    ImportedThread,
    Item,
    LeftOut,
    State,
)
from detente.desk.importing.xmlstream import Element


def read(path: Path) -> Iterator[Item]:
    """Yield what the export holds. Raises BadInput for a file that is none."""
    for names, element in xmlstream.records(path, frozenset({("disqus",)})):
        if names[-1] == "thread":
            yield _thread(element)
        elif names[-1] == "post":
            yield _comment(element)


def _thread(element: Element) -> Item:
    key = _id(element)
    if key is None:
        return LeftOut("threads without an id")
    found = xmlstream.values(element)
    return ImportedThread(
        key=key,
        url=values.words(found.get("link"), values.LONGEST_URL),
        identifier=values.words(found.get("id"), values.LONGEST_URL),
        title=values.words(unescape(found.get("title", "")), values.LONGEST_TITLE),
        created=values.moment(found.get("createdAt")),
        closed=values.flag(found.get("isClosed")),
        deleted=values.flag(found.get("isDeleted")),
    )


def _comment(element: Element) -> Item:
    key = _id(element)
    children = {xmlstream.local(child): child for child in element}
    found = xmlstream.values(element)
    thread = _id(children.get("thread"))
    created = values.moment(found.get("createdAt"))
    state = _state(found)
    body = "" if state == "deleted" else markdown(found.get("message", ""))
    if key is None:
        return LeftOut(NO_ID)
    if thread is None:
        return LeftOut(NO_THREAD)
    if created is None:
        return LeftOut(NO_DATE)
    if not body and state != "deleted":
        return LeftOut(NOT_TEXT)
    author = children.get("author")
    who = {} if author is None else xmlstream.values(author)
    parent = _id(children.get("parent"))
    return ImportedComment(
        key=f"disqus:{key}",
        thread=thread,
        parent=parent and f"disqus:{parent}",
        created=created,
        body=body,
        state=state,
        author=values.words(who.get("name")) or values.words(who.get("username")),
        email=values.words(who.get("email")),
    )


def _state(found: dict[str, str]) -> State:
    """Spam stays spam even where it was deleted too, so that it leaves no gap to be seen."""
    if values.flag(found.get("isSpam")):
        return "spam"
    if values.flag(found.get("isDeleted")):
        return "deleted"
    return "visible" if values.flag(found.get("isApproved", "true")) else "held"


def _id(element: Element | None) -> str | None:
    """The `dsq:id`, under whatever prefix."""
    if element is None:
        return None
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == "id":
            return values.words(value)
    return None
