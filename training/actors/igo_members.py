"""Membership spells in, `members.tsv` on standard output: organisations and their members, with the years.

Two sources are joined. For the organisations of `CODES` the years come from the Correlates of War Intergovernmental
Organizations data, version 3 (Pevehouse, Nordstrom, McManus and Jamison 2020), read from ../shared; full members only,
known to 2014. `members_known.tsv`, kept by hand, gives the others, and what changed after 2014.

    uv run python training/actors/igo_members.py > src/detente/actors/data/members.tsv
"""

import sys
from collections import defaultdict
from pathlib import Path

import polars as pl

HERE = Path(__file__).resolve().parent
STATES = HERE.parents[2] / "shared" / "data" / "states"
STILL = 2010  # an organisation whose newest spells end in this year or later goes on when the data end, in 2014

# organisation here: its name in the data
CODES = {
    "UN": "un", "OAU": "oau", "UMA": "amu", "BIS": "bis", "OSCE": "osce", "WTO": "wto", "ICC": "icc", "IAEA": "iaea",
    "IMF": "imf", "WB": "ibrd", "WHO": "who", "ILO": "ilo", "FAO": "fao", "UNESCO": "unesco", "ICAO": "icao", "IMO": "imo",
    "ITU": "itu", "UPU": "upu", "WIPO": "wipo", "WMO": "wmo", "UNIDO": "unido", "IOM": "iomig", "WCO": "wco",
    "INTERPOL": "interpol", "PCA": "pca", "LON": "lon", "ISA": "isa", "IRENA": "irena", "IEA": "iea", "IWC": "iwhale",
    "OECD": "oecd", "OEEC": "oeec", "EBRD": "ebrd", "ESA": "esa", "CEI": "cei", "CBSS": "cbss", "NORDICC": "nordc",
    "ARCTIC": "articc", "WEU": "weu", "EUROCONTROL": "eurocontrol", "BSEC": "bsec", "CICA": "cica", "ECO": "eco",
    "OIC": "oic", "ISDB": "isdb", "NONALIGNED": "nam", "OAPEC": "oapec", "COMMONWEALTH": "comsec", "FRANCOPHONIE": "acct",
    "CPLP": "cpsc", "AFDB": "afdb", "ADB": "asdb", "IADB": "iadb", "ECCAS": "eccas", "CEMAC": "cemac", "CEPGL": "cepgl",
    "COMESA": "comesa", "SACU": "sacu", "SADCC": "sadcc", "MRU": "mru", "LCBC": "lcbc", "INDOCEAN": "iocom", "IORA": "iorarc",
    "UEMOA": "uemoa", "CARICOM": "caricom", "OECS": "oecs", "ACS": "acs", "SICA": "sica", "ALADI": "laia", "ANDEAN": "andean",
    "RIO": "riogroup", "PAHO": "paho", "OPANAL": "opanal", "PIF": "pif", "SPC": "spc", "ASPAC": "aspac", "COLOMBO": "colombo",
    "IRO": "iro", "WASSENAAR": "wassen", "MFO": "mfo", "G15": "g15", "G24": "g24", "OACPS": "acp", "IFAD": "ifad",
}  # fmt: skip

