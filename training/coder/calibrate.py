"""Items held out and the exported network in, coder.json out: thresholds, and what a probability is worth.

Runs the shipped path (int8, detente.coding), so that what is calibrated is what users get.
"""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

import gold
from detente import reading
from detente.coding import network
from detente.coding.coder import judge
from detente.coding.deciding import strength
from detente.coding.labels import TYPES, WAYS
from detente.coding.scoring import keys
from detente.types import Document

NAME = "net-1"
LEAST = 0.72  # precision of pair + type that the threshold must reach on the items held out, which one person coded
STEPS = np.arange(0.15, 0.86, 0.025)
Guess = tuple[int, tuple[str, str, str], float, float]  # item, key, probability of the type, of type and way


def guesses(items: list[dict[str, Any]]) -> list[Guess]:
    """Every pair and type of the items with the probability that the network gives it (above 5 %)."""
    out = []
    for n, item in enumerate(items):
        text = reading.annotate(Document(id=item["id"], published=date.fromisoformat(item["date"]), text=item["text"]))
        for verdicts in judge(text):
            for v in verdicts:
                for k, kind in enumerate(TYPES):
                    if v.types[k] > 0.05:
                        way = int(v.ways[k].argmax())
                        a, b = (v.pair.b, v.pair.a) if WAYS[way] == "<" else (v.pair.a, v.pair.b)
                        event = {
                            "source": [a.root],
                            "target": [b.root],
                            "type": kind,
                            "status": "",
                            "mutual": WAYS[way] == "=",
                        }
                        key = next(iter(keys([event])))
                        out.append((n, key, float(v.types[k]), strength(v, k)))
    return out


def curve(found: list[Guess], want: list[set[tuple[str, str, str]]]) -> list[tuple[float, float, float, float]]:
    """(threshold, precision, recall, F1) of pair + type."""
    wanted, rows = sum(map(len, want)), []
    for least in STEPS:
        got = {(n, key) for n, key, p, _ in found if p >= least}
        right = sum(key in want[n] for n, key in got)
        precision, recall = right / max(len(got), 1), right / max(wanted, 1)
        rows.append((round(float(least), 3), precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)))
    return rows


def platt(p: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and offset of a logistic curve over logit(p), by Newton's method."""
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], 1)
    w = np.array([1.0, 0.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x.T * (q * (1 - q))) @ x + 1e-3 * np.eye(2), x.T @ (right - q) - 1e-3 * (w - [1, 0]))
        w = w + step
        if np.abs(step).max() < 1e-8:
            break
    return float(w[0]), float(w[1])


def calibrate(items: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Choose and write the settings of the weights in `folder`; gives the figures on these items."""
    want = [set(keys(item["events"])) for item in items]
    found = guesses(items)
    rows = curve(found, want)
    for row in rows:
        print("threshold {:.3f}  precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(*row))
    fitting = [r for r in rows if r[1] >= LEAST] or [max(rows, key=lambda r: r[1])]
    least, precision, recall, f1 = max(fitting, key=lambda r: r[3])
    sure = [(p, key in want[n]) for n, key, q, p in found if q >= 0.15]
    p = np.clip(np.array([x for x, _ in sure]), 1e-6, 1 - 1e-6)
    slope, offset = platt(p, np.array([y for _, y in sure], float))
    digest = sha256((folder / "coder.onnx").read_bytes() + f"{least} {slope} {offset}".encode()).hexdigest()[:6]
    made = network.Settings(
        version=f"{NAME}.{digest}",
        thresholds=dict.fromkeys(TYPES, least),
        slope=round(slope, 4),
        offset=round(offset, 4),
    )
    settings = {"version": made.version, "thresholds": made.thresholds, "slope": made.slope, "offset": made.offset}
    (folder / "coder.json").write_text(json.dumps(settings, indent=1) + "\n")
    return {
        "items": len(items),
        "threshold": least,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
    }


if __name__ == "__main__":
    from train import news

    print(calibrate(news()[1], gold.Path(__file__).resolve().parents[2] / "src/detente/coding/data"))
