"""A file of comments, plain or gzipped, in; its bytes as a stream out, within bounds that no honest archive reaches."""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from detente.errors import BadInput

LARGEST = 32 << 30
"""Bytes of an unpacked archive: thirty times the largest export we know of."""
RATIO = 200
"""Unpacked bytes for a packed one; exports of comments pack 4 to 20 times."""
FREE = 32 << 20
"""Unpacked bytes before the ratio counts, so that small, monotonous archives pass."""
_GZIP = b"\x1f\x8b"
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_.-]+)""")


class Readable(Protocol):
    """What the parsers need of a stream."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""


@contextmanager
def opened(path: Path, *, xml: bool = False) -> Iterator[Readable]:
    """Open an archive, unpacking gzip (known by its first bytes); with `xml`, characters that XML forbids are dropped.

    Raises BadInput for a file that is not there, is empty or damaged, or unpacks to more than the bounds allow.
    """
    if not path.is_file():
        raise BadInput(f"{path}: no such file")
    with path.open("rb") as file:
        start = file.read(2)
        file.seek(0)
        if not start:
            raise BadInput(f"{path}: the file is empty")
        if start != _GZIP:
            yield _Bounded(path, file, file, xml=xml)
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield _Bounded(path, io.BufferedReader(unpacked, 1 << 16), file, xml=xml)


class _Bounded:
    """A stream that counts: what was unpacked, against what was read."""

    def __init__(self, path: Path, stream: BinaryIO, packed: BinaryIO, *, xml: bool) -> None:
        self._path, self._stream, self._packed = path, stream, packed
        self._gzip = packed is not stream
        self._done = 0
        self._clean: bool | None = None if xml else False

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most 64 KiB."""
        want = 1 << 16 if size < 0 else min(size, 1 << 16)
        while True:
            chunk = self._next(want)
            kept = self._cleaned(chunk)
            if kept or not chunk:
                return kept

    def _next(self, size: int) -> bytes:
        try:
            chunk = self._stream.read(size)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise BadInput(f"{self._path}: damaged gzip file ({error})") from None
        except OSError as error:
            raise BadInput(f"{self._path}: {error.strerror or error}") from None
        self._done += len(chunk)
        if self._done > LARGEST:
            raise BadInput(f"{self._path}: unpacks to more than {LARGEST >> 30} GiB; this is no archive of comments")
        if self._gzip and self._done > FREE and self._done > RATIO * max(1, self._packed.tell()):
            raise BadInput(
                f"{self._path}: unpacks to more than {RATIO} times its size; unpack it yourself if you trust it"
            )
        return chunk

    def _cleaned(self, chunk: bytes) -> bytes:
        """Without control characters, where the encoding is one in which their bytes mean nothing else."""
        if self._clean is None:
            named = _ENCODING.search(chunk[:400])
            self._clean = b"\0" not in chunk[:4] and (named is None or named[1].lower() in {b"utf-8", b"utf8"})
        return chunk.translate(None, _CONTROLS) if self._clean else chunk
