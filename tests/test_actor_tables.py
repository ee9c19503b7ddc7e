"""The tables of organisations, members, groups, agencies and blocs: well-formed, consistent, and right where it is known."""

import re
from collections import Counter, defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

DATA = files("detente.actors") / "data"
ID = re.compile(r"([A-Z]{3}\.)?[A-Z][A-Z0-9]+")
DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
NAMING = ("organisations", "groups", "agencies", "blocs")
Row = dict[str, str]


def table(name: str) -> list[Row]:
    header, *lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    rows = [line.split("\t") for line in lines]
    assert all(len(cells) == len(columns) for cells in rows), f"{name}: a row has not {len(columns)} cells"
    return [dict(zip(columns, cells, strict=True)) for cells in rows]


def first_day(cell: str) -> date:
    year, month, day = ([int(part) for part in cell.split("-")] + [1, 1])[:3] if cell else (1, 1, 1)
    return date(year, month, day)


def last_day(cell: str) -> date:
    if not cell:
        return date.max
    parts = [int(part) for part in cell.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def states() -> set[str]:
    return {row["id"] for row in table("states")}


def members(org: str, on: date) -> set[str]:
    return {
        row["state"]
        for row in table("members")
        if row["org"] == org and first_day(row["start"]) <= on <= last_day(row["end"])
    }


def aliases(row: Row) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split("|"))]


def ids_of(form: str) -> set[str]:
    return {row["id"] for name in NAMING for row in table(name) if form in aliases(row)}


def test_enough_of_everything() -> None:
    assert len({row["id"] for row in table("organisations")}) >= 160
    assert len({row["id"] for row in table("groups")}) >= 200
    assert len(table("agencies")) >= 250
    assert len({row["id"] for row in table("blocs")}) >= 60
    assert len({row["org"] for row in table("members")}) >= 60


@pytest.mark.parametrize("name", [*NAMING, "members"])
def test_ids_and_dates_are_well_formed(name: str) -> None:
    for row in table(name):
        assert ID.fullmatch(row.get("id") or row["org"]), row
        assert DATE.fullmatch(row["start"]), row
        assert DATE.fullmatch(row["end"]), row
        assert first_day(row["start"]) <= last_day(row["end"]), row


@pytest.mark.parametrize("name", NAMING)
def test_cells_are_clean(name: str) -> None:
    for row in table(name):
        assert row["name"], row
        forms = aliases(row)
        assert len(forms) == len(set(forms)), [form for form, n in Counter(forms).items() if n > 1]
        assert all(form == form.strip() and len(form) > 1 for form in forms), row


def test_a_group_or_organisation_never_takes_the_id_of_a_state() -> None:
    for name in ("organisations", "groups", "blocs"):
        assert not {row["id"] for row in table(name)} & states(), name


def test_no_id_stands_in_two_tables() -> None:
    seen = [{row["id"] for row in table(name)} for name in ("organisations", "groups", "blocs")]
    assert not seen[0] & seen[1]
    assert not seen[0] & seen[2]
    assert not seen[1] & seen[2]


def test_references_lead_to_actors_that_exist() -> None:
    organisations = {row["id"] for row in table("organisations")}
    groups = {row["id"] for row in table("groups")}
    assert {row["seat"] for row in table("organisations")} - {""} <= states()
    assert {row["home"] for row in table("groups")} - {""} <= states()
    assert {row["id"] for row in table("agencies")} <= states() | organisations
    assert {row["org"] for row in table("members")} <= organisations
    assert {row["state"] for row in table("members")} <= states() | organisations
    assert {actor for row in table("blocs") for actor in row["members"].split()} <= states() | organisations | groups


def test_one_form_means_two_actors_only_at_different_times() -> None:
    senses: dict[str, set[tuple[date, date, str]]] = defaultdict(set)
    for name in NAMING:
        for row in table(name):
            for form in aliases(row):
                senses[form].add((first_day(row["start"]), last_day(row["end"]), row["id"]))
    for form, found in senses.items():
        if len({actor for *_, actor in found}) > 1:
            for (_, end, a), (start, _, b) in pairwise(sorted(found)):
                assert a == b or end < start, (form, found)