# the data's letters where they are not the ISO code
LETTERS = {
    "AAB": "ATG", "ALG": "DZA", "ANG": "AGO", "AUL": "AUS", "AUS": "AUT", "BAH": "BHR", "BAR": "BRB", "BFO": "BFA", "BHM": "BHS",
    "BHU": "BTN", "BNG": "BGD", "BOS": "BIH", "BOT": "BWA", "BRU": "BRN", "BUI": "BDI", "BUL": "BGR", "CAM": "KHM", "CAO": "CMR",
    "CAP": "CPV", "CDI": "CIV", "CEN": "CAF", "CHA": "TCD", "CON": "COG", "COS": "CRI", "CRO": "HRV", "CZE": "CSK", "CZR": "CZE",
    "DEN": "DNK", "DRC": "COD", "DRV": "VNM", "EQG": "GNQ", "ETM": "TLS", "FIJ": "FJI", "FRN": "FRA", "GAM": "GMB", "GDR": "DDR",
    "GFR": "DEU", "GMY": "DEU", "GRG": "GEO", "GRN": "GRD", "GUA": "GTM", "GUI": "GIN", "HAI": "HTI", "HON": "HND", "ICE": "ISL",
    "INS": "IDN", "IRE": "IRL", "KOS": "XKX", "KUW": "KWT", "KYR": "KGZ", "KZK": "KAZ", "LAT": "LVA", "LEB": "LBN", "LES": "LSO",
    "LIB": "LBY", "LIT": "LTU", "MAA": "MRT", "MAC": "MKD", "MAD": "MDV", "MAG": "MDG", "MAL": "MYS", "MAS": "MUS", "MAW": "MWI",
    "MLD": "MDA", "MNC": "MCO", "MNG": "MNE", "MON": "MNG", "MOR": "MAR", "MSI": "MHL", "MYA": "MMR", "MZM": "MOZ", "NAU": "NRU",
    "NEP": "NPL", "NEW": "NZL", "NIG": "NGA", "NIR": "NER", "NTH": "NLD", "OMA": "OMN", "PAL": "PLW", "PAR": "PRY", "PHI": "PHL",
    "POR": "PRT", "ROK": "KOR", "ROM": "ROU", "SAF": "ZAF", "SAL": "SLV", "SEY": "SYC", "SIE": "SLE", "SIN": "SGP", "SKN": "KNA",
    "SLO": "SVK", "SLU": "LCA", "SLV": "SVN", "SNM": "SMR", "SOL": "SLB", "SPN": "ESP", "SRI": "LKA", "SUD": "SDN", "SVG": "VCT",
    "SWA": "SWZ", "SWD": "SWE", "SWZ": "CHE", "TAJ": "TJK", "TAW": "TWN", "TAZ": "TZA", "THI": "THA", "TOG": "TGO", "TON": "TON",
    "TRI": "TTO", "UAE": "ARE", "UKG": "GBR", "URU": "URY", "VAN": "VUT", "YAR": "YEM", "YPR": "YMD", "ZAM": "ZMB", "ZIM": "ZWE",
}  # fmt: skip

Spell = tuple[str, str]  # start, end; empty: unknown, or still so
Spells = dict[tuple[str, str], list[Spell]]


def split_by_era(state: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """A spell of the data as spells of the ids used here: the Soviet Union, Yugoslavia and their heirs are apart."""
    if state == "RUS" and start < 1991:
        return [("SUN", start, min(end, 1991))] + ([("RUS", 1991, end)] if end > 1991 else [])
    if state == "YUG":
        old = [("YUG", start, min(end, 1992))] if start < 1992 else []
        return old + ([("SRB", max(start, 2000), end)] if end > 2000 else [])
    if state == "CSK" and start <= 1992:
        return [("CSK", start, min(end, 1992))]
    return [(state, start, end)]


def read_data() -> Spells:
    """Spells of the Correlates of War data, by organisation and state; those that touch become one."""
    letters = pl.read_parquet(STATES / "cow_states.parquet").select("ccode", "stateabb").unique()
    data = pl.read_parquet(STATES / "cow_igo_v3_membership_spells.parquet").filter(pl.col("status") == "full")
    names = {name: org for org, name in CODES.items()}
    data = data.filter(pl.col("igo").is_in(list(names))).join(letters, on="ccode")
    years: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for igo, letter, first, last in data.select("igo", "stateabb", "first_year", "last_year").iter_rows():
        for state, start, end in split_by_era(LETTERS.get(letter, letter), int(first), int(last)):
            years[names[igo], state].append((start, end))
    newest: dict[str, int] = defaultdict(int)
    for (org, _), spells in years.items():
        newest[org] = max(newest[org], *(end for _, end in spells))
    open_from = {org: year if year >= STILL else 9999 for org, year in newest.items()}
    return {
        (org, state): [(str(a), "" if b >= open_from[org] else str(b)) for a, b in join(spells)]
        for (org, state), spells in years.items()
    }


def join(spells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spells in order, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spells):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def overlap(a: Spell, b: Spell) -> bool:
    """Whether two spells share more than the year in which one ends and the other begins."""
    return (a[0][:4] < (b[1] or "9999")[:4] and b[0][:4] < (a[1] or "9999")[:4]) or a[0][:4] == b[0][:4]


def amend(spells: Spells, path: Path) -> None:
    """Bring in the lines of members_known.tsv; a spell there replaces those of the data that it overlaps."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        org, start, end, states = line.split("\t")
        for state in states.split():
            known = spells.setdefault((org, state), [])
            if not start:
                known[:] = [(a, b or end) for a, b in known]
            else:
                known[:] = [spell for spell in known if not overlap(spell, (start, end))]
                known.append((start, end))


def main() -> None:
    """Print the table."""
    if not STATES.is_dir():
        sys.exit(f"{STATES}: the Correlates of War tables are not here")
    spells = read_data()
    amend(spells, HERE / "members_known.tsv")
    print("org", "state", "start", "end", sep="\t")
    for (org, state), rows in sorted(spells.items()):
        for start, end in sorted(rows):
            print(org, state, start, end, sep="\t")


if __name__ == "__main__":
    main()
