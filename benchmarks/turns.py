"""Turning points on ICEWS 2005-2015: recall at a rate of false alarms, ours beside three baselines.

    uv run python benchmarks/turns.py [--record DIR [--dataset D]] [--found] [--missed] [--calibrate]
        [--out turns.json] [--check | --raise]

The events and the list of documented turns come from ../shared/data. --record names a record in which the events were
imported already (`detente import icews_2005_2015.parquet --format dyadic`); without it they are imported into a
temporary one; with it, --dataset coded measures the record's own events instead. --found names the turns that are found
at 0.2 false alarms, --missed the others. --calibrate counts the shipped table of alarm rates anew, on 2005-2010 alone. --check fails where a recall, or how well
the promised rate was kept, is below its floor in floors.json; --raise lifts the floors. The rules: turnrules.py.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

import turnpeers
from accuracy import FLOORS, check, lift
from detente import record as store
from detente.record.exchange.importing import import_file
from detente.relations.acts import Acts, acts_of, period_of
from detente.relations.panel import Panel, panel
from detente.relations.rates import VOLUMES, score_for
from detente.relations.surprise import BASELINE, surprise
from detente.relations.turns import alarms
from detente.relations.volume import exposure
from turnrules import Scores, at_rate, chance, documented, judge, spread

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared/data"
EVENTS = DATA / "events/icews_2005_2015.parquet"
SIDES = {"source": "src_iso3|source", "target": "tgt_iso3|target"}
TRUTH = DATA / "truth/turning_points_dev.csv"
RATES = (0.1, 0.2, 0.5)
MONTHS, FROZEN, FROM = 132, 72, 8
OFTEN = (
    "AUS-CHN AUS-IDN BOL-USA CHN-IND CHN-JPN CHN-KOR CHN-TWN CHN-VNM COL-ECU CUB-USA DEU-GRC DEU-RUS DEU-USA ERI-ETH IND-USA "
    "IRN-TUR IRQ-TUR ISR-LBN JPN-KOR JPN-RUS KHM-THA KOR-PRK LBN-SYR PRK-USA RUS-USA SYR-USA"
)
"""The listed dyads that had 100 acts and more when they were first counted; a set that followed the catalogue of names could be held to nothing."""
TABLE = HERE.parent / "src/detente/relations/data/alarm_rates.tsv"
GRID = np.round(np.geomspace(0.6, 12, 25), 3)


def load(folder: Path | None, dataset: str) -> Acts:
    """The acts of the ICEWS file, or of another dataset of a record."""
    if folder is None:
        with tempfile.TemporaryDirectory() as place, store.open(Path(place) / "record") as record:
            import_file(record, EVENTS, "dyadic", SIDES)
            return acts_of(record.acts())
    with store.open(folder, create=False) as record:
        return acts_of(record.acts(dataset, since=date(2005, 1, 1), until=date(2015, 12, 31)))


def listed(months: Panel, dyads: list[tuple[str, str]]) -> Panel:
    """The rows of some dyads; zeros where the events have none."""
    place = {dyad: i for i, dyad in enumerate(months.dyads)}
    rows = [place.get(dyad, -1) for dyad in dyads]

    def take(values: np.ndarray) -> np.ndarray:
        return np.stack([values[row] if row >= 0 else np.zeros(values.shape[1]) for row in rows])

    counts = {name: take(getattr(months, name)) for name in ("coop", "conf", "strong", "grave")}
    return Panel(dyads=dyads, period="month", starts=months.starts, **counts)


def methods(acts: Acts, months: Panel, dyads: list[tuple[str, str]]) -> list[Scores]:
    """Every method's scores for the listed dyads."""
    few = listed(months, dyads)
    weight = np.ones(few.coop.shape)
    place = {dyad: i for i, dyad in enumerate(months.dyads)}
    rows = [place.get(dyad, -1) for dyad in dyads]
    due = exposure(acts, months)
    for n, row in enumerate(rows):
        if row >= 0:
            weight[n] = due[row]
    when = period_of(acts.day, months.starts[0], "month")
    summed = np.zeros((len(months.dyads), len(months.starts)))
    np.add.at(summed, (acts.pair, when), acts.intensity)
    counted = np.zeros(summed.shape)
    np.add.at(counted, (acts.pair, when), 1)
    zeros = np.zeros(summed.shape[1])
    mean = [np.stack([x[r] if r >= 0 else zeros for r in rows]) for x in (summed, counted)]
    ours, with_offset = surprise(few), surprise(few, weight)
    return [
        turnpeers.z_score(*mean),
        turnpeers.bocpd(few),
        turnpeers.glr(few, weight),
        Scores("detente, with press offset", with_offset.score, with_offset.cooling),
        Scores("detente", ours.score, ours.cooling),
    ]


def restrict(scores: Scores, keep: list[int]) -> Scores:
    """Some rows of the scores."""
    return Scores(scores.name, scores.score[keep], scores.cooling[keep])


def table(found: list[Scores], truth: list[tuple[int, int, bool]], heading: str) -> list[dict[str, object]]:
    """Print recall, its interval and chance recall of each method at each rate, over all years."""
    print(f"\n{heading}\n{'':28}" + "".join(f"{f'{rate:g} false/dyad-year':>26}" for rate in RATES))
    rows: list[dict[str, object]] = []
    for scores in found:
        cells = []
        for rate in RATES:
            best = at_rate(scores, truth, rate, 0, MONTHS)
            low, high = spread(best, truth, 0, MONTHS)
            luck = chance(best, truth, 0, MONTHS)
            cells.append(f"{best.recall:.2f} [{low:.2f}-{high:.2f}] {luck:.2f}")
            rows.append({"set": heading, "method": scores.name, "rate": rate, "recall": best.recall, "low": low,
                         "high": high, "chance": luck, "threshold": best.threshold})  # fmt: skip
        print(f"{scores.name:28}" + "".join(f"{cell:>26}" for cell in cells))
    return rows


