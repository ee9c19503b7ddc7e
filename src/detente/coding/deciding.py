"""The network's verdicts on the pairs of a window in, the acts that are sure enough out."""

import math
import re
from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from detente.coding.labels import CLAIMS, CONTEXTS, EITHER_WAY, STATUSES, TYPES, WAYS
from detente.coding.network import Settings, Verdict
from detente.coding.tense import settled
from detente.coding.windows import Entity
from detente.types import Span, Status

LONGEST = 6  # word pieces of a trigger
WEAK = 0.4  # share of its threshold at which an act may link parties of a surer one
LIKELY = 0.5  # least probability of a context
WORD = re.compile(r"[\w'’-]")


class Coded(Struct):
    """What was decided for one pair: `source` acts on `target`, or both act together."""

    source: Entity
    target: Entity
    type: str
    mutual: bool
    status: Status
    trigger: Span
    confidence: float
    probability: float
    claim: str
    contexts: list[str]
    verdict: Verdict
    number: int  # of the type that the network found
    ruled: bool = False  # changed by a rule of the user


def decide(text: str, verdicts: Iterable[Verdict], by: Settings) -> list[Coded]:
    """The acts of one window whose probability reaches `WEAK` times the threshold of their type; see `is_sure`."""
    least = [WEAK * by.thresholds[kind] for kind in TYPES]
    return [code(text, v, n, by) for v in verdicts for n in range(len(TYPES)) if v.types[n] >= least[n]]


def is_sure(act: Coded, by: Settings) -> bool:
    """Whether an act is coded for itself; others only complete what is coded (merging)."""
    return act.probability >= by.thresholds[TYPES[act.number]]


def code(text: str, verdict: Verdict, n: int, by: Settings) -> Coded:
    """The act of type number `n` between the two parties of a verdict, whatever its probability."""
    way = int(verdict.ways[n].argmax())
    pair = verdict.pair
    source, target = (pair.b, pair.a) if WAYS[way] == "<" else (pair.a, pair.b)
    claim = CLAIMS[int(verdict.claims[n].argmax())]
    words = trigger(text, verdict, n)
    return Coded(
        source=source,
        target=target,
        type=TYPES[n],
        mutual=WAYS[way] == "=",
        status=settled(STATUSES[int(verdict.statuses[n].argmax())], TYPES[n], text, verdict.window.span, words),
        trigger=words,
        confidence=confidence(strength(verdict, n), by),
        probability=float(verdict.types[n]),
        claim={"first": pair.a.root, "second": pair.b.root}.get(claim, claim),
        contexts=[name for name, p in zip(CONTEXTS, verdict.contexts, strict=True) if p >= LIKELY],
        verdict=verdict,
        number=n,
    )


def strength(verdict: Verdict, n: int) -> float:
    """The probability of type number `n`, and of its direction where that matters."""
    return float(verdict.types[n] * (1 if TYPES[n] in EITHER_WAY else verdict.ways[n].max()))


def confidence(p: float, by: Settings) -> float:
    """How often an act coded with this probability is right, by the calibration kept with the weights."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-by.slope * math.log(p / (1 - p)) - by.offset))


def trigger(text: str, verdict: Verdict, n: int) -> Span:
    """The words that the pair points at for type number `n`, as characters of the document."""
    starts, ends = verdict.starts[n][1:-1], verdict.ends[n][1:-1]
    if not len(starts):
        return verdict.window.span
    sums = [(starts[i] + ends[j], i, j) for i in np.argsort(-starts)[:4].tolist()
            for j in range(i, min(i + LONGEST, len(ends)))]  # fmt: skip
    _, first, last = max(sums)
    return whole(text, (verdict.read.starts[first + 1], verdict.read.ends[last + 1]), verdict.window.span)


def whole(text: str, span: Span, within: Span) -> Span:
    """A span of word pieces grown to whole words."""
    start, end = span
    while start > within[0] and WORD.match(text[start - 1]) and WORD.match(text[start]):
        start -= 1
    while end < within[1] and WORD.match(text[end]) and WORD.match(text[end - 1]):
        end += 1
    return start, end
