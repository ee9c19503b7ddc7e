"""What is imported comes out again as it was, and each bad line is named."""

import gzip
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import detente.record
from detente.errors import BadInput
from detente.record.exchange import export_file, gdelt, icews, import_file, mentions, polecat


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Any]:
    with detente.record.open(tmp_path / "record") as opened:
        yield opened


def gdelt_line(number: int, **changes: str) -> str:
    fields = dict.fromkeys(gdelt.COLUMNS, "")
    fields |= {
        "GLOBALEVENTID": str(1_100_000_000 + number),
        "SQLDATE": "20230215",
        "Actor1Code": "USAGOV",
        "Actor1Name": "UNITED STATES",
        "Actor1CountryCode": "USA",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "ROM",
        "Actor2Name": "ROMANIA",
        "Actor2CountryCode": "ROM",
        "EventCode": "042",
        "EventBaseCode": "042",
        "EventRootCode": "04",
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "AvgTone": "-1.50375939849624",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Bucharest, Bucuresti, Romania",
        "ActionGeo_CountryCode": "RO",
        "ActionGeo_Lat": "44.4333",
        "ActionGeo_Long": "26.1",
        "SOURCEURL": "https://example.org/a\u2028b",
    } | changes
    return "\t".join(fields.values())


def test_gdelt_events_come_out_as_they_went_in(record: Any, tmp_path: Path) -> None:
    text = "".join(gdelt_line(number) + "\n" for number in (3, 1, 2))
    packed = tmp_path / "20230215.export.CSV.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("20230215.export.CSV", text)
    report = import_file(record, packed, "gdelt")
    assert (report.rows, report.new, report.unchanged, report.bad) == (3, 3, 0, [])
    again = import_file(record, packed, "gdelt")
    assert (again.new, again.unchanged) == (0, 3)

    assert export_file(record, tmp_path / "out.tsv", "gdelt", dataset="gdelt") == 3
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == text
    export_file(record, tmp_path / "out.tsv.gz", "gdelt", dataset="gdelt")
    with gzip.open(tmp_path / "out.tsv.gz", "rt", encoding="utf-8", newline="") as unpacked:
        assert unpacked.read() == text
    [row, *_] = pa.Table.from_batches(list(record.external("gdelt"))).to_pylist()
    assert (row["source"], row["target"], row["type"], row["country"]) == ("USA", "ROU", "CONSULT", "ROU")
    assert row["date"] == date(2023, 2, 15)


def test_each_bad_line_is_named_and_the_rest_imported(record: Any, tmp_path: Path) -> None:
    good = gdelt_line(1)
    lines = [
        good.encode(),
        b"only\ttwo",
        gdelt_line(2, SQLDATE="20231301").encode(),
        gdelt_line(3, EventCode="---").encode(),
        b"\xff\xfe" + gdelt_line(4).encode(),
        gdelt_line(5, ActionGeo_Lat="97.5").encode(),
        gdelt_line(6).encode(),
    ]
    file = tmp_path / "day.csv"
    file.write_bytes(b"\n".join(lines))
    report = import_file(record, file, "gdelt")
    assert (report.rows, report.new) == (7, 2)
    assert [bad.number for bad in report.bad] == [2, 3, 4, 5, 6]
    assert "2 fields, not the 61" in report.bad[0].reason
    assert "'20231301' is no date" in report.bad[1].reason
    assert "unknown CAMEO code" in report.bad[2].reason
    assert "UTF-8" in report.bad[3].reason
    assert "outside -90..90" in report.bad[4].reason


def test_a_packed_file_that_breaks_off_gives_what_is_whole(record: Any, tmp_path: Path) -> None:
    whole = gzip.compress("".join(gdelt_line(number) + "\n" for number in range(2000)).encode())
    cut = tmp_path / "cut.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    report = import_file(record, cut, "gdelt")
    assert 0 < report.new < 2000
    assert "breaks off" in report.bad[-1].reason


