"""Names of features in, probabilities of classes out: log-linear heads whose weights stand in data/weights.npz.

Heads: `type` (NONE or one of the 16), `direction` (> from a to b, < from b to a, = mutual), `trigger` (is this the word),
`status`. Made by training/coding/train.py; numpy only. A feature is known by the CRC-32 of its name.
"""

from collections.abc import Iterable
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


class Head:
    """One classifier: a row of weights a feature, a column a class."""

    def __init__(self, keys: NDArray[np.uint32], weights: NDArray[np.float32], classes: list[str]) -> None:
        self.rows = {int(k): n for n, k in enumerate(keys)}
        self.weights = weights
        self.classes = classes

    def scores(self, names: Iterable[str]) -> NDArray[np.float32]:
        """Summed weights, one value a class; features never seen count nothing."""
        rows = [r for name in names if (r := self.rows.get(key(name))) is not None]
        return np.asarray(self.weights[rows].sum(axis=0), dtype=np.float32)

    def probabilities(self, names: Iterable[str]) -> dict[str, float]:
        """Class -> probability; they sum to 1."""
        scores = self.scores(names)
        scores = np.exp(scores - scores.max())
        return dict(zip(self.classes, (scores / scores.sum()).tolist(), strict=True))


def key(name: str) -> int:
    """The number a feature is known by."""
    return crc32(name.encode("utf-8"))


_IN_USE: dict[str, Head] = {}


def head(name: str) -> Head:
    """The head of that name; the package's weights are loaded at the first call."""
    if not _IN_USE:
        use(files("detente.coding").joinpath("data").joinpath("weights.npz"))
    return _IN_USE[name]


def use(path: Any) -> None:
    """Take the weights from an .npz file (a Path or a package resource) from now on."""
    _IN_USE.clear()
    _IN_USE.update(read(path))


def read(path: Any) -> dict[str, Head]:
    """The heads that an .npz file holds, by name."""
    with path.open("rb") as file, np.load(file) as data:
        names = sorted({k.split(".")[0] for k in data.files})
        return {
            n: Head(data[f"{n}.keys"], data[f"{n}.weights"].astype(np.float32), data[f"{n}.classes"].tolist())
            for n in names
        }
