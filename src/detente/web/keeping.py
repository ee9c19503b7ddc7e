"""A key and a way to make its value in, the value out: made once however many ask at once, the longest unused forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Keeper(Generic[V]):
    """A cache bounded by the summed size of its values, safe among threads."""

    def __init__(self, limit: int, size: Callable[[V], int] = lambda _: 1) -> None:
        self.limit = limit
        self._size = size
        self._held: OrderedDict[Hashable, V] = OrderedDict()
        self._total = 0
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}

    def __len__(self) -> int:
        return len(self._held)

    def peek(self, key: Hashable) -> V | None:
        """What is kept under a key, without making it."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """What is kept under a key, else made now; what `make` raises is not kept."""
        found = self.peek(key)
        if found is not None:
            return found
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        try:
            with turn:
                found = self.peek(key)
                if found is None:
                    found = make()
                    self._keep(key, found)
                return found
        finally:
            with self._lock:
                self._making.pop(key, None)

    def forget(self, stale: Callable[[Hashable], bool]) -> None:
        """Drop what is stale."""
        with self._lock:
            for key in [key for key in self._held if stale(key)]:
                self._total -= self._size(self._held.pop(key))

    def _keep(self, key: Hashable, value: V) -> None:
        with self._lock:
            self._held[key] = value
            self._total += self._size(value)
            while self._total > self.limit and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._total -= self._size(dropped)
