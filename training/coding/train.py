"""Gold items in, src/detente/coding/data/weights.npz out: the heads of the first coder, with their held-out figures.

    uv run --with scikit-learn python training/coding/train.py [--check]

--check trains on four fifths of the items, prints figures on the last fifth and writes nothing.
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from instances import NONE, Labelled, document, label
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from detente import coding, reading
from detente.coding import direction, scorer, status, trigger

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared/data/gold/current_events_train.jsonl"
WEIGHTS = ROOT / "src/detente/coding/data/weights.npz"
FOLD, HELD = (
    5,
    1,
)  # items that --check holds out: number % FOLD == HELD; thresholds were chosen on the items with rest 0
SMALL = 0.004  # a feature whose weights are all smaller is left out


def load() -> tuple[list[Labelled], int]:
    """Every labelled pair of the training items, and the number of gold pairs that no sentence holds together."""
    out, missed = [], 0
    for number, line in enumerate(GOLD.read_text(encoding="utf-8").splitlines()):
        item = json.loads(line)
        found, lost = label(number, item, reading.annotate(document(item)))
        out += found
        missed += lost
    return out, missed


def fit(rows: list[list[str]], labels: list[str], c: float, weights: list[float] | None = None, least: int = 2) -> Any:
    """Train one head; features seen fewer than `least` times are left out."""
    count = Counter(f for row in rows for f in row)
    names = [f for f, n in count.items() if n >= least]
    column = {f: n for n, f in enumerate(names)}
    index = [column[f] for row in rows for f in row if f in column]
    ends = np.cumsum([0, *(sum(f in column for f in row) for row in rows)])
    x = csr_matrix((np.ones(len(index), np.float32), index, ends), shape=(len(rows), len(names)))
    model = LogisticRegression(C=c, max_iter=200, fit_intercept=False).fit(x, labels, sample_weight=weights)
    matrix = model.coef_.T
    if matrix.shape[1] == 1:
        matrix = np.hstack([-matrix / 2, matrix / 2])
    keep = np.abs(matrix).max(axis=1) >= SMALL
    keys = np.array([scorer.key(f) for f, k in zip(names, keep, strict=True) if k], np.uint32)
    return scorer.Head(keys, matrix[keep].astype(np.float16).astype(np.float32), [str(c) for c in model.classes_])


def words_of(row: Labelled, event: dict[str, Any], text: str) -> set[int]:
    """The tokens of the sentence that are the gold trigger's head (the nearest occurrence)."""
    assert row.pair is not None
    doc, start = row.pair.sentence.doc, row.pair.sentence.span[0]
    at = text.find(event["trigger"], start)
    end = at + len(event["trigger"])
    inside = [t for t in doc if at <= t.idx + start < end]
    return {t.i for t in inside if t.head.i == t.i or not at <= t.head.idx + start < end}


def train(rows: list[Labelled], texts: list[str]) -> dict[str, Any]:
    """All heads from labelled pairs."""
    x, y, w = [], [], []
    for row in rows:
        for kind, _ in row.labels or [(NONE, "")]:
            x.append(row.features)
            y.append(kind)
            w.append(1 / max(1, len(row.labels)))
    heads = {"type": fit(x, y, 0.1, w, least=3)}
    sure = [(row, kind, way) for row in rows for kind, way in row.labels]
    heads["direction"] = fit(
        [direction.features(r.features, k) for r, k, _ in sure], [d for *_, d in sure], 0.1, least=3
    )
    tx, ty, sx, sy = [], [], [], []
    for row in rows:
        for event in row.events:
            right = words_of(row, event, texts[row.item])
            described = trigger.describe(row.pair, event["type"])  # type: ignore[arg-type]
            if not right & {t.i for t, _ in described}:
                continue
            for token, names in described:
                tx.append(names)
                ty.append("yes" if token.i in right else "no")
                if token.i in right:
                    sx.append(status.features(token, event["type"]))
                    sy.append(event["status"])
    heads["trigger"] = fit(tx, ty, 0.3)
    heads["status"] = fit(sx, sy, 0.05)
    return heads


def write(heads: dict[str, Any], path: Path) -> None:
    """Keep the heads as half-precision arrays."""
    arrays = {}
    for name, head in heads.items():
        arrays[f"{name}.keys"] = np.array(list(head.rows), np.uint32)
        arrays[f"{name}.weights"] = head.weights.astype(np.float16)
        arrays[f"{name}.classes"] = np.array(head.classes)
    np.savez_compressed(path, **arrays)


def main() -> None:
    """Train, and either check on the last fifth or write."""
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    rows, missed = load()
    print(f"{len(rows)} pairs, {sum(bool(r.labels) for r in rows)} with an event; {missed} gold pairs in no sentence")
    if "--check" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            write(train([r for r in rows if r.item % FOLD != HELD], texts), Path(folder) / "weights.npz")
            scorer.use(Path(folder) / "weights.npz")
        check()
        return
    heads = train(rows, texts)
    write(heads, WEIGHTS)
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.2f} MB, {[len(h.rows) for h in heads.values()]} features")


def check() -> None:
    """Print the figures of the weights in use on the items held out, and how far `confidence` can be believed."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import scoring

    items = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][HELD::FOLD]
    coded = [msgspec.to_builtins(coding.code(reading.annotate(document(item)))) for item in items]
    result = scoring.score(items, coded)
    result.pop("types")
    print(json.dumps(result, indent=1))
    sure: dict[int, list[bool]] = {}
    for item, events in zip(items, coded, strict=True):
        wanted = scoring.keys(item["events"])
        for event in events:
            for key, _ in scoring.spread(event):
                sure.setdefault(int(event["confidence"] * 10), []).append(key in wanted)
    for tenth, right in sorted(sure.items()):
        print(f"confidence .{tenth}: {sum(right)} of {len(right)} right")


if __name__ == "__main__":
    main()
