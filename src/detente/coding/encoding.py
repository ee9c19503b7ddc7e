"""Windows in, the arrays that the network reads out: word pieces, and two markers a mention for every pair.

A window is encoded once, whatever the number of its pairs. Behind the word pieces of its text stand, for each pair, one
marker a mention: a copy of the mention's first piece, at its position, that sees the text and the other markers of its
pair, and is seen by these only; its kind says which party it belongs to. (After Ye et al. 2022, 'Packed levitated
markers', whose markers are words of their own.)
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.coding.windows import Window
from detente.types import Mention, Span

NAMED, FIRST, SECOND = 1, 2, 3  # kinds: a word of a mention, a marker of the first party, of the second; others are 0
SLOTS = 6  # markers a party after repeating: one, two and three (windows.NEAREST) all divide it
PIECES = 320  # word pieces of a window that are read: more than the characters that windows.READ lets through hold
CLS, SEP = 101, 102


class Pieces(Struct):
    """A window as word pieces: ids, the character of the document where each starts and ends, and who is named where."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    named: list[int]  # NAMED where the piece belongs to a mention
    at: dict[Span, int]  # a mention's characters -> the place of its first piece (the last place where it is not read)


class Batch(Struct):
    """What the network reads. b windows, l places (pieces, then markers), p pairs over all windows."""

    ids: NDArray[np.int64]  # (b, l)
    positions: NDArray[np.int64]  # (b, l)
    kinds: NDArray[np.int64]  # (b, l)
    seen: NDArray[np.bool_]  # (b, l, l): whether row sees column
    window: NDArray[np.int64]  # (p,): the window of each pair
    first: NDArray[np.int64]  # (p, 6): places of the first party's markers in the flattened (b * l); repeated to fill
    second: NDArray[np.int64]  # (p, 6)


@cache
def tokenizer() -> Any:
    """The word-piece tokenizer that the weights were trained with."""
    from tokenizers import Tokenizer

    data = files("detente.coding").joinpath("data").joinpath("tokenizer.json").read_text(encoding="utf-8")
    made = Tokenizer.from_str(data)
    made.no_padding()
    made.no_truncation()
    return made


def pieces(text: str, windows: Sequence[Window]) -> list[Pieces]:
    """The windows of one document as word pieces."""
    encode, out = tokenizer().encode, []
    for window in windows:
        low, found = window.span[0], encode(text[slice(*window.span)], add_special_tokens=False)
        offsets = found.offsets[:PIECES]
        starts, ends = [low + start for start, _ in offsets], [low + end for _, end in offsets]
        one = Pieces(
            [CLS, *found.ids[:PIECES], SEP], [low, *starts, low], [low, *ends, low], [0] * (len(starts) + 2), {}
        )
        for mention in (m for entity in window.entities for m in entity.mentions):
            inside = places(starts, ends, mention)
            one.at[mention.start, mention.end] = inside.start if inside else len(one.ids) - 1
            for place in inside:
                one.named[place] = NAMED
        out.append(one)
    return out


def places(starts: list[int], ends: list[int], mention: Mention) -> range:
    """The places of a mention's word pieces (the first piece has place 1); empty where it stands behind the last one read."""
    return range(bisect_right(ends, mention.start) + 1, bisect_left(starts, mention.end) + 1)


def size(window: Window, of: Pieces) -> int:
    """The places that a window takes: its word pieces, and the markers of its pairs."""
    return len(of.ids) + sum(len(pair.a_mentions) + len(pair.b_mentions) for pair in window.pairs)


def batch(windows: Sequence[Window], read: Sequence[Pieces]) -> Batch:
    """Windows with their word pieces as one padded batch."""
    marked = [markers(window, of) for window, of in zip(windows, read, strict=True)]
    long, count = max(map(size, windows, read)), len(windows)
    ids, positions, kinds = (np.zeros((count, long), np.int64) for _ in range(3))
    seen = np.zeros((count, long, long), np.bool_)
    window, first, second = [], [], []
    for row, (of, marks) in enumerate(zip(read, marked, strict=True)):
        n = len(of.ids)
        ids[row, :n], positions[row, :n], kinds[row, :n] = of.ids, np.arange(n), of.named
        seen[row, :, :n] = True
        at = n
        for a, b in marks:
            end = at + len(a) + len(b)
            ids[row, at:end] = [of.ids[place] for place in a + b]
            positions[row, at:end] = a + b
            kinds[row, at:end] = [FIRST] * len(a) + [SECOND] * len(b)
            seen[row, at:end, at:end] = True
            window.append(row)
            first.append(fill(range(row * long + at, row * long + at + len(a))))
            second.append(fill(range(row * long + at + len(a), row * long + end)))
            at = end
    shape = (len(window), SLOTS)
    return Batch(
        ids, positions, kinds, seen, np.array(window, np.int64),
        np.array(first, np.int64).reshape(shape), np.array(second, np.int64).reshape(shape),
    )  # fmt: skip


def inputs(of: Batch) -> dict[str, NDArray[Any]]:
    """A batch as the graph takes it: the places of all windows in one row, without padding.

    `rows` (l, b): which of them stands at each place of each window (the first, where none does); `slots`: the way back,
    into (b * l). The graph itself is written by training/coder/graph.py.
    """
    real = (of.seen[:, 0, :] | (of.kinds >= FIRST)).reshape(-1)
    slots = np.flatnonzero(real)
    at = np.zeros(len(real), np.int64)
    at[slots] = np.arange(len(slots))
    flat = {name: getattr(of, name).reshape(-1)[slots] for name in ("ids", "positions", "kinds")}
    sides = {"window": of.window, "first": at[of.first], "second": at[of.second]}
    return flat | sides | {"rows": at.reshape(of.ids.shape).T, "slots": slots, "seen": of.seen}


def markers(window: Window, of: Pieces) -> list[tuple[list[int], list[int]]]:
    """The positions of each pair's markers."""
    return [
        ([of.at[m.start, m.end] for m in pair.a_mentions], [of.at[m.start, m.end] for m in pair.b_mentions])
        for pair in window.pairs
    ]


def fill(numbers: range) -> list[int]:
    """One, two or three places repeated to `SLOTS` of them, so that their mean stays what it is."""
    return [n for n in numbers for _ in range(SLOTS // len(numbers))]
