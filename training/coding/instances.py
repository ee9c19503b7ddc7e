"""Gold items in, labelled pairs out: (feature names, type or NONE, direction, weight), grouped by item."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from detente.coding.candidates import Pair, Party, pairs, root, sentences
from detente.coding.features import features
from detente.reading.text import AnnotatedText
from detente.types import Document

NONE = "NONE"


@dataclass
class Labelled:
    """One pair with what the gold says about it."""

    item: int
    features: list[str]
    labels: list[tuple[str, str]] = field(default_factory=list)  # (type, direction > < =); empty: no event
    events: list[dict[str, Any]] = field(default_factory=list)
    pair: Pair | None = None


def document(item: dict[str, Any]) -> Document:
    """A gold item as the reader gets it."""
    return Document(id=item["id"], published=date.fromisoformat(item["date"]), text=item["text"])


def spread(event: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """(source, its words, target, its words, direction) for every pair of an event."""
    sources = list(zip(map(root, event["source"]), event["source_text"], strict=True))
    targets = list(zip(map(root, event["target"]), event["target_text"], strict=True))
    if event["mutual"]:
        both = sources + targets
        for n, (a, at) in enumerate(both):
            for b, bt in both[n + 1 :]:
                if a != b:
                    yield a, at, b, bt, "="
        return
    for a, at in sources:
        for b, bt in targets:
            if a != b:
                yield a, at, b, bt, ">"


def overlaps(party: Party, words: str, text: str) -> bool:
    """Whether a party's mention stands in (one occurrence of) the gold's words."""
    at = text.find(words) if words else -1
    while at >= 0:
        if party.mention.start < at + len(words) and at < party.mention.end:
            return True
        at = text.find(words, at + 1)
    return False


def label(number: int, item: dict[str, Any], text: AnnotatedText) -> tuple[list[Labelled], int]:
    """Every pair of the item, labelled; and how many gold pairs stand in no sentence together.

    Other mentions of two actors that the gold has an event for are left out: they are neither right nor wrong.
    """
    made = [(p, Labelled(number, features(p), pair=p)) for s in sentences(text) for p in pairs(s)]
    busy: set[frozenset[str]] = set()
    hit: set[int] = set()
    missed = 0
    for event in item["events"]:
        for a, at, b, bt, direction in spread(event):
            busy.add(frozenset((a, b)))
            fitting = [(p, x) for p, x in made if {p.a.root, p.b.root} == {a, b}]
            if not fitting:
                missed += 1
                continue
            ranked = [(closeness(p, {a: at, b: bt}, event["trigger"], item["text"]), p, x) for p, x in fitting]
            _, pair, row = max(ranked, key=lambda r: r[0])
            way = "=" if direction == "=" else ">" if pair.a.root == a else "<"
            if (event["type"], way) not in row.labels:
                row.labels.append((event["type"], way))
                row.events.append(event)
            hit.add(id(row))
    kept = [x for p, x in made if id(x) in hit or frozenset((p.a.root, p.b.root)) not in busy]
    return kept, missed


def closeness(pair: Pair, words: dict[str, str], trigger: str, text: str) -> tuple[int, bool, int]:
    """How well a pair of mentions fits the gold's words: both parties and the trigger, then the nearest."""
    low, high = pair.sentence.span
    match = sum(overlaps(p, words[p.root], text) for p in (pair.a, pair.b))
    inside = trigger in text[low:high]
    return match + inside, inside, pair.a.last - pair.b.first
