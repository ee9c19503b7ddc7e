"""Examples as flat arrays (one .npz), and batches from these: all that a machine with torch and numpy needs to learn from.

A window is its word pieces; a pair is two lists of places in it; an act is a row of numbers. `group` says which markers
belong to one pair, so that what sees what (encoding.batch) is made where it is needed (fit.visible).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.coding.labels import CONTEXTS, TYPES

if TYPE_CHECKING:
    from gold import Example

SLOTS, FIRST, SECOND = 6, 2, 3  # as in detente.coding.encoding; tests/test_training_packing.py holds the two together
GOLD = ("first", "second", "third", "fourth", "own")  # the sets that are learnt from
BLOCK = 2400  # windows that are sorted by length at once
ACT = ("pair", "type", "way", "status", "claim", "start", "end", "also")
Arrays = dict[str, NDArray]


@dataclass
class Packed:
    """Windows, one behind the other; `x_at[n] : x_at[n + 1]` is window n's (or pair n's) stretch of x."""

    ids: NDArray[np.uint16]
    ids_at: NDArray[np.int64]
    named: NDArray[np.uint8]
    pairs_at: NDArray[np.int64]  # window -> pairs
    marks: NDArray[np.uint16]  # places of a pair's markers, the first party's and then the second's
    marks_at: NDArray[np.int64]  # 2 * pair + side -> marks
    sure: NDArray[np.bool_]  # a pair: whether it is known what it does
    given: NDArray[np.bool_]  # a pair: known to have just one act (PLV)
    acts: NDArray[np.int32]  # (n, 8) in the order of ACT, by window; `pair` counts within the window
    acts_at: NDArray[np.int64]
    contexts: NDArray[np.uint8]  # (n, 19)

    def __len__(self) -> int:
        return len(self.ids_at) - 1

    def sizes(self) -> NDArray[np.int64]:
        """Places that each window takes: its pieces and the markers of its pairs."""
        return np.diff(self.ids_at) + np.diff(self.marks_at[2 * self.pairs_at])

    def save(self, path: Path) -> None:
        np.savez_compressed(path, **{f.name: getattr(self, f.name) for f in fields(self)})


def load(path: Path) -> Packed:
    """What `Packed.save` kept."""
    with np.load(path) as kept:
        return Packed(**{f.name: kept[f.name] for f in fields(Packed)})


def groups(
    sizes: NDArray[np.int64], room: int, rng: np.random.Generator | None, most: int
) -> Iterator[NDArray[np.int64]]:
    """Numbers of windows of like length, at most `room` places a group; shuffled where there is a random generator."""
    order = rng.permutation(len(sizes)) if rng is not None else np.arange(len(sizes))
    found: list[NDArray[np.int64]] = []
    for at in range(0, len(order), BLOCK):
        part = order[at : at + BLOCK]
        part = part[np.argsort(sizes[part], kind="stable")]
        begin = 0
        for n in range(1, len(part) + 1):
            if n == len(part) or (n - begin + 1) * sizes[part[n]] > room or n - begin >= most:
                found.append(part[begin:n])
                begin = n
    if rng is not None:
        rng.shuffle(found)  # type: ignore[arg-type]
    yield from found


def collate(of: Packed, chosen: Sequence[int] | NDArray[np.int64]) -> tuple[Arrays, Arrays]:
    """(inputs, targets) of some windows. Inputs are those of Coder.forward with `count` and `group` in place of `seen`."""
    long = max(_size(of, int(n)) for n in chosen)
    b = len(chosen)
    ids, positions = np.zeros((b, long), np.int64), np.zeros((b, long), np.int64)
    kinds, group = np.zeros((b, long), np.int64), np.zeros((b, long), np.int64)
    count = np.zeros(b, np.int64)
    window, first, second, pairs, acts, contexts = [], [], [], [], [], []
    for row, n in enumerate(map(int, chosen)):
        words = of.ids[of.ids_at[n] : of.ids_at[n + 1]]
        k = count[row] = len(words)
        ids[row, :k], positions[row, :k] = words, np.arange(k)
        kinds[row, :k] = of.named[of.ids_at[n] : of.ids_at[n + 1]]
        low, high = int(of.pairs_at[n]), int(of.pairs_at[n + 1])
        cuts = of.marks_at[2 * low : 2 * high + 1]
        marks = of.marks[cuts[0] : cuts[-1]].astype(np.int64)
        places = k + np.arange(len(marks))
        ids[row, places], positions[row, places] = words[marks], marks
        lengths = np.diff(cuts)
        side = np.repeat(np.arange(len(lengths)), lengths)
        kinds[row, places], group[row, places] = np.where(side % 2, SECOND, FIRST), side // 2 + 1
        base, starts = row * long + k, cuts[:-1] - cuts[0]
        slots = starts[:, None] + np.arange(SLOTS) * lengths[:, None] // SLOTS + base
        first.append(slots[0::2])
        second.append(slots[1::2])
        window.append(np.full(high - low, row))
        one = of.acts[of.acts_at[n] : of.acts_at[n + 1]].astype(np.int64)
        one[:, 0] += sum(map(len, pairs))
        acts.append(one)
        contexts.append(of.contexts[of.acts_at[n] : of.acts_at[n + 1]])
        pairs.append(np.arange(low, high))
    number = np.concatenate(pairs)
    act, sure = np.concatenate(acts), of.sure[number].astype(np.float32)
    types = np.zeros((len(number), len(TYPES)), np.float32)
    types[act[:, 0], act[:, 1]] = 1
    given = of.given[number]
    inputs = {"ids": ids, "positions": positions, "kinds": kinds, "count": count, "group": group,
              "window": np.concatenate(window), "first": np.concatenate(first), "second": np.concatenate(second)}  # fmt: skip
    targets = {name: act[:, n] for n, name in enumerate(ACT)} | {
        "types": types, "sure": sure, "given": given, "contexts": np.concatenate(contexts).astype(np.float32), "number": number,
    }  # fmt: skip
    return inputs, targets


def _size(of: Packed, n: int) -> int:
    marks = of.marks_at[2 * of.pairs_at[n + 1]] - of.marks_at[2 * of.pairs_at[n]]
    return int(of.ids_at[n + 1] - of.ids_at[n] + marks)


def join(parts: Sequence[Packed]) -> Packed:
    """Several sets of windows as one."""
    out = {}
    for field in fields(Packed):
        have = [getattr(p, field.name) for p in parts]
        if field.name.endswith("_at"):
            ends = np.cumsum([0, *(int(h[-1]) for h in have)])
            have = [h[:-1] + e for h, e in zip(have, ends, strict=False)] + [ends[-1:]]
        out[field.name] = np.concatenate(have)
    return Packed(**out)


def packed(examples: "Iterable[Example]") -> Packed:
    """Examples as flat arrays."""
    ids, named, marks, sure, given, acts, contexts = ([] for _ in range(7))  # type: ignore[var-annotated]
    ids_at, pairs_at, marks_at, acts_at = [0], [0], [0], [0]
    for example in examples:
        ids += example.read.ids
        named += example.read.named
        ids_at.append(len(ids))
        for n, pair in enumerate(example.window.pairs):
            for side in (pair.a_mentions, pair.b_mentions):
                marks += [example.read.at[m.start, m.end] for m in side]
                marks_at.append(len(marks))
            sure.append(n not in example.unknown)
            given.append(example.given)
        pairs_at.append(len(sure))
        for act in example.acts:
            acts.append((act.pair, act.type, act.way, act.status, act.claim, act.start, act.end, act.also))
            contexts.append(act.contexts)
        acts_at.append(len(acts))
    return Packed(
        np.array(ids, np.uint16), np.array(ids_at, np.int64), np.array(named, np.uint8), np.array(pairs_at, np.int64),
        np.array(marks, np.uint16), np.array(marks_at, np.int64), np.array(sure, np.bool_), np.array(given, np.bool_),
        np.array(acts, np.int32).reshape(-1, len(ACT)), np.array(acts_at, np.int64), flags(contexts),
    )  # fmt: skip


def flags(contexts: Sequence[Sequence[int]]) -> NDArray[np.uint8]:
    """A row an act, 1 for each of its contexts."""
    rows = np.zeros((len(contexts), len(CONTEXTS)), np.uint8)
    for row, some in zip(rows, contexts, strict=True):
        row[list(some)] = 1
    return rows
