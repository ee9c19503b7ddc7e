"""Who says what, against PolNeAR's development articles: a table and JSON out.

    uv run python benchmarks/quotes.py [--gold FILE] [--out FILE] [--errors N]

Gold are the attributions whose content stands between quotation marks (direct) and all others (indirect). One of ours is right
if it shares at least half of its words and of the gold's words with one gold content; a speaker is right if it overlaps the
gold source. A direct quote of ours that meets a content of the other kind counts neither way.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from detente.reading import sentences, speech
from detente.types import Span

GOLD = Path(__file__).resolve().parents[2] / "shared/data/gold/quotes_dev.jsonl"
_MARKS = "\"“”'‘’`,.; \n"


def _extent(parts: list[dict[str, Any]]) -> Span | None:
    spans = [span for part in parts for span in part["spans"]]
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None


def _same(a: Span, b: Span) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared * 2 >= max(a[1] - a[0], b[1] - b[0])


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def gold_of(row: dict[str, Any]) -> list[tuple[Span, Span | None, bool]]:
    """The gold attributions of one article: content, source, and whether the content is a direct quote."""
    gold = []
    for attribution in row["attributions"]:
        source = _extent(attribution.get("source", []))
        for part in attribution.get("content", []):
            for start, end in part["spans"]:
                text = row["text"][start:end]
                direct = text[:1] in '"“' and text.rstrip(",. ")[-1:] in '"”' and len(text.split()) >= 4
                gold.append(((start, end), source, direct))
    return gold


def score(rows: list[dict[str, Any]], kind: str, errors: int) -> dict[str, float]:
    """Precision, recall and F1 of contents of this kind, and the share of right speakers among those found."""
    right = missed = spurious = named = with_source = 0
    shown: list[str] = []
    for row in rows:
        text = row["text"]
        gold = gold_of(row)
        ours = [s for s in speech.find(text, sentences.split(text)) if s.kind == kind]
        wanted = [g for g in gold if g[2] == (kind == "quote")]
        used: set[int] = set()
        for content, source, _ in wanted:
            match = next((n for n, s in enumerate(ours) if n not in used and _same(s.content, content)), None)
            if match is None:
                missed += 1
                shown.append("missed | " + text[max(0, content[0] - 80) : content[1] + 60])
                continue
            used.add(match)
            right += 1
            speaker = ours[match].speaker
            if source:
                with_source += 1
                good = speaker is not None and _overlap(speaker, source)
                named += good
                if not good:
                    shown.append(f"speaker | {text[slice(*source)]!r} not {speaker and text[slice(*speaker)]!r}")
        for n, s in enumerate(ours):
            if n not in used and not any(_overlap(s.content, content) for content, _, _ in gold):
                spurious += 1
                shown.append("spurious | " + text[max(0, s.content[0] - 60) : s.content[1] + 60])
    for error in shown[:errors]:
        print(kind, "|", " ".join(error.split())[:330])
    precision, recall = right / max(1, right + spurious), right / max(1, right + missed)
    return {
        "gold": right + missed,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "speaker": round(named / max(1, with_source), 3),
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show this many errors of each kind")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.gold.read_text("utf-8").splitlines()]
    result = {kind: score(rows, kind, args.errors) for kind in ("quote", "reported")}
    print(f"{'kind':10}{'gold':>7}{'precision':>11}{'recall':>8}{'F1':>7}{'speaker':>9}")
    for kind, r in result.items():
        print(f"{kind:10}{r['gold']:>7}{r['precision']:>11}{r['recall']:>8}{r['f1']:>7}{r['speaker']:>9}")
    if args.out:
        args.out.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
