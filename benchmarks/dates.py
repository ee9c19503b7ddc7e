"""Dates in running text against TimeBank's 183 news documents: a table and JSON out.

    uv run python benchmarks/dates.py [--gold FILE] [--out FILE] [--errors N]

Gold are the DATE and TIME expressions whose value names calendar days, weeks, months, quarters, seasons, years or decades. Those
without a value in the calendar ("now", "recently"), durations and sets are left out: a date of ours that meets one of them
counts neither way. A span is found if it overlaps; a value is right if it has the same unit and lies within the gold's days.
"""

import argparse
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from detente.reading import dates, periods
from detente.reading.periods import Period
from detente.reading.text import DateSpan

GOLD = Path(__file__).resolve().parents[2] / "shared/data/gold/dates_timebank.jsonl"
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}


def period(value: str) -> Period | None:
    """The days that a TIMEX3 value names, or None where it names none."""
    if match := re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T|$)", value):
        return periods.of_day(date(*map(int, match.groups())))
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        week = periods.of_week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        return Period(week.first + 5 * periods.DAY, week.last, "day") if match[3] else week
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return periods.of_month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return periods.of_months(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := re.fullmatch(r"(\d{4})-H([12])", value):
        return periods.of_months(int(match[1]), 6 * int(match[2]) - 5, 6)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return periods.of_season(int(match[1]), _SEASONS[match[2]])
    if re.fullmatch(r"\d{4}", value):
        return periods.of_year(int(value))
    return periods.of_decade(int(value) * 10) if re.fullmatch(r"\d{3}", value) else None


def is_right(ours: DateSpan, gold: Period) -> bool:
    """Tell whether the value is within the gold's days and as precise."""
    return gold.first <= ours.first and ours.last <= gold.last and ours.precision == gold.precision


def _around(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - 80) : end + 60].split())


def compare(row: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield (outcome, text, details) for each gold expression and each of our dates that meets none."""
    gold = []
    for timex in row["timex"]:
        value = period(timex["value"] or "") if timex["type"] in ("DATE", "TIME") else None
        gold.append((timex, value))
    ours = dates.find(row["text"], date.fromisoformat(row["dct"][:10]))
    met: set[int] = set()
    for timex, value in gold:
        match = [(n, d) for n, d in enumerate(ours) if d.start < timex["end"] and timex["start"] < d.end]
        met.update(n for n, _ in match)
        if value is None:
            continue
        if not match:
            yield "missed", timex["text"], (timex["value"], _around(row["text"], timex["start"], timex["end"]))
        elif any(is_right(d, value) for _, d in match):
            yield "right", timex["text"], None
        else:
            got = match[0][1]
            yield (
                "wrong",
                timex["text"],
                (
                    timex["value"],
                    got.text,
                    str(got.first),
                    str(got.last),
                    got.precision,
                    _around(row["text"], got.start, got.end),
                ),
            )
    for n, d in enumerate(ours):
        if n not in met:
            yield "spurious", d.text, _around(row["text"], d.start, d.end)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show this many of each kind of error")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.gold.read_text("utf-8").splitlines()]
    outcomes: dict[str, list[Any]] = {"right": [], "wrong": [], "missed": [], "spurious": []}
    for row in rows:
        for outcome, text, details in compare(row):
            outcomes[outcome].append((row["dct"], text, details))
    n = {kind: len(found) for kind, found in outcomes.items()}
    matched = n["right"] + n["wrong"]
    recall, precision = matched / (matched + n["missed"]), matched / (matched + n["spurious"])
    right_p, right_r = n["right"] / (matched + n["spurious"]), n["right"] / (matched + n["missed"])
    result = {
        "documents": len(rows),
        "expressions": matched + n["missed"],
        "span_precision": round(precision, 3),
        "span_recall": round(recall, 3),
        "span_f1": round(2 * precision * recall / (precision + recall), 3),
        "value_accuracy": round(n["right"] / matched, 3),
        "span_and_value_f1": round(2 * right_p * right_r / (right_p + right_r), 3),
        **n,
    }
    for name, value in result.items():
        print(f"{name:20}{value:>8}")
    for kind in ("wrong", "missed", "spurious"):
        for error in outcomes[kind][: args.errors]:
            print(kind, *error, sep=" | ")
    if args.out:
        args.out.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
