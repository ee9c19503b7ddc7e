"""A parsed page in; its title, author, day, outlet, language and address out, as the page itself states them."""

import re
from datetime import date
from typing import Any

from msgspec import Struct

from detente.ingest.dates import to_day
from detente.ingest.mend import mend

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "title", "headline")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "sailthru.author", "parsely-author")
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher")
_DAYS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "pubdate", "publishdate",
    "publish-date", "publish_date", "published_time", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date",
    "dcterms.date", "sailthru.date", "parsely-pub-date", "article.published", "date", "dc.date.created",
    "rnews:datepublished", "cxenseparse:recs:publishtime", "originalpublicationdate", "article_date_original",
)  # fmt: skip
_LD_DAY = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_LD_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,300}?"name"\s*:\s*"([^"\\]{2,80})"')
_SITE_TAIL = re.compile(r"\s+[|»·—–-]\s+[^|»·—–-]{2,40}$")
_EARLIEST = date(1990, 1, 1)


class Metadata(Struct, kw_only=True):
    """What a page says about itself."""

    title: str | None = None
    author: str | None = None
    published: date | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None


def read_metadata(tree: Any, url: str | None = None) -> Metadata:
    """Return what an lxml HTML tree states in its head, its JSON-LD and its time elements.

    The day comes from htmldate where the page does not state it, without its search of the running text, and never
    from the clock.
    """
    named = _named(tree)
    ld = " ".join(text[:100_000] for text in tree.xpath('.//script[@type="application/ld+json"]/text()')[:8])
    site = _first(named, _SITES)
    return Metadata(
        title=_title(tree, named, site),
        author=_author(named, ld),
        published=_published(tree, named, ld, url),
        site=site,
        language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()[:10]
        or None,
        url=next(
            (str(href) for href in tree.xpath('.//link[@rel="canonical"]/@href')[:1] if href.startswith("http")), None
        ),
    )


def _named(tree: Any) -> dict[str, str]:
    result: dict[str, str] = {}
    for element in tree.xpath(".//meta[@content][@property or @name or @itemprop]")[:300]:
        key = (element.get("property") or element.get("name") or element.get("itemprop")).strip().lower()
        value = element.get("content").strip()
        if value and key not in result:
            result[key] = value
    return result


def _first(named: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((mend(named[key]).replace("\n", " ").strip() for key in keys if key in named), None) or None


def _title(tree: Any, named: dict[str, str], site: str | None) -> str | None:
    heads = [" ".join(head.text_content().split()) for head in tree.xpath(".//h1")[:3]]
    if len(heads) == 1 and len(heads[0].split()) >= 3 and len(heads[0]) <= 250:
        return mend(heads[0])
    title = _first(named, _TITLES) or mend(" ".join(" ".join(tree.xpath(".//head/title/text()")[:1]).split()))
    if not title:
        return mend(heads[0]) if heads and heads[0] else None
    if site and title.casefold().endswith(site.casefold()) and len(title) > len(site) + 5:
        title = title[: -len(site)].rstrip(" |»·—–-:")
    return _SITE_TAIL.sub("", title) if len(title.split()) > 4 and "og:title" not in named else title


def _author(named: dict[str, str], ld: str) -> str | None:
    author = _first(named, _AUTHORS)
    if author and (author.startswith("http") or "@" in author or len(author) > 120):
        author = None
    if author is None and (found := _LD_AUTHOR.search(ld)):
        author = mend(found[1])
    return re.sub(r"^by\s+", "", author, flags=re.IGNORECASE) if author else None


def _published(tree: Any, named: dict[str, str], ld: str, url: str | None) -> date | None:
    stated = [named[key] for key in _DAYS if key in named]
    if found := _LD_DAY.search(ld):
        stated.insert(0, found[1])
    stated += (
        tree.xpath(".//time[@pubdate]/@datetime")[:1] + tree.xpath(".//*[@itemprop='datePublished']/@datetime")[:1]
    )
    for value in stated:
        if (day := to_day(str(value))) and day >= _EARLIEST:
            return day
    return _searched(tree, url)


def _searched(tree: Any, url: str | None) -> date | None:
    from htmldate import find_date

    try:
        found = find_date(tree, extensive_search=False, original_date=True, url=url)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
    return to_day(found)
