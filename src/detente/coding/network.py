"""The windows of a text in, what the network says about each of their pairs out. onnxruntime, int8, one thread, no network access.

The weights are made by training/coder: data/coder.onnx, and data/given.onnx for pairs that are given. data/coder.json
beside them has their version, thresholds and the calibration of confidences.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.coding.encoding import Batch, Pieces, batch, inputs, size
from detente.coding.windows import Pair, Window

Floats = NDArray[np.float32]
ROOM = 256  # places (windows times the longest of them) that are computed at once: few enough to stay in the cache
SLOW = ["SkipLayerNormFusion"]  # onnxruntime's fused node takes five times as long as the two that it stands for


class Settings(Struct, kw_only=True):
    """What belongs to one set of weights."""

    version: str
    thresholds: dict[str, float]  # type -> least probability at which an act is coded
    slope: float  # confidence = sigmoid(slope * logit(probability) + offset)
    offset: float


class Verdict(Struct):
    """What the network says about one pair: probabilities, one row a type (labels.TYPES)."""

    pair: Pair
    window: Window
    read: Pieces
    types: Floats  # (16,): each type by itself; they need not sum to 1
    ways: Floats  # (16, 3)
    statuses: Floats  # (16, 6)
    claims: Floats  # (16, 4)
    contexts: Floats  # (19,)
    starts: Floats  # (16, places): logits of the trigger's first word piece
    ends: Floats  # (16, places): … and of its last


@cache
def settings() -> Settings:
    """The settings of the weights in use."""
    data = files("detente.coding").joinpath("data").joinpath("coder.json").read_bytes()
    return msgspec.json.decode(data, type=Settings)


@cache
def _session(name: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with as_file(files("detente.coding").joinpath("data").joinpath(name)) as path:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
        )


def verdicts(windows: Sequence[Window], read: Sequence[Pieces]) -> list[list[Verdict]]:
    """A list a window, in the windows' order, with a verdict a pair; windows of like length are computed together.

    The int8 scale of a batch depends on all that is in it, so only windows of one text are given together.
    """
    out: list[list[Verdict]] = [[] for _ in windows]
    for group in _groups(windows, read):
        answers = _shares(run(batch([windows[n] for n in group], [read[n] for n in group])))
        at = 0
        for n in group:
            places = len(read[n].ids)
            for pair in windows[n].pairs:
                rows = {name: values[at] for name, values in answers.items()}
                starts, ends = rows.pop("starts")[:, :places], rows.pop("ends")[:, :places]
                out[n].append(Verdict(pair, windows[n], read[n], starts=starts, ends=ends, **rows))
                at += 1
    return out


def run(made: Batch) -> dict[str, Floats]:
    """The network's raw outputs for one batch, by name (training/coder/graph.py says their shapes)."""
    session = _session("coder.onnx")
    names = [o.name for o in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs(made)), strict=True))


def roots(made: Batch) -> Floats:
    """Which type it is that the pairs of a batch are known to have: (p, 16) logits, from a network of its own."""
    places = inputs(made)
    (words,) = _session("coder.onnx").run(["words"], places)
    del places["ids"]
    (answers,) = _session("given.onnx").run(["root"], places | {"words": words})
    return np.asarray(answers, np.float32)


def _groups(windows: Sequence[Window], read: Sequence[Pieces]) -> Iterator[list[int]]:
    """Numbers of windows that are computed together: of like length, so that little is padding."""
    sizes = list(map(size, windows, read))
    group: list[int] = []
    for n in sorted(range(len(windows)), key=lambda n: sizes[n]):
        if group and (len(group) + 1) * sizes[n] > ROOM:
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def _shares(answers: dict[str, Floats]) -> dict[str, Floats]:
    """Logits as what a Verdict holds of them, by the names of its fields."""
    return {
        "types": _sigmoid(answers["type"]), "ways": softmax(answers["way"]), "statuses": softmax(answers["status"]),
        "claims": softmax(answers["claim"]), "contexts": _sigmoid(answers["context"]),
        "starts": answers["start"], "ends": answers["end"],
    }  # fmt: skip


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), np.float32)


def softmax(x: Floats) -> Floats:
    """Logits along the last axis as probabilities."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)
