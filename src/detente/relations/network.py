"""Levels of relations at a date in, a signed network of states out."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import erfc, isfinite, sqrt
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Tie(Struct, frozen=True):
    """What is known of a pair's level at a date: `mean` of a log ratio (above 0 cooperation), `sd` of its normal posterior.

    Raises BadInput unless a < b, both numbers are finite and sd is not negative.
    """

    a: str
    b: str
    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not self.a < self.b:
            raise BadInput(f"a tie of {self.a!r} and {self.b!r}: name two different actors in alphabetical order")
        if not (isfinite(self.mean) and isfinite(self.sd) and self.sd >= 0):
            raise BadInput(
                f"the tie {self.a}-{self.b} has mean {self.mean} and sd {self.sd}: finite numbers are needed"
            )


class Edge(Struct, frozen=True):
    """A tie whose sign is settled: `sign` +1 or -1, `sure` the probability of it."""

    a: str
    b: str
    sign: int
    sure: float


T = TypeVar("T", Tie, Edge)


class Graph(Struct, frozen=True):
    """Edges or ties as arrays: edge e joins `states[rows[e]]` and `states[columns[e]]`; `states` in alphabetical order."""

    states: list[str]
    rows: Ints
    columns: Ints


def above_zero(mean: float, sd: float) -> float:
    """P(x > 0) of a normal variable; at sd 0 it is 0, 1, or 0.5 for a mean of exactly 0."""
    if sd == 0:
        return 0.5 if mean == 0 else float(mean > 0)
    return 0.5 * erfc(-mean / sd / sqrt(2))


def positive(tie: Tie) -> float:
    """P(level > 0) of a tie."""
    return above_zero(tie.mean, tie.sd)


def signed(ties: Iterable[Tie], sure: float = 0.9) -> list[Edge]:
    """The ties whose sign is known with a probability above `sure`, by name. Raises BadInput where a pair comes twice."""
    if not 0.5 <= sure < 1:
        raise BadInput(f"sure is {sure}: it must be at least 0.5 and below 1")
    found = []
    for tie in in_order(ties):
        up = positive(tie)
        if max(up, 1 - up) > sure:
            found.append(Edge(tie.a, tie.b, 1 if up > 0.5 else -1, max(up, 1 - up)))
    return found


def in_order(ties: Iterable[T]) -> list[T]:
    """Ties or edges by name, so that no result hangs on the order they came in. Raises BadInput where a pair comes twice."""
    ordered = sorted(ties, key=lambda t: (t.a, t.b))
    for one, other in pairwise(ordered):
        if (one.a, one.b) == (other.a, other.b):
            raise BadInput(f"the pair {one.a}-{one.b} is given twice: one tie a pair is needed")
    return ordered


def graph(ties: Sequence[Tie] | Sequence[Edge]) -> Graph:
    """The arrays of ties or edges, in the order given."""
    states = sorted({name for t in ties for name in (t.a, t.b)})
    place = {name: i for i, name in enumerate(states)}
    rows = np.array([place[t.a] for t in ties], dtype=np.int64)
    columns = np.array([place[t.b] for t in ties], dtype=np.int64)
    return Graph(states, rows, columns)


def matrix(size: int, rows: Ints, columns: Ints, weights: Floats) -> Floats:
    """The symmetric size × size matrix of edge weights, 0 where there is no edge."""
    full = np.zeros((size, size))
    full[rows, columns] = full[columns, rows] = weights
    return full
