"""Raw items in, committed batches in the record out: read and coded by worker processes, written by this one."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from detente import coding
from detente.ingest import duplicates
from detente.record import BatchReport, Record
from detente.types import Document, Raw, Skip
from detente.watch.pool import Pool, Task
from detente.watch.worker import Read, raw_digest, read_chunk, read_documents

BATCH = 1000
CHUNK = 32
BATCH_BYTES = 32_000_000
PATIENCE_S = 20.0
T = TypeVar("T")
IntakeReport = BatchReport
Progress = Callable[[int], None]


def ingest(
    record: Record,
    items: Iterable[Raw | Skip],
    *,
    workers: int = 2,
    progress: Progress | None = None,
    origin: str = "",
    read: Read | None = None,
    batch: int = BATCH,
) -> IntakeReport:
    """Read, code and keep items; each batch is one transaction, and memory does not grow with their number.

    workers: processes that read; 0: this one does it. progress: called with the number of items done.
    read: how a raw item is read (default `reader.read_raw`). What is in the record already is not read again.
    """
    report, coder = IntakeReport(), coding.CODER
    with Pool(workers) as pool:
        waiting: deque[tuple[list[Skip], int, list[Task]]] = deque()

        def finish() -> None:
            skips, unchanged, tasks = waiting.popleft()
            _commit(record, tasks, skips, unchanged, coder, origin, report)
            if progress:
                progress(report.items)

        for group in _batches(items, batch):
            raws = [item for item in group if isinstance(item, Raw)]
            skips = [item for item in group if isinstance(item, Skip)]
            known = record.known_raws([raw_digest(raw) for raw in raws], coder)
            fresh = [raw for raw in raws if raw_digest(raw) not in known]
            tasks = [pool.submit(read_chunk, chunk, read) for chunk in _chunks(fresh)]
            waiting.append((skips, len(raws) - len(fresh), tasks))
            if len(waiting) > 1:
                finish()
        while waiting:
            finish()
    return report


def recode(record: Record, *, workers: int = 2, progress: Progress | None = None) -> IntakeReport:
    """Code every document that another coder coded again with this one; what is replaced stays in the history."""
    report, coder = IntakeReport(), coding.CODER
    with Pool(workers) as pool:
        for group in _groups(record.documents(not_by=coder), BATCH):
            tasks = [pool.submit(read_documents, chunk) for chunk in _chunks(group)]
            _commit(record, tasks, [], 0, coder, "recode", report)
            if progress:
                progress(report.items)
    return report


def _commit(
    record: Record, tasks: list[Task], skips: list[Skip], unchanged: int, coder: str, origin: str, report: IntakeReport
) -> None:
    entries = []
    for task in tasks:
        done = task.result()
        entries += done.entries
        skips = skips + done.skips
    report.unchanged += unchanged
    report.items += unchanged
    if entries or skips:
        report.add(record.add(entries, skips, coder=coder, origin=origin, same=duplicates.duplicates))


def _batches(items: Iterable[Raw | Skip], size: int) -> Iterator[list[Raw | Skip]]:
    """Groups of items: `size` of them, or fewer where they are large or come slowly."""
    group: list[Raw | Skip] = []
    weight, began = 0, time.monotonic()
    for item in items:
        group.append(item)
        weight += len(item.body) if isinstance(item, Raw) else 0
        if len(group) >= size or weight > BATCH_BYTES or time.monotonic() - began > PATIENCE_S:
            yield group
            group, weight, began = [], 0, time.monotonic()
    if group:
        yield group


def _groups(items: Iterable[Document], size: int) -> Iterator[list[Document]]:
    group: list[Document] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _chunks(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
