"""The gold that the weights are made from: labels join their texts by offset, and items become examples that fit them."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from detente.coding.labels import TYPES, WAYS

ROOT = Path(__file__).resolve().parents[1]
ITEM: dict[str, Any] = {
    "id": "x-1", "date": "2012-09-17", "text": "Turkey, France says, shelled Syria; Syria denied it had fired first.",
    "events": [
        {"source": ["TUR"], "target": ["SYR"], "source_text": ["Turkey"], "target_text": ["Syria"], "type": "ASSAULT", "status": "alleged",
         "mutual": False, "trigger": "shelled", "contexts": ["military"], "said_by": "FRA"},
        {"source": ["SYR"], "target": ["TUR"], "source_text": ["Syria"], "target_text": [""], "type": "REJECT", "status": "occurred",
         "mutual": False, "trigger": "denied", "contexts": [], "said_by": ""},
    ],
}  # fmt: skip


def load(folder: str, name: str) -> ModuleType:
    sys.path.insert(0, str(ROOT / "training" / folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


labels = load("labels", "labels")
gold = load("coder", "gold")


def test_a_label_without_its_text_gives_the_item_back_with_it() -> None:
    label = labels.strip(ITEM, "first")
    assert ITEM["text"] not in json.dumps(label)
    (back,) = labels.join([label], {"x-1": ITEM["text"]})
    assert back == {**ITEM, "set": "first"}


def test_another_text_is_not_taken() -> None:
    assert list(labels.join([labels.strip(ITEM, "first")], {"x-1": ITEM["text"] + " "})) == []


def test_every_shipped_label_has_sound_offsets_and_codes() -> None:
    rows = labels.load()
    assert len({row["id"] for row in rows}) == len(rows) > 29_000
    for row in rows:
        for event in row["events"]:
            assert event["type"] in TYPES
            assert 0 <= event["trigger"][0] < event["trigger"][1]
            assert all(start is None or 0 <= start < end for _, start, end in event["source"] + event["target"])


def test_shipped_labels_keep_away_from_what_is_held_out(shared: Path) -> None:
    held = {json.loads(line)["id"] for line in (shared / "data/gold/current_events_dev.jsonl").read_text().splitlines()}
    assert held & {row["id"] for row in labels.load()} == set()


def test_an_item_becomes_an_example_with_its_acts() -> None:
    (example,) = gold.examples(ITEM)
    told = []
    for act in example.acts:
        pair = example.window.pairs[act.pair]
        words = ITEM["text"][example.read.starts[act.start] : example.read.ends[act.end]]
        told.append((pair.a.root, WAYS[act.way], pair.b.root, TYPES[act.type], words))
    assert told == [("TUR", ">", "SYR", "ASSAULT", "shelled"), ("TUR", "<", "SYR", "REJECT", "denied")]
    assert not example.unknown


def test_an_act_told_elsewhere_makes_its_pair_unknown_there() -> None:
    first = "Turkey shelled Syria at dawn on Monday, the third day of the fighting."
    text = first + "\n\nAnalysts in Turkey and Syria expect no end to it."
    made = gold.examples({**ITEM, "text": text, "events": [dict(ITEM["events"][0], said_by="")]})
    assert [(len(e.acts), len(e.unknown)) for e in made] == [(1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("name", "share"), [("a", 0.85), ("b", 0.8), ("c", 0.75), ("d", 0.55), ("e", 0.55), ("f", 0.75), ("g", 0.55)]
)
def test_own_written_items_can_be_learnt_from(name: str, share: float) -> None:
    items = gold.load(ROOT / "training" / "own" / f"{name}.jsonl")[:150]
    wanted = sum(1 for item in items for event in item["events"] for _ in gold.spread(event))
    found = sum(len(e.acts) for item in items for e in gold.examples(item))
    assert found >= share * wanted
