"""The bytes of a WARC archive in, its records out: packed or not, past damage, with flat memory.

A reader of our own, since the libraries at hand stop at the first damaged gzip member, end in silence where an archive
is cut off, or let one wrong length swallow all that follows. Here damage costs the record it strikes: reading goes on
at the next gzip member, or the next line that opens a record. Format: ISO 28500 (WARC 1.0 and 1.1).
"""

import re
import zlib
from collections.abc import Generator, Iterator
from typing import BinaryIO

from msgspec import Struct

_CHUNK = 1 << 18
_MEMBER = b"\x1f\x8b\x08"
_OPENING = re.compile(rb"WARC/(?:0\.1\d|1\.\d)\r?\n")
_HEADER_LIMIT = 65_536
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/1\.\d\r?\n)")
_WIDEST = 64  # bytes; an opening may stand across two chunks


class Record(Struct):
    """One record: `headers` with names in lower case; `block` cut at the limit; `damage` says what is wrong with it."""

    at: int  # offset into the unpacked archive
    headers: dict[str, str]
    block: bytes
    length: int
    damage: str | None = None


class Damage(Struct):
    """A stretch of the archive that gave no record."""

    at: int
    detail: str


def read_records(stream: BinaryIO, limit: int) -> Iterator[Record | Damage]:
    """Yield the records of an archive in order, and the damage between them; blocks above `limit` bytes are cut there."""
    source = _Source(stream)
    while True:
        opening = source.seek_opening()
        at = source.offset
        if detail := source.take_damage():
            yield Damage(at=at, detail=detail)
        if opening:
            yield _record(source, at, limit)
        elif source.ended:
            return


def _record(source: "_Source", at: int, limit: int) -> Record | Damage:
    headers = parse_headers(source.take_header())
    length = _length(headers)
    if length is None:
        return Damage(at=at, detail="the record states no length")
    block, damage = source.take_block(length, limit)
    return Record(at=at, headers=headers, block=block, length=length, damage=damage)


def parse_headers(block: bytes) -> dict[str, str]:
    """Return header lines as {name in lower case: value}, the first of each name; folded lines are joined."""
    result: dict[str, str] = {}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", block).split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon:
            result.setdefault(name.strip().decode("latin-1").lower(), value.strip().decode("utf-8", errors="replace"))
    return result


def _length(headers: dict[str, str]) -> int | None:
    value = headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


class _Source:
    """The unpacked archive as a window that moves forward."""

    def __init__(self, stream: BinaryIO) -> None:
        self._chunks = _unpacked(stream)
        self._buffer = bytearray()
        self._skipped = 0
        self._damage: str | None = None
        self.offset = 0  # of the window's first byte
        self.ended = False

    def seek_opening(self) -> bool:
        """Move to the next record, or to the next damage or the end; what is passed over counts as damage."""
        while True:
            if found := _OPENING.search(self._buffer):
                self._pass(found.start())
                return True
            if len(self._buffer) > _WIDEST:
                self._pass(len(self._buffer) - _WIDEST)
            if not self._more():
                self._pass(len(self._buffer))
                return False

    def take_header(self) -> bytes:
        """Take the lines of a record's header, up to and with the empty one."""
        while True:
            found = re.search(rb"\r?\n\r?\n", self._buffer)
            if found or len(self._buffer) > _HEADER_LIMIT or not self._more():
                return self._take(found.end() if found else min(len(self._buffer), _HEADER_LIMIT))

    def take_block(self, length: int, limit: int) -> tuple[bytes, str | None]:
        """Take a record's block: its bytes up to the limit, and what is wrong with it.

        A block ends early where the data does, or where the next record opens inside it, behind an empty line, and none
        opens where the block should end: then its length is wrong.
        """
        while len(self._buffer) < min(length, limit) + _WIDEST and self._more():
            pass
        after = bytes(self._buffer[length : length + _WIDEST]).lstrip(b"\r\n")
        if len(self._buffer) >= length and (not after or after.startswith(b"WARC/")):
            return self._take(length)[:limit], None
        end = self._next_opening(min(length, len(self._buffer)))
        if end < min(length, len(self._buffer)):
            return self._take(end)[:limit], f"the record states {length:,} bytes, but the next one opens after {end:,}"
        if len(self._buffer) >= length:
            return self._take(length)[:limit], None
        if self.ended or self._damage:
            reason, self._damage = self._damage or "the archive ends amid it", None
            return self._take(end)[:limit], f"the record breaks off after {end:,} of {length:,} bytes: {reason}"
        return self._take(limit), self._drain(length - limit)

    def take_damage(self) -> str | None:
        """Return, and forget, what was wrong before the place now reached."""
        detail = self._damage or (f"{self._skipped:,} bytes before it belong to no record" if self._skipped else None)
        self._skipped, self._damage = 0, None
        return detail

    def _drain(self, rest: int) -> str | None:
        while rest > 0 and (self._buffer or self._more()):
            found = _NEXT.search(self._buffer)
            size = min(rest, found.end() if found else len(self._buffer))
            self._take(size)
            rest -= size
            if found and rest:
                break
        return f"the record ends {rest:,} bytes before its stated length" if rest > 0 else None

    def _next_opening(self, end: int) -> int:
        found = _NEXT.search(self._buffer, 0, end + _WIDEST)
        return min(found.end(), end) if found else end

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.offset += len(taken)
        return taken

    def _pass(self, size: int) -> None:
        self._skipped += len(self._take(size).strip(b"\r\n\x00"))

    def _more(self) -> bool:
        if self.ended or self._damage:
            return False
        part = next(self._chunks, None)
        if isinstance(part, bytes):
            self._buffer += part
            return True
        self.ended, self._damage = part is None, part
        return False


def _unpacked(stream: BinaryIO) -> Iterator[bytes | str]:
    """Yield the unpacked bytes, and one line for each stretch of damage."""
    data = stream.read(_CHUNK)
    packed = data.startswith(b"\x1f\x8b")
    while data and not packed:
        yield data
        data = stream.read(_CHUNK)
    while data:
        start = data.find(_MEMBER)
        if start < 0:
            more = stream.read(_CHUNK)
            data = data[-2:] + more if more else b""
        else:
            data = yield from _member(stream, data[start:])


def _member(stream: BinaryIO, data: bytes) -> Generator[bytes | str, None, bytes]:
    """Unpack one gzip member from the data and the stream; return what was read and not used."""
    unpacker = zlib.decompressobj(wbits=31)
    first = True
    while not unpacker.eof:
        if not data:
            data = stream.read(_CHUNK)
            if not data:
                yield "the compressed data ends before its end mark"
                return b""
        try:
            part = unpacker.decompress(data, _CHUNK)
        except zlib.error as error:
            yield f"the compressed data is damaged ({error})"
            return data[1:] if first else data
        first, data = False, unpacker.unconsumed_tail
        if part:
            yield part
    return unpacker.unused_data or stream.read(_CHUNK)
