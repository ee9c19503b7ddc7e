"""A WARC archive in, raw items out: record by record, past the broken ones."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from detente.ingest.sniff import HEAD, sniff
from detente.types import Raw, Skip, SkipReason

Unfold = Callable[..., Iterator[Raw | Skip]]
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/json",
            "application/feed")  # fmt: skip
_MISSING = (404, 410)


def read_warc(stream: BinaryIO | str, name: str, *, limit: int, unfold: Unfold) -> Iterator[Raw | Skip]:
    """Yield the pages of an archive, packed or not; requests, metadata and revisits hold none and are passed over.

    Each record of another kind gives an item or a Skip: answers that are no success, no text, or above `limit` bytes,
    and records that break off. `unfold` turns a body into items (a feed holds several).
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    found, at = 0, 0
    try:
        records = ArchiveIterator(
            stream, record_types=kinds, parse_http=True, auto_decode="all", strict_mode=False, quirks_mode=True
        )
        for record in records:
            found, at = found + 1, record.stream_pos
            yield from _record(record, f"{name}@{at}", limit, unfold)
    except Exception as error:  # the parser raises what its C side does: anything here means a broken archive
        yield _skip(f"{name}@{at}", "truncated", f"the archive breaks off after {found} records: {_line(error)}")
        return
    if not found:
        yield _skip(name, "malformed", "holds no WARC record that can be read")


def _record(record: Any, origin: str, limit: int, unfold: Unfold) -> Iterator[Raw | Skip]:
    headers = record.headers
    url = (headers.get("WARC-Target-URI") or "").strip("<> ") or None
    http = record.http_headers
    status = http.status_code if http is not None else None
    kind = ((record.http_content_type if http is not None else headers.get("Content-Type")) or "").lower()
    if status is not None and status >= 300:
        reason: SkipReason = "not-found" if status in _MISSING else "failed"
        yield _skip(origin, reason, f"the server answered {status}, not a page", url)
    elif kind and not kind.startswith(_TEXTUAL):
        yield _skip(origin, "unsupported", f"is {kind.split(';')[0]}, not a page of text", url)
    else:
        yield from _body(record, origin, url, limit, unfold)


def _body(record: Any, origin: str, url: str | None, limit: int, unfold: Unfold) -> Iterator[Raw | Skip]:
    length = record.content_length
    try:
        body = record.reader.read(limit + 1)
    except Exception as error:  # see read_warc
        yield _skip(origin, "truncated", f"the record breaks off: {_line(error)}", url)
        return
    if len(body) > limit:
        yield _skip(origin, "too-large", f"is larger than {limit:,} bytes", url)
        return
    if not body.strip():
        yield _skip(origin, "empty", "is empty", url)
        return
    language = record.headers.get("WARC-Identified-Content-Language")
    charset = record.http_charset if record.http_headers is not None else None
    kind = sniff(body[:HEAD], (url or "").split("?")[0])
    yield from unfold(kind, body, origin, url=url, encoding=charset, language=language)
    if length and record.http_headers is None and len(body) < length:
        yield _skip(origin, "truncated", f"the record holds {len(body):,} of {length:,} bytes", url)


def _skip(origin: str, reason: SkipReason, detail: str, url: str | None = None) -> Skip:
    return Skip(origin=origin, reason=reason, detail=detail, url=url)


def _line(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:200]