@pytest.mark.parametrize("form", ["gdelt", "gdelt-mentions", "icews", "polecat", "dyadic"])
@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01\x02" * 5000, b"PAR1garbage", b"\x1f\x8bnot gzip"])
def test_a_file_of_another_kind_is_refused_or_reported(record: Any, tmp_path: Path, form: str, content: bytes) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(content)
    try:
        report = import_file(record, file, form)
    except BadInput as error:
        assert str(file) in str(error)
        assert "\n" not in str(error)
    else:
        assert report.new == 0
        assert report.bad or content == b""


def test_mentions(record: Any, tmp_path: Path) -> None:
    line = "\t".join(
        ["1100000001", "20230215000000", "20230215001500", "1", "example.org", "https://example.org/a", "3", "12", "40",
         "55", "1", "80", "2100", "-1.25", "", ""]
    )  # fmt: skip
    other = line.replace("\t3\t", "\t4\t")
    assert len(line.split("\t")) == len(mentions.COLUMNS)
    file = tmp_path / "m.tsv"
    file.write_text(f"{line}\n{other}\n{line}\n", encoding="utf-8")
    assert import_file(record, file, "gdelt-mentions").new == 3
    export_file(record, tmp_path / "back.tsv", "gdelt-mentions", dataset="gdelt-mentions")
    assert (tmp_path / "back.tsv").read_bytes() == file.read_bytes()
    none = export_file(record, tmp_path / "none.tsv", "gdelt", dataset="gdelt-mentions")
    assert none == 0
    assert sum(none.left_out.values()) == 3


def test_polecat_keeps_a_header_of_its_own(record: Any, tmp_path: Path) -> None:
    header = [*polecat.COLUMNS, "Headline"]
    row = dict.fromkeys(header, "") | {
        "Event ID": "20230101-1",
        "Event Date": "2023-01-02",
        "Event Type": "SANCTION",
        "Event Mode": "expel",
        "Intensity": "-5.2",
        "Contexts": "diplomatic;military",
        "Actor Name": "Poland",
        "Actor Country": "POL",
        "Recipient Name": "Russia",
        "Recipient Country": "RUS",
        "Country": "Poland",
        "Latitude": "52.2298",
        "Longitude": "21.0118",
        "Headline": 'Envoys "sent home"',
    }
    bad = row | {"Event ID": "2", "Event Type": "HUG"}
    file = tmp_path / "polecat.txt"
    file.write_text("".join("\t".join(line) + "\n" for line in (header, row.values(), bad.values())), encoding="utf-8")
    report = import_file(record, file, "polecat")
    assert report.new == 1
    assert [(line.number, "HUG" in line.reason) for line in report.bad] == [(3, True)]
    export_file(record, tmp_path / "back.txt", "polecat", dataset="polecat")
    assert (tmp_path / "back.txt").read_text(encoding="utf-8").splitlines() == file.read_text().splitlines()[:2]
    [stored] = pa.Table.from_batches(list(record.external("polecat"))).to_pylist()
    assert (stored["source"], stored["target"], stored["cameo"], stored["intensity"]) == ("POL", "RUS", "166", -5.2)


