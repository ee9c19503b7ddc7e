"""The coder on gold news items: dated texts with their events in, a table of precision, recall and F1 out.

    uv run python benchmarks/accuracy.py [GOLD.jsonl] [--out accuracy.json] [--check | --raise]

GOLD is ../shared/data/gold/current_events_dev.jsonl unless given. --check fails where a figure is below its floor in
floors.json (and passes, saying so, where the gold is absent); --raise lifts the floors that were passed, never lowers one.
"""

import argparse
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from detente.coding.scoring import LEVELS, score
from detente.reader import read_document
from detente.types import Document

HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[0].parent / "shared/data/gold/current_events_dev.jsonl"
FLOORS = HERE / "floors.json"
SLACK = 0.005  # a raised floor stands this much below the figure, for other processors


def code(gold: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The events of every item, as plain JSON."""
    out = []
    for item in gold:
        document = Document(id=item["id"], published=date.fromisoformat(item["date"]), text=item["text"])
        out.append(msgspec.to_builtins(read_document(document).events))
    return out


def figures(result: dict[str, Any]) -> dict[str, float]:
    """What has a floor: higher is better in each."""
    alarms = result["false alarms"]
    return {
        **{f"{level} {m}": result[level][m] for level in LEVELS for m in ("precision", "f1")},
        "status accuracy": result["status accuracy"],
        "silence": round(1 - alarms["items"] / alarms["of"], 4) if alarms["of"] else 1.0,
    }


def show(result: dict[str, Any], seconds: float) -> None:
    """Print the table."""
    print(f"{result['items']} items in {seconds:.1f} s")
    print(f"{'':20}{'precision':>10}{'recall':>8}{'F1':>8}{'right':>7}{'coded':>7}{'wanted':>8}")
    rows = [(level, result[level]) for level in LEVELS] + list(result["types"].items())
    for name, r in rows:
        numbers = (
            f"{r['precision']:>10.3f}{r['recall']:>8.3f}{r['f1']:>8.3f}{r['right']:>7}{r['coded']:>7}{r['wanted']:>8}"
        )
        print(f"{name:20}{numbers}")
    alarms = result["false alarms"]
    print(f"status right where pair and type are: {result['status accuracy']:.3f}")
    print(f"items without an event where one was coded: {alarms['items']} of {alarms['of']}")


def check(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """One line for every figure below its floor; a missing table of floors is a failure too."""
    if not floors:
        return [f'{FLOORS.name} has no floors under "accuracy": set them with --raise']
    return [f"{k}: {found[k]:.4f} is below the floor {v:.4f}" for k, v in floors.items() if found[k] < v]


def lift(section: str, found: dict[str, float]) -> None:
    """Raise the floors of a section to what was found, less SLACK; none is lowered, none that was not measured is lost."""
    every = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    floors = every.get(section, {})
    higher = {name: max(floors.get(name, 0.0), round(value - SLACK, 3)) for name, value in found.items()}
    FLOORS.write_text(json.dumps({**every, section: {**floors, **higher}}, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Run, print, and check or raise the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    if not options.gold.is_file():
        print(f"{options.gold} is not here: accuracy not measured")
        return 0 if options.check else 1
    gold = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    started = time.perf_counter()
    result = score(gold, code(gold))
    show(result, time.perf_counter() - started)
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    all_floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    floors = all_floors.get("accuracy", {})
    found = figures(result)
    if options.lift:
        lift("accuracy", found)
    wrong = check(found, floors) if options.check else []
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