def test_no_form_is_a_common_word() -> None:
    common = {"IS", "Is", "WHO is", "Who", "Congress", "Senate", "West", "Allies", "Alliance", "Commonwealth", "Coalition",
              "Council", "Assembly", "Parliament", "Troika", "Memorial", "Care", "Future", "Solidarity", "Raw", "Police"}  # fmt: skip
    forms = {form.removeprefix("the ") for name in NAMING for row in table(name) for form in aliases(row)}
    assert not forms & common
    lower = {form for form in forms if form.islower() and " " not in form}
    assert lower <= {"peshmerga", "anti-balaka", "superpowers"}


def test_spells_of_membership_do_not_overlap() -> None:
    spells: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in table("members"):
        spells[row["org"], row["state"]].append((row["start"], row["end"]))
    for key, found in spells.items():
        for (_, end), (start, _) in pairwise(sorted(found)):
            assert end, (key, found)
            assert end[:4] <= start[:4], (key, found)


def test_states_of_the_past_are_members_of_nothing_today() -> None:
    past = {"SUN", "YUG", "CSK", "DDR", "YMD", "SCG", "RVN"}
    assert not {(row["org"], row["state"]) for row in table("members") if row["state"] in past and not row["end"]}


def test_what_has_ended_has_no_members() -> None:
    last = {row["id"]: row["end"] for row in table("organisations")[::-1]}
    today = date(2026, 6, 1)
    ended = {org for org, end in last.items() if end and last_day(end) < today}
    assert {org: members(org, today) for org in ended if members(org, today)} == {}


@pytest.mark.parametrize(
    ("org", "state", "yes", "no"),
    [
        ("NATO", "FIN", date(2023, 4, 4), date(2020, 6, 1)),
        ("NATO", "SWE", date(2024, 3, 7), date(2023, 12, 1)),
        ("NATO", "DEU", date(1960, 1, 1), date(1954, 1, 1)),
        ("NATO", "MKD", date(2021, 1, 1), date(2019, 1, 1)),
        ("EU", "GBR", date(2020, 1, 31), date(2020, 2, 1)),
        ("EU", "HRV", date(2013, 7, 1), date(2013, 6, 30)),
        ("EU", "GBR", date(1980, 1, 1), date(1970, 1, 1)),
        ("SCO", "IND", date(2017, 7, 1), date(2017, 1, 1)),
        ("SCO", "PAK", date(2017, 7, 1), date(2016, 1, 1)),
        ("SCO", "IRN", date(2024, 1, 1), date(2020, 1, 1)),
        ("BRICS", "IDN", date(2025, 2, 1), date(2024, 6, 1)),
        ("BRICS", "ZAF", date(2012, 1, 1), date(2009, 12, 1)),
        ("ECOWAS", "NER", date(2024, 1, 1), date(2025, 1, 30)),
        ("WARPACT", "DDR", date(1970, 1, 1), date(1991, 1, 1)),
        ("WARPACT", "ALB", date(1960, 1, 1), date(1970, 1, 1)),
        ("OPEC", "QAT", date(2018, 1, 1), date(2019, 1, 1)),
        ("COE", "RUS", date(2020, 1, 1), date(2023, 1, 1)),
        ("ARAB", "SYR", date(2010, 1, 1), date(2015, 1, 1)),
        ("ARAB", "SYR", date(2024, 1, 1), date(2023, 1, 1)),
        ("AU", "MAR", date(2018, 1, 1), date(2010, 1, 1)),
        ("EAC", "SOM", date(2025, 1, 1), date(2023, 1, 1)),
        ("ASEAN", "TLS", date(2026, 1, 1), date(2020, 1, 1)),
        ("P5", "CHN", date(1990, 1, 1), date(1960, 1, 1)),
        ("P5", "TWN", date(1960, 1, 1), date(1990, 1, 1)),
        ("UN", "SUN", date(1970, 1, 1), date(1995, 1, 1)),
        ("UN", "RUS", date(1995, 1, 1), date(1970, 1, 1)),
        ("UN", "SSD", date(2013, 1, 1), date(2009, 1, 1)),
        ("WTO", "RUS", date(2013, 1, 1), date(2010, 1, 1)),
        ("WHO", "USA", date(2020, 1, 1), date(2026, 3, 1)),
        ("ICC", "PHL", date(2015, 1, 1), date(2020, 1, 1)),
        ("G8", "RUS", date(2010, 1, 1), date(2015, 1, 1)),
    ],
)
def test_known_memberships(org: str, state: str, yes: date, no: date) -> None:
    assert state in members(org, yes)
    assert state not in members(org, no)


