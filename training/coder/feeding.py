"""Examples in, batches of tensors with their targets out."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from detente.coding.encoding import Batch, batch, size
from detente.coding.labels import CONTEXTS
from detente.coding.network import INPUTS
from gold import Example

MASK = 103  # [MASK]: stands for the words of an actor that the network is to do without


def tensors(made: Batch) -> dict[str, Tensor]:
    """What the network reads, as tensors."""
    return {name: torch.from_numpy(getattr(made, name)) for name in INPUTS}


def batches(examples: Sequence[Example], many: int, rng: random.Random | None) -> Iterator[list[Example]]:
    """Examples of like length together; shuffled if there is a random generator."""
    order = list(range(len(examples)))
    if rng is not None:
        rng.shuffle(order)
    block = many * 24
    groups = []
    for at in range(0, len(order), block):
        part = sorted(order[at : at + block], key=lambda n: length(examples[n]))
        groups += [part[k : k + many] for k in range(0, len(part), many)]
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        yield [examples[n] for n in group]


def length(example: Example) -> int:
    """Places that a window takes."""
    return size(example.window, example.read)


def hide(inputs: dict[str, Tensor], share: float, rng: random.Random) -> None:
    """Mask the names of some windows' actors, so that what is done is learnt and not only who does it."""
    ids, kinds = inputs["ids"], inputs["kinds"]
    for row in range(len(ids)):
        if rng.random() < share:
            some = inputs["positions"][row]  # a name is hidden in the text and in its markers alike
            chosen = torch.rand(int(some.max()) + 1) < (1.0 if rng.random() < 0.5 else 0.5)
            ids[row][(kinds[row] > 0) & chosen[some]] = MASK


def collate(examples: Sequence[Example]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """(inputs, targets) of a batch. Targets: `types` (p, 16), `sure` (p,), and one row an act for the rest."""
    made = batch([e.window for e in examples], [e.read for e in examples])
    count = len(made.window)
    types, sure = np.zeros((count, 16), np.float32), np.ones(count, np.float32)
    given = np.zeros(count, np.bool_)
    acts: dict[str, list[int]] = {k: [] for k in ("pair", "type", "way", "status", "claim", "start", "end", "also")}
    contexts = []
    at = 0
    for example in examples:
        for n in example.unknown:
            sure[at + n] = 0
        for act in example.acts:
            types[at + act.pair, act.type] = 1
            given[at + act.pair] = example.given
            values = (at + act.pair, act.type, act.way, act.status, act.claim, act.start, act.end, act.also)
            for name, value in zip(acts, values, strict=True):
                acts[name].append(value)
            row = np.zeros(len(CONTEXTS), np.float32)
            row[act.contexts] = 1
            contexts.append(row)
        at += len(example.window.pairs)
    targets = {name: torch.tensor(values, dtype=torch.long) for name, values in acts.items()}
    targets["contexts"] = torch.from_numpy(np.array(contexts, np.float32).reshape(-1, len(CONTEXTS)))
    targets["types"], targets["sure"] = torch.from_numpy(types), torch.from_numpy(sure)
    targets["given"] = torch.from_numpy(given)
    inputs = tensors(made)
    inputs["words"] = torch.from_numpy(made.words)
    return inputs, targets
