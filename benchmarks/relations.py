"""Levels on ICEWS 2005-2015: coverage and log score of what was expected, validity, speed and growth; a table out.

    uv run python benchmarks/relations.py [--record DIR] [--out relations.json]

--record names a record in which the events were imported already; without it they are imported into a temporary one.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import nbinom, poisson, spearmanr

from detente.measured import MeasuredRecord
from detente.record.exchange.importing import import_file
from detente.record.exchange.structure import SESSION_YEAR
from detente.relations import Acts, Levels, acts_of, levels, panel, turns
from detente.relations.filtering import filtered, interval
from turns import DATA, EVENTS, SIDES

ACTIVE = 24.0
MONTHS = 24


def coverage(acts: Acts) -> dict[str, float]:
    """One month ahead, of pairs with an act a month and more in the two years before: 80 % intervals and log scores."""
    months = panel(acts)
    sums = np.cumsum(np.pad(months.total, ((0, 0), (1, 0))), 1)
    active = np.stack([sums[:, t] - sums[:, t - MONTHS] >= ACTIVE for t in range(MONTHS, months.total.shape[1])], 1)
    out: dict[str, float] = {}
    for name, counts in (("cooperation", np.round(months.coop)), ("conflict", np.round(months.conf))):
        found = filtered(counts, "month")
        mean, shape, seen = found.mean[:, MONTHS:][active], found.shape[:, MONTHS:][active], counts[:, MONTHS:][active]
        low, high = interval(mean, shape)
        past = np.cumsum(np.pad(counts, ((0, 0), (1, 0))), 1)
        flat = np.stack([(past[:, t] - past[:, t - 12] + 0.3) / 13 for t in range(MONTHS, counts.shape[1])], 1)[active]
        out[f"{name}: in the 80 % interval"] = float(np.mean((seen >= low) & (seen <= high)))
        out[f"{name}: log score, filter"] = float(nbinom.logpmf(seen, shape, shape / (shape + mean)).mean())
        out[f"{name}: log score, Poisson trailing year"] = float(poisson.logpmf(seen, flat).mean())
    out["pair-months"] = float(active.sum())
    return out


def yearly(found: Levels) -> pl.DataFrame:
    """Levels as rows."""
    rows = [
        (a, b, day.year, float(found.level[i, t]))
        for i, (a, b) in enumerate(found.dyads)
        for t, day in enumerate(found.starts)
        if np.isfinite(found.level[i, t])
    ]
    return pl.DataFrame(rows, schema=["a", "b", "year", "level"], orient="row")


def validity(acts: Acts) -> dict[str, float]:
    """Rank correlation of yearly levels with the full-volume counts, and with the distance of UN ideal points."""
    ours = yearly(levels(acts, "year"))
    quads = ["verbCoop", "matlCoop", "verbConf", "matlConf"]
    full = pl.read_parquet(DATA / "events/icews_dyad_year_2002_2014.parquet").drop_nulls(["i_iso3c", "j_iso3c"])
    full = full.with_columns(
        a=pl.min_horizontal("i_iso3c", "j_iso3c"),
        b=pl.max_horizontal("i_iso3c", "j_iso3c"),
        year=pl.col("year").cast(pl.Int64),
    )
    full = full.group_by("a", "b", "year").agg(pl.col(quads).sum())
    ratio = (pl.col("verbCoop") + pl.col("matlCoop") + 0.72) / (pl.col("verbConf") + pl.col("matlConf") + 0.28)
    both = ours.join(full.with_columns(full=ratio.log()), on=["a", "b", "year"])
    out = {
        "full volume: rank correlation": float(spearmanr(both["level"], both["full"]).statistic),
        "full volume: pair-years": both.height,
    }
    points = ideal_points()
    near = (
        ours.join(points.rename({"iso3": "a", "point": "pa"}), on=["a", "year"])
        .join(points.rename({"iso3": "b", "point": "pb"}), on=["b", "year"])
        .with_columns(distance=(pl.col("pa") - pl.col("pb")).abs())
    )
    out["UN ideal points: rank correlation with distance"] = float(spearmanr(near["level"], near["distance"]).statistic)
    out["UN ideal points: pair-years"] = near.height
    return out


def ideal_points() -> pl.DataFrame:
    """iso3, year, point."""
    table = pl.read_csv(DATA / "states/unga_ideal_points_2020.csv", encoding="utf8-lossy", infer_schema_length=0)
    year = pl.col("session").cast(pl.Int64) + SESSION_YEAR
    point = pl.col("IdealPoint").cast(pl.Float64, strict=False)
    return table.select(iso3=pl.col("iso3c"), year=year, point=point).drop_nulls()


def speed(record: MeasuredRecord) -> dict[str, float]:
    """Seconds from the record to levels and turns of all pairs; growth over 1, 2, 4, 8 times the events; an update."""
    begin = time.perf_counter()
    acts = record.columns(EVENTS.stem)
    levels(acts)
    turns(acts)
    out = {"all pairs, record to levels and turns, s": time.perf_counter() - begin}
    out["most memory so far, GB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    last = acts.take(np.arange(len(acts.day) - 1000, len(acts.day)))
    touched = [acts.dyads[i] for i in np.unique(last.pair)]
    begin = time.perf_counter()
    few = record.columns(EVENTS.stem, dyads=touched)
    levels(few)
    turns(few)
    out[f"the {len(touched)} pairs that the last 1,000 acts touch, s"] = time.perf_counter() - begin
    table = record.acts(EVENTS.stem)
    base = 0.0
    for times in (1, 2, 4, 8):
        many = grown(table, times)
        begin = time.perf_counter()
        made = acts_of(many)
        levels(made)
        turns(made)
        spent = time.perf_counter() - begin
        base = base or spent
        out[f"{times}× the acts ({len(made.day):,}), time as a multiple of the first"] = spent / base
    out["most memory, with 8×, GB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return out


def grown(table: Any, times: int) -> Any:
    """The acts and copies of them between other, made-up actors."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = [table]
    for n in range(1, times):
        named = [pc.binary_join_element_wise(table[side], pa.scalar(f"#{n}"), "") for side in ("source", "target")]
        part = table.set_column(table.column_names.index("source"), "source", named[0])
        parts.append(part.set_column(part.column_names.index("target"), "target", named[1]))
    return pa.concat_tables(parts)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if not EVENTS.exists():
        print(f"no {EVENTS}: nothing to measure")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = options.record or Path(place) / "record"
        with MeasuredRecord(folder) as record:
            if options.record is None:
                import_file(record, EVENTS, "dyadic", SIDES)
            fast = speed(record)
            acts = record.columns(EVENTS.stem, until=date(2015, 12, 31))
            result = {"speed": fast, "coverage": coverage(acts), "validity": validity(acts)}
    for name, figures in result.items():
        print(f"\n{name}")
        for what, value in figures.items():
            print(f"  {what:62} {value:10,.3f}")
    if options.out:
        options.out.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
