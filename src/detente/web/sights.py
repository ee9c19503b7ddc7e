"""A record's folder in, the newest sight of it out: looked after once a second, made anew beside the one in use."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event, Lock, Thread

from detente.measured import MeasuredRecord
from detente.web.keeping import Keeper
from detente.web.settings import Settings
from detente.web.sight import Sight
from detente.web.wordindex import WordIndex


class Sights:
    """Opens the record for reading only, and keeps the sight of its newest snapshot."""

    def __init__(self, folder: Path, settings: Settings, tell: Callable[[str], None] = lambda _: None) -> None:
        self.settings = settings
        self.folder = folder
        self._tell = tell
        self._record = MeasuredRecord(folder, create=False, read_only=True)
        self._watch = self._record.beside()
        self._scratch = tempfile.TemporaryDirectory(prefix="detente-site-")
        self._looking = Lock()
        self._looked = time.monotonic()
        self._made_s = 0.0
        self._made_at = 0.0
        self._rebuilt = Event()
        self._rebuilt.set()
        self._past: Keeper[Sight] = Keeper(settings.past_views)
        self._before: list[Sight] = []
        self._shelves = 0
        self._now = self._make(self._watch.snapshot())
        self._now.words.start()

    @property
    def fresh(self) -> bool:
        """Whether the record was looked at a moment ago."""
        return time.monotonic() - self._looked < self.settings.check_s

    @property
    def held(self) -> Sight:
        """The sight in use, without a look at the record."""
        return self._now

    def at(self, day: date | None) -> Sight:
        """The newest sight, or the record as known on a day. Looks after the record where that was not done lately."""
        if not self.fresh:
            self._look()
        now = self._now
        if day is None:
            return now
        return self._past.get((now.number, day), lambda: now.past(day))

    def close(self) -> None:
        """Let go of the record and of all copies."""
        self._rebuilt.wait()
        for sight in (*self._before, self._now):
            sight.words.close()
        self._watch.close()
        self._record.close()
        self._scratch.cleanup()

    def _look(self) -> None:
        with self._looking:
            if self.fresh:
                return
            self._looked = time.monotonic()
            newest = self._watch.snapshot()
            rest = self.settings.rest * self._made_s if self._made_s > self.settings.patience_s else 0
            resting = time.monotonic() - self._made_at < rest
            if newest != self._now.number and self._rebuilt.is_set() and not resting:
                self._rebuilt.clear()
                Thread(target=self._renew, args=(newest,), daemon=True, name="detente-sight").start()
        self._rebuilt.wait(self.settings.patience_s if self._made_s <= self.settings.patience_s else 0)

    def _renew(self, number: int) -> None:
        try:
            made = self._make(number)
            self._before.append(self._now)
            self._now = made
            self._past.forget(lambda key: isinstance(key, tuple) and key[0] != number)
            while len(self._before) > 2:
                dropped = self._before.pop(0)
                dropped.words.drop()
                dropped.shelf.drop()
        finally:
            self._rebuilt.set()

    def _make(self, number: int) -> Sight:
        start = time.monotonic()
        self._shelves += 1
        record = self._record.beside()
        dataset = record.named(self.settings.dataset)
        record.close()
        self._tell("copying what stands now")
        shelf = self._record.shelf(Path(self._scratch.name), f"shelf_{self._shelves}", dataset)
        made = Sight(self._record, shelf, WordIndex(shelf), number=number, dataset=dataset, rate=self.settings.rate)
        for name in ("acts", "levels", "turns", "status", "names", "last"):
            self._tell(f"measuring: {name}")
            getattr(made, name)
        if self._shelves > 1:  # the first is indexed while its pages can be read already
            made.words.ready()
        self._made_at = time.monotonic()
        self._made_s = self._made_at - start
        return made
