"""All that a run learns from, out of the labels, the own-written items and the shared data: a folder of Packed arrays (.npz).

    python training/coder/pack.py DIR [--raw]

Needs detente and ../shared/data; learning itself (distil.py) needs neither.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import gold
import spans
from detente.coding.scoring import keys
from folds import DATA, fold_of
from packing import GOLD, Packed, join, packed

ROOT = Path(__file__).resolve().parents[2]
OWN = sorted((ROOT / "training" / "own").glob("?.jsonl"))
CORPUS = DATA / "corpus" / "current_events_2002_2026.parquet"
Item = dict[str, Any]


def news() -> tuple[list[Item], list[Item]]:
    """(items to learn from, items held out) of the labelled news items; the fifth set is neither, it is only measured on."""
    sys.path.insert(0, str(ROOT / "training" / "labels"))
    import labels

    items = labels.items(CORPUS)
    held = labels.held_out(items)
    names = {i["id"] for i in held}
    return [i for i in items if i["id"] not in names and i["set"] != "fifth"], held


def raw() -> Iterator[Item]:
    """Texts without labels: news items (but for those that are measured on, and what begins like one), briefings, articles."""
    import labels

    kept_out = [*news()[1], *gold.load(DATA / "gold/current_events_dev.jsonl")]
    names, openings = {i["id"] for i in kept_out}, {i["text"][:60] for i in kept_out}
    names |= {row["id"] for row in labels.load() if row["set"] == "fifth"}
    for row in pq.read_table(CORPUS, columns=["id", "date", "text"]).to_pylist():
        if row["id"] not in names and row["text"][:60] not in openings:
            yield plain(row["id"], row["date"], row["text"])
    import trafilatura

    for n, row in enumerate(pq.read_table(DATA / "corpus/whitehouse_2011_2013.parquet").to_pylist()):
        yield plain(f"briefing-{n}", row["date"], trafilatura.extract(row["html"]) or "")
    for name in ("places_lgl", "places_trnews", "quotes_train", "dates_timebank"):
        for row in gold.load(DATA / f"gold/{name}.jsonl"):
            yield plain(f"{name}-{row['id']}", row.get("date") or row.get("dct") or "", row["text"])


def plain(name: str, day: object, text: str) -> Item:
    """An unlabelled item; a date that cannot be read is one in the middle of the corpus (it only tells who held an office)."""
    try:
        at = date.fromisoformat(str(day)[:10]).isoformat()
    except ValueError:
        at = "2012-01-01"
    return {"id": name, "date": at, "text": text, "events": []}


def hundreds(items: Iterable[Item], many: int = 400) -> Iterator[list[Item]]:
    """Items, some hundred at a time."""
    left = iter(items)
    while some := list(islice(left, many)):
        yield some


def _some(items: list[Item]) -> Packed:
    return packed(e for item in items if item["text"] for e in gold.examples(item))


def windows(items: Iterable[Item]) -> Packed:
    """The windows of items, in their order."""
    with Pool() as pool:
        return join(list(pool.imap(_some, hundreds(items))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--raw", action="store_true", help="the texts without labels too, which distil.py needs")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    fresh, held = news()
    sets: dict[str, Iterable[Item]] = {name: [i for i in fresh if i["set"] == name] for name in GOLD if name != "own"}
    sets |= {"own": [item for path in OWN for item in gold.load(path)], "held": held} | (
        {"silver": raw()} if wanted.raw else {}
    )
    for name, items in sets.items():
        made = windows(items)
        made.save(wanted.out / f"{name}.npz")
        print(f"{name}: {len(made)} windows, {len(made.sure)} pairs, {len(made.acts)} acts", flush=True)
    rows = gold.load(DATA / "gold/plv_train.jsonl")
    packed(map(gold.given, rows)).save(wanted.out / "plv.npz")
    marked = [
        (spans.sentence(r), fold_of(" ".join(r["tokens"]))) for r in gold.load(DATA / "gold/cameo_spans_train.jsonl")
    ]
    tables = {
        "held.json": [[list(k) for k in keys(item["events"])] for item in held],
        "heldpairs.json": [
            [n, p.a.root, p.b.root] for n, i in enumerate(held) for e in gold.examples(i) for p in e.window.pairs
        ],
        "plv.json": [[row["root"], fold_of(row["text"])] for row in rows],
        "cameo.json": [{"ids": s.ids, "tags": s.tags, "penta": s.penta, "fold": f} for s, f in marked],
    }
    for name, table in tables.items():
        (wanted.out / name).write_text(json.dumps(table))


if __name__ == "__main__":
    main()
