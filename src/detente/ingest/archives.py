"""A WARC archive in, raw items out: one for every page it holds, or the reason why there is none."""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from detente.ingest.sniff import HEAD, sniff
from detente.ingest.warc import Damage, Record, parse_headers, read_records
from detente.types import Raw, Skip, SkipReason

Unfold = Callable[..., Iterator[Raw | Skip]]
_PAGES = ("response", "resource", "conversion")
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/json",
            "application/feed", "application/octet-stream", "unk")  # fmt: skip
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})[^\n]*\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def read_warc(stream: BinaryIO, name: str, *, limit: int, unfold: Unfold) -> Iterator[Raw | Skip]:
    """Yield the pages of an archive, packed or not; requests, metadata and revisits hold none and are passed over.

    Each other record gives an item or a Skip: answers that are no success, no text, or above `limit` bytes, records
    that break off, and stretches of damage. `unfold` turns a body into items (a feed holds several).
    """
    found = False
    for record in read_records(stream, limit + HEAD):
        found = True
        origin = f"{name}@{record.at}"
        if isinstance(record, Damage):
            yield _skip(origin, "truncated" if "ends before" in record.detail else "malformed", record.detail)
        elif record.headers.get("warc-type", "response") in _PAGES:
            yield from _items(record, origin, limit, unfold)
        elif record.damage:
            yield _skip(origin, "truncated", record.damage)
    if not found:
        yield _skip(name, "malformed", "holds no WARC record that can be read")


def _items(record: Record, origin: str, limit: int, unfold: Unfold) -> Iterator[Raw | Skip]:
    url = record.headers.get("warc-target-uri", "").strip("<> ") or None
    status, headers, body = _answer(record)
    kind = headers.get("content-type", "").lower()
    if reason := _refusal(status, kind):
        yield _skip(origin, *reason, url)
    elif record.length > limit + HEAD and not record.damage:
        yield _skip(origin, "too-large", f"is larger than {limit:,} bytes", url)
    else:
        plain = _decoded(body, headers, limit)
        if isinstance(plain, str):
            yield _skip(origin, "malformed", plain, url)
        elif len(plain) > limit:
            yield _skip(origin, "too-large", f"is larger than {limit:,} bytes", url)
        elif not plain.strip():
            yield _skip(origin, "truncated" if record.damage else "empty", record.damage or "is empty", url)
            return
        else:
            charset = _CHARSET.search(kind)
            sniffed = sniff(plain[:HEAD], (url or "").split("?", maxsplit=1)[0])
            yield from unfold(sniffed, plain, origin, url=url, encoding=charset[1] if charset else None)
    if record.damage:
        yield _skip(origin, "truncated", f"{record.damage}; what came before was read", url)


def _answer(record: Record) -> tuple[int | None, dict[str, str], bytes]:
    """The HTTP status, headers and body in a record; without HTTP, the record's own content type and block."""
    if found := _STATUS.match(record.block):
        head, gap, body = record.block.partition(b"\r\n\r\n")
        if not gap:
            head, gap, body = record.block.partition(b"\n\n")
        return int(found[1]), parse_headers(head), body
    kind = record.headers.get("content-type", "")
    if kind.startswith("application/http"):  # the answer's own head is damaged: what follows it may still be a page
        return None, {}, record.block.partition(b"\r\n\r\n")[2] or record.block
    return None, {"content-type": kind}, record.block


def _refusal(status: int | None, kind: str) -> tuple[SkipReason, str] | None:
    if status is not None and not 200 <= status < 300:
        return ("not-found" if status in (404, 410) else "failed"), f"the server answered {status}, not a page"
    if kind and not kind.startswith(_TEXTUAL):
        return "unsupported", f"is {kind.split(';', maxsplit=1)[0]}, not a page of text"
    return None


def _decoded(body: bytes, headers: dict[str, str], limit: int) -> bytes | str:
    """The body without its transfer and content coding, at most one byte over the limit; a line where that fails."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    coding = headers.get("content-encoding", "").lower().strip()
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _inflated(body, 31, limit)
    if coding == "deflate":
        plain = _inflated(body, 15, limit)
        return _inflated(body, -15, limit) if isinstance(plain, str) else plain
    if coding in ("br", "zstd") and b"<" not in body[:2000]:
        return f"is packed as {coding}, which is not read from archives"
    return body


def _inflated(body: bytes, wbits: int, limit: int) -> bytes | str:
    try:
        return zlib.decompressobj(wbits=wbits).decompress(body, limit + 1)
    except zlib.error as error:
        return f"its compressed body is damaged ({error})"


def _unchunked(body: bytes) -> bytes:
    """Join the chunks; a body that is not chunked after all (many archives store it joined) comes back as it is."""
    parts: list[bytes] = []
    at = 0
    while found := re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[^\r\n]{0,100}\r\n").match(body, at):
        size = int(found[1], 16)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if not size:
            break
    return b"".join(parts) if parts else body


def _skip(origin: str, reason: SkipReason, detail: str, url: str | None = None) -> Skip:
    return Skip(origin=origin, reason=reason, detail=detail, url=url)
