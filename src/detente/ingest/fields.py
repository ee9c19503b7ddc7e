"""A row of a table or a line of JSON in, a raw item out: which column is the text, the day, the outlet."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from detente.errors import BadInput
from detente.ingest.dates import to_day
from detente.ingest.sniff import looks_html
from detente.types import Raw, Skip

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "document_id", "article_id", "guid", "key", "uid", "story_id"),
    "url": ("url", "link", "href", "uri", "web_url", "article_url", "permalink"),
    "title": ("title", "headline", "name"),
    "published": ("published", "date", "published_at", "publish_date", "date_published", "pub_date", "pubdate",
                  "publication_date", "datetime", "timestamp", "created_at", "day"),
    "text": ("text", "body", "content", "article", "article_text", "maintext", "main_text", "plain_text", "story",
             "content_text", "description", "summary"),
    "html": ("html", "raw_html", "content_html", "page"),
    "source": ("source", "sources", "outlet", "publisher", "publication", "site", "domain", "newspaper"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang"),
}  # fmt: skip
"""What a raw item holds, and the names that columns of that meaning go by, likeliest first."""


def map_columns(names: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return {field: column} for the columns of a table; `given` goes before what the names suggest.

    Raises BadInput where `given` names a field or column that does not exist.
    """
    present = list(names)
    by_lower = {name.lower(): name for name in reversed(present)}
    mapping = {
        field: by_lower[known] for field, known_names in FIELDS.items() if (known := _first(known_names, by_lower))
    }
    for field, column in (given or {}).items():
        if field not in FIELDS:
            raise BadInput(f"{field!r} is not a field of an item; use one of {', '.join(FIELDS)}")
        if column not in present:
            raise BadInput(f"there is no column {column!r}; the columns are {', '.join(present[:30])}")
        mapping[field] = column
    return mapping


def to_raw(row: Mapping[str, Any], mapping: Mapping[str, str], origin: str, published: date | None) -> Raw | Skip:
    """Return the raw item in a row, its text before its HTML; Skip where it holds neither. Rows without day get `published`."""
    text, markup = _string(row, mapping, "text"), _string(row, mapping, "html")
    url = _string(row, mapping, "url") or None
    if not text and not markup:
        return Skip(origin=origin, reason="empty", detail="holds neither text nor HTML", url=url)
    day = to_day(row.get(mapping["published"])) if "published" in mapping else None
    return Raw(
        id=_string(row, mapping, "id") or None,
        origin=origin,
        url=url,
        kind="html" if not text or looks_html(text) else "text",
        body=text or markup,
        title=_string(row, mapping, "title") or None,
        published=day or published,
        source=_string(row, mapping, "source") or None,
        author=_string(row, mapping, "author") or None,
        language=_string(row, mapping, "language") or None,
    )


def _first(names: tuple[str, ...], present: Mapping[str, str]) -> str | None:
    return next((name for name in names if name in present), None)


def _string(row: Mapping[str, Any], mapping: Mapping[str, str], field: str) -> str:
    value = row.get(mapping.get(field, ""))
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value if part)
    if isinstance(value, dict):
        return str(value.get("name") or value.get("title") or "")
    return value if isinstance(value, str) else str(value)
