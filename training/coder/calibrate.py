"""Items held out and the exported network in, coder.json out: thresholds, and what a probability is worth.

Runs the shipped path (int8, detente.coding), so that what is calibrated is what users get.
"""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from detente import reading
from detente.coding import network
from detente.coding.coder import judge
from detente.coding.deciding import strength
from detente.coding.labels import TYPES, WAYS
from detente.coding.scoring import keys
from detente.types import Document
from figures import best, curve

NAME = "net-1"
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
    guessed = guesses(items)
    found: dict[tuple[int, tuple[str, str, str]], float] = {}
    for n, key, p, _ in guessed:
        found[n, key] = max(found.get((n, key), 0.0), p)
    rows = curve(found, want)
    for row in rows:
        print("threshold {:.3f}  precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(*row))
    least, precision, recall, f1 = best(rows)
    sure = [(p, key in want[n]) for n, key, q, p in guessed if q >= 0.15]
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
    from pack import news

    print(calibrate(news()[1], Path(__file__).resolve().parents[2] / "src/detente/coding/data"))
