"""Statements, meetings and transfers on gold items: a table of precision, recall and F1 out.

    uv run python benchmarks/frames.py [--own] [--errors N] [--out frames.json] [--check | --raise]

Gold are the dev files under ../shared/data/gold, and with --own those we wrote ourselves (training/own/frames_*.jsonl).
--check fails where a figure is below its floor in floors.json (and passes, saying so, where the gold is absent);
--raise lifts the floors that were passed, never lowers one. Errors are shown of every second item of a dev file only,
so that the other half stays a check on what is developed.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from accuracy import FLOORS, check, lift
from detente.coding import framescoring
from detente.reader import read_document
from detente.types import Document

HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[0].parent / "shared/data/gold"
FIELDS = {"certainty", "forecast", "start"}
CAP = 0.9  # shares of what matches change with what matches: their floors stay at what was promised
OWN = HERE.parents[0] / "training/own"


def load(path: Path) -> list[dict[str, Any]]:
    """The items of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def coded(item: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """What the coder finds of one kind in an item, as plain JSON."""
    document = Document(id=item["id"], published=date.fromisoformat(item["date"]), text=item["text"])
    found: list[dict[str, Any]] = json.loads(msgspec.json.encode(getattr(read_document(document), kind)))
    return found


def show_errors(kind: str, gold: list[dict[str, Any]], mine: list[list[dict[str, Any]]], number: int) -> None:
    """Print items of the first half that are not all right."""
    for item, frames in list(zip(gold, mine, strict=True))[::2]:
        result = framescoring.score(kind, [item], [frames])
        if number and (result["right"] < result["wanted"] or result["right"] < result["coded"]):
            number -= 1
            print(f"\n{item['id']} {item['text'][:400]}\n  gold  {item[kind]}\n  coded {frames}")


def main() -> int:
    """Run, print, and check or raise the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    files = {f"{kind} {where}": (kind, path)
             for kind in framescoring.KINDS
             for where, path in (("dev", GOLD / f"{kind}_dev.jsonl"), ("own", OWN / f"frames_{kind}.jsonl"))
             if path.is_file() and (where == "dev" or options.own or options.check or options.lift)}  # fmt: skip
    results, found = {}, {}
    print(
        f"{'':18}{'items':>6}{'precision':>11}{'recall':>8}{'F1':>7}{'right':>7}{'coded':>7}{'wanted':>8}  fields right"
    )
    for name, (kind, path) in files.items():
        gold = load(path)
        mine = [coded(item, kind) for item in gold]
        r = results[name] = framescoring.score(kind, gold, mine)
        fields = {k: a / n for k, (a, n) in r["fields"].items()}
        found |= {f"{name} f1": r["f1"], f"{name} precision": r["precision"]}
        found |= {f"{name} {k}": min(v, CAP) for k, v in fields.items() if k in FIELDS}
        told = "  ".join(f"{k} {v:.3f}" for k, v in fields.items())
        print(f"{name:18}{len(gold):>6}{r['precision']:>11.3f}{r['recall']:>8.3f}{r['f1']:>7.3f}"
              f"{r['right']:>7}{r['coded']:>7}{r['wanted']:>8}  {told}")  # fmt: skip
        show_errors(kind, gold, mine, options.errors)
    if not any(name.endswith("dev") for name in files):
        print(f"{GOLD} is not here: the dev files were not measured")
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    all_floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    floors = {k: v for k, v in all_floors.get("frames", {}).items() if " ".join(k.split()[:2]) in files}
    if options.lift:
        lift("frames", found)
    wrong = check(found, floors) if options.check and floors else []
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
