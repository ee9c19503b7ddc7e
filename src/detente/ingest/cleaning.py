"""A raw item in, a clean document out, or a Skip that says why there is none."""

import re
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from detente.ingest.dates import dateline_day
from detente.ingest.encoding import decode, is_binary
from detente.ingest.furniture import strip_furniture
from detente.ingest.language import language_of
from detente.ingest.markup import visible_text
from detente.ingest.mend import mend
from detente.ingest.pages import read_page
from detente.ingest.text import Body, paragraphs, same_words, tidy
from detente.types import Document, Raw, Skip, SkipReason

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|cmpid|ocid|ns_\w+|smid|ref_src|spm)$", re.IGNORECASE
)
_HEAD = 65_536


def clean(raw: Raw) -> Document | Skip:
    """Return the document in a raw item: decoded and mended, in paragraphs parted by an empty line, without furniture.

    What the archive states (title, day, outlet, author) goes before what the page states. `published` is None where
    neither says it. The language is that of the text; other languages than English are kept.
    """
    if isinstance(raw.body, bytes) and is_binary(raw.body[:_HEAD]):
        return _skip(raw, "binary", "holds binary data, not text")
    body = raw.body if isinstance(raw.body, str) else decode(raw.body, raw.encoding)
    if body is None:
        return _skip(raw, "undecodable", "is in no encoding that gives readable text")
    if not body.strip("\ufeff \t\r\n\x00"):
        return _skip(raw, "empty", "is empty")
    return _from_html(raw, body) if raw.kind == "html" else _from_text(raw, body)


def canonical(url: str) -> str:
    """Return a URL without fragment, default port and tracking parameters, its host in lower case."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if not parts.hostname:
        return url.strip()
    host = parts.hostname.lower()
    if port and port != {"http": 80, "https": 443}.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = parts.query
    if _TRACKING.search(query) or any(_TRACKING.match(key) for key, _ in parse_qsl(query, keep_blank_values=True)):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(key, value) for key, value in pairs if not _TRACKING.match(key)])
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def digest(text: str) -> str:
    """Return the 16 hexadecimal digits that stand for a URL or a text."""
    return blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=8).hexdigest()


def _from_text(raw: Raw, body: str) -> Document | Skip:
    return _document(raw, tidy(body, raw.title), None, raw.language)


def _from_html(raw: Raw, body: str) -> Document | Skip:
    lines, page = read_page(body, raw.url)
    title = raw.title or page.title
    lines = strip_furniture(paragraphs(mend("\n\n".join(lines))))
    if title and len(lines) > 1 and same_words(lines[0], title):
        lines = lines[1:]
    day = page.published or (dateline_day(lines[0]) if lines else None)
    found = ("\n\n".join(lines), title, day, page.author)
    return _document(raw, found, page.site, raw.language or page.language)


def _document(raw: Raw, body: Body, site: str | None, hint: str | None) -> Document | Skip:
    text, title, day, author = body
    if not text:
        return _skip(raw, "no-text", "holds no running text")
    text = text.replace("\x00", "")
    url = canonical(raw.url) if raw.url else None
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return Document(
        id=raw.id or digest(url or text),
        url=url,
        title=_one_line(raw.title) or title,
        published=raw.published or day,
        language=language_of(text, hint),
        text=text,
        source=raw.source or site or host or None,
        author=raw.author or author,
    )


def _one_line(title: str | None) -> str | None:
    if not title:
        return None
    if "<" in title:
        title = visible_text(title)
    return " ".join(mend(title).split()) or None


def _skip(raw: Raw, reason: SkipReason, detail: str) -> Skip:
    return Skip(origin=raw.origin, reason=reason, detail=detail, url=raw.url)
