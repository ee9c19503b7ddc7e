"""Signed networks with planted camps in, the speed of frustration, triads and blocs and the calibration of blocs out.

    uv run python benchmarks/blocs.py [--out blocs.json]

Each network joins pairs of states at random, by ties of level +0.8 within camps and -0.8 across, turned round for a
share of them; what is measured of a tie is that plus a normal error, and its sd. Seeds are fixed; times are of this machine.
"""

import argparse
import json
import time
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from detente.relations.blocs import blocs
from detente.relations.frustration import frustration
from detente.relations.network import Edge, Tie, signed
from detente.relations.triads import census

LEVEL = 0.8
FOES, LIMIT = 20, 10
SIZES = [(60, 300, 0.1), (150, 1000, 0.1), (150, 1000, 0.2), (200, 5000, 0.1), (200, 5000, 0.2)]
CASES = [(150, 3000, 2, 0.5, 0.1), (150, 3000, 4, 0.5, 0.1), (150, 1000, 3, 0.5, 0.0), (150, 1000, 3, 1.0, 0.1)]
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.001)


def planted(
    size: int, count: int, camps: int, sd: float, wrong: float, seed: int = 2
) -> tuple[list[Tie], dict[str, int]]:
    """Ties and the camp of every state."""
    rng = np.random.default_rng(seed)
    camp = {f"{i:03}": int(c) for i, c in enumerate(rng.integers(0, camps, size))}
    pairs = list(combinations(camp, 2))
    ties = []
    for a, b in (pairs[k] for k in sorted(rng.permutation(len(pairs))[:count])):
        level = LEVEL * (1 if camp[a] == camp[b] else -1) * (-1 if rng.random() < wrong else 1)
        ties.append(Tie(a, b, level + sd * rng.normal(), sd))
    return ties, camp


def speed(size: int, count: int, wrong: float) -> dict[str, Any]:
    """Seconds for one network whose every sign is settled."""
    ties = planted(size, count, 2, 0.01, wrong)[0]
    edges: list[Edge] = signed(ties)
    start = time.perf_counter()
    found = frustration(edges)
    middle = time.perf_counter()
    census(edges)
    end = time.perf_counter()
    return {
        "states": size, "edges": count, "wrong": wrong, "index": found.index, "lower": found.lower, "balance": found.balance,
        "frustration s": middle - start, "census s": end - middle,
    }  # fmt: skip


def calibration(size: int, count: int, camps: int, sd: float, wrong: float, *, two: bool) -> dict[str, Any]:
    """Seconds, and how many pairs said to be together with a probability in each fifth are."""
    ties, camp = planted(size, count, camps, sd, wrong)
    start = time.perf_counter()
    found = blocs(ties, two=two)
    seconds = time.perf_counter() - start
    pairs = [
        (p, camp[found.states[i]] == camp[found.states[j]])
        for i, line in enumerate(found.same)
        for j, p in enumerate(line[:i])
        if p is not None
    ]
    fifths = []
    for low, high in pairwise(BINS):
        inside = [(p, y) for p, y in pairs if low <= p < high]
        said, true = (float(np.mean([x[k] for x in inside])) if inside else None for k in (0, 1))
        fifths.append({"pairs": len(inside), "said": said, "true": true})
    return {
        "states": size, "ties": count, "camps": camps, "sd": sd, "wrong": wrong, "two": two, "seconds": seconds,
        "blocs": [len(b.members) for b in found.blocs], "unclear": len(found.unclear), "fifths": fifths,
    }  # fmt: skip


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    out = parser.parse_args().out
    census(signed(planted(20, 60, 2, 0.1, 0.1)[0]))  # imports and first calls are not what is timed
    speeds = [speed(*case) for case in SIZES]
    print(f"{'states':>6}{'edges':>7}{'wrong':>7}{'index':>7}{'lower':>7}{'balance':>9}{'exact s':>9}{'census s':>10}")
    for r in speeds:
        print(
            f"{r['states']:>6}{r['edges']:>7}{r['wrong']:>7}{r['index']:>7.0f}{r['lower']:>7.0f}{r['balance']:>9.2f}"
            f"{r['frustration s']:>9.2f}{r['census s']:>10.2f}"
        )
    foes = frustration([Edge(f"{a:02}", f"{b:02}", -1, 1.0) for a, b in combinations(range(FOES), 2)], seconds=LIMIT)
    print(f"{FOES} states, all foes of each other: {LIMIT} s prove {foes.lower:.0f} <= index <= {foes.index:.0f}")
    found = [calibration(*case, two=two) for case in CASES for two in (False, True)]
    print("\nP(same bloc) said → true (pairs), by fifths")
    for r in found:
        kind = "two camps" if r["two"] else "blocs"
        print(
            f"{r['states']} states, {r['ties']} ties, {r['camps']} camps, sd {r['sd']}, wrong {r['wrong']}, {kind}:",
            end=" ",
        )
        print(f"{r['seconds']:.1f} s; blocs of {r['blocs'][:8]}, {r['unclear']} unclear")
        print("   ", "  ".join(f"{f['said']:.2f}→{f['true']:.2f} ({f['pairs']})" for f in r["fifths"] if f["pairs"]))
    if out:
        out.write_text(json.dumps({"speed": speeds, "calibration": found}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
