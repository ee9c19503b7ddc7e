"""Sentences with the words of a source and a target marked (CAMEO spans) in, word pieces with tags out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.coding.encoding import CLS, PIECES, SEP, tokenizer
from detente.coding.labels import TAGS


@dataclass
class Sentence:
    """Word pieces of one sentence with a tag each, and the class of the act (-1: not known)."""

    id: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    tags: list[int]
    penta: int


def joined(row: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens joined by spaces, and where each stands."""
    places, at = [], 0
    for token in row["tokens"]:
        places.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(row["tokens"]), places


def sentence(row: dict[str, Any]) -> Sentence:
    """One row (tokens, spans with role, start and end, penta) as word pieces; of parties that act on each other the first is the source."""
    text, places = joined(row)
    spans, both = [], iter(("source", *["target"] * len(row["spans"])))
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
