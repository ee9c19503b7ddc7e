"""Logits and targets in, the loss of a batch out."""

import torch
from torch import Tensor
from torch.nn import functional


def loss(out: dict[str, Tensor], targets: dict[str, Tensor], words: Tensor, window: Tensor) -> Tensor:
    """The sum of what each head is off by, in natural-log units a pair (type) or an act (the rest)."""
    given = targets["given"]
    free = targets["sure"] * (~given).float()
    total = (
        functional.binary_cross_entropy_with_logits(out["type"], targets["types"], reduction="none").sum(1)
        @ free
        / free.sum().clamp(min=1)
    )
    pair, kind = targets["pair"], targets["type"]
    if len(pair) == 0:
        return total
    total = total + 0.5 * cross(out["way"][pair, kind], targets["way"])
    total = total + 0.5 * cross(out["status"][pair, kind], targets["status"])
    total = total + 0.2 * cross(out["claim"][pair, kind], targets["claim"])
    usual = targets["status"] >= 0
    if usual.any():
        total = (
            total
            + 0.1
            * functional.binary_cross_entropy_with_logits(
                out["context"][pair][usual], targets["contexts"][usual], reduction="none"
            )
            .sum(1)
            .mean()
        )
    hidden = ~words[window[pair]]
    for side in ("start", "end"):
        logits = out[side][pair, kind].masked_fill(hidden, -1e4)
        total = total + 0.2 * cross(logits, targets[side])
    if given.any():
        total = total + chosen(out["type"], targets)
    return total


def chosen(logits: Tensor, targets: dict[str, Tensor]) -> Tensor:
    """For pairs that are known to have just one act: which of the 16 it is (either of two, where both would be right)."""
    mine = targets["given"][targets["pair"]]
    sure = functional.log_softmax(logits[targets["pair"][mine]], -1)
    right = sure.gather(1, targets["type"][mine, None])[:, 0]
    also = targets["also"][mine]
    other = sure.gather(1, also.clamp(min=0)[:, None])[:, 0].masked_fill(also < 0, -1e4)
    return -torch.logaddexp(right, other).mean()


def cross(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy over the rows that have a label (>= 0); 0 where none has."""
    kept = labels >= 0
    return functional.cross_entropy(logits[kept], labels[kept]) if kept.any() else logits.sum() * 0
