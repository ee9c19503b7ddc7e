"""Five-fold figures where no test set may be touched: PLV roots with spans given, and CAMEO spans on raw sentences.

python training/coder/folds.py FOLDS.npz        # which `train.py --folds` made: each row predicted by a network that has not seen it
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np

import gold
import spans
from detente.coding.labels import TAGS
from detente.coding.merging import touch
from detente.coding.sides import surest
from figures import plv

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED, FOLDS = 20261126, 5
Dyad = tuple[tuple[int, int], tuple[int, int]]


def fold_of(text: str) -> int:
    """The fold of a text: the same for the same words, so that no sentence of a fold is learnt for it from another file."""
    words = "".join(c for c in text.lower() if c.isalnum())
    return int(sha256(f"{SEED}{words}".encode()).hexdigest(), 16) % FOLDS


def dyads(tags: np.ndarray, of: spans.Sentence) -> list[Dyad]:
    """Every source with every target."""
    found = surest(tags, of.offsets)
    return [(a, b) for a in found["source"] for b in found["target"]]


def matched(got: list[Dyad], true: list[Dyad]) -> int:
    """Dyads that share a word with a gold dyad on both sides, one to one."""
    left, count = list(true), 0
    for a, b in got:
        hit = next((t for t in left if touch(a, t[0]) and touch(b, t[1])), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def cameo(tags: np.ndarray, penta: np.ndarray) -> dict[str, float]:
    """F1 of dyads, and of dyads with their class, over the rows of cameo_spans_train that have a class; rows of class 0 have none."""
    pairs = full = coded = wanted = at = 0
    for row, shares in zip(gold.load(DATA / "gold/cameo_spans_train.jsonl"), penta, strict=True):
        one = spans.sentence(row)
        mine, at = tags[at : at + len(one.ids)].astype(np.float32), at + len(one.ids)
        if one.penta < 0:
            continue
        kind = int(shares.argmax())
        true = dyads(9.0 * np.eye(len(TAGS))[one.tags], one) if one.penta else []
        got = dyads(mine, one) if kind else []
        right = matched(got, true)
        wanted, coded = wanted + len(true), coded + len(got)
        pairs, full = pairs + right, full + right * (kind == one.penta)
    return {"dyad": round(2 * pairs / (coded + wanted), 3), "dyad+penta": round(2 * full / (coded + wanted), 3),
            "precision": round(full / coded, 3), "recall": round(full / wanted, 3)}  # fmt: skip


def figures(path: Path) -> dict[str, dict[str, float]]:
    """The figures of what `train.py --folds` kept."""
    with np.load(path) as kept:
        right = [row["root"] for row in gold.load(DATA / "gold/plv_train.jsonl")]
        return {"plv": plv(kept["plv"], right), "cameo": cameo(kept["tags"], kept["penta"])}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(json.dumps(figures(Path(sys.argv[1]))))
