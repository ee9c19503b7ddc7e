"""Own-written gold in, every fault out, a line each; exit code 1 if there is one.

uv run python training/own/validate.py training/own/?.jsonl
"""

import json
import re
import sys
from pathlib import Path

TYPES = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
         "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}  # fmt: skip
STATUSES = {"occurred", "ongoing", "planned", "hypothetical", "denied", "alleged"}
CONTEXTS = {"diplomatic", "military", "economic", "trade", "energy", "humanitarian", "human_rights", "territory", "nuclear",
            "terrorism", "migration", "legal", "cyber", "intelligence", "health", "environment", "election", "media", "arms"}  # fmt: skip
FIELDS = {
    "source",
    "target",
    "source_text",
    "target_text",
    "type",
    "status",
    "mutual",
    "trigger",
    "contexts",
    "said_by",
}


def faults(item: dict, seen: set[str]) -> list[str]:
    """What is wrong with one item."""
    text, found = item.get("text", ""), []
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", item.get("date", "")):
        found.append("date is not YYYY-MM-DD")
    if len(text) < 20:
        found.append("text is too short")
    if item["id"] in seen:
        found.append("id comes twice")
    if text in seen:
        found.append("text comes twice")
    seen |= {item["id"], text}
    for n, event in enumerate(item["events"]):
        missing = FIELDS - set(event)
        if missing:
            found.append(f"event {n} lacks {sorted(missing)}")
            continue
        checks = [
            (event["type"] in TYPES, f"type {event['type']}"),
            (event["status"] in STATUSES, f"status {event['status']}"),
            (set(event["contexts"]) <= CONTEXTS, f"contexts {event['contexts']}"),
            (event["trigger"] and event["trigger"] in text, f"trigger {event['trigger']!r} is not in the text"),
            (len(event["trigger"].split()) <= 5, f"trigger {event['trigger']!r} is long"),
            (len(event["source"]) == len(event["source_text"]) > 0, "source and source_text differ in length"),
            (len(event["target"]) == len(event["target_text"]), "target and target_text differ in length"),
            (
                not event["mutual"] or (len(event["source"]) > 1 and not event["target"]),
                "mutual: all parties go in source",
            ),
            (
                event["mutual"] or event["target"] or event["type"] in {"MOBILIZE", "RETREAT", "AGREE", "REJECT"},
                "no target",
            ),
            (
                all(re.fullmatch(r"[A-Z][A-Z0-9]*(\.[A-Z]{3})?", a) for a in event["source"] + event["target"]),
                "an actor id",
            ),
        ]
        found += [f"event {n}: {what}" for good, what in checks if not good]
        words = event["source_text"] + event["target_text"]
        found += [f"event {n}: {w!r} is not in the text" for w in words if w and w not in text]
    return found


def main() -> None:
    seen: set[str] = set()
    bad = items = events = 0
    for path in map(Path, sys.argv[1:]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                item = json.loads(line)
                wrong = faults(item, seen)
            except (ValueError, KeyError) as error:
                wrong, item = [f"unreadable: {error}"], {"events": []}
            items, events = items + 1, events + len(item["events"])
            for fault in wrong:
                bad += 1
                print(f"{path}:{number}: {fault}")
    print(f"{items} items, {events} events, {bad} faults")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
