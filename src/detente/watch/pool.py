"""Chunks of work in, answers in the same order out, over worker processes; an item that kills its worker is skipped."""

import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Self

from detente.types import Skip
from detente.watch.worker import Done, decode


class Pool:
    """Worker processes; 0 workers: everything in this process."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=kind is None, cancel_futures=True)
            self._executor = None

    def submit(self, work: Callable[..., bytes], chunk: list[Any], *more: Any) -> "Task":
        """Start `work(chunk, *more)`; the answer is had from the Task."""
        if not self.workers:
            return Task(self, work, chunk, more, None)
        return Task(self, work, chunk, more, self._start(work, chunk, *more))

    def _start(self, work: Callable[..., bytes], chunk: list[Any], *more: Any) -> "Future[bytes]":
        for _ in range(3):
            if self._executor is None:
                context = get_context("spawn")
                self._executor = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_ignore_interrupt)
            try:
                return self._executor.submit(work, chunk, *more)
            except BrokenProcessPool:
                self._broken()
        raise RuntimeError("worker processes cannot be started")

    def _broken(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


class Task:
    """A chunk under way."""

    def __init__(
        self,
        pool: Pool,
        work: Callable[..., bytes],
        chunk: list[Any],
        more: tuple[Any, ...],
        future: "Future[bytes] | None",
    ) -> None:
        self.pool, self.work, self.chunk, self.more, self.future = pool, work, chunk, more, future

    def result(self) -> Done:
        """The answer; if a worker died over the chunk, its items are tried one by one and the deadly one is skipped."""
        if self.future is None:
            return decode(self.work(self.chunk, *self.more, guard=False))
        try:
            return decode(self.future.result())
        except BrokenProcessPool:
            self.pool._broken()
        whole = Done([], [])
        for item in self.chunk:
            part = self._alone(item)
            whole.entries += part.entries
            whole.skips += part.skips
        return whole

    def _alone(self, item: Any) -> Done:
        try:
            return decode(self.pool._start(self.work, [item], *self.more).result())
        except BrokenProcessPool:
            self.pool._broken()
            origin = getattr(item, "origin", getattr(item, "id", "?"))
            detail = "ended the process that read it (out of memory, or a hang); given up"
            return Done([], [Skip(origin=origin, reason="failed", detail=detail, url=item.url)])


def _ignore_interrupt() -> None:
    """Ctrl-C is for the process that commits; it ends the workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
