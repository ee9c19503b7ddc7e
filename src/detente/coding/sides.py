"""A sentence in; the words of who acts, of who is acted on, and the class of the act out. No actor of the catalogue is needed."""

from itertools import product
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.coding.encoding import CLS, PIECES, SEP, SLOTS, Batch, tokenizer
from detente.coding.labels import QUADS, TAGS
from detente.coding.network import run, softmax
from detente.errors import BadInput
from detente.types import Span

AS_SURE = 0.9  # share of the surest span's probability at which another span of its role is taken too


class Sides(Struct, frozen=True):
    """Spans are characters [start, end) into the sentence; `quad` is one of labels.QUADS, "none" where nobody acts on anybody."""

    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    quad: str
    probability: float  # of `quad`

    def dyads(self) -> list[tuple[Span, Span]]:
        """Every source with every target; none where nothing is done."""
        return [] if self.quad == "none" else list(product(self.sources, self.targets))


def sides(sentence: str) -> Sides:
    """Who does what to whom in one sentence, in its own words: also "police" and "protesters", which `code` leaves alone.

    Raises BadInput where the sentence holds no word. Reads the first `encoding.PIECES` word pieces.
    """
    found = tokenizer().encode(sentence, add_special_tokens=False)
    if not found.ids:
        raise BadInput("the sentence holds no word")
    ids = np.array([[CLS, *found.ids[:PIECES], SEP]], np.int64)
    answers = run(alone(ids))
    shares = softmax(answers["penta"][0])
    best = int(shares.argmax())
    spans = surest(answers["tag"][0], [(0, 0), *found.offsets[:PIECES], (0, 0)])
    return Sides(tuple(spans["source"]), tuple(spans["target"]), QUADS[best], float(shares[best]))


def alone(ids: NDArray[np.int64]) -> Batch:
    """Word pieces as a batch without any mention marked; the one pair that it has stands for nothing."""
    places = np.broadcast_to(np.arange(ids.shape[1]), ids.shape).astype(np.int64)
    nobody, seen = np.zeros((1, SLOTS), np.int64), np.ones((*ids.shape, ids.shape[1]), np.bool_)
    return Batch(ids, places, np.zeros_like(ids), seen, np.zeros(1, np.int64), nobody, nobody)


def surest(tags: NDArray[Any], offsets: list[Span]) -> dict[str, list[Span]]:
    """The spans of each role that are about as likely as its likeliest; most sentences have one. tags: (pieces, 5) logits."""
    shares = softmax(tags)
    out = {}
    for role, spans in roles(tags, offsets).items():
        mine = [n for n, name in enumerate(TAGS) if name.endswith(role)]
        likely = [np.mean([shares[n, mine].sum() for n in inside(span, offsets)]) for span in spans]
        out[role] = [span for span, p in zip(spans, likely, strict=True) if p >= AS_SURE * max(likely)]
    return out


def inside(span: Span, offsets: list[Span]) -> list[int]:
    """The word pieces of a span."""
    return [n for n in range(1, len(offsets) - 1) if offsets[n][0] < span[1] and offsets[n][1] > span[0]]


def roles(tags: NDArray[Any], offsets: list[Span]) -> dict[str, list[Span]]:
    """The spans of each role: a piece that begins one, and the pieces that go on with it. The outer places are no words."""
    out: dict[str, list[Span]] = {"source": [], "target": []}
    best = tags[1 : len(offsets) - 1].argmax(-1)
    role, first = "", 0
    for n, tag in enumerate([*best.tolist(), 0], 1):
        name = TAGS[tag]
        if role and name != f"I-{role}":
            out[role].append((offsets[first][0], offsets[n - 1][1]))
            role = ""
        if name != "O" and not role:
            role, first = name[2:], n
    return out
