"""Files of slow structure: they come in row by row, bad lines are named, twice is once, and none of it counts as an event."""

from pathlib import Path

import pytest

import detente.record
from command import run
from detente.errors import BadInput
from detente.record import exchange
from detente.record.exchange.codes import from_cow

FILES = {
    "un-votes": "rcid,country,country_code,vote\n1,Russia,RU,yes\n1,Pakistan,PK,no\n1,Myanmar (Burma),MM,abstain\n1,Chile,CL,maybe\n",
    "un-roll-calls": "rcid,session,importantvote,date,short\n1,65,1,2010-12-01,A TEST\n2,65,0,2010-13-01,WRONG\n",
    "un-ideal-points": "ccode,session,IdealPoint,Q10%,Q90%,iso3c,Countryname\n365,65,-0.5,-0.7,-0.3,RUS,Russia\n437,65,x,0,1,CIV,C\xf4te d'Ivoire\n",
    "atop": "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n365,770,2010,0,0,0,1,1\n365,365,2010,1,0,0,0,0\n",
    "mid": "dispnum,ccode1,ccode2,year,hostlev\n7,750,770,1999,5\n7,750,770,1999,9\n",
    "rivalries": "tssr_id,ccode1,ccode2,start,end,spatial\n3,750,770,1947,2020,1\n4,750,770,1999,1990,1\n",
    "igo": "ccode,igo,first_year,last_year,status,orgname\n770,sco,2010,2014,full,Shanghai\n750,,2010,2014,full,None\n",
}
GOOD = {"un-votes": 3}


def _import(
    tmp_path: Path, form: str, text: str | None = None
) -> tuple[list[dict[str, object]], list[tuple[int, str]]]:
    file = tmp_path / "file.csv"
    file.write_bytes((text or FILES[form]).encode("latin-1"))
    with detente.record.open(tmp_path / "record") as record:
        report = exchange.import_file(record, file, form)
        again = exchange.import_file(record, file, form)
        assert (again.new, again.unchanged) == (0, report.new)
        assert record.acts().num_rows == 0
        assert record.datasets() == {"coded": 0}
        rows = [row for batch in record.external(form) for row in batch.to_pylist()]
    return rows, [tuple(bad) for bad in report.bad]


@pytest.mark.parametrize("form", FILES)
def test_good_rows_come_in_and_bad_ones_are_named(tmp_path: Path, form: str) -> None:
    rows, bad = _import(tmp_path, form)
    assert len(rows) == GOOD.get(form, 1)
    assert all(row["type"] is None and row["source_raw" if form != "un-roll-calls" else "story"] for row in rows)
    assert [number for number, _ in bad] == [5 if form == "un-votes" else 3]
    assert len(bad[0][1]) > 8


def test_states_of_the_votes_are_resolved(tmp_path: Path) -> None:
    rows, _ = _import(tmp_path, "un-votes")
    assert {row["source"] for row in rows} == {"RUS", "PAK", "MMR"}


@pytest.mark.parametrize("form", FILES)
def test_another_file_is_refused_and_nothing_is_kept(tmp_path: Path, form: str) -> None:
    file = tmp_path / "file.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with detente.record.open(tmp_path / "record") as record:
        with pytest.raises(BadInput, match=f"is this {form}"):
            exchange.import_file(record, file, form)
        assert record.status().imported == {}


@pytest.mark.parametrize(
    ("number", "year", "actor"),
    [
        (365, 1915, "RUS"), (365, 1980, "SUN"), (365, 1992, "RUS"), (345, 1995, "YUG"), (345, 2005, "SCG"), (345, 2010, "SRB"),
        (255, 1995, "DEU"), (260, 1970, "DEU"), (265, 1970, "DDR"), (2, 1900, "USA"), (732, 2000, "KOR"), (816, 1980, "VNM"),
        (817, 1960, "RVN"), (315, 1980, "CSK"), (316, 2000, "CZE"), (300, 1900, None),
    ],
)  # fmt: skip
def test_correlates_of_war_numbers_by_year(number: int, year: int, actor: str | None) -> None:
    assert from_cow(number, year) == actor


def test_the_command_names_bad_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mid.csv"
    file.write_text(FILES["mid"], encoding="utf-8")
    ran = run(capsys, "--record", tmp_path / "record", "import", file, "--format", "mid")
    assert ran.code == 3
    assert f"{file}:3: hostlev 9 is not one of 1 to 5" in ran.err
