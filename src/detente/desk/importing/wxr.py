"""An export of WordPress (WXR 1.0 to 1.2, plain or gzipped) in; the discussed pages and their comments out."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from detente.desk.importing import values, xmlstream
from detente.desk.importing.markup import markdown
from detente.desk.importing.neutral import (
    NO_DATE,
    NO_ID,
    NOT_TEXT,
    ImportedComment,
    ImportedThread,
    Item,
    LeftOut,
    State,
)
from detente.desk.importing.xmlstream import Names

_CHANNEL: Names = ("rss", "channel")
_ITEM: Names = (*_CHANNEL, "item")
_TYPES = frozenset({"", "comment", "review"})
_STATES: dict[str, State] = {
    "1": "visible",
    "0": "held",
    "spam": "spam",
    "trash": "deleted",
    "post-trashed": "rejected",
}
_PUBLIC = frozenset({"", "publish", "inherit"})


def read(path: Path) -> Iterator[Item]:
    """Yield what the export holds; a page comes after its comments, and only if it has some.

    Raises BadInput for a file that is no WXR.
    """
    site = ""
    number, commented = 0, False
    page: dict[str, str] = {}
    for names, element in xmlstream.records(path, frozenset({("rss",), _CHANNEL, _ITEM})):
        name = names[-1]
        if names == _ITEM:
            if commented:
                yield _thread(str(number), page)
            number, commented, page = number + 1, False, {}
        elif names[:-1] == _CHANNEL and name in {"link", "base_blog_url"}:
            site = _site(element.text) or site
        elif names[:-1] == _ITEM:
            if name == "comment":
                item = _comment(site, str(number), xmlstream.values(element))
                commented |= isinstance(item, ImportedComment)
                yield item
            elif name in _PAGE:
                page.setdefault(name, element.text or "")


_PAGE = frozenset({"title", "link", "post_date_gmt", "status", "comment_status", "post_password"})


def _thread(key: str, page: dict[str, str]) -> ImportedThread:
    return ImportedThread(
        key=key,
        url=values.words(page.get("link"), values.LONGEST_URL),
        title=values.words(unescape(page.get("title", "")), values.LONGEST_TITLE),
        created=values.moment(page.get("post_date_gmt")),
        closed=page.get("comment_status", "open").strip() == "closed",
        deleted=page.get("status", "").strip() not in _PUBLIC or bool(page.get("post_password", "").strip()),
    )


def _comment(site: str, thread: str, found: dict[str, str]) -> Item:
    kind = found.get("comment_type", "").strip().lower()
    number = found.get("comment_id", "").strip()
    created = values.moment(found.get("comment_date_gmt")) or values.moment(found.get("comment_date"))
    state = _STATES.get(found.get("comment_approved", "1").strip(), "held")
    body = "" if state == "deleted" else markdown(found.get("comment_content", ""))
    if kind not in _TYPES:
        return LeftOut(f"{kind}s" if kind in {"pingback", "trackback"} else f"comments of type {values.words(kind)}")
    if not number or number == "0":
        return LeftOut(NO_ID)
    if created is None:
        return LeftOut(NO_DATE)
    if not body and state != "deleted":
        return LeftOut(NOT_TEXT)
    parent = found.get("comment_parent", "").strip()
    return ImportedComment(
        key=_key(site, number),
        thread=thread,
        parent=_key(site, parent) if parent.strip("0") else None,
        created=created,
        body=body,
        state=state,
        author=values.words(unescape(found.get("comment_author", ""))),
        email=values.words(found.get("comment_author_email")),
    )


def _site(link: str | None) -> str:
    """What tells this blog's comment 12 from another's: its host and path."""
    try:
        parts = urlsplit((link or "").strip())
    except ValueError:
        return ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _key(site: str, number: str) -> str:
    return f"wxr:{f'{site}#{number}'[-values.LONGEST_NAME :]}"
