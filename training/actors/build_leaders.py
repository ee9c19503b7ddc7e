"""Leader lists in (CountryInfo, REIGN, Archigos), data/leaders.tsv out: people whom people.tsv does not hold, with terms.

    uv run python training/actors/build_leaders.py ../shared/data

CountryInfo gives full names of presidents, prime ministers, foreign and defence ministers to about 2011; REIGN (from 1946) and
Archigos (before) give rulers, often by surname only. An end followed by "?" is the last day the source knows of, not an end.
"""

import csv
import re
import sys
import unicodedata
from pathlib import Path

import polars as pl

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src/detente/actors/data"
POSTS = {
    "Presidents": "president", "President": "president", "Prime Ministers": "prime minister", "Prime Minister": "prime minister",
    "Kings": "monarch", "Chancellors": "chancellor",
}  # fmt: skip
TITLES = (
    (r"^(Deputy|Vice|First Deputy|Assistant)", None),
    (r"^(Prime Minister|Premier)\b", "prime minister"),
    (r"^President\b(?!.*(Bank|Court|Council|Senate|Assembly))", "president"),
    (r"Minister (of|for) (Foreign|External)|Foreign Minister|Sec\w* of Foreign", "foreign minister"),
    (r"Minister (of|for) (National )?Defen[cs]e", "defence minister"),
)
# who has ruled is known by the surname; of others, a namesake may have ruled
OF_RULERS = re.compile(
    r"^(acting |vice |crown |supreme |state |chief )*"
    r"(president|prime minister|leader|chancellor|monarch|prince|pope|executive|counsellor|adviser)$"
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("-", " ").replace("'", "")


def day(cell: str) -> str:
    """20060231 → 2006-02 (a day past the month's end means the month)."""
    digits = cell.strip("<>")
    if not re.fullmatch(r"\d{8}", digits):
        return ""
    year, month, number = digits[:4], digits[4:6], digits[6:]
    return f"{year}-{month}" if int(number) > 28 or number == "00" else f"{year}-{month}-{number}"


def proper(name: str) -> str:
    words = name.strip("_ ").split("_")
    small = {"AL", "BIN", "IBN", "DE", "DEL", "VAN", "DER", "VON", "DA", "DOS", "EL", "DI", "LA"}
    return " ".join(
        w.lower()
        if w in small and n
        else re.sub(r"\b(MC)?(\w)(\w*)", lambda m: (m[1] or "").title() + m[2] + m[3].lower(), w)
        for n, w in enumerate(words)
    )


def countryinfo(data: Path, states: set[str]) -> list[tuple[str, str, str, str, str]]:
    found = []
    with (data / "actors/countryinfo_leaders_government.csv").open(encoding="utf-8") as handle:
        for r in csv.DictReader(handle):
            if r["iso3"] not in states or "_" not in r["name"].strip("_") or not re.fullmatch(r"[A-Z_'-]+", r["name"]):
                continue
            if r["section"] == "leader":
                office = POSTS.get(r["post"])
            else:
                office = next((o for pattern, o in TITLES if re.search(pattern, r["title"].split(" & ")[0])), None)
            if office is None or "&" in r["title"]:
                continue
            start, end = day(r["start"]), day(r["end"])
            if r["start"].startswith("<"):
                start, end = "", start
            if not end:
                end = "2011-06-30?"
            if (not start and not end) or (start and start < "1946"):
                continue
            found.append((proper(r["name"]), r["iso3"], office, start, end))
    return found


def rulers(data: Path) -> list[tuple[str, str, str, str, str]]:
    ids = {int(r["gwcode"]): r["id"] for r in table(HERE / "gw_ids.tsv")}
    found = []
    with (data / "actors/reign_leaders.csv").open(encoding="utf-8", errors="replace") as handle:
        for r in csv.DictReader(handle):
            if not r["ccode"].isdigit() or int(r["ccode"]) not in ids or not r["syear"].isdigit():
                continue
            start = f"{r['syear']}-{int(r['smonth']):02}"
            end = f"{r['eyear']}-{int(r['emonth']):02}" if r["eyear"].isdigit() else "2021-08-31?"
            found.append((r["leader"].strip(), ids[int(r["ccode"])], "leader", start, end))
    old = pl.read_parquet(data / "actors/archigos.parquet").filter(pl.col("enddate") < "1946")
    found += [
        (r["leader"].strip(), ids[int(r["gwcode"])], "leader", r["startdate"], r["enddate"])
        for r in old.iter_rows(named=True)
        if int(r["gwcode"]) in ids
    ]
    return found


def main(data: Path) -> None:
    states = {r["id"] for r in table(DATA / "states.tsv")}
    known: set[tuple[str, str]] = set()
    for r in table(DATA / "people.tsv"):
        for form in [r["name"], *(r.get("aliases") or "").split("|")]:
            if form:
                known.add((r["actor"], fold(form)))
                if OF_RULERS.search(r["office"] or "leader"):
                    known.add((r["actor"], fold(form).split(" ")[-1]))
    full = []
    full += [
        r for r in countryinfo(data, states) if (r[1], fold(r[0])) not in known and len(fold(r[0]).split(" ")[-1]) > 2
    ]
    surnames = {(actor, fold(name).split(" ")[-1]) for name, actor, *_ in full}
    for name, actor, office, start, end in rulers(data):
        last = fold(name).split(" ")[-1] if fold(name) else ""
        if len(last) > 2 and (actor, last) not in known | surnames and re.fullmatch(r"[^\d(),/?]+", name):
            full.append((name, actor, office, start, end))
    lines = sorted({"\t".join(row) for row in full})
    (DATA / "leaders.tsv").write_text("name\tactor\toffice\tstart\tend\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} terms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
