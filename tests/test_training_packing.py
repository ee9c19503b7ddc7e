"""What training reads is what coding reads: packed arrays and the coder's own batches are the same; figures count right."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from detente.coding.encoding import FIRST, SECOND, SLOTS, batch
from detente.coding.labels import TYPES, WAYS

CODER = Path(__file__).resolve().parents[1] / "training" / "coder"


def load(name: str) -> ModuleType:
    sys.path.insert(0, str(CODER))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


gold, packing, figures = load("gold"), load("packing"), load("figures")
EXAMPLES = [e for item in gold.load(CODER.parent / "own" / "e.jsonl")[:12] for e in gold.examples(item)]


def test_packed_windows_give_the_batches_that_the_coder_reads(tmp_path: Path) -> None:
    packing.packed(EXAMPLES).save(tmp_path / "some.npz")
    of = packing.load(tmp_path / "some.npz")
    assert len(of) == len(EXAMPLES) > 40
    chosen = [5, 0, len(of) - 1, 17]
    inputs, targets = packing.collate(of, chosen)
    made = batch([EXAMPLES[n].window for n in chosen], [EXAMPLES[n].read for n in chosen])
    for name in ("ids", "positions", "kinds", "window", "first", "second"):
        assert (inputs[name] == getattr(made, name)).all(), name
    places = np.arange(inputs["ids"].shape[1])
    group = inputs["group"]
    same = (group[:, :, None] == group[:, None, :]) & (group > 0)[:, :, None]
    assert (((places < inputs["count"][:, None])[:, None, :] | same) == made.seen).all()
    assert targets["types"].sum() == sum(len({(a.pair, a.type) for a in EXAMPLES[n].acts}) for n in chosen)
    assert (packing.SLOTS, packing.FIRST, packing.SECOND) == (SLOTS, FIRST, SECOND)


def test_acts_stay_with_their_pairs() -> None:
    of = packing.packed(EXAMPLES)
    _, targets = packing.collate(of, range(len(of)))
    at = 0
    wanted = []
    for example in EXAMPLES:
        wanted += [(at + a.pair, a.type, a.way, a.status, a.start, a.end) for a in example.acts]
        at += len(example.window.pairs)
    names = ("pair", "type", "way", "status", "start", "end")
    assert list(zip(*(targets[name].tolist() for name in names), strict=True)) == wanted


def test_joined_sets_are_their_windows_one_after_another() -> None:
    both = packing.join([packing.packed(EXAMPLES[:7]), packing.packed(EXAMPLES[7:])])
    one = packing.packed(EXAMPLES)
    for name in ("ids", "ids_at", "marks", "marks_at", "pairs_at", "acts", "acts_at", "contexts", "sure"):
        assert (getattr(both, name) == getattr(one, name)).all(), name


def test_groups_hold_every_window_once_and_no_more_than_there_is_room_for() -> None:
    sizes = packing.packed(EXAMPLES).sizes()
    found = list(packing.groups(sizes, 200, np.random.default_rng(1), 8))
    assert sorted(np.concatenate(found).tolist()) == list(range(len(sizes)))
    assert all(len(g) <= 8 and (len(g) == 1 or len(g) * sizes[g].max() <= 200) for g in found)


def test_the_best_threshold_is_the_best_of_those_that_are_precise_enough() -> None:
    key = ("FRA", "POL", "ACCUSE")
    found = {(0, key): 0.9, (1, key): 0.6, (2, key): 0.5, (3, key): 0.4}
    rows = figures.curve(found, [{key}, {key}, set(), {key}])
    threshold, precision, recall, f1 = figures.best(rows)
    assert (precision, recall) == (0.75, 1.0)  # the last right one is worth the wrong one
    assert threshold <= 0.4
    assert f1 == pytest.approx(6 / 7)


def test_held_out_figures_know_who_acts_on_whom(tmp_path: Path) -> None:
    kind = TYPES.index("ACCUSE")
    said = {"type": np.zeros((1, 16), np.float32), "way": np.zeros((1, 16, 3), np.float32)}
    said["type"][0, kind], said["way"][0, kind, WAYS.index("<")] = 0.9, 1
    (tmp_path / "heldpairs.json").write_text(json.dumps([[0, "POL", "FRA"]]))
    for source, right in (("FRA", 1.0), ("POL", 0.0)):
        target = {"FRA": "POL", "POL": "FRA"}[source]
        (tmp_path / "held.json").write_text(json.dumps([[[source, target, "ACCUSE"]]]))
        assert figures.held(said, tmp_path)["f1"] == right


def test_plv_roots_join_what_the_gold_joins() -> None:
    shares = np.zeros((2, 16), np.float32)
    shares[0, [TYPES.index("CONCEDE"), TYPES.index("RETREAT"), TYPES.index("AID")]] = 0.3, 0.3, 0.4
    shares[1, TYPES.index("AID")] = 1
    assert figures.plv(shares, ["YIELD", "AID"]) == {"root": 100.0, "quad": 100.0, "binary": 100.0}
