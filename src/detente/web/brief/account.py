"""A pair's events in, the few that a brief tells out: the strongest of each year, each act once."""

from collections import defaultdict
from collections.abc import Iterable
from math import log2
from typing import Any

from detente.web.wording import actor_name

Row = dict[str, Any]
MOST = 26
"""Events that a dated account tells, so that a brief stays within four pages."""
LENGTH = 330
DONE = ("occurred", "ongoing", "alleged")


def chosen(events: list[Row], turned: Iterable[str] = (), most: int = MOST) -> list[Row]:
    """The events worth telling, by day: of each year at least one, then the strongest; one of a type a day.

    turned: ids of the events behind turns, which come first. An event counts by its intensity, by how sure the coder is
    and by how many outlets report it; plans and denials count half.
    """
    told = once(events)
    behind = set(turned)
    outlets = defaultdict(set)
    for row in events:
        outlets[_key(row)].add(row["outlet"] or row["document"])

    def worth(row: Row) -> float:
        sure: float = abs(row["intensity"] or 0.0) * (row["confidence"] or 0.5)
        strength = sure * log2(1 + len(outlets[_key(row)]))
        return strength * (2 if row["id"] in behind else 1) * (1 if row["status"] in DONE else 0.5)

    ranked = sorted(told, key=lambda row: (-worth(row), row["id"]))
    first: dict[int, Row] = {}
    for row in ranked:
        first.setdefault(_day(row).year, row)
    kept = {row["id"]: row for row in [*list(first.values())[:most], *ranked]}
    return sorted(list(kept.values())[:most], key=lambda row: (_day(row), row["id"]))


def once(events: list[Row]) -> list[Row]:
    """Events with a sentence, each sentence and each act of a day once: the surest report of it."""
    kept: dict[Any, Row] = {}
    sentences: set[str] = set()
    for row in sorted(events, key=lambda r: (-(r["confidence"] or 0), r["id"])):
        if row["sentence"] and _day(row) and _key(row) not in kept and row["sentence"] not in sentences:
            kept[_key(row)] = row
            sentences.add(row["sentence"])
    return list(kept.values())


def parties(row: Row) -> str:
    """Who did it to whom, by name."""
    source, target = (" and ".join(_names(row[f"{side}_ids"])) for side in ("source", "target"))
    return f"{source} → {target}" if target else " – ".join(_names(row["source_ids"]))


def what(row: Row) -> str:
    """What it was, in PLOVER's words: CONSULT (visit), planned."""
    mode = f" ({row['mode']})" if row["mode"] else ""
    return f"{row['type']}{mode}" + ("" if row["status"] == "occurred" else f", {row['status']}")


def _names(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(actor_name(i.split(".")[0]) for i in ids))


def _day(row: Row) -> Any:
    return row["start"] or row["published"]


def _key(row: Row) -> Any:
    return _day(row), row["type"], tuple(sorted(row["source_ids"])), tuple(sorted(row["target_ids"]))
