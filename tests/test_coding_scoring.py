"""The benchmark's scoring: its rules on small cases, and the same figures as the scorer beside the data."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from detente.coding import scoring


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def event(source: str, target: str, kind: str, status: str = "occurred", **more: Any) -> dict[str, Any]:
    return {"source": source.split(), "target": target.split(), "type": kind, "status": status, "mutual": False, **more}


def figures(gold: list[dict[str, Any]], got: list[dict[str, Any]]) -> dict[str, Any]:
    return scoring.score([{"id": "x", "text": "", "events": gold}], [got])


def test_direction_counts_unless_the_act_is_done_together() -> None:
    assert figures([event("A", "B", "ACCUSE")], [event("B", "A", "ACCUSE")])["pair+type"]["f1"] == 0
    assert figures([event("A", "B", "CONSULT")], [event("B", "A", "CONSULT")])["pair+type"]["f1"] == 1
    mutual = event("A B", "", "ASSAULT", mutual=True)
    assert figures([mutual], [event("B A", "", "ASSAULT", mutual=True)])["pair+type"]["f1"] == 1


def test_every_two_parties_count_and_sectors_do_not() -> None:
    found = figures([event("A.REB B", "C", "ACCUSE")], [event("A", "C", "ACCUSE")])
    assert (found["pair"]["right"], found["pair"]["wanted"]) == (1, 2)


def test_optional_events_are_neither_wanted_nor_wrong() -> None:
    optional = event("A", "B", "ACCUSE", required=False)
    assert figures([optional], [event("A", "B", "ACCUSE")])["pair+type"]["coded"] == 0
    assert figures([optional], [])["false alarms"] == {"items": 0, "of": 0}


def test_status_counts_only_at_the_last_level() -> None:
    found = figures([event("A", "B", "ACCUSE", "planned")], [event("A", "B", "ACCUSE", "denied")])
    assert (found["pair+type"]["f1"], found["pair+type+status"]["f1"], found["status accuracy"]) == (1, 0, 0)


@pytest.mark.parametrize("step", [1, 3])
def test_the_same_figures_as_the_shared_scorer(shared: Path, tmp_path: Path, step: int) -> None:
    """Half-right answers made from the gold: some dropped, some with a changed type, direction, status or party."""
    reference = load(shared / "score" / "events.py", "shared_events")
    path = shared / "data" / "gold" / "current_events_dev.jsonl"
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    coded = []
    for n, item in enumerate(gold):
        events = [
            dict(e, status=e["status"] if isinstance(e["status"], str) else e["status"][0]) for e in item["events"]
        ]
        for m, one in enumerate(events):
            change = (n + m * step) % 5
            if change == 1:
                one.update(source=one["target"] or one["source"], target=one["source"] if one["target"] else [])
            elif change == 2:
                one.update(type="ACCUSE")
            elif change == 3:
                one.update(status="denied")
        coded.append([*events[n % 2 :], *([event("XXA", "XXB", "AID")] if n % 7 == 0 else [])])
    readings = tmp_path / "readings.jsonl"
    rows = ({"document": {"id": g["id"]}, "events": e} for g, e in zip(gold, coded, strict=True))
    readings.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    wanted, found = reference.main(str(path), str(readings)), scoring.score(gold, coded)
    for level in scoring.LEVELS:
        for measure in ("precision", "recall", "f1"):
            assert found[level][measure] == pytest.approx(wanted[level][measure], abs=1e-4)
    alarms = found["false alarms"]
    assert f"{alarms['items']}/{alarms['of']}" == wanted["items_without_event_wrongly_coded"]
    assert found["status accuracy"] == wanted["status_accuracy_on_matched"]