def frozen(scores: Scores, truth: list[tuple[int, int, bool]]) -> list[dict[str, object]]:
    """Print what the shipped thresholds, counted on 2005-2010, do in 2011-2015."""
    print("\nThresholds of 2005-2010, in 2011-2015\n  promised   realised   ratio   recall   chance")
    rows: list[dict[str, object]] = []
    for rate in (0.05, *RATES):
        found = judge(scores, truth, score_for(rate), FROZEN, MONTHS)
        luck = chance(found, truth, FROZEN, MONTHS)
        print(
            f"  {rate:8.2f}   {found.false_rate:8.3f}   {found.false_rate / rate:5.2f}   {found.recall:6.2f}   {luck:6.2f}"
        )
        rows.append({"promised": rate, "realised": found.false_rate, "recall": found.recall, "chance": luck})
    return rows


def calibrate(scores: Scores, truth: list[tuple[int, int, bool]], months: Panel) -> None:
    """Write the table of alarm rates, from 2005-2010."""
    everyone = surprise(months).score
    sums = np.cumsum(np.pad(months.total, ((0, 0), (1, 0))), 1)
    spans = range(BASELINE, FROZEN)
    before = np.stack([sums[:, m] - sums[:, m - BASELINE] for m in spans], 1)
    group = np.searchsorted(VOLUMES, before, side="right") - 1
    years = np.array([(group == g).sum() for g in range(len(VOLUMES))]) / 12
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(["score", "documented", *(f"{v:g}" for v in VOLUMES)])
        for score in GRID:
            counts = np.zeros(len(VOLUMES))
            for row in np.nonzero((everyone[:, :FROZEN] >= score).any(1))[0]:
                for month in alarms(everyone[row, :FROZEN], score):
                    if month >= BASELINE:
                        counts[group[row, month - BASELINE]] += 1
            false = judge(scores, truth, float(score), FROM, FROZEN).false_rate
            out.writerow([f"{score:g}", f"{false:.4f}", *(f"{c / y:.4f}" for c, y in zip(counts, years, strict=True))])
    print(f"wrote {TABLE}")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--dataset", default=EVENTS.stem)
    parser.add_argument("--found", action="store_true", help="name the turns that are found at 0.2")
    parser.add_argument("--missed", action="store_true", help="name the turns that are not found at 0.2")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    if not EVENTS.exists():
        print(f"no {EVENTS}: nothing to measure")
        return
    acts = load(options.record, options.dataset)
    months = panel(acts, since=date(2005, 1, 1), until=date(2015, 12, 31))
    turns = documented(TRUTH)
    dyads = sorted({dyad for dyad, _, _ in turns})
    place = {dyad: i for i, dyad in enumerate(dyads)}
    truth = [(place[dyad], month, cool) for dyad, month, cool in turns]
    found = methods(acts, months, dyads)
    if options.calibrate:
        calibrate(found[-1], truth, months)
    volume = listed(months, dyads).total.sum(1)
    seen = [place[a, b] for a, b in (dyad.split("-") for dyad in OFTEN.split())]
    within = [(seen.index(row), month, cool) for row, month, cool in truth if row in seen]
    print(f"{len(acts.day):,} acts, {len(months.dyads):,} dyads. Recall [90 % interval over dyads] chance recall")
    result = {
        "all": table(found, truth, f"All {len(dyads)} listed dyads, {len(truth)} turns"),
        "seen": table(
            [restrict(s, seen) for s in found],
            within,
            f"The {len(seen)} that are written of most, {len(within)} turns",
        ),
        "frozen": frozen(found[-1], truth),
    }
    best = at_rate(found[-1], truth, 0.2, 0, MONTHS)
    for told, chosen in (("found", set(best.hits)), ("missed", set(truth) - set(best.hits))):
        for row, month, cool in sorted(chosen) if getattr(options, told) else ():
            print(told, *dyads[row], f"{2005 + month // 12}-{month % 12 + 1:02}", "cool" if cool else "warm",
                  f"{volume[row]:.0f} acts")  # fmt: skip
    if options.out:
        options.out.write_text(json.dumps(result, indent=1), encoding="utf-8")
    if options.lift:
        lift("turns", figures(result))
    elif options.check:
        gate(figures(result))


def figures(result: dict[str, list[dict[str, object]]]) -> dict[str, float]:
    """What the floors hold: our recall at each rate, and how near the frozen thresholds come to what they promise (1 is exact), on average."""
    found = {
        f"recall at {row['rate']:g}, {kind}": float(str(row["recall"]))
        for kind in ("all", "seen")
        for row in result[kind]
        if row["method"] == "detente"
    }
    ratios = [float(str(row["realised"])) / float(str(row["promised"])) for row in result["frozen"]]
    kept = sum(min(r, 1 / r) for r in ratios) / len(ratios)  # of single rates one alarm more or less decides
    return {**found, "promise kept, mean": kept}


def gate(found: dict[str, float]) -> None:
    """Exit with 1, naming each, where a figure is below its floor."""
    wrong = check(found, json.loads(FLOORS.read_text(encoding="utf-8")).get("turns", {}))
    print(*wrong, sep="\n")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
