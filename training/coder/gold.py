"""Gold items in, training examples out: windows with what the gold says about each of their pairs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from detente import reading
from detente.coding.encoding import Pieces, pieces
from detente.coding.labels import CLAIMS, CONTEXTS, STATUSES, TYPES, WAYS
from detente.coding.relating import given as given_pair
from detente.coding.windows import Entity, Window, root, windows
from detente.reading.text import AnnotatedText
from detente.types import Document, Mention


@dataclass
class Act:
    """What the gold says of one pair: indexes into the tables of detente.coding.labels; `start`, `end` are places of word pieces."""

    pair: int
    type: int
    way: int
    status: int
    claim: int
    contexts: list[int]
    start: int = -1  # -1: the trigger is not in the window
    end: int = -1
    also: int = -1  # a second type that would be as right (PLV's YIELD)


@dataclass
class Example:
    """One window with its acts; a pair that is in `unknown` is neither right nor wrong."""

    item: str
    window: Window
    read: Pieces
    acts: list[Act] = field(default_factory=list)
    unknown: set[int] = field(default_factory=set)
    given: bool = False  # the pair is known to have an act, and just one (PLV)


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def examples(item: dict[str, Any]) -> list[Example]:
    """The windows of one item, labelled."""
    document = Document(id=item["id"], published=date.fromisoformat(item["date"]), text=item["text"])
    text = reading.annotate(document)
    text.mentions = sorted([*text.mentions, *unseen(text, item)], key=lambda m: (m.start, m.end))
    found = windows(text)
    made = [Example(item["id"], w, p) for w, p in zip(found, pieces(item["text"], found), strict=True)]
    told: set[frozenset[str]] = set()
    for event in item["events"]:
        for a, at, b, bt, way in spread(event):
            told.add(frozenset((a, b)))
            best = max(candidates(made, a, at, b, bt, event["trigger"], item), key=lambda c: c[0], default=None)
            if best is not None:
                _, example, pair, names = best
                told.add(frozenset(names))
                add(example, pair, names, event, way, item["text"])
    for example in made:
        have = {act.pair for act in example.acts}
        for n, pair in enumerate(example.window.pairs):
            if n not in have and frozenset((pair.a.root, pair.b.root)) in told:
                example.unknown.add(n)
    return made


def unseen(text: AnnotatedText, item: dict[str, Any]) -> Iterator[Mention]:
    """A mention for each party that the gold names in words where the scan finds nobody."""
    known = {root(m.id) for m in text.mentions if m.id}
    made: set[tuple[int, str]] = set()
    for event in item["events"]:
        for who, words in zip(
            event["source"] + event["target"], event["source_text"] + event["target_text"], strict=True
        ):
            if root(who) in known or not words or any(overlaps(m, words, item["text"]) for m in text.mentions if m.id):
                continue
            start = item["text"].find(words)
            if start >= 0 and (start, who) not in made:
                made.add((start, who))
                yield Mention(start=start, end=start + len(words), text=words, id=who, kind="generic")


def spread(event: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """(actor, its words, actor, its words, way) for every two parties of an event that are different actors."""
    sources = list(zip(map(root, event["source"]), event["source_text"], strict=True))
    targets = list(zip(map(root, event["target"]), event["target_text"], strict=True))
    if event["mutual"]:
        both = sources + targets
        for n, (a, at) in enumerate(both):
            yield from ((a, at, b, bt, "=") for b, bt in both[n + 1 :] if a != b)
        return
    for a, at in sources:
        yield from ((a, at, b, bt, ">") for b, bt in targets if a != b)


def overlaps(mention: Mention, words: str, text: str) -> bool:
    """Whether a mention stands in (one occurrence of) the gold's words."""
    at = text.find(words) if words else -1
    while at >= 0:
        if mention.start < at + len(words) and at < mention.end:
            return True
        at = text.find(words, at + 1)
    return False


def is_party(entity: Entity, who: str, words: str, item: dict[str, Any]) -> bool:
    """Whether an actor that the scan found is the gold's: the same id, or the gold's words where ids differ."""
    if entity.root == who:
        return True
    others = {root(x) for e in item["events"] for x in e["source"] + e["target"]}
    return entity.root not in others and any(overlaps(m, words, item["text"]) for m in entity.mentions)


def candidates(
    made: list[Example], a: str, at: str, b: str, bt: str, trigger: str, item: dict[str, Any]
) -> Iterator[tuple[tuple[int, int], Example, int, tuple[str, str]]]:
    """The pairs that an event can be about, with how well each fits: trigger and words in the window."""
    for order, example in enumerate(made):
        low, high = example.window.span
        inside = item["text"].find(trigger, low, high) >= 0
        for n, pair in enumerate(example.window.pairs):
            for x, y in ((pair.a, pair.b), (pair.b, pair.a)):
                if is_party(x, a, at, item) and is_party(y, b, bt, item):
                    words = sum(any(overlaps(m, w, item["text"]) for m in e.mentions) for e, w in ((x, at), (y, bt)))
                    exact = (x.root == a) + (y.root == b)
                    yield (3 * inside + words + exact, -order), example, n, (x.root, y.root)


def add(example: Example, n: int, names: tuple[str, str], event: dict[str, Any], way: str, text: str) -> None:
    """Put one act on a pair."""
    pair = example.window.pairs[n]
    turned = pair.a.root != names[0]
    way = {">": "<", "<": ">", "=": "="}[way] if turned else way
    said = root(event.get("said_by") or "")
    claim = "text" if not said else "first" if said == pair.a.root else "second" if said == pair.b.root else "other"
    act = Act(
        n, TYPES.index(event["type"]), WAYS.index(way), STATUSES.index(event["status"]), CLAIMS.index(claim),
        [CONTEXTS.index(c) for c in event["contexts"] if c in CONTEXTS],
    )  # fmt: skip
    act.start, act.end = trigger_places(example.read, example.window, event["trigger"], text, pair)
    if all((o.pair, o.type, o.way) != (act.pair, act.type, act.way) for o in example.acts):
        example.acts.append(act)


def trigger_places(read: Pieces, window: Window, trigger: str, text: str, pair: Any) -> tuple[int, int]:
    """First and last word piece of the trigger's occurrence that is nearest to the pair; (-1, -1) where there is none."""
    low, high = window.span
    middle = (min(m.start for m in pair.b_mentions) + max(m.end for m in pair.a_mentions)) / 2
    found, at = [], text.find(trigger, low, high)
    while at >= 0:
        found.append(at)
        at = text.find(trigger, at + 1, high)
    if not found:
        return -1, -1
    start = min(found, key=lambda s: abs(s - middle))
    inside = [k for k in range(1, len(read.ids) - 1) if read.starts[k] < start + len(trigger) and read.ends[k] > start]
    return (inside[0], inside[-1]) if inside else (-1, -1)


def given(row: dict[str, Any]) -> Example:
    """A PLV row (text, source and target spans, root) as an example with one pair."""
    spans = [
        tuple(row[f"{side}_span"] or (0, len(row["text"]))) for side in ("source", "target")
    ]  # none: "a recipient"
    window = given_pair(row["text"], *spans)
    made = Example(row["id"], window, pieces(row["text"], [window])[0], given=True)
    way = ">" if window.pairs[0].a.root == "SOURCE" else "<"
    kind, also = ("CONCEDE", TYPES.index("RETREAT")) if row["root"] == "YIELD" else (row["root"], -1)
    made.acts.append(Act(0, TYPES.index(kind), WAYS.index(way), -1, -1, [], also=also))
    return made