@pytest.mark.parametrize(
    ("org", "on", "count"),
    [
        ("UN", date(2026, 1, 1), 193), ("NATO", date(2026, 1, 1), 32), ("NATO", date(1960, 1, 1), 15), ("EU", date(2026, 1, 1), 27),
        ("EU", date(2016, 1, 1), 28), ("EU", date(1990, 1, 1), 12), ("EU", date(1960, 1, 1), 6), ("SCO", date(2026, 1, 1), 10),
        ("BRICS", date(2026, 1, 1), 10), ("COE", date(2026, 1, 1), 46), ("OSCE", date(2026, 1, 1), 57), ("OIC", date(2026, 1, 1), 57),
        ("GCC", date(2026, 1, 1), 6), ("ECOWAS", date(2026, 1, 1), 12), ("AU", date(2026, 1, 1), 55), ("ARAB", date(2026, 1, 1), 22),
        ("COMMONWEALTH", date(2026, 1, 1), 56), ("G7", date(2026, 1, 1), 7), ("APEC", date(2026, 1, 1), 21), ("OECD", date(2026, 1, 1), 38),
        ("P5", date(1985, 1, 1), 5), ("OPEC", date(2025, 1, 1), 12), ("ASEAN", date(2026, 1, 1), 11), ("SAARC", date(2026, 1, 1), 8),
    ],
)  # fmt: skip
def test_known_counts(org: str, on: date, count: int) -> None:
    assert len(members(org, on)) == count


@pytest.mark.parametrize(
    ("form", "actor"),
    [
        ("Islamic State of Iraq and the Levant", "ISIS"), ("ISIL", "ISIS"), ("Daesh", "ISIS"), ("Boko Haram", "BOKOHARAM"),
        ("Hizbullah", "HEZBOLLAH"), ("Ansar Allah", "HOUTHI"), ("Al Shabab", "SHABAAB"), ("al-Qaida", "ALQ"), ("YPG", "PKK"),
        ("Syrian Democratic Forces", "PKK"), ("Tamil Tigers", "LTTE"), ("Islamic Jihad", "PIJ"), ("Palestinian Authority", "PSE"),
        ("PLO", "PSE"), ("Fatah", "PSE"), ("UN Security Council", "UN"), ("UNHCR", "UN"), ("European Commission", "EU"),
        ("European Economic Community", "EU"), ("Organisation of African Unity", "OAU"), ("Arab League", "ARAB"), ("RAW", "IND"),
        ("Inter-Services Intelligence", "PAK"), ("KGB", "SUN"), ("FSB", "RUS"), ("IRGC", "IRN"), ("Knesset", "ISR"),
        ("Rosoboronexport", "RUS"), ("Central Asian republics", "CENTRALASIA"), ("Baltic states", "BALTICS"),
        ("P5+1", "P5PLUS1"), ("EU-3", "E3"), ("Nato allies", "NATO"), ("Gulf states", "GCC"), ("State Department", "USA"),
    ],
)  # fmt: skip
def test_names_in_the_news(form: str, actor: str) -> None:
    assert ids_of(form) == {actor}


def test_ids_of_the_coding_guide_are_all_here() -> None:
    here = {row["id"] for name in ("organisations", "groups") for row in table(name)}
    organisations = (
        "UN EU NATO AU ARAB ASEAN IAEA ICC ICJ OSCE G7 G8 G20 IMF WB WTO SCO CSTO CIS BRICS OPEC GCC ECOWAS OAS WHO "
        "INTERPOL OPCW COE MERCOSUR UNASUR APEC QUARTET P5"
    )
    groups = "TALIBAN ISIS ALQ HAMAS HEZBOLLAH HOUTHI PKK LTTE FARC SHABAAB BOKOHARAM LRA M23 PIJ"
    assert set(organisations.split()) | set(groups.split()) <= here
