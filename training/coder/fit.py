"""How a network learns: from gold (`teach`), or from gold and from what teachers say (`study`)."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

import feed
import losses
from feed import DEVICE, Batch
from network import Coder

BEGAN = time.time()


@dataclass(frozen=True)
class Recipe:
    """How a stage learns."""

    epochs: int
    rate: float  # of the encoder's weights; it rises for a short while and then falls to zero
    heads: float  # how many times faster the heads learn
    keep: float  # how much of the running average of the weights a step keeps
    most: int  # windows in a batch, at most
    room: int = 4000  # places in a batch, at most
    names: float = 0.15  # share of windows in which names are hidden
    words: float = 0.0  # share of words that are hidden
    hard: float = 1.0  # how much the gold counts beside what teachers say
    news: int = 0  # batches of news between the rows of the last stage


def since() -> float:
    """Seconds since the program began."""
    return time.time() - BEGAN


def say(*words: Any) -> None:
    print(f"[{since():6.1f} s]", *words, flush=True)


def visible(count: Tensor, group: Tensor) -> Tensor:
    """(b, l, l): every place sees the word pieces, and a marker those of its pair."""
    places = torch.arange(group.shape[1], device=group.device)
    words = (places < count[:, None])[:, None, :]
    same = (group[:, :, None] == group[:, None, :]) & (group > 0)[:, :, None]
    return words | same


def ask(coder: Coder, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    """The logits for a batch; no place but a word can be where an act's words start or end."""
    rest = {k: v for k, v in inputs.items() if k not in ("count", "group")}
    with torch.autocast(DEVICE.type, dtype=torch.bfloat16):
        out = coder(**rest, seen=visible(inputs["count"], inputs["group"]))
    places = torch.arange(inputs["ids"].shape[1], device=DEVICE)
    words = (places > 0) & (places < inputs["count"][:, None] - 1)
    hidden = ~words[inputs["window"]][:, None]
    return {k: v.float().masked_fill(hidden, -1e4) if k in ("start", "end") else v.float() for k, v in out.items()}


