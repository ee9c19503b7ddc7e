"""Sentences with the words of a source and a target marked (CAMEO spans) in, batches for the span head out."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from detente.coding.encoding import CLS, PIECES, SEP, tokenizer
from network import TAGS

Span = tuple[int, int]


@dataclass
class Sentence:
    """Word pieces of one sentence with a tag each, and the class of the act (-1: not known)."""

    id: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    tags: list[int]
    penta: int


def load(path: Path) -> list[Sentence]:
    """The rows of a file with tokens, spans (role, start, end) and penta."""
    return [sentence(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def joined(row: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens joined by spaces, and where each stands."""
    places, at = [], 0
    for token in row["tokens"]:
        places.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(row["tokens"]), places


def sentence(row: dict[str, Any]) -> Sentence:
    """One row as word pieces."""
    text, places = joined(row)
    spans, both = (
        [],
        iter(("source", *["target"] * len(row["spans"]))),
    )  # who act on each other: the first is the source
    for s in row["spans"]:
        role = next(both) if s["role"] == "reciprocal" else s["role"]
        spans.append((role, places[s["start"]][0], places[s["end"] - 1][1]))
    return tagged(row["id"], text, spans, -1 if row["penta"] is None else row["penta"])


def tagged(name: str, text: str, spans: Sequence[tuple[str, int, int]], penta: int) -> Sentence:
    """A text with (role, start, end) spans as word pieces with tags."""
    found = tokenizer().encode(text, add_special_tokens=False)
    tags = []
    for start, end in found.offsets[:PIECES]:
        inside = next((s for s in spans if s[1] < end and start < s[2]), None)
        first = inside is not None and start <= inside[1]
        tags.append(TAGS.index(f"{'B' if first else 'I'}-{inside[0]}") if inside else 0)
    return Sentence(
        name, [CLS, *found.ids[:PIECES], SEP], [(0, 0), *found.offsets[:PIECES], (0, 0)], [0, *tags, 0], penta
    )


def given(row: dict[str, Any], quad: dict[str, int]) -> Sentence | None:
    """A PLV row as such a sentence; None where a party has no words."""
    if not row["source_span"] or not row["target_span"]:
        return None
    return tagged(
        row["id"], row["text"], [("source", *row["source_span"]), ("target", *row["target_span"])], quad[row["root"]]
    )


def batches(rows: Sequence[Sentence], size: int, rng: random.Random | None) -> Iterator[list[Sentence]]:
    """Groups of rows; shuffled if there is a random generator."""
    order = list(rows)
    if rng is not None:
        rng.shuffle(order)
    for at in range(0, len(order), size):
        yield order[at : at + size]


def collate(rows: Sequence[Sentence]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """(inputs of Coder.spans, targets)."""
    long = max(len(r.ids) for r in rows)
    ids, tags = np.zeros((len(rows), long), np.int64), np.full((len(rows), long), -1, np.int64)
    seen = np.zeros((len(rows), long, long), np.bool_)
    for n, row in enumerate(rows):
        ids[n, : len(row.ids)], tags[n, : len(row.ids)] = row.ids, row.tags
        seen[n, :, : len(row.ids)] = True
    places = np.broadcast_to(np.arange(long), ids.shape).copy()
    inputs = {"ids": ids, "positions": places, "kinds": np.zeros_like(ids), "seen": seen}
    targets = {"tag": tags, "penta": np.array([r.penta for r in rows], np.int64)}
    return {k: torch.from_numpy(v) for k, v in inputs.items()}, {k: torch.from_numpy(v) for k, v in targets.items()}


def loss(out: dict[str, Tensor], targets: dict[str, Tensor]) -> Tensor:
    """Cross-entropy of the tags (a word piece) and of the class (a sentence that has one)."""
    total = functional.cross_entropy(out["tag"].transpose(1, 2), targets["tag"], ignore_index=-1)
    known = targets["penta"] >= 0
    return (
        total + 0.5 * functional.cross_entropy(out["penta"][known], targets["penta"][known]) if known.any() else total
    )


def roles(tags: np.ndarray, offsets: list[Span]) -> dict[str, list[Span]]:
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
