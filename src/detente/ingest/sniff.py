"""The first bytes of something in, what it is out: by content first, by name only where content does not tell."""

import re
import zlib
from typing import Literal

from detente.ingest.encoding import is_binary

Kind = Literal[
    "empty", "gzip", "bzip2", "xz", "zstd", "warc", "parquet", "feed", "jsonfeed", "lines", "json", "csv", "html", "text",
    "pdf", "zip", "binary",
]  # fmt: skip
HEAD = 65_536
"""How many bytes are enough."""

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"WARC/", "warc"),
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|atom:feed)[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|meta|title|article|section|main|div|p|h[1-6]|span|table|ul|ol|br|script|style)"
    r"(?=[\s>/])",
    re.IGNORECASE,
)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/version/')
_OBJECT_LINE = re.compile(r'\s*\{\s*(?:"|\}).*\}\s*$')


def sniff(head: bytes, name: str = "") -> Kind:
    """Return what a file, an answer or a stream holds, from its first bytes (up to `HEAD`) and its name."""
    if not head.strip():
        return "empty"
    if kind := next((kind for magic, kind in _MAGIC if head.startswith(magic)), None):
        return kind
    if is_binary(head):
        return "binary"
    return _textual(_glimpse(head).lstrip("\ufeff \t\r\n"), name.lower().removesuffix(".gz"))


def _textual(text: str, name: str) -> Kind:
    if text.startswith("{") and (kind := _json(text, name)):
        return kind
    if text.startswith("[") and (name.endswith(".json") or re.match(r"\[\s*\{\s*\"", text)):
        return "json"
    if name.endswith((".jsonl", ".ndjson")):
        return "lines"
    if name.endswith((".csv", ".tsv")) and not text.startswith("<"):
        return "csv"
    if text.startswith("<") and _FEED.search(text[:3000]) and not re.search(r"<html[\s>]", text[:3000], re.IGNORECASE):
        return "feed"
    plain = name.endswith((".txt", ".md", ".markdown")) and not text.startswith("<")
    return "html" if name.endswith((".html", ".htm", ".xhtml")) or (not plain and looks_html(text)) else "text"


def looks_html(text: str) -> bool:
    """Tell whether a text is HTML rather than running text: it opens with a tag, or holds several."""
    start = text[:HEAD].lstrip()
    if start.startswith("<!--"):
        return bool(_TAG.search(start))
    return bool(_TAG.match(start)) or sum(1 for _ in _TAG.finditer(start[:5000])) >= 3


def inflate_head(head: bytes) -> bytes:
    """Return the first bytes inside a gzip stream, as far as the given start of it tells."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""


def _json(text: str, name: str) -> Kind | None:
    if _JSON_FEED.search(text[:5000]):
        return "jsonfeed"
    line, newline, _ = text.partition("\n")
    if _OBJECT_LINE.match(line) or name.endswith((".jsonl", ".ndjson")) or (not newline and len(text) > HEAD // 2):
        return "lines"
    return "json" if re.match(r'\{\s*"', text) else None


def _glimpse(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")
