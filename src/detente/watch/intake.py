"""Raw items in, read by worker processes; whole batches into the record out. Memory stays flat however long the input."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from detente.record import BatchReport, Entry, Record
from detente.types import Document, Raw, Reading, Skip
from detente.watch.pool import Item, Pool
from detente.watch.worker import Result, raw_digest, take

BATCH = 1000
BATCH_CHARACTERS = 30_000_000
KNOWN_AT_ONCE = 512
LIMIT_S = 60.0
PATIENCE_S = 120.0
"""Where items come slowly, what there is gets committed after this time."""
Progress = Callable[[int], None]
Read = Callable[[Any], Reading | Skip]


class IntakeReport(BatchReport, kw_only=True):
    """What became of all items; `batches` counts the transactions committed."""

    batches: int = 0


class Intake:
    """Results on their way into a record, committed a batch at a time."""

    def __init__(self, record: Record, coder: str, origin: str, batch: int, progress: Progress | None) -> None:
        self.record, self.coder, self.origin, self.batch, self.progress = record, coder, origin, batch, progress
        self.report = IntakeReport()
        self.entries: list[Entry] = []
        self.skips: list[Skip] = []
        self.characters = 0
        self.committed = time.monotonic()

    def fresh(self, items: Iterable[Raw | Skip]) -> Iterator[Raw | Skip]:
        """Items that the record does not hold, coded by this coder; the others are counted as unchanged."""
        source = iter(items)
        while some := list(islice(source, KNOWN_AT_ONCE)):
            digests = [_digest(item) for item in some]
            known = self.record.known_raws([digest for digest in digests if digest], self.coder)
            for item, digest in zip(some, digests, strict=True):
                if digest in known:
                    self._count(BatchReport(items=1, unchanged=1))
                else:
                    yield item

    def collect(self, results: Generator[Result, None, None]) -> IntakeReport:
        """Commit results as they come; an exception or Ctrl-C leaves whole batches only."""
        with closing(results):
            for result in results:
                if result.entry is not None:
                    self.entries.append(result.entry)
                    self.characters += len(result.entry.reading.document.text)
                elif result.skip is not None:
                    self.skips.append(result.skip)
                if self._is_full():
                    self._commit()
            self._commit()
        return self.report

    def _is_full(self) -> bool:
        waited = time.monotonic() - self.committed
        many = len(self.entries) + len(self.skips) >= self.batch
        return many or self.characters >= BATCH_CHARACTERS or waited >= PATIENCE_S

    def _commit(self) -> None:
        from detente.ingest.duplicates import duplicates

        if not self.entries and not self.skips:
            return
        report = self.record.add(self.entries, self.skips, coder=self.coder, origin=self.origin, same=duplicates)
        self.entries, self.skips, self.characters = [], [], 0
        self.committed = time.monotonic()
        self.report.batches += 1
        self._count(report)

    def _count(self, report: BatchReport) -> None:
        self.report.add(report)
        if self.progress:
            self.progress(self.report.items)


def ingest(
    record: Record,
    items: Iterable[Raw | Skip],
    *,
    workers: int = 2,
    batch: int = BATCH,
    progress: Progress | None = None,
    origin: str = "",
    coder: str | None = None,
    read: Callable[[Raw], Reading | Skip] | None = None,
    limit_s: float = LIMIT_S,
) -> IntakeReport:
    """Read items and keep them in the record; the same items again change nothing.

    workers: processes that read; 0 reads in this process, without protection from items that crash or hang.
    batch: items in one transaction. progress: called with the number of items done. origin: where all this came from.
    read: a function of an importable module, `reader.read_raw` by default; coder: the version it codes by.
    limit_s: seconds that one item may take. An item that kills its process, hangs or raises is skipped as "failed".

    Raises RecordError if the record cannot be written; what was committed stays.
    """
    from detente.reader import read_raw

    intake = Intake(record, coder or _coder(), origin, batch, progress)
    return intake.collect(_results(intake.fresh(items), read or read_raw, workers, limit_s, documents=False))


def recode(
    record: Record,
    *,
    workers: int = 2,
    batch: int = BATCH,
    progress: Progress | None = None,
    coder: str | None = None,
    read: Callable[[Document], Reading | Skip] | None = None,
    limit_s: float = LIMIT_S,
) -> IntakeReport:
    """Code again every document of the record that another coder coded; what is replaced stays in the history.

    Stopped halfway it goes on where it was. Arguments and errors as for `ingest`; `read` takes a Document.
    """
    from detente.reader import read_document

    intake = Intake(record, coder or _coder(), "recode", batch, progress)
    documents = record.documents(not_by=intake.coder)
    return intake.collect(_results(documents, read or read_document, workers, limit_s, documents=True))


def _results(
    items: Iterable[Item | Skip], read: Read, workers: int, limit_s: float, documents: bool
) -> Generator[Result, None, None]:
    if workers:
        with Pool(read, workers=workers, limit_s=limit_s, documents=documents) as pool:
            yield from pool.map(items)
        return
    for item in items:
        yield Result(skip=item) if isinstance(item, Skip) else take(item, read)


def _coder() -> str:
    from detente.coding import version

    return version()


def _digest(item: Raw | Skip) -> str:
    if isinstance(item, Skip):
        return ""
    try:
        return raw_digest(item)
    except (UnicodeError, ValueError):
        return ""
