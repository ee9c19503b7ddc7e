"""What a worker process does: a chunk of raw items in, entries and skips out, as bytes; an item that hangs is given up."""

import faulthandler
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from detente.record import Entry
from detente.record.rows import digest
from detente.types import Document, Raw, Reading, Skip

PATIENCE_S = 60
Read = Callable[[Raw], Reading | Skip]


class Done(msgspec.Struct):
    """What became of a chunk."""

    entries: list[Entry]
    skips: list[Skip]


class _TooSlow(Exception):
    pass


def read_chunk(raws: list[Raw], read: Read | None = None, guard: bool = True) -> bytes:
    """Read a chunk of raw items; the answer is a Done in MessagePack. `guard`: end the process if an item hangs."""
    return msgspec.msgpack.encode(_each(raws, lambda raw: _entry(raw, read), guard))


def read_documents(documents: list[Document], guard: bool = True) -> bytes:
    """Code a chunk of kept documents again."""
    from detente import reader

    def entry(document: Document) -> Entry | Skip:
        return Entry(reading=reader.read_document(document), origin=document.id)

    return msgspec.msgpack.encode(_each(documents, entry, guard))


def raw_digest(raw: Raw) -> str:
    """Knows a raw item again without cleaning it."""
    body = raw.body if isinstance(raw.body, str) else raw.body.hex()
    return digest(raw.id, raw.url, raw.title, raw.published, raw.kind, body)


def decode(answer: bytes) -> Done:
    """A worker's answer."""
    return msgspec.msgpack.decode(answer, type=Done)


def _each(items: list[Any], make: Callable[[Any], Entry | Skip], guard: bool) -> Done:
    done = Done([], [])
    for item in items:
        result = _guarded(item, make, guard)
        if isinstance(result, Skip):
            done.skips.append(result)
        else:
            done.entries.append(result)
    return done


def _entry(raw: Raw, read: Read | None) -> Entry | Skip:
    from detente import reader
    from detente.ingest import duplicates

    reading = (read or reader.read_raw)(raw)
    if isinstance(reading, Skip):
        return reading
    signature = duplicates.signature(reading.document.text)
    return Entry(
        reading=reading,
        origin=raw.origin,
        raw_digest=raw_digest(raw),
        signature=signature,
        bands=duplicates.bands(signature) if signature else [],
    )


def _guarded(item: Any, make: Callable[[Any], Entry | Skip], guard: bool) -> Entry | Skip:
    origin = getattr(item, "origin", getattr(item, "id", "?"))
    try:
        with _time_limit(guard):
            return make(item)
    except _TooSlow:
        return Skip(origin=origin, reason="failed", detail=f"took longer than {PATIENCE_S} s; given up", url=item.url)
    except (RecursionError, MemoryError) as error:
        return Skip(origin=origin, reason="failed", detail=f"could not be read: {type(error).__name__}", url=item.url)
    except Exception as error:
        if os.environ.get("DETENTE_DEBUG"):
            raise
        line = str(error).strip().splitlines()[0] if str(error).strip() else ""
        detail = f"a defect in Détente stopped at it: {type(error).__name__}: {line}"
        return Skip(origin=origin, reason="failed", detail=detail[:300], url=item.url)


@contextmanager
def _time_limit(guard: bool) -> Iterator[None]:
    """Raise _TooSlow after PATIENCE_S; where that cannot get through (in C code), end the process a little later."""
    if not guard or not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        faulthandler.dump_traceback_later(PATIENCE_S * 1.5, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
