"""A path or standard input in, a stream of bytes out: unpacked, its first bytes known, its size bounded by who reads."""

import bz2
import gzip
import io
import lzma
import sys
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from detente.ingest.sniff import HEAD, Kind, inflate_head, sniff

BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, OSError)
"""What reading a compressed stream raises where it is cut off or damaged."""


class Peeked(io.RawIOBase):
    """A stream whose first bytes were read ahead."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            taken = min(len(buffer), len(self._head))
            buffer[:taken] = self._head[:taken]
            self._head = self._head[taken:]
            return taken
        data = self._rest.read1(len(buffer)) if hasattr(self._rest, "read1") else self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if self._rest is not sys.stdin.buffer:
            self._rest.close()
        super().close()


def open_source(path: Path | None) -> tuple[Kind, BinaryIO]:
    """Return what a file (None: standard input) holds and a stream of it from its start, unpacked.

    A WARC archive stays packed: its reader unpacks it record by record. Raises OSError where the file cannot be read.
    """
    raw = cast(BinaryIO, sys.stdin.buffer) if path is None else path.open("rb")
    return unpack(raw, path.name if path else "")


def unpack(raw: BinaryIO, name: str = "") -> tuple[Kind, BinaryIO]:
    """Return what a stream holds and the stream from its start, unpacked; see `open_source`."""
    head = read_head(raw)
    kind = sniff(head, name)
    stream: BinaryIO = io.BufferedReader(Peeked(head, raw), HEAD)
    if kind == "gzip" and inflate_head(head).startswith(b"WARC/"):
        return "warc", stream
    if kind == "gzip":
        return _inside(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), name)
    if kind == "bzip2":
        return _inside(cast(BinaryIO, bz2.BZ2File(stream)), name)
    if kind == "xz":
        return _inside(cast(BinaryIO, lzma.LZMAFile(stream)), name)
    return kind, stream


def read_head(stream: BinaryIO, size: int = HEAD) -> bytes:
    """Read up to `size` bytes, fewer only at the end or where a packed stream breaks off."""
    parts: list[bytes] = []
    left = size
    try:
        while left and (part := stream.read1(left) if hasattr(stream, "read1") else stream.read(left)):
            parts.append(part)
            left -= len(part)
    except BROKEN:
        if not parts:
            raise
    return b"".join(parts)


def _inside(stream: BinaryIO, name: str) -> tuple[Kind, BinaryIO]:
    try:
        head = read_head(stream)
    except BROKEN:
        return "text", stream
    lower = name.lower()
    for tail in (".gz", ".bz2", ".xz"):
        lower = lower.removesuffix(tail)
    kind = sniff(head, lower)
    # A pack inside a pack is not opened: that way lie the bombs.
    inner = "binary" if kind in ("gzip", "bzip2", "xz", "zstd", "zip") else kind
    return inner, io.BufferedReader(Peeked(head, stream), HEAD)


def read_bounded(stream: BinaryIO, limit: int) -> tuple[bytes, bool, str | None]:
    """Read up to `limit` bytes: (bytes, whether there is more, why the stream broke off or None)."""
    parts: list[bytes] = []
    size = 0
    while size <= limit:
        try:
            part = stream.read1(1 << 20) if hasattr(stream, "read1") else stream.read(1 << 20)
        except BROKEN as error:
            return b"".join(parts), False, describe(error)
        if not part:
            return b"".join(parts), False, None
        parts.append(part)
        size += len(part)
    return b"".join(parts)[:limit], True, None


def describe(error: BaseException) -> str:
    """One line for what broke a stream."""
    if isinstance(error, EOFError):
        return "the compressed data ends before its end mark"
    return f"the compressed data is damaged ({str(error) or type(error).__name__})"
