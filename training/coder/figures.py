"""What networks say in, figures out: pair + type of the items held out, PLV roots."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.coding.labels import EITHER_WAY, TYPES, WAYS

LEAST = 0.72  # precision that the threshold must reach on the items held out, which one person coded
STEPS = np.arange(0.15, 0.9, 0.025)
QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3, "REJECT": 3,
        "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip
Key = tuple[str, str, str]


def curve(found: dict[tuple[int, Key], float], wanted: list[set[Key]]) -> list[tuple[float, float, float, float]]:
    """(threshold, precision, recall, F1) of guesses, each of an item and a key (detente.coding.scoring) with its probability."""
    total, out = sum(map(len, wanted)), []
    for least in STEPS:
        got = [key for key, p in found.items() if p >= least]
        right = sum(key in wanted[item] for item, key in got)
        precision, recall = right / max(len(got), 1), right / max(total, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        out.append((round(float(least), 3), precision, recall, f1))
    return out


def best(rows: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    """The row with the best F1 among those with a precision of LEAST or more, or of all where there is none."""
    return max([r for r in rows if r[1] >= LEAST] or rows, key=lambda r: r[3])


def held(said: dict[str, NDArray[np.float32]], data: Path) -> dict[str, float]:
    """The best row of the items held out, and `top`, the best F1 with any precision.

    The windows are those of pack.py, where a party that only the gold knows is marked too: half a point above what the shipped path gives.
    """
    pairs = json.loads((data / "heldpairs.json").read_text())
    wanted = [{tuple(k) for k in keys} for keys in json.loads((data / "held.json").read_text())]
    found: dict[tuple[int, Key], float] = {}
    for n, (item, a, b) in enumerate(pairs):
        for k in np.nonzero(said["type"][n] > 0.1)[0]:
            way = WAYS[int(said["way"][n, k].argmax())]
            one, two = (b, a) if way == "<" else (a, b)
            if way == "=" or TYPES[k] in EITHER_WAY:
                one, two = min(a, b), max(a, b)
            key = (item, (one, two, TYPES[k]))
            found[key] = max(found.get(key, 0), float(said["type"][n, k]))
    rows = curve(found, wanted)
    threshold, precision, recall, f1 = best(rows)
    top = max(r[3] for r in rows)
    values = {"f1": f1, "precision": precision, "recall": recall, "threshold": threshold, "top": top}
    return {k: round(v, 4) for k, v in values.items()}


def macro(right: list[object], found: list[object]) -> float:
    """Macro-F1 in per cent over the classes that are right somewhere."""
    scores = []
    for one in sorted(set(right), key=str):
        both = sum(a == b == one for a, b in zip(right, found, strict=True))
        scores.append(2 * both / (right.count(one) + found.count(one)))
    return round(100 * sum(scores) / len(scores), 2)


def plv(shares: NDArray[np.float32], right: list[str]) -> dict[str, float]:
    """Macro-F1 of root, quad and binary; shares (n, 16) in the order of TYPES, CONCEDE and RETREAT together being YIELD."""
    names = list(QUAD)
    join = np.zeros((len(TYPES), len(names)), np.float32)
    for n, kind in enumerate(TYPES):
        join[n, names.index("YIELD" if kind in ("CONCEDE", "RETREAT") else kind)] = 1
    got = [names[n] for n in (shares @ join).argmax(1)]
    quads = [[QUAD[x] for x in side] for side in (right, got)]
    halves = [[q >= 3 for q in side] for side in quads]
    return {
        "root": macro([*right], [*got]),
        "quad": macro([*quads[0]], [*quads[1]]),
        "binary": macro([*halves[0]], [*halves[1]]),
    }
