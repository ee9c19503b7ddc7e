"""Gold frames and coded frames of the same items in, precision, recall and F1 out; of statements, meetings and transfers.

Rules. A match is one to one. Statements: the speakers' names share a word (or both are empty) and the contents share 60 %
of their words. Meetings: two participants in common (all, where the gold has fewer) and the same status. Transfers: a
supplier and a recipient in common (or none on both sides), and the stage equal or next to it. Gold frames marked
`unsure` are neither wanted nor wrong. Of what matches, single fields are compared.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from detente.coding.scoring import parties

KINDS = ("statements", "meetings", "transfers")
SHARED = 0.6  # of the words of two contents
BESIDE = {
    "expected": {"offered"}, "offered": {"expected", "agreed"}, "agreed": {"offered", "delivered"},
    "delivered": {"agreed"}, "refused": {"embargoed"}, "embargoed": {"refused"}, "lifted": set(),
}  # fmt: skip
"""Stages that lie next to each other."""
Frame = dict[str, Any]


def score(kind: str, gold: Iterable[Frame], coded: Iterable[list[Frame]]) -> dict[str, Any]:
    """Figures of one kind over items; `fields` says of each compared field how many matches had it right, and of how many."""
    same = {"statements": same_statement, "meetings": same_meeting, "transfers": same_transfer}[kind]
    wanted = found = right = 0
    good: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for item, mine in zip(gold, coded, strict=True):
        left = list(mine)
        for frame in sorted(item[kind], key=lambda f: bool(f.get("unsure"))):
            match = next((m for m in left if same(frame, m)), None)
            if match is not None:
                left.remove(match)
            if frame.get("unsure"):
                continue
            wanted += 1
            if match is not None:
                right += 1
                for name, ok in compared(kind, frame, match):
                    good[name] += ok
                    of[name] += 1
        found += len(left)
    found += right
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    figures = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
    counts = {"right": right, "coded": found, "wanted": wanted}
    return {**figures, **counts, "fields": {name: [good[name], n] for name, n in sorted(of.items())}}


def compared(kind: str, gold: Frame, mine: Frame) -> Iterable[tuple[str, bool]]:
    """The fields of a match that are compared, and whether each is right."""
    if kind == "meetings" and gold.get("start"):
        yield "start", str(mine.get("start") or "").startswith(gold["start"])
    if kind == "transfers":
        yield "stage", mine["stage"] == gold["stage"]
    if kind == "statements":
        for name in ("kind", "certainty", "forecast"):
            yield name, mine[name] == gold[name]
        if gold.get("speaker_actor"):
            yield "actor", parties([mine["speaker"].get("actor") or ""]) == parties([gold["speaker_actor"]])


def words(text: str | None) -> set[str]:
    """The different words of a text, in lower case."""
    return set(re.findall(r"\w+", (text or "").lower()))


def name(frame: Frame) -> set[str]:
    """The words of a speaker's name."""
    speaker = frame.get("speaker")
    return words(speaker.get("name") if isinstance(speaker, dict) else speaker) - {"the", "a", "of"}


def same_statement(gold: Frame, mine: Frame) -> bool:
    """Whether two statements are one."""
    a, b = words(gold["text"]), words(mine["text"])
    both = bool(name(gold) & name(mine)) or not (name(gold) or name(mine))
    return both and len(a & b) >= SHARED * max(len(a | b), 1)


def same_meeting(gold: Frame, mine: Frame) -> bool:
    """Whether two meetings are one."""
    a, b = set(parties(gold["participants"])), set(parties(mine["participants"]))
    return len(a & b) >= min(2, len(a)) and gold["status"] == mine["status"]


def same_transfer(gold: Frame, mine: Frame) -> bool:
    """Whether two transfers are one."""

    def meet(side: str) -> bool:
        a, b = set(parties(gold[side])), set(parties(mine[side]))
        return bool(a & b) or not (a or b)

    near = mine["stage"] == gold["stage"] or mine["stage"] in BESIDE[gold["stage"]]
    return meet("supplier") and meet("recipient") and near
