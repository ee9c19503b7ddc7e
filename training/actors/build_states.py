"""State-system tables (Gleditsch-Ward, Correlates of War) and ISO names in, data/states.tsv out: a row a spell of statehood.

    uv run python training/actors/build_states.py ../shared/data

Gleditsch-Ward dates stand; states that list lacks take Correlates of War dates; `extra.tsv` adds today's territories,
de facto states and corrections (its rows replace what the sources give for that id).
"""

import csv
import sys
from pathlib import Path

import polars as pl

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src/detente/actors/data/states.tsv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def main(data: Path) -> None:
    ids = {int(r["gwcode"]): r["id"] for r in rows(HERE / "gw_ids.tsv")}
    names = {}
    for row in rows(OUT.with_name("names.tsv")):
        if row["kind"] in ("name", "region"):
            names.setdefault(row["id"], row["alias"])
    spells: dict[str, set[tuple[str, str]]] = {}
    gw = pl.read_parquet(data / "states/gw_states.parquet")
    for r in gw.iter_rows(named=True):
        end = "" if r["enddate"] >= "2016-12-31" else r["enddate"]
        start = r["startdate"]
        spells.setdefault(ids[int(r["gwcode"])], set()).add((start, end))
    known = {int(c) for c in gw["gwcode"].to_list()}
    for r in pl.read_parquet(data / "states/cow_states.parquet").iter_rows(named=True):
        if int(r["ccode"]) not in known:
            start = f"{int(r['styear'])}-{int(r['stmonth']):02}-{int(r['stday']):02}"
            end = f"{int(r['endyear'])}-{int(r['endmonth']):02}-{int(r['endday']):02}"
            end = "" if end >= "2016" else end
            spells.setdefault(ids[int(r["ccode"])], set()).add((start, end))
    kinds, homes = {}, {}
    replaced = set()
    for r in rows(HERE / "extra.tsv"):
        if r["id"] not in replaced:
            replaced.add(r["id"])
            spells[r["id"]] = set()
        spells[r["id"]].add((r["start"], r["end"]))
        kinds[r["id"]] = r["status"]
        homes[r["id"]] = r["home"]
    lines = ["id\tname\tstatus\tstart\tend\thome"]
    for actor in sorted(spells):
        for start, end in sorted(spells[actor]):
            lines.append(
                f"{actor}\t{names[actor]}\t{kinds.get(actor, 'state')}\t{start}\t{end}\t{homes.get(actor, '')}"
            )
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    missing = sorted(set(names) - set(spells))
    print(f"{len(spells)} states and territories, {len(lines) - 1} spells; names without dates: {missing}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
