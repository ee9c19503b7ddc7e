"""SIPRI's files: the register and both shapes of the value tables come in, bad lines are named, shares are SIPRI's own."""

from pathlib import Path

import msgspec
import pytest

import detente.record
from detente.errors import BadInput
from detente.record import exchange
from detente.record.exchange.sipri import actor
from detente.relations.shares import imports

STATES = Path(__file__).resolve().parents[2] / "shared" / "data" / "states"
LONG = "supplier,recipient,year,value\nRussia,India,2010,120\nRussia,India,2011,x\nFrance,India,2010,40\n"
WIDE = '"TIV of arms exports to India, 2009-2011"\n"In millions."\n\n,2009,2010,2011,Total\nFrance,,40,2,42\nRussia,7,120,,127\nTotal,7,160,2,169\n'
REGISTER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Armament category,Delivery year,TIV delivery values\n"
    "1,Russia,India,Su-30MK,Aircraft,2010,100\n1,Russia,India,Su-30MK,Aircraft,2011,50\n1,Russia,India,Su-30MK,Aircraft,2011,7\n"
)


def stored(tmp_path: Path, text: str, form: str) -> tuple[list[dict[str, object]], list[tuple[int, str]]]:
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    with detente.record.open(tmp_path / "record") as record:
        report = exchange.import_file(record, file, form)
        again = exchange.import_file(record, file, form)
        assert again.new == 0
        rows = [row for batch in record.external(form) for row in batch.to_pylist()]
    return rows, [tuple(bad) for bad in report.bad]


@pytest.mark.parametrize(("text", "bad"), [(LONG, 1), (WIDE, 0)], ids=["long", "wide"])
def test_a_table_of_values_comes_in(tmp_path: Path, text: str, bad: int) -> None:
    rows, wrong = stored(tmp_path, text, "sipri-tiv")
    found = {
        (r["source"], r["target"], r["date"].year): float(msgspec.json.decode(r["payload"])["value"]) for r in rows
    }  # type: ignore[attr-defined,arg-type]
    assert found[("RUS", "IND", 2010)] == 120
    assert found[("FRA", "IND", 2010)] == 40
    assert len(wrong) == bad


def test_a_deal_has_a_row_for_each_delivery(tmp_path: Path) -> None:
    rows, _ = stored(tmp_path, REGISTER, "sipri-register")
    assert [row["external_id"] for row in rows] == ["1:2010", "1:2011", "1:2011#2"]
    assert {row["kind"] for row in rows} == {"deal"}


@pytest.mark.parametrize(
    ("text", "form", "says"),
    [
        ("a,b\n1,2\n", "sipri-tiv", "no line with the columns supplier, recipient, year, value"),
        (",2009,2010\nFrance,1,2\n", "sipri-tiv", "needs a title"),
        (LONG, "sipri-register", "is this sipri-register"),
        ("", "sipri-tiv", "no line with the columns"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str, form: str, says: str) -> None:
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    with detente.record.open(tmp_path / "record") as record, pytest.raises(BadInput, match=says):
        exchange.import_file(record, file, form)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Turkiye", "TUR"),
        ("Hamas (Palestine)*", "HAMAS"),
        ("Darfur rebels (Sudan)*", "SDN.REB"),
        ("Unknown supplier(s)", None),
    ],
)
def test_parties_as_sipri_writes_them(name: str, expected: str | None) -> None:
    assert actor(name) == expected


@pytest.mark.skipif(not STATES.exists(), reason="needs the shared data")
def test_india_s_imports_from_russia_are_those_of_sipri_s_own_reports(tmp_path: Path) -> None:
    # SIPRI fact sheets: 79 % in 2008-12 (March 2013), 62 % in 2013-17 (March 2018); revised a little each year.
    with detente.record.open(tmp_path / "record") as record:
        report = exchange.import_file(record, STATES / "sipri_tiv_bilateral_1950_2021.parquet", "sipri-tiv")
        assert (report.rows, report.bad) == (21324, [])
        rows = [row for batch in record.external("sipri-tiv") for row in batch.to_pylist()]
    deliveries = [
        (
            row["date"].year,
            row["source"] or row["source_raw"],
            row["target"] or row["target_raw"],
            float(msgspec.json.decode(row["payload"])["value"]),
        )
        for row in rows
    ]
    share = {
        years: imports(deliveries, "IND", *years).shares["RUS"] for years in ((2008, 2012), (2013, 2017), (2002, 2012))
    }
    assert share[2008, 2012] == pytest.approx(0.79, abs=0.01)
    assert share[2013, 2017] == pytest.approx(0.62, abs=0.01)
    assert share[2002, 2012] == pytest.approx(0.76, abs=0.005)
