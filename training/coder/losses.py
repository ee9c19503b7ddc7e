"""Logits and targets in, the loss of a batch out. Logits of `start` and `end` are masked where no word stands (fit.ask)."""

import torch
from torch import Tensor
from torch.nn import functional

bce = functional.binary_cross_entropy_with_logits
SURE = 0.08  # a type that teachers find less likely than this says nothing about direction, status and words
SHARES = (("way", 0.5), ("status", 0.5), ("claim", 0.2), ("start", 0.2), ("end", 0.2))
ROOT = 0.3  # what the root counts of pairs whose root was not asked for


def loss(out: dict[str, Tensor], targets: dict[str, Tensor]) -> Tensor:
    """The sum of what each head is off by, in natural-log units a pair (type) or an act (the rest).

    Pairs that are `given` (PLV: known to have just one act) say nothing about how many acts there are, nor their status.
    """
    pair, kind = targets["pair"], targets["type"]
    free = targets["sure"] * (~targets["given"]).float()
    total = bce(out["type"], targets["types"], reduction="none").sum(1) @ free / free.sum().clamp(min=1)
    for name, share in SHARES:
        total = total + share * cross(out[name][pair, kind], targets[name])
    usual = (targets["status"] >= 0).float()
    contexts = bce(out["context"][pair], targets["contexts"], reduction="none").sum(1)
    total = total + 0.1 * (contexts @ usual) / usual.sum().clamp(min=1)
    weight = torch.where(targets["given"][pair], 1.0, ROOT)
    return total + chosen(out["root"][pair], kind, targets["also"]) @ weight / max(len(pair), 1)


def chosen(logits: Tensor, kind: Tensor, also: Tensor) -> Tensor:
    """For pairs that are known to have an act: which of the 16 it is (either of two, where both would be right)."""
    shares = functional.log_softmax(logits, -1)
    right = shares.gather(1, kind[:, None])[:, 0]
    other = shares.gather(1, also.clamp(min=0)[:, None])[:, 0].masked_fill(also < 0, -1e4)
    return -torch.logaddexp(right, other)


def cross(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy over the rows that have a label (>= 0); 0 where none has."""
    total = functional.cross_entropy(logits, labels, ignore_index=-1, reduction="sum")
    return total / (labels >= 0).sum().clamp(min=1)


def soft(out: dict[str, Tensor], told: dict[str, Tensor]) -> Tensor:
    """How far a student is from what its teachers say (probabilities), in the units of `loss`."""
    total = bce(out["type"], told["type"], reduction="none").sum(1).mean()
    pair, kind = torch.nonzero(told["type"] > SURE, as_tuple=True)
    weight = told["type"][pair, kind]
    weight = weight / weight.sum().clamp(min=1e-6)
    for name, share in SHARES:
        shares = torch.log_softmax(out[name][pair, kind], -1)
        total = total - share * ((told[name][pair, kind] * shares).sum(-1) @ weight)
    contexts = bce(out["context"][pair], told["context"][pair], reduction="none").sum(1)
    root = -(told["root"] * torch.log_softmax(out["root"], -1)).sum(-1)
    some = told["type"].amax(-1)
    return total + 0.1 * (contexts @ weight) + ROOT * (root @ some) / some.sum().clamp(min=1e-6)
