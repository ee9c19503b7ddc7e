"""The heads for given spans (PLV rows: `root`) and for the words of who acts on whom (CAMEO spans: `tag`, `penta`)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

import feed
import losses
from detente.coding.labels import TYPES
from feed import DEVICE
from fit import Fitting, Recipe, ask, visible
from network import Coder

Sentence = dict[str, Any]  # ids, tags, penta (-1: not known), fold


def everything(name: str) -> NDArray[np.int64]:
    return np.arange(len(feed.SETS[name]))


def plv(coder: Coder, chosen: NDArray[np.int64], by: Recipe, seed: int) -> Coder:
    """Learn which root a given pair has from some PLV rows."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    plan = [t for _ in range(by.epochs) for t in feed.some("plv", chosen, by.room, by.most, rng)]
    fitting = Fitting(coder, by, len(plan))
    for _, (inputs, targets) in feed.stream(None, plan):
        fitting.step(losses.loss(ask(coder, feed.hide(inputs, by.names)), targets))
    return fitting.end()


@torch.no_grad()
def roots(coder: Coder, name: str, rows: NDArray[np.int64]) -> Tensor:
    """(windows, 16) probabilities of the root of each window's pair; rows that were not asked about are 0."""
    out = torch.zeros(len(feed.SETS[name]), len(TYPES), device=DEVICE)
    for _, (inputs, targets) in feed.stream(None, feed.some(name, rows, 16000, 400, None)):
        out[targets["number"]] = torch.softmax(ask(coder, inputs)["root"], -1)
    return out


def batch(rows: Sequence[Sentence]) -> tuple[dict[str, Tensor], Tensor, Tensor]:
    """(inputs of Coder.spans, tags, penta) of some sentences."""
    long = max(len(r["ids"]) for r in rows)
    ids, tags = np.zeros((len(rows), long), np.int64), np.full((len(rows), long), -1, np.int64)
    for n, row in enumerate(rows):
        ids[n, : len(row["ids"])], tags[n, : len(row["ids"])] = row["ids"], row["tags"]
    count = torch.tensor([len(r["ids"]) for r in rows], device=DEVICE)
    given = torch.from_numpy(ids).to(DEVICE)
    places = torch.arange(long, device=DEVICE).repeat(len(rows), 1)
    seen = visible(count, torch.zeros_like(given))
    inputs = {"ids": given, "positions": places, "kinds": torch.zeros_like(given), "seen": seen}
    return inputs, torch.from_numpy(tags).to(DEVICE), torch.tensor([r["penta"] for r in rows], device=DEVICE)


def said(coder: Coder, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    with torch.autocast(DEVICE.type, dtype=torch.bfloat16):
        out = coder.spans(**inputs)
    return {k: v.float() for k, v in out.items()}


def cameo_loss(coder: Coder, rows: Sequence[Sentence]) -> Tensor:
    """Cross-entropy of the tags (a word piece) and of the class (a sentence that has one)."""
    inputs, tags, penta = batch(rows)
    out = said(coder, inputs)
    total = functional.cross_entropy(out["tag"].transpose(1, 2), tags, ignore_index=-1)
    known = functional.cross_entropy(out["penta"], penta, ignore_index=-1, reduction="sum") / (penta >= 0).sum().clamp(
        min=1
    )
    return total + 0.5 * known


def cameo_groups(rows: Sequence[Sentence], epochs: int, rng: np.random.Generator) -> list[list[Sentence]]:
    found = []
    for _ in range(epochs):
        order = rng.permutation(len(rows))
        found += [[rows[n] for n in order[k : k + 16]] for k in range(0, len(order), 16)]
    return found


def cameo(coder: Coder, rows: Sequence[Sentence], by: Recipe, seed: int) -> Coder:
    """Learn the words of source and target and the class of act from some sentences."""
    torch.manual_seed(seed)
    plan = cameo_groups(rows, by.epochs, np.random.default_rng(seed))
    fitting = Fitting(coder, by, len(plan))
    for group in plan:
        fitting.step(cameo_loss(coder, group))
    return fitting.end()


@torch.no_grad()
def labelled(coder: Coder, rows: Sequence[Sentence]) -> list[tuple[NDArray[np.float16], NDArray[np.float16]]]:
    """(tag logits (pieces, 5), penta logits (5,)) of each sentence."""
    out = []
    for at in range(0, len(rows), 32):
        part = rows[at : at + 32]
        found = said(coder, batch(part)[0])
        for n, row in enumerate(part):
            tags = found["tag"][n, : len(row["ids"])].cpu().numpy().astype(np.float16)
            out.append((tags, found["penta"][n].cpu().numpy().astype(np.float16)))
    return out


def last(coder: Coder, gold: Sequence[str], marked: Sequence[Sentence], by: Recipe, seed: int) -> Coder:
    """The last stage: PLV rows and CAMEO sentences, and some of the news between them so that it is not forgotten."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    plan = feed.tasks(gold, by.room, by.most, rng)[: by.news]
    plan += [t for _ in range(by.epochs) for t in feed.some("plv", everything("plv"), by.room, by.most, rng)]
    rng.shuffle(plan)  # type: ignore[arg-type]
    groups = cameo_groups(marked, by.epochs, rng)
    order = rng.permutation(len(plan) + len(groups))
    fitting = Fitting(coder, by, len(order))
    windows, marked_groups = feed.stream(None, plan), iter(groups)
    for n in order:
        if n >= len(plan):
            fitting.step(cameo_loss(coder, next(marked_groups)))
            continue
        name, (inputs, targets) = next(windows)
        shown = feed.hide(inputs, by.names, 0.0 if name == "plv" else by.words)
        fitting.step(losses.loss(ask(coder, shown), targets))
    return fitting.end()


def sentences(path: Path) -> list[Sentence]:
    """What pack.py kept of the CAMEO sentences."""
    return json.loads(path.read_text())  # type: ignore[no-any-return]
