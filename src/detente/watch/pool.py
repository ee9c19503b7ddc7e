"""Items in, results out in the same order, read by several processes; an item that kills or hangs its process is skipped.

Bounded: each worker holds at most `AHEAD` items, the results that wait for an earlier one at most `WAITING`.
"""

import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import msgspec

from detente.errors import DetenteError
from detente.types import Document, Raw, Reading, Skip
from detente.watch.worker import Result, Setup, encode, failed, origin_of, receive, send

AHEAD = 128
AHEAD_BYTES = 8_000_000
WAITING = 1024
RENEW_AFTER = 20_000
START_LIMIT_S = 120
POLL_S = 0.5
Item = Raw | Document
Task = tuple[int, Item, bytes, bool]  # number, item, message, whether a process was lost with it before


class Worker:
    """One process with its feeder and its listener; `tasks` are the items it holds, the first one in work."""

    def __init__(self, setup: Setup, results: "queue.SimpleQueue[tuple[Worker, bytes | None]]") -> None:
        self.tasks: deque[Task] = deque()
        self.ready, self.done, self.bytes = False, 0, 0
        self.since = time.monotonic()
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "detente.watch.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
        )  # fmt: skip
        self.feed: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.results = results
        self.threads = [threading.Thread(target=run, daemon=True) for run in (self._write, self._listen)]
        for thread in self.threads:
            thread.start()
        self.feed.put(msgspec.msgpack.encode(setup))

    def give(self, task: Task) -> None:
        """Queue an item."""
        if not self.tasks and self.ready:
            self.since = time.monotonic()
        self.tasks.append(task)
        self.bytes += len(task[2])
        self.feed.put(task[2])

    def finish(self) -> Task:
        """Take the item off that was in work."""
        self.done += 1
        task = self.tasks.popleft()
        self.bytes -= len(task[2])
        return task

    def has_room(self) -> bool:
        """Whether another item may be given."""
        return len(self.tasks) < AHEAD and self.bytes < AHEAD_BYTES and self.done + len(self.tasks) < RENEW_AFTER

    def stop(self) -> None:
        """End the process and its threads."""
        self.feed.put(None)
        self.process.kill()
        self.process.wait()
        for thread in self.threads:
            thread.join()
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            _close(stream)

    def last_words(self) -> str:
        """The last line that the process wrote to standard error."""
        self.errors.seek(0)
        lines = self.errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"exit status {self.process.returncode}"

    def _write(self) -> None:
        assert self.process.stdin is not None
        while (message := self.feed.get()) is not None:
            try:
                send(self.process.stdin, message)  # type: ignore[arg-type]
            except OSError:
                return

    def _listen(self) -> None:
        assert self.process.stdout is not None
        message: bytes | None = b""
        while message is not None:
            message = receive(self.process.stdout)  # type: ignore[arg-type]
            self.since = time.monotonic()
            self.results.put((self, message))


class Pool:
    """Workers that read; use as a context manager. `limit_s`: the time one item may take."""

    def __init__(self, read: Callable[[Any], Reading | Skip], *, workers: int, limit_s: float, documents: bool) -> None:
        name = f"{read.__module__}:{read.__qualname__}"
        self.setup = Setup(read=name, documents=documents, path=sys.path)
        self.limit_s = limit_s
        self.results: queue.SimpleQueue[tuple[Worker, bytes | None]] = queue.SimpleQueue()
        self.size = workers
        self.workers: list[Worker] = []
        self.decoder = msgspec.msgpack.Decoder(Result)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.stop()

    def map(self, items: Iterable[Item | Skip]) -> Iterator[Result]:
        """Results in the order of the items; a Skip among them passes through."""
        source = iter(items)
        again: deque[Task] = deque()
        waiting: dict[int, Result] = {}
        given, following, ended = 0, 0, False
        while not ended or again or following < given:
            while not ended and not again and given - following < WAITING and (room := self._roomiest()):
                item = next(source, None)
                if item is None:
                    ended = True
                elif isinstance(item, Skip):
                    waiting[given] = Result(skip=item)
                    given += 1
                else:
                    given = self._give(room, given, item, waiting)
            while again and (room := self._roomiest()):
                room.give(again.popleft())
            if following in waiting:
                yield waiting.pop(following)
                following += 1
            elif following < given or again:
                self._collect(waiting, again)

    def _give(self, worker: Worker, number: int, item: Item, waiting: dict[int, Result]) -> int:
        try:
            worker.give((number, item, encode(item), False))
        except (UnicodeError, ValueError) as error:
            waiting[number] = Result(skip=failed(origin_of(item), item.url, str(error)))
        return number + 1

    def _roomiest(self) -> Worker | None:
        for worker in [w for w in self.workers if w.done >= RENEW_AFTER and not w.tasks]:
            self._drop(worker)
        while len(self.workers) < self.size:
            self.workers.append(Worker(self.setup, self.results))
        least = min(self.workers, key=lambda worker: len(worker.tasks))
        return least if least.has_room() else None

    def _collect(self, waiting: dict[int, Result], again: deque[Task]) -> None:
        try:
            worker, message = self.results.get(timeout=POLL_S)
        except queue.Empty:
            for late in [worker for worker in self.workers if self._is_late(worker)]:
                self._bury(late, f"took more than {self.limit_s:g} s", waiting, again)
            return
        if worker not in self.workers:
            return
        if message is None:
            worker.process.wait()
            if not worker.ready:
                raise DetenteError(f"the reading process does not start: {worker.last_words()}")
            status = worker.process.returncode
            self._bury(worker, f"the reading process died of it (status {status})", waiting, again)
        elif not worker.ready:
            worker.ready = True
        else:
            waiting[worker.finish()[0]] = self.decoder.decode(message)

    def _is_late(self, worker: Worker) -> bool:
        limit = self.limit_s if worker.ready else START_LIMIT_S
        return bool(worker.tasks) and time.monotonic() - worker.since > limit

    def _bury(self, worker: Worker, detail: str, waiting: dict[int, Result], again: deque[Task]) -> None:
        """Drop a worker; the item it had in work is skipped if that happened with it before, else tried once more."""
        if not worker.ready:
            raise DetenteError(f"the reading process does not start within {START_LIMIT_S} s")
        if worker.tasks:
            number, item, sent, lost = worker.tasks.popleft()
            if lost:
                waiting[number] = Result(skip=failed(origin_of(item), item.url, detail))
            else:
                worker.tasks.appendleft((number, item, sent, True))
        again.extendleft(reversed(worker.tasks))
        self._drop(worker)

    def _drop(self, worker: Worker) -> None:
        self.workers.remove(worker)
        worker.stop()


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:
        return
