"""Five-fold figures where no test set may be touched: PLV roots with spans given, and CAMEO spans on raw sentences.

    python training/coder/folds.py plv|cameo [--base BASE.pt] [--epochs N]

BASE.pt is the `base` stage of train.py, which has seen neither PLV nor CAMEO rows. Each fold is learnt from the other four.
"""

import argparse
import json
import random
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch

import feeding
import gold
import spans
from detente.coding.labels import TYPES
from detente.coding.merging import touch
from network import TAGS, Coder, pretrained
from train import DATA, SEED, Stage, bundled, learn

FOLDS = 5
Span = tuple[int, int]
QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3, "REJECT": 3,
        "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip


def macro(right: list[Any], found: list[Any]) -> float:
    """Macro-F1 in per cent over the classes that are right somewhere."""
    scores = []
    for one in sorted(set(right)):
        both = sum(a == b == one for a, b in zip(right, found, strict=True))
        scores.append(2 * both / (right.count(one) + found.count(one)))
    return 100 * sum(scores) / len(scores)


def fold_of(text: str) -> int:
    """The fold of a text: the same for the same words, so that no sentence of a fold is learnt for it from another file."""
    words = "".join(c for c in text.lower() if c.isalnum())
    return int(sha256(f"{SEED}{words}".encode()).hexdigest(), 16) % FOLDS


def roots(coder: Coder, examples: list[gold.Example]) -> dict[str, str]:
    """The likeliest PLV root of each example's pair, by id."""
    out: dict[str, str] = {}
    coder.eval()
    with torch.no_grad():
        for group in feeding.batches(examples, 64, None):
            inputs, _ = feeding.collate(group)
            inputs.pop("words")
            shares = torch.softmax(coder(**inputs)["type"].float(), -1)
            for example, row in zip(group, shares, strict=True):
                sums: Counter[str] = Counter()
                for kind, p in zip(TYPES, row.tolist(), strict=True):
                    sums["YIELD" if kind in ("CONCEDE", "RETREAT") else kind] += p
                out[example.item] = sums.most_common(1)[0][0]
    return out


def fresh(base: Path) -> Coder:
    """The network with the weights that a stage kept."""
    torch.manual_seed(SEED)
    coder = Coder(pretrained(bundled()))
    coder.load_state_dict(torch.load(base))
    return coder


def plv(base: Path, epochs: int, rate: float, keep: Path) -> dict[str, float]:
    """Macro-F1 of root, quad and binary over the rows of plv_train, each predicted by a network that has not seen it."""
    rows = gold.load(DATA / "gold/plv_train.jsonl")
    found: dict[str, str] = {}
    for fold in range(FOLDS):
        learnt = [gold.given(row) for row in rows if fold_of(row["text"]) != fold]
        asked = [gold.given(row) for row in rows if fold_of(row["text"]) == fold]
        learn(fresh(base), learnt, [], Stage("fold", (), epochs, rate, average=0.97), random.Random(SEED), keep)
        coder = fresh(keep)
        found |= roots(coder, asked)
        print(json.dumps(plv_figures([r for r in rows if r["id"] in found], found)), flush=True)
    return plv_figures(rows, found)


def plv_figures(rows: list[dict[str, Any]], found: dict[str, str]) -> dict[str, float]:
    right, got = [r["root"] for r in rows], [found[r["id"]] for r in rows]
    quads = [[QUAD[x] for x in side] for side in (right, got)]
    halves = [[q >= 3 for q in side] for side in quads]
    return {"root": round(macro(right, got), 1), "quad": round(macro(*quads), 1), "binary": round(macro(*halves), 1)}


def dyads(found: dict[str, list[Span]]) -> list[tuple[Span, Span]]:
    """Every source with every target."""
    return [(a, b) for a in found["source"] for b in found["target"]]


def matched(got: list[tuple[Span, Span]], true: list[tuple[Span, Span]]) -> int:
    """Dyads that share a word with a gold dyad on both sides, one to one."""
    left, count = list(true), 0
    for a, b in got:
        hit = next((t for t in left if touch(a, t[0]) and touch(b, t[1])), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def cameo(base: Path, epochs: int, rate: float, keep: Path) -> dict[str, float]:
    """F1 of dyads, and of dyads with their penta class, over the rows of cameo_spans_train that have a class.

    A dyad is a source and a target; both must share a word with the gold's. Rows of class 0 have none.
    """
    raw = gold.load(DATA / "gold/cameo_spans_train.jsonl")
    rows = [(fold_of(" ".join(r["tokens"])), spans.sentence(r)) for r in raw]
    plv_rows = [
        (fold_of(r["text"]), s) for r in gold.load(DATA / "gold/plv_train.jsonl") if (s := spans.given(r, QUAD))
    ]
    pairs = full = coded = wanted = 0
    for fold in range(FOLDS):
        learnt = [r for at, r in (*rows, *plv_rows) if at != fold]
        learn(fresh(base), [], learnt, Stage("fold", (), epochs, rate, average=0.97), random.Random(SEED), keep)
        coder = fresh(keep)
        coder.eval()
        for group in spans.batches([r for at, r in rows if at == fold and r.penta >= 0], 32, None):
            inputs, _ = spans.collate(group)
            with torch.no_grad():
                out = coder.spans(**inputs)
            for row, tags, penta in zip(group, out["tag"].float().numpy(), out["penta"].float().numpy(), strict=True):
                kind = int(penta.argmax())
                true = dyads(spans.roles(np.eye(len(TAGS))[row.tags], row.offsets)) if row.penta else []
                got = dyads(spans.roles(tags, row.offsets)) if kind else []
                right = matched(got, true)
                wanted, coded, pairs, full = (
                    wanted + len(true),
                    coded + len(got),
                    pairs + right,
                    full + right * (kind == row.penta),
                )
        print(
            f"fold {fold}: dyad {2 * pairs / (coded + wanted):.3f}  dyad + penta {2 * full / (coded + wanted):.3f}",
            flush=True,
        )
    return {"dyad": round(2 * pairs / (coded + wanted), 3), "dyad+penta": round(2 * full / (coded + wanted), 3),
            "precision": round(full / coded, 3), "recall": round(full / wanted, 3)}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["plv", "cameo"])
    parser.add_argument("--base", type=Path, default=Path("/tmp/detente-coder/base.pt"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1e-4)
    wanted = parser.parse_args()
    run = {"plv": plv, "cameo": cameo}[wanted.what]
    print(json.dumps(run(wanted.base, wanted.epochs, wanted.rate, wanted.base.with_name(f"fold-{wanted.what}.pt"))))


if __name__ == "__main__":
    main()
