"""Slow structure: how fast the public files come in, in how much memory, and whether the measures agree with each other.

    uv run python benchmarks/structure.py [--record DIR]

The files come from ../shared/data/states. --record keeps the record (and takes one in which they are already).
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from itertools import combinations
from pathlib import Path

from scipy.stats import spearmanr

from detente.measured import MeasuredRecord
from detente.record.exchange.importing import import_file

STATES = Path(__file__).resolve().parents[2] / "shared/data/states"
FILES = {
    "un-roll-calls": "un_roll_calls.parquet", "un-ideal-points": "unga_ideal_points_2020.csv", "rivalries": "tss_rivalries.parquet",
    "mid": "cow_mid_ddydisps.parquet", "igo": "cow_igo_v3_membership_spells.parquet", "atop": "atop_alliance.parquet",
    "un-votes": "un_votes.parquet",
}  # fmt: skip
SOME = ("USA", "GBR", "FRA", "DEU", "RUS", "CHN", "IND", "PAK", "IRN", "ISR", "CUB", "BRA", "EGY", "JPN", "ZAF")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path)
    options = parser.parse_args()
    if not STATES.is_dir():
        print(f"no {STATES}: nothing to measure")
        return
    with tempfile.TemporaryDirectory() as place, MeasuredRecord(options.record or Path(place) / "record") as record:
        held = record.status().imported
        for form, name in FILES.items():
            if form not in held:
                begin = time.perf_counter()
                report = import_file(record, STATES / name, form)
                most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
                print(
                    f"{form:18} {report.rows:9,} rows {time.perf_counter() - begin:6.1f} s, most memory so far {most:.2f} GB"
                )
        agreement, distance, shared = [], [], []
        begin = time.perf_counter()
        for a, b in combinations(SOME, 2):
            found = record.structure(a, b)
            points = {f.year: f.value for f in found.of("ideal points")}
            groups = {f.year: f.value for f in found.of("organisations")}
            for fact in found.of("votes"):
                if fact.year in points and fact.year in groups:
                    agreement.append(fact.value)
                    distance.append(points[fact.year])
                    shared.append(groups[fact.year])
        pairs = len(SOME) * (len(SOME) - 1) // 2
        print(f"one pair's structure: {(time.perf_counter() - begin) / pairs:.2f} s")
        print(f"{len(agreement):,} pair-years of {pairs} pairs, rank correlation of votes alike with")
        print(f"  distance of ideal points  {spearmanr(agreement, distance).statistic:+.2f}")
        print(f"  organisations shared      {spearmanr(agreement, shared).statistic:+.2f}")


if __name__ == "__main__":
    main()
