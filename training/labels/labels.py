"""Hand-coded labels of news items by id and offsets, and the items' texts from whoever has them: joined to gold items.

    uv run python training/labels/labels.py CORPUS.parquet > items.jsonl      # labels + texts -> whole items

CORPUS has the columns id, date and text (one row an item; see docs/data_card.md for how ids are made). A text that is not
the one that was coded (its digest differs) is left out, and counted on standard error.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

LABELS = Path(__file__).with_name("current_events.jsonl")
FOLD, HELD = 15, 7
Party = list[Any]  # [actor id, start, end]; start and end are null where the actor is only implied


def digest(text: str) -> str:
    """What tells whether a text is the one that was coded."""
    return sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()[:12]


def strip(item: dict[str, Any], coded_by: str) -> dict[str, Any]:
    """A gold item as labels without its text."""
    text = item["text"]
    return {"id": item["id"], "date": item["date"], "digest": digest(text), "set": coded_by,
            "events": [_strip(event, text) for event in item["events"]]}  # fmt: skip


def _strip(event: dict[str, Any], text: str) -> dict[str, Any]:
    start = text.find(event["trigger"])
    return {
        "source": [_place(a, w, text) for a, w in zip(event["source"], event["source_text"], strict=True)],
        "target": [_place(a, w, text) for a, w in zip(event["target"], event["target_text"], strict=True)],
        "type": event["type"],
        "status": event["status"],
        "mutual": event["mutual"],
        "trigger": [start, start + len(event["trigger"])],
        "contexts": event["contexts"],
        "said_by": event.get("said_by") or "",
    }


def _place(actor: str, words: str, text: str) -> Party:
    at = text.find(words) if words else -1
    return [actor, at, at + len(words)] if at >= 0 else [actor, None, None]


def join(labels: Iterable[dict[str, Any]], texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Gold items with their texts; a label whose text is absent or another one is left out."""
    for row in labels:
        text = texts.get(row["id"])
        if text is None or digest(text) != row["digest"]:
            continue
        yield {"id": row["id"], "date": row["date"], "text": text, "set": row["set"],
               "events": [_join(event, text) for event in row["events"]]}  # fmt: skip


def _join(event: dict[str, Any], text: str) -> dict[str, Any]:
    words = {side: [text[s:e] if s is not None else "" for _, s, e in event[side]] for side in ("source", "target")}
    return {
        **event,
        "source": [a for a, _, _ in event["source"]],
        "target": [a for a, _, _ in event["target"]],
        "source_text": words["source"],
        "target_text": words["target"],
        "trigger": text[slice(*event["trigger"])],
    }


def load(path: Path = LABELS) -> list[dict[str, Any]]:
    """The labels that the project ships."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def texts_of(corpus: Path, wanted: set[str]) -> dict[str, str]:
    """The texts of these ids from a Parquet table with columns id and text."""
    import pyarrow.parquet as pq

    table = pq.read_table(corpus, columns=["id", "text"])
    pairs = zip(table["id"].to_pylist(), table["text"].to_pylist(), strict=True)
    return {name: text for name, text in pairs if name in wanted}


def items(corpus: Path) -> list[dict[str, Any]]:
    """Every labelled item whose text the corpus has."""
    labels = load()
    return list(join(labels, texts_of(corpus, {row["id"] for row in labels})))


def held_out(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items that training leaves out: every `FOLD`th of the first set, from number `HELD` on."""
    return [item for item in found if item["set"] == "first"][HELD::FOLD]


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    found = items(Path(sys.argv[1]))
    for item in found:
        print(json.dumps(item, ensure_ascii=False))
    print(f"{len(found)} of {len(load())} labelled items have their text here", file=sys.stderr)


if __name__ == "__main__":
    main()
