"""A feed in (RSS, Atom or JSON Feed), its entries out as raw items."""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from detente.ingest.dates import to_day
from detente.ingest.sniff import looks_html
from detente.types import Raw, Skip


def read_feed(body: bytes, origin: str, *, published: date | None = None) -> Iterator[Raw | Skip]:
    """Yield the entries of an RSS or Atom feed, oldest markup forms included; a date that is none gives no day.

    The full text goes before the summary. `published` is for entries that state no date.
    """
    import feedparser

    try:
        # Entry HTML is cleaned like every page; feedparser's own sanitising would cost time and drop text.
        feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser raises many kinds on hostile input
        yield Skip(origin=origin, reason="malformed", detail=f"is not a readable feed: {_line(error)}")
        return
    if not feed.entries:
        problem = feed.get("bozo_exception")
        reason = f": {_line(problem)}" if problem else ""
        yield Skip(origin=origin, reason="malformed" if problem else "empty", detail=f"the feed holds no entry{reason}")
    outlet = feed.feed.get("title") or None
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(entry, f"{origin}#{number}", outlet, feed.feed.get("language"), published)


def read_json_feed(body: bytes, origin: str, *, published: date | None = None) -> Iterator[Raw | Skip]:
    """Yield the items of a JSON Feed (version 1 or 1.1)."""
    try:
        feed = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        yield Skip(origin=origin, reason="malformed", detail=f"is not a readable JSON Feed: {_line(error)}")
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        yield Skip(origin=origin, reason="empty", detail="the feed holds no item")
        return
    for number, item in enumerate(items, 1):
        where = f"{origin}#{number}"
        if not isinstance(item, dict):
            yield Skip(origin=where, reason="malformed", detail="is not a JSON object")
            continue
        markup, text = _text(item.get("content_html")), _text(item.get("content_text")) or _text(item.get("summary"))
        yield _raw(
            where,
            url=_text(item.get("url")) or _text(item.get("external_url")),
            body=markup or text,
            title=_text(item.get("title")),
            day=to_day(item.get("date_published")) or published,
            source=_text(feed.get("title")),
            author=_names(item.get("authors") or item.get("author") or feed.get("authors")),
            language=_text(item.get("language")) or _text(feed.get("language")),
            html=bool(markup),
        )


def _entry(entry: Any, origin: str, outlet: str | None, language: str | None, published: date | None) -> Raw | Skip:
    contents = [part.get("value", "") for part in entry.get("content", [])]
    body = max([*contents, entry.get("summary", "")], key=len)
    return _raw(
        origin,
        url=entry.get("link"),
        body=body or entry.get("title", ""),
        title=entry.get("title"),
        day=_day(entry) or published,
        source=(entry.get("source") or {}).get("title") or outlet,
        author=entry.get("author"),
        language=language,
        html=looks_html(body) or "</" in body or "/>" in body or "<p>" in body,
    )


def _raw(
    origin: str, *, url: str | None, body: str, title: str | None, day: date | None, source: str | None,
    author: str | None, language: str | None, html: bool,
) -> Raw | Skip:  # fmt: skip
    if not body.strip():
        return Skip(origin=origin, reason="empty", detail="the entry holds no text", url=url or None)
    return Raw(
        origin=origin,
        url=url or None,
        kind="html" if html else "text",
        body=body,
        title=title or None,
        published=day,
        source=source or None,
        author=author or None,
        language=language or None,
    )


def _day(entry: Any) -> date | None:
    """The day as the feed writes it, in its own time zone; feedparser's reading in UTC where the form is unusual."""
    for field in ("published", "issued", "created", "updated"):
        if field in entry and (day := to_day(entry[field])):
            return day
        if f"{field}_parsed" in entry and (parsed := entry[f"{field}_parsed"]):
            try:
                return datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC).date()
            except (ValueError, OverflowError):
                continue
    return None


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> str | None:
    people = value if isinstance(value, list) else [value]
    return (
        ", ".join(person["name"] for person in people if isinstance(person, dict) and _text(person.get("name"))) or None
    )


def _line(error: Any) -> str:
    return " ".join(str(error).split())[:200]