@torch.no_grad()
def verdict(coders: Sequence[Coder], inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean of what several networks say, as probabilities."""
    outs, many = [ask(c, inputs) for c in coders], len(coders)
    made = {k: sum(torch.sigmoid(o[k]) for o in outs) / many for k in ("type", "context")}
    names = ("way", "status", "claim", "start", "end", "root")
    return made | {k: sum(torch.softmax(o[k], -1) for o in outs) / many for k in names}


class Average:
    """The running average of the weights that are learnt."""

    def __init__(self, of: nn.Module, keep: float) -> None:
        self.keep = keep
        self.of = [p for p in of.parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for p in self.of]

    def update(self) -> None:
        torch._foreach_mul_(self.mean, self.keep)
        torch._foreach_add_(self.mean, [p.detach() for p in self.of], alpha=1 - self.keep)

    def take(self) -> None:
        """Give the network the average."""
        for p, m in zip(self.of, self.mean, strict=True):
            p.data = m


class Fitting:
    """AdamW with warm-up and linear decay over `steps`, clipped gradients, and the average; the word table stays as it is."""

    def __init__(self, coder: Coder, by: Recipe, steps: int) -> None:
        coder.encoder.word.weight.requires_grad_(False)
        inner = [p for n, p in coder.named_parameters() if n.startswith("encoder.") and p.requires_grad]
        outer = [p for n, p in coder.named_parameters() if not n.startswith("encoder.")]
        parts = [{"params": inner, "lr": by.rate}, {"params": outer, "lr": by.rate * by.heads}]
        self.stepper = torch.optim.AdamW(parts, weight_decay=0.01, fused=DEVICE.type == "cuda")
        self.steps, warm = steps, max(1, min(200, int(0.06 * steps)))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.stepper, lambda s: min(1, (s + 1) / warm) * max(0.0, 1 - s / self.steps)
        )
        self.average, self.every = Average(coder, by.keep), [*inner, *outer]
        self.total, self.done = torch.zeros((), device=DEVICE), 0
        self.coder = coder.train()

    def step(self, value: Tensor) -> None:
        value.backward()
        torch.nn.utils.clip_grad_norm_(self.every, 1.0)
        self.stepper.step()
        self.schedule.step()
        self.stepper.zero_grad(set_to_none=True)
        self.average.update()
        self.total += value.detach()
        self.done += 1
        if self.done % 300 == 0 or self.done == self.steps:
            say(f"  step {self.done}/{self.steps}  loss {float(self.total) / (self.done % 300 or 300):.3f}")
            self.total.zero_()

    def end(self) -> Coder:
        """The network with the average of its weights."""
        self.average.take()
        return self.coder.eval()


def teach(coder: Coder, pool: Any, names: Sequence[str], by: Recipe, seed: int) -> Coder:
    """Learn from gold."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    plan = [t for _ in range(by.epochs) for t in feed.tasks(names, by.room, by.most, rng)]
    fitting = Fitting(coder, by, len(plan))
    for _, (inputs, targets) in feed.stream(pool, plan):
        fitting.step(losses.loss(ask(coder, feed.hide(inputs, by.names, by.words)), targets))
    return fitting.end()


def study(student: Coder, teachers: Sequence[Coder], pool: Any, gold: Sequence[str], raw: Sequence[str], by: Recipe, seed: int,
          until: float = math.inf) -> Coder:  # fmt: skip
    """Learn from gold, and from what teachers say of gold and raw windows alike.

    Student and teachers see the same words hidden, so no window is twice the same. until: seconds of the program by which to
    be done; the passes become fewer, and where not even one is left it ends with SystemExit.
    """
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    plan = [t for _ in range(by.epochs) for t in feed.tasks([*gold, *raw], by.room, by.most, rng)]
    fitting, began = Fitting(student, by, len(plan)), 0.0
    for name, batch in feed.stream(pool, plan):
        fitting.step(study_loss(student, teachers, batch, by, name in gold))
        if fitting.done == 20:
            began = time.time()
        if fitting.done == 220:
            fitting.steps = fewer(len(plan), (time.time() - began) / 200, until)
            if fitting.steps < len(plan) / by.epochs:
                raise SystemExit(f"no time for one pass: {fitting.steps} steps of {len(plan) // by.epochs}")
        if fitting.done >= fitting.steps:
            break
    return fitting.end()


def study_loss(student: Coder, teachers: Sequence[Coder], batch: Batch, by: Recipe, gold: bool) -> Tensor:
    shown = feed.hide(batch[0], by.names, by.words)
    told, out = verdict(teachers, shown), ask(student, shown)
    value = losses.soft(out, told)
    return (1 - by.hard) * value + by.hard * losses.loss(out, batch[1]) if gold else value


def fewer(steps: int, each: float, until: float) -> int:
    """The steps that can be done until then, at so many seconds each."""
    left = int(min(steps, 220 + max(0.0, until - since()) / each))
    say(f"  {1000 * each:.0f} ms a step; {left} of {steps} steps")
    return left


@torch.no_grad()
def judged(coders: Sequence[Coder], name: str) -> dict[str, np.ndarray]:
    """What the mean of some networks says of every pair of a set, in its order: type (p, 16), way (p, 16, 3)."""
    made: dict[str, list[np.ndarray]] = {"type": [], "way": []}
    numbers = []
    for _, (inputs, targets) in feed.stream(None, feed.tasks([name], 16000, 256, None)):
        told = verdict(coders, inputs)
        numbers.append(targets["number"].cpu().numpy())
        for k, parts in made.items():
            parts.append(told[k].cpu().numpy())
    order = np.argsort(np.concatenate(numbers))
    return {k: np.concatenate(parts)[order] for k, parts in made.items()}
