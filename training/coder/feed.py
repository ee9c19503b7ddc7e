"""Sets of packed windows in, batches on the device out, made ahead of time by other processes where there is a pool of them."""

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import packing
from packing import Packed

MASK, AHEAD = 103, 120  # [MASK]; batches that may wait
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
SETS: dict[str, Packed] = {}  # filled before the workers are started, who make batches from it
Batch = tuple[dict[str, Tensor], dict[str, Tensor]]
Task = tuple[str, NDArray[np.int64]]  # a set, and numbers of its windows


def tasks(names: Sequence[str], room: int, most: int, rng: np.random.Generator | None) -> list[Task]:
    """Every window of some sets, in groups of like length; shuffled where there is a random generator."""
    found = [(name, group) for name in names for group in packing.groups(SETS[name].sizes(), room, rng, most)]
    if rng is not None:
        rng.shuffle(found)  # type: ignore[arg-type]
    return found


def some(name: str, chosen: NDArray[np.int64], room: int, most: int, rng: np.random.Generator | None) -> list[Task]:
    """The same for some windows of one set."""
    return [(name, chosen[group]) for group in packing.groups(SETS[name].sizes()[chosen], room, rng, most)]


def _made(task: Task) -> tuple[packing.Arrays, packing.Arrays]:
    return packing.collate(SETS[task[0]], task[1])


def stream(pool: Any, wanted: Sequence[Task]) -> Iterator[tuple[str, Batch]]:
    """(set, batch) for every task, in order. pool: a multiprocessing pool that was forked after SETS was filled, or None."""
    room, over = threading.Semaphore(AHEAD), threading.Event()

    def asked() -> Iterator[Task]:
        for task in wanted:
            room.acquire()
            if over.is_set():
                return
            yield task

    made = pool.imap(_made, asked()) if pool else map(_made, wanted)
    try:
        for (name, _), (inputs, targets) in zip(wanted, made, strict=False):
            room.release()
            yield name, (moved(inputs), moved(targets))
    finally:  # whoever stops early must not leave the pool waiting for room
        over.set()
        room.release()


def moved(arrays: packing.Arrays) -> dict[str, Tensor]:
    return {k: torch.from_numpy(np.ascontiguousarray(v)).to(DEVICE, non_blocking=True) for k, v in arrays.items()}


def hide(inputs: dict[str, Tensor], names: float, words: float = 0.0) -> dict[str, Tensor]:
    """Mask the names of a share of the windows (all or half of them), and about a share of the words of all windows.

    So that what is done is learnt, and not only who does it; a name is hidden in the text and in its markers alike.
    """
    ids, kinds, positions = inputs["ids"], inputs["kinds"], inputs["positions"]
    b, long = ids.shape
    row = torch.rand(b, 1, device=ids.device) < names
    chance = torch.where(torch.rand(b, 1, device=ids.device) < 0.5, 1.0, 0.5)
    chosen = (torch.rand(b, long, device=ids.device) < chance).gather(1, positions) & (kinds > 0) & row
    if words:
        share = words * 2 * torch.rand(b, 1, device=ids.device)
        inside = (positions > 0) & (positions < inputs["count"][:, None] - 1) & (kinds == 0)
        chosen = chosen | ((torch.rand(b, long, device=ids.device) < share) & inside)
    return {**inputs, "ids": torch.where(chosen, MASK, ids)}