def test_a_csv_with_a_mapping(record: Any, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text('when,who,whom,what,note\n2012-09-17,RUS,PAK,CONSULT,"two\nlines"\n2012-09-18,IND,,AID,\n', "utf-8")
    with pytest.raises(BadInput, match="say with --map which column holds date, source, target"):
        import_file(record, file, "dyadic")
    with pytest.raises(BadInput, match="no column 'actor'"):
        import_file(record, file, "dyadic", mapping={"source": "actor"})
    with pytest.raises(BadInput, match="unknown key 'quelle'"):
        import_file(record, file, "dyadic", mapping={"quelle": "who"})
    mapping = {"date": "when", "source": "who", "target": "whom", "type": "what"}
    assert import_file(record, file, "dyadic", mapping=mapping).new == 2
    export_file(record, tmp_path / "back.csv", "dyadic", dataset="mine")
    assert (tmp_path / "back.csv").read_bytes() == file.read_bytes()


def test_parquet_values_keep_their_types(record: Any, tmp_path: Path) -> None:
    table = pa.table(
        {
            "date": pa.array([date(2014, 3, 1), date(2014, 3, 2), date(2014, 3, 2)]),
            "a": ["RUS", "RUS", "RUS"],
            "b": ["UKR", None, None],
            "cameo": ["154", "012", "012"],
            "weight": [0.1, float("inf"), None],
            "n": [1, None, 3],
            "sure": [True, False, None],
        }
    )
    pq.write_table(table, tmp_path / "d.parquet")
    assert import_file(record, tmp_path / "d.parquet", "dyadic").new == 3
    export_file(record, tmp_path / "back.parquet", "dyadic", dataset="d")
    assert pq.read_table(tmp_path / "back.parquet").equals(table)


def test_a_row_said_again_under_its_parent_code_is_kept_and_not_counted(record: Any, tmp_path: Path) -> None:
    file = tmp_path / "twice.csv"
    file.write_text("date,source,target,code\n2010-01-01,RUS,PAK,04\n2010-01-01,RUS,PAK,040\n", encoding="utf-8")
    assert import_file(record, file, "dyadic").new == 2
    kinds = pa.Table.from_batches(list(record.external("twice")))["kind"].to_pylist()
    assert kinds == ["repeat", "event"]
    count = export_file(record, tmp_path / "out.tab", "icews", dataset="twice")
    assert count == 1
    assert sum(count.left_out.values()) == 1


def test_a_failed_export_leaves_the_old_file(record: Any, tmp_path: Path) -> None:
    out = tmp_path / "out.tsv"
    out.write_text("precious", encoding="utf-8")
    with pytest.raises(BadInput, match="no imported dataset 'nothing'"):
        export_file(record, out, "gdelt", dataset="nothing")
    with pytest.raises(BadInput, match="unknown format"):
        export_file(record, out, "xml")
    with pytest.raises(BadInput, match="no such folder"):
        export_file(record, tmp_path / "no" / "x.tsv", "icews")
    assert out.read_text(encoding="utf-8") == "precious"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.tsv"]


def test_real_icews_comes_back_byte_for_byte(record: Any, tmp_path: Path, shared: Path) -> None:
    file = shared / "data/events/icews_raw_sample_2018.tab"
    report = import_file(record, file, "icews")
    assert (report.new, report.bad) == (3705, [])
    assert import_file(record, file, "icews").unchanged == 3705
    assert export_file(record, tmp_path / "back.tab", "icews", dataset="icews") == 3705
    assert (tmp_path / "back.tab").read_bytes() == file.read_bytes()


@pytest.mark.slow
def test_real_dyadic_parquet_comes_back_equal(record: Any, tmp_path: Path, shared: Path) -> None:
    file = shared / "data/events/icews_2005_2015.parquet"
    mapping = {"date": "date", "source": "src_iso3", "target": "tgt_iso3", "cameo": "code"}
    report = import_file(record, file, "dyadic", mapping=mapping)
    original = pq.read_table(file)
    assert (report.new, report.bad) == (original.num_rows, [])
    export_file(record, tmp_path / "back.parquet", "dyadic", dataset="icews_2005_2015")
    back = pq.read_table(tmp_path / "back.parquet")
    assert back.cast(original.schema).equals(original)


def test_formats_convert_into_each_other(record: Any, tmp_path: Path) -> None:
    file = tmp_path / "g.tsv"
    file.write_text(gdelt_line(1) + "\n", encoding="utf-8")
    import_file(record, file, "gdelt")
    export_file(record, tmp_path / "out.tab", "icews", dataset="gdelt")
    header, line = (tmp_path / "out.tab").read_text(encoding="utf-8").splitlines()
    assert tuple(header.split("\t")) == icews.COLUMNS
    fields = dict(zip(icews.COLUMNS, line.split("\t"), strict=True))
    assert (fields["Source Country"], fields["Target Country"]) == ("United States", "Romania")
    assert (fields["CAMEO Code"], fields["Intensity"], fields["District"]) == ("042", "1.9", "NA")
    assert export_file(record, tmp_path / "out.parquet", "parquet", dataset="gdelt") == 1
    assert pq.read_table(tmp_path / "out.parquet")["date"].to_pylist() == [date(2023, 2, 15)]
