"""Places that more than one claims in, what is drawn for them out. The site takes no side: by default they are nobody's."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from msgspec import Struct


class Dispute(Struct, kw_only=True, frozen=True):
    """One place: degrees north and east, who holds it, who claims it; since and until when it was so."""

    name: str
    lat: float
    lon: float
    held: list[str]
    claimed: list[str]
    since: date | None = None
    until: date | None = None


@cache
def disputes() -> tuple[Dispute, ...]:
    """All of them."""
    text = (files("detente.web.map") / "disputed.toml").read_text(encoding="utf-8")
    return tuple(Dispute(**row) for row in tomllib.loads(text)["dispute"])


def at(day: date) -> list[Dispute]:
    """Those that stood on a day."""
    return [d for d in disputes() if (d.since is None or d.since <= day) and (d.until is None or day < d.until)]
