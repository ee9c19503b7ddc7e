"""A process of its own: items in on standard input, each item's result out on standard output, until the input ends.

Run as `python -m detente.watch.worker`. Messages are msgpack behind their length (4 bytes, big-endian). The first one
in is a `Setup`, answered by an empty message once the reading function is loaded.
"""

import gc
import os
import signal
import struct
import sys
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from importlib import import_module
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from detente.record.writing import Entry
from detente.types import Document, Raw, Reading, Skip

LENGTH = struct.Struct(">I")
SELDOM = (50_000, 20, 100)  # the catalogue is large and lives for ever: looking through it for garbage is dear
DETAIL = 300


class Setup(Struct, kw_only=True):
    """Which function reads the items ("module:name"), whether they are documents, and where modules are found."""

    read: str
    documents: bool = False
    path: list[str] = msgspec.field(default_factory=list)


class Result(Struct, kw_only=True):
    """What became of one item: exactly one of the two is set."""

    entry: Entry | None = None
    skip: Skip | None = None


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """Read one message; None where the stream has ended."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    body = stream.read(LENGTH.unpack(head)[0])
    return body if len(body) == LENGTH.unpack(head)[0] else None


def encode(item: Raw | Document) -> bytes:
    """An item as the bytes in which it travels."""
    return msgspec.msgpack.encode(item)


def decode(message: bytes, document: bool) -> Raw | Document:
    """The item back; a raw item's body is text or bytes, which a typed decoder cannot tell apart."""
    if document:
        return msgspec.msgpack.decode(message, type=Document)
    fields = msgspec.msgpack.decode(message)
    day = fields["published"]
    return Raw(**{**fields, "published": date.fromisoformat(day) if day else None})


def raw_digest(raw: Raw) -> str:
    """Changes when anything of a raw item changes, save where it was found."""
    return blake2b(encode(msgspec.structs.replace(raw, origin="")), digest_size=12).hexdigest()


def take(item: Raw | Document, read: Callable[[Any], Reading | Skip]) -> Result:
    """Read one item; whatever goes wrong with it becomes a Skip."""
    try:
        return _result(item, read(item))
    except Exception as error:
        return Result(skip=failed(origin_of(item), item.url, f"{type(error).__name__}: {error}"))


def _result(item: Raw | Document, reading: Reading | Skip) -> Result:
    if isinstance(reading, Skip):
        return Result(skip=reading)
    return Result(entry=_entry(reading, origin_of(item), raw_digest(item) if isinstance(item, Raw) else ""))


def origin_of(item: Raw | Document) -> str:
    """Where an item stands, for messages."""
    return item.origin if isinstance(item, Raw) else item.id


def failed(origin: str, url: str | None, detail: str) -> Skip:
    """The Skip of an item that broke the program."""
    line = " ".join(detail.split())[:DETAIL].encode("utf-8", "replace").decode()
    return Skip(origin=origin, url=url, reason="failed", detail=line)


def _entry(reading: Reading, origin: str, digest: str) -> Entry:
    from detente.ingest.duplicates import bands, signature

    signed = signature(reading.document.text) if digest else b""
    entry = Entry(reading=reading, origin=origin, raw_digest=digest, signature=signed)
    entry.bands = bands(signed) if signed else []
    msgspec.json.encode(entry.reading)  # a lone surrogate has no place in the record: better found here than there
    return entry


def load(setup: Setup) -> Callable[[Any], Reading | Skip]:
    """Import the function that a setup names."""
    module, _, name = setup.read.partition(":")
    found: Callable[[Any], Reading | Skip] = getattr(import_module(module), name)
    return found


def main() -> None:
    """Serve until standard input ends. What libraries print goes nowhere, so that it cannot break a message."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    first = receive(source)
    if first is None:
        return
    setup = msgspec.msgpack.decode(first, type=Setup)
    sys.path[:] = [*setup.path, *(entry for entry in sys.path if entry not in setup.path)]
    read = load(setup)
    gc.set_threshold(*SELDOM)
    send(sink, b"")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    while (message := receive(source)) is not None:
        send(sink, msgspec.msgpack.encode(take(decode(message, setup.documents), read)))


if __name__ == "__main__":
    main()
