"""Coded events leave in the field's formats: one row an ordered pair, nothing claimed that did not happen."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import detente.record
from detente.record.exchange import export_file, gdelt, icews, import_file, mentions, polecat
from detente.record.exchange.codes import from_name
from detente.record.exchange.columns import SCHEMA
from detente.record.schema import TABLES
from detente.record.writing import Entry
from detente.types import Actor, Document, Event, Evidence, Place, Reading

TEXT = "Presidents met in Dushanbe. Moscow may sell tanks. The minister will visit. It refused the lorries."


def _event(kind: str, sources: list[str], targets: list[str], sentence: str, **more: Any) -> Event:
    start = TEXT.index(sentence)
    return Event(
        type=kind,
        source=[Actor(id=key, name=key) for key in sources],
        target=[Actor(id=key, name=key) for key in targets],
        evidence=Evidence(start=start, end=start + len(sentence)),
        confidence=0.9,
        **more,
    )


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Any]:
    document = Document(id="d1", text=TEXT, published=date(2012, 9, 17), url="https://example.org/news/1?a=b")
    place = Place(name="Dushanbe", country="TJK", lat=38.56, lon=68.77)
    events = [
        _event("CONSULT", ["RUS", "PAK"], [], "Presidents met in Dushanbe.", mutual=True, place=place,
               start=date(2012, 9, 12), end=date(2012, 9, 12), precision="day", contexts=["diplomatic"], intensity=2.2),
        _event("COOPERATE", ["RUS"], ["PAK"], "Moscow may sell tanks.", status="hypothetical", intensity=1.0),
        _event("CONSULT", ["RUS"], ["PAK"], "The minister will visit.", mode="visit", status="planned", intensity=1.0),
        _event("REJECT", ["PAK"], ["NATO", "USA"], "It refused the lorries.", intensity=-3.9),
    ]  # fmt: skip
    with detente.record.open(tmp_path / "record") as opened:
        opened.add([Entry(reading=Reading(document=document, events=events))], coder="test-1")
        yield opened


def rows(path: Path, delimiter: str, columns: tuple[str, ...] | None = None) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, columns, delimiter=delimiter, quoting=csv.QUOTE_NONE))


def test_gdelt_reads_like_gdelt(record: Any, tmp_path: Path) -> None:
    count = export_file(record, tmp_path / "e.tsv", "gdelt")
    assert count == 5
    assert count.left_out == {"hypothetical act": 1}
    lines = (tmp_path / "e.tsv").read_text(encoding="utf-8").splitlines()
    assert {len(line.split("\t")) for line in lines} == {61}
    found = rows(tmp_path / "e.tsv", "\t", gdelt.COLUMNS)
    sides = {(row["Actor1Code"], row["Actor2Code"], row["EventCode"]) for row in found}
    assert sides == {
        ("RUSGOV", "PAKGOV", "040"),
        ("PAKGOV", "RUSGOV", "040"),
        ("RUSGOV", "PAKGOV", "036"),
        ("PAKGOV", "NATGOV", "120"),
        ("PAKGOV", "USAGOV", "120"),
    }
    met = next(row for row in found if row["EventCode"] == "040")
    assert (met["SQLDATE"], met["MonthYear"], met["Year"], met["FractionDate"]) == (
        "20120912", "201209", "2012", "2012.6995",
    )  # fmt: skip
    assert (met["EventRootCode"], met["QuadClass"], met["GoldsteinScale"]) == ("04", "1", "1")
    assert (met["ActionGeo_CountryCode"], met["ActionGeo_Lat"], met["ActionGeo_Long"]) == ("TI", "38.56", "68.77")
    assert met["SOURCEURL"] == "https://example.org/news/1?a=b"
    assert len({row["GLOBALEVENTID"] for row in found}) == 5
    refused = next(row for row in found if row["EventCode"] == "120")
    assert refused["SQLDATE"] == "20120917"


def test_mentions_point_to_the_same_events(record: Any, tmp_path: Path) -> None:
    export_file(record, tmp_path / "e.tsv", "gdelt")
    export_file(record, tmp_path / "m.tsv", "gdelt-mentions")
    events, found = rows(tmp_path / "e.tsv", "\t", gdelt.COLUMNS), rows(tmp_path / "m.tsv", "\t", mentions.COLUMNS)
    assert [row["GLOBALEVENTID"] for row in found] == [row["GLOBALEVENTID"] for row in events]
    assert {row["MentionSourceName"] for row in found} == {"example.org"}


def test_what_we_write_we_read(record: Any, tmp_path: Path) -> None:
    for form, name, columns in (("gdelt", "e.tsv", None), ("icews", "e.tab", icews.COLUMNS), ("polecat", "p.txt", polecat.COLUMNS)):  # fmt: skip
        export_file(record, tmp_path / name, form)
        if columns:
            assert tuple(rows(tmp_path / name, "\t")[0]) == columns
        report = import_file(record, tmp_path / name, form)
        assert (report.new, report.bad) == (5, [])
        stored = [row for batch in record.external(form) for row in batch.to_pylist()]
        assert {(row["source"], row["target"]) for row in stored} == {
            ("RUS", "PAK"), ("PAK", "RUS"), ("PAK", "NATO"), ("PAK", "USA"),
        }  # fmt: skip


def test_our_own_columns_hold_every_status(record: Any, tmp_path: Path) -> None:
    for form, name in (("csv", "e.csv"), ("jsonl", "e.jsonl"), ("parquet", "e.parquet"), ("dyadic", "d.csv")):
        count = export_file(record, tmp_path / name, form)
        assert (count, count.left_out) == (6, {})
    made = pq.read_table(tmp_path / "e.parquet").to_pylist()
    assert [row["status"] for row in made].count("hypothetical") == 1
    assert made[0]["date"] == date(2012, 9, 12)
    assert made[0]["text"] == "Presidents met in Dushanbe."
    lines = (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["date"] == "2012-09-12"
    assert {row["document"] for row in rows(tmp_path / "e.csv", ",")} == {"d1"}
    export_file(record, tmp_path / "none.csv", "csv", since=date(2020, 1, 1))
    assert len((tmp_path / "none.csv").read_text(encoding="utf-8").splitlines()) == 1


def test_the_columns_are_those_of_the_record() -> None:
    kinds = {"VARCHAR": "string", "DATE": "date32[day]", "DOUBLE": "double", "BIGINT": "int64"}
    table = TABLES["external_events"]
    assert {name: str(SCHEMA.field(name).type) for name in SCHEMA.names} == {
        name: kinds[kind] for name, kind in table.items() if name not in {"dataset", "recorded_at", "retired_at"}
    }


@pytest.mark.parametrize(
    ("name", "year", "actor"),
    [
        ("Ban Ki-moon", 2005, "KOR"), ("Ban Ki-moon", 2010, "UN"), ("Jens Stoltenberg", 2010, "NOR"),
        ("Jens Stoltenberg", 2016, "NATO"), ("Kenyan President John Vymyshlenyi", 2012, "KEN"), ("Citizen (India)", 2012, "IND"),
    ],
)  # fmt: skip
def test_who_changes_office_changes_sides(name: str, year: int, actor: str) -> None:
    assert from_name(name, date(year, 3, 1)) == actor


def test_people_count_for_their_state_while_in_office(tmp_path: Path) -> None:
    file = tmp_path / "acts.csv"
    days = {"2005-03-01": None, "2013-09-01": "EGY", "2015-06-01": "EGY"}
    file.write_text(
        "date,source,target,cameo\n" + "".join(f"{day},Abdel Fattah Al-Sisi,Citizen (Qatar),112\n" for day in days),
        encoding="utf-8",
    )
    with detente.record.open(tmp_path / "record") as opened:
        import_file(opened, file, "dyadic")
        rows = [row for batch in opened.external("acts") for row in batch.to_pylist()]
    found = {str(row["date"]): (row["source"], row["target"]) for row in rows}
    assert found == {day: (actor, "QAT") for day, actor in days.items()}
