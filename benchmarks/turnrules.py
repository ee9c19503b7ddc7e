"""How alarms are held against documented turns: scores by dyad and month in, recall at a rate of false alarms out.

An alarm hits a documented turn of its dyad and direction where it comes at most one month before and five months after;
one that hits none is false. A dyad that raised an alarm raises no other for six months. Recall is the share of turns hit
by at least one alarm; the rate counts false alarms per dyad and year over all dyads of the list, those without a single
event among them. Chance recall is the mean over all shifts of the alarms around the span of months.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.relations.turns import alarms

EARLY, LATE = -1, 5
DRAWS = 500


@dataclass
class Scores:
    """One method's scores for the listed dyads: `score` (dyads, months), `cooling` of the same shape."""

    name: str
    score: np.ndarray
    cooling: np.ndarray


@dataclass
class Found:
    """Recall and false alarms in a span of months."""

    threshold: float
    recall: float
    false_rate: float
    hits: list[tuple[int, int, bool]]
    alarms: list[tuple[int, int, bool]]


def documented(path: Path) -> list[tuple[tuple[str, str], int, bool]]:
    """(dyad, month counted from January 2005, cooling) of each documented turn."""
    with path.open(encoding="utf-8") as lines:
        return [
            (
                (min(r["a"], r["b"]), max(r["a"], r["b"])),
                (int(r["month"][:4]) - 2005) * 12 + int(r["month"][5:7]) - 1,
                r["direction"] == "cool",
            )
            for r in csv.DictReader(lines)
        ]


def judge(scores: Scores, truth: list[tuple[int, int, bool]], threshold: float, first: int, last: int) -> Found:
    """What one threshold finds among the turns of the months first..last-1."""
    wanted = [t for t in truth if first <= t[1] < last]
    by_row: dict[tuple[int, bool], list[int]] = {}
    for row, month, cool in wanted:
        by_row.setdefault((row, cool), []).append(month)
    raised = [
        (row, month, bool(scores.cooling[row, month]))
        for row in range(len(scores.score))
        for month in alarms(scores.score[row], threshold)
        if first <= month < last
    ]
    hits: set[tuple[int, int, bool]] = set()
    false = 0
    for row, month, cool in raised:
        met = [(row, m, cool) for m in by_row.get((row, cool), []) if EARLY <= month - m <= LATE]
        hits.update(met)
        false += not met
    years = len(scores.score) * (last - first) / 12
    return Found(threshold, len(hits) / max(len(wanted), 1), false / years, sorted(hits), raised)


def at_rate(scores: Scores, truth: list[tuple[int, int, bool]], rate: float, first: int, last: int) -> Found:
    """What is found at the lowest threshold that keeps to a rate of false alarms."""
    values = scores.score[:, first:last]
    values = np.unique(values[np.isfinite(values) & (values > 0)])[::-1]
    low, high = 0, len(values) - 1
    best = judge(scores, truth, float(values[0]) + 1, first, last)
    while low <= high:
        middle = (low + high) // 2
        found = judge(scores, truth, float(values[middle]), first, last)
        if found.false_rate <= rate:
            best, low = found, middle + 1
        else:
            high = middle - 1
    return best


def chance(found: Found, truth: list[tuple[int, int, bool]], first: int, last: int) -> float:
    """The recall that the same alarms would have at other times: the mean over shifts of half a year and more."""
    wanted = [t for t in truth if first <= t[1] < last]
    by_row: dict[tuple[int, bool], np.ndarray] = {}
    for row, month, cool in found.alarms:
        by_row[row, cool] = np.append(by_row.get((row, cool), np.zeros(0, int)), month - first)
    span = last - first
    hit = []
    for shift in range(6, span - 6):
        for row, month, cool in wanted:
            after = (by_row.get((row, cool), np.zeros(0, int)) + shift) % span - (month - first)
            hit.append(bool(((after >= EARLY) & (after <= LATE)).any()))
    return float(np.mean(hit)) if hit else 0.0


def spread(found: Found, truth: list[tuple[int, int, bool]], first: int, last: int) -> tuple[float, float]:
    """The 90 % interval of the recall, by drawing dyads anew."""
    wanted = [t for t in truth if first <= t[1] < last]
    rows = sorted({t[0] for t in wanted})
    turns = np.array([sum(t[0] == row for t in wanted) for row in rows])
    hits = np.array([sum(t[0] == row for t in found.hits) for row in rows])
    drawn = np.random.default_rng(1).integers(0, len(rows), (DRAWS, len(rows)))
    recall = hits[drawn].sum(1) / turns[drawn].sum(1)
    return float(np.quantile(recall, 0.05)), float(np.quantile(recall, 0.95))
