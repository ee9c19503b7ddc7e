"""What whoever runs the site may choose, in one place; defaults suit one person on one machine."""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from detente.types import Document
from detente.web.map.shapes import World

LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Settings(Struct, kw_only=True, frozen=True):
    """Settings of the site.

    hosts: names under which it may be asked for, beside the local ones ("*": any). today: a fixed day instead of the
    clock's, for tests and for showing an old record. cache_mb: finished pages kept in memory. workers: threads that
    make pages. dataset: the events that measures are made of (None: as `Record.acts` chooses). world: shapes of
    states for the map; None: its tiles. comments: pages can be discussed. full_text: whole texts are
    shown to all (one person at their own machine), not only the sentences behind what was coded. explain: codes a
    document anew and says why each event was coded (None: not offered). check_s: seconds between
    two looks at the record. patience_s: how long a page waits for what was just written; after that it shows what was
    there before. rest: a view that took longer than that is not made anew before so many times as long.
    """

    hosts: tuple[str, ...] = ()
    title: str = "Détente"
    today: date | None = None
    dataset: str | None = None
    rate: float = 0.1
    full_text: bool = False
    explain: Callable[[Document], list[Any]] | None = None
    comments: bool = False
    world: World | None = None
    check_s: float = 1.0
    patience_s: float = 2.0
    rest: float = 5
    cache_mb: int = 64
    workers: int = 2
    past_views: int = 3
    body_limit: int = 256_000
    target_limit: int = 4096

    def day(self) -> date:
        """Today."""
        return self.today or date.today()  # noqa: DTZ011

    def allows(self, host: str) -> bool:
        """Whether the site answers under this name (a Host header's value, with or without a port)."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return "*" in self.hosts or name.lower() in {*LOCAL, *self.hosts}
