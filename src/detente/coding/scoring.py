"""Gold events and coded events of the same items in, precision, recall and F1 out.

Rules. An event counts once for every two parties of it; sector suffixes (SYR.REB) are dropped; what has no second party,
or the same party twice, is left out on both sides. `pair` is unordered. `pair+type` is ordered, unless the event is
mutual or its type is AGREE, CONSULT or COOPERATE. Gold events with required=false are neither wanted nor wrong.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from detente.coding.labels import EITHER_WAY

LEVELS = ("pair", "pair+type", "pair+type+status")
Key = tuple[str, str, str]


def parties(actors: Iterable[Any] | None) -> list[str]:
    """Actor ids without sector, from ids or from ACTOR objects."""
    return [(a["id"] if isinstance(a, dict) else a).split(".")[0] for a in actors or []]


def spread(event: dict[str, Any]) -> Iterator[tuple[Key, list[str]]]:
    """((one, other, type), statuses) for every two parties; the two in order of the alphabet where order says nothing."""
    source, target = parties(event["source"]), parties(event.get("target"))
    status = event["status"] if isinstance(event["status"], list) else [event["status"]]
    if event.get("mutual"):
        found = combinations(sorted({*source, *target}), 2)
    else:
        found = ((a, b) for a in source for b in target if a != b)  # type: ignore[assignment]
    for a, b in found:
        ordered = (a, b) if event["type"] not in EITHER_WAY else (min(a, b), max(a, b))
        yield (*ordered, event["type"]), status


def keys(events: Iterable[dict[str, Any]]) -> dict[Key, list[str]]:
    """Key -> statuses; of several events with one key the first counts."""
    out: dict[Key, list[str]] = {}
    for event in events:
        for key, status in spread(event):
            out.setdefault(key, status)
    return out


def pairs(found: Iterable[Key]) -> set[tuple[str, ...]]:
    """The unordered actor pairs of keys."""
    return {tuple(sorted(key[:2])) for key in found}


def ratio(right: int, coded: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 of counts; 0 where there is nothing to divide by."""
    precision, recall = right / coded if coded else 0.0, right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    values = {"precision": precision, "recall": recall, "f1": f1}
    return {k: round(v, 4) for k, v in values.items()} | {"right": right, "coded": coded, "wanted": wanted}


def score(gold: list[dict[str, Any]], coded: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Compare items in order: gold items ({"id", "text", "events"}) and the events coded for each."""
    counts = {level: [0, 0, 0] for level in LEVELS}
    types: dict[str, list[int]] = {}
    silent = alarms = 0
    for item, events in zip(gold, coded, strict=True):
        want = keys(e for e in item["events"] if e.get("required", True))
        may = keys(e for e in item["events"] if not e.get("required", True))
        got = keys(events)
        only = may.keys() - want.keys()
        add(counts["pair"], pairs(want), pairs(may) - pairs(want), pairs(got))
        add(counts["pair+type"], set(want), only, set(got))
        same = {k for k in want.keys() & got.keys() if set(want[k]) & set(got[k])}
        add(counts["pair+type+status"], set(want), only, {k if k in same else (*k, "") for k in got.keys() - only})
        for kind in {k[2] for k in (*want, *got)}:
            sets = [{k for k in part if k[2] == kind} for part in (want, only, got)]
            add(types.setdefault(kind, [0, 0, 0]), *sets)
        if not want and not may:
            silent += 1
            alarms += bool(got)
    full, typed = counts["pair+type+status"][0], counts["pair+type"][0]
    return {
        "items": len(gold),
        **{level: ratio(*counts[level]) for level in LEVELS},
        "status accuracy": round(full / typed, 4) if typed else 0.0,
        "false alarms": {"items": alarms, "of": silent},
        "types": {kind: ratio(*types[kind]) for kind in sorted(types)},
    }


def add(count: list[int], want: set[Any], may: set[Any], got: set[Any]) -> None:
    """Add one item's right, coded and wanted to a running count."""
    count[0] += len(want & got)
    count[1] += len(got - may)
    count[2] += len(want)


def reliability(gold: list[dict[str, Any]], coded: list[list[dict[str, Any]]]) -> dict[str, dict[str, int]]:
    """How many of the coded pairs are right, by the tenth that their confidence lies in ('0.7-0.8')."""
    out: dict[str, dict[str, int]] = {}
    for item, events in zip(gold, coded, strict=True):
        want = keys(e for e in item["events"] if e.get("required", True))
        may = keys(e for e in item["events"] if not e.get("required", True))
        for event in events:
            tenth = min(int(event["confidence"] * 10), 9)
            for key, _ in spread(event):
                if key in may and key not in want:
                    continue
                cell = out.setdefault(f"{tenth / 10:.1f}-{(tenth + 1) / 10:.1f}", {"right": 0, "coded": 0})
                cell["right"] += key in want
                cell["coded"] += 1
    return dict(sorted(out.items()))
