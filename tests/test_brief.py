"""Briefs: nothing that is not in the record, each line with its source, as known on a day, in three forms."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from command import run
from detente.cli.main import main
from detente.errors import BadInput
from detente.measured import MeasuredRecord
from detente.web.brief import Brief, OfSight, as_html, as_markdown, as_pdf, compose, gather
from detente.web.brief.account import MOST
from detente.web.brief.pdf import typeset
from detente.web.settings import Settings
from detente.web.sights import Sights
from detente.web.wording import shorten
from making import make_event
from sites import HOSTILE, client, full_entry, make_record

SINCE, UNTIL = date(2009, 1, 1), date(2016, 12, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("brief") / "record"
    with pytest.raises(SystemExit) as stop:
        main(["--quiet", "--record", str(made), "demo"])
    assert not stop.value.code
    return made


@pytest.fixture(scope="module")
def record(folder: Path) -> Iterator[MeasuredRecord]:
    with MeasuredRecord(folder, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def brief(record: MeasuredRecord) -> Brief:
    return gather(record, "RUS", "PAK", since=SINCE, until=UNTIL, today=date(2017, 1, 1))


def test_every_sentence_is_in_the_record(brief: Brief, record: MeasuredRecord) -> None:
    rows = {row["id"]: row for row in record.events(dyad=("RUS", "PAK"), since=SINCE, until=UNTIL).to_pylist()}
    lines = [line for year in brief.account.values() for line in year]
    assert 10 < len(lines) <= MOST
    pages = {source.number: source.document for source in brief.sources}
    for line in lines:
        row = rows[line.id]
        assert line.sentence == shorten(row["sentence"], 330)
        assert line.day == (row["start"] or row["published"])
        assert pages[line.source] == row["document"]
    said = {shorten(row["text"], 300) for row in record.statements(dyad=("RUS", "PAK")).to_pylist()}
    assert {one.text for one in brief.said} <= said
    assert brief.counts["events"] == len(rows)
    assert brief.counts["cooperation"] + brief.counts["conflict"] + brief.counts["not done"] == len(rows)


def test_its_numbers_are_the_relation_s(brief: Brief, record: MeasuredRecord) -> None:
    series = record.relation("RUS", "PAK", since=SINCE, until=UNTIL)
    assert brief.series.series == series.series
    known = [point for point in series.series if point.level is not None]
    assert (brief.first, brief.last) == (known[0], known[-1])


def test_every_footnote_has_its_source_and_the_other_way(brief: Brief) -> None:
    text = as_markdown(brief)
    notes = {int(n) for n in re.findall(r"\[\^(\d+)\](?!:)", text)}
    sources = {int(n) for n in re.findall(r"^\[\^(\d+)\]:", text, re.M)}
    assert notes == sources == set(range(1, len(brief.sources) + 1))
    page = as_html(brief)
    assert {int(n) for n in re.findall(r'href="#s-(\d+)"', page)} == {int(n) for n in re.findall(r'id="s-(\d+)"', page)}
    assert re.search(r"cancelled a visit to Islamabad", page)
    assert "<script" not in page


def test_the_account_is_by_day_and_each_year_has_its_part(brief: Brief, record: MeasuredRecord) -> None:
    days = [line.day for year in brief.account.values() for line in year]
    assert days == sorted(days)  # type: ignore[type-var]
    years = {
        (r["start"] or r["published"]).year
        for r in record.events(dyad=("RUS", "PAK"), since=SINCE, until=UNTIL).to_pylist()
    }
    assert set(brief.account) == years


def test_a_pdf_has_two_to_four_pages_and_is_the_same_twice(brief: Brief) -> None:
    made = as_pdf(brief)
    assert made.startswith(b"%PDF")
    assert made == as_pdf(brief)
    assert 2 <= len(typeset(brief, "png")) <= 4


def test_as_known_on_a_day(record: MeasuredRecord) -> None:
    known = gather(record, "RUS", "PAK", since=SINCE, until=date(2012, 12, 31), as_of=date(2012, 9, 26))
    assert all(source.published is None or source.published <= date(2012, 9, 26) for source in known.sources)
    assert known.counts["events"] < gather(record, "RUS", "PAK", since=SINCE, until=date(2012, 12, 31)).counts["events"]
    assert "as known on 26 Sep 2012" in as_markdown(known)


def test_a_pair_without_events_has_a_brief_too(record: MeasuredRecord) -> None:
    empty = gather(record, "BRA", "JPN", since=SINCE, until=UNTIL)
    text = as_markdown(empty)
    assert "no event between the two" in text
    assert "Too few acts" in text
    assert as_pdf(empty).startswith(b"%PDF")


def test_days_that_end_before_they_begin_are_refused(record: MeasuredRecord) -> None:
    with pytest.raises(BadInput, match="would end before it begins"):
        gather(record, "RUS", "PAK", since=UNTIL, until=SINCE)


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    typst = '#read("/etc/passwd") $x$ *bold* #link("javascript:1")[x] `raw` \\ [^9] <s1> // c'
    entry = full_entry("bad", text=f"RUS {HOSTILE} {typst} PAK.", title=f"{HOSTILE} {typst}", url="javascript:alert(3)")
    entry.reading.transfers[0].item = typst
    with MeasuredRecord(make_record(tmp_path / "record", [entry]), create=False) as record:
        made = gather(record, "RUS", "PAK", since=date(2012, 1, 1), until=date(2012, 12, 31), today=date(2013, 1, 1))
    assert as_pdf(made).startswith(b"%PDF")
    page, text = as_html(made), as_markdown(made)
    assert "<img" not in page and "<script>" not in page and 'href="javascript:' not in page
    assert "<img" not in text.replace("\\<img", "") and "](javascript" not in text
    assert "[^9]" not in text.replace("\\[^9\\]", "")


def test_many_events_stay_within_four_pages(tmp_path: Path) -> None:
    entries = []
    for n in range(300):
        day = date(2005, 1, 1) + timedelta(13 * n)
        text = f"RUS and PAK did the thing number {n}, " + "which took many words to tell " * 12 + "."
        entry = full_entry(f"m{n}", text=text, published=day)
        entry.reading.events = [make_event(kind=("CONSULT", "ACCUSE", "AGREE")[n % 3], start=day, text=text)]
        entry.reading.events[0].status = "occurred"
        entries.append(entry)
    with MeasuredRecord(make_record(tmp_path / "record", entries), create=False) as record:
        made = gather(record, "RUS", "PAK", today=date(2016, 1, 1))
    assert made.left_out > 200
    assert 2 <= len(typeset(made, "png")) <= 4


def test_the_command_writes_three_forms(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, start in (("b.pdf", b"%PDF"), ("b.md", b"# Russia"), ("b.html", b"<!doctype html>")):
        done = run(capsys, "--record", folder, "brief", "Russia", "PAK", "--from", "2009-01-01", "--to", "2016-12-31", "--out", str(tmp_path / name))  # fmt: skip
        assert done.code == 0, done.err
        assert (tmp_path / name).read_bytes().startswith(start)
    for wrong, words in (
        (("RUS", "RUS"), "two different actors"),
        (("RUS", "PAK", "--format", "pdf"), "say where it goes"),
        (("RUS", "PAK", "--out", str(tmp_path / "b.doc")), "written as .md, .html or .pdf"),
    ):
        done = run(capsys, "--record", folder, "brief", *wrong)
        assert done.code == 1, done.err
        assert words in done.err


def test_the_site_gives_it_too(folder: Path) -> None:
    with client(folder, today=date(2017, 1, 1)) as site:
        page = site.get("/brief/RUS/PAK?since=2009-01-01&until=2016-12-31")
        assert page.status_code == 200
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", page.text)
        assert "cancelled a visit to Islamabad" in page.text
        assert "/brief/RUS/PAK" in site.get("/RUS/PAK").text
        for kind, start in (("pdf", b"%PDF"), ("md", b"# Russia"), ("html", b"<!doctype")):
            assert site.get(f"/brief/RUS/PAK/brief.{kind}").content.startswith(start)
        assert site.get("/brief/RUS/PAK/brief.doc").status_code == 400
        assert site.get("/brief/russia/pakistan", follow_redirects=False).headers["location"] == "/brief/RUS/PAK"


@pytest.mark.parametrize("pair", [("RUS", "PAK"), ("IND", "PAK"), ("AFG", "USA"), ("BRA", "JPN")])
@pytest.mark.parametrize(
    ("as_of", "until"), [(None, UNTIL), (date(2013, 3, 1), date(2013, 3, 1)), (None, date(2018, 6, 30))]
)
def test_the_site_says_the_same_as_the_command(
    folder: Path, pair: tuple[str, str], as_of: date | None, until: date
) -> None:
    today = date(2019, 1, 1)
    sights = Sights(folder, Settings())
    try:
        held = OfSight(sights.at(as_of), *pair, as_of or today)
        shown = compose(held, *pair, since=SINCE, until=until, as_of=as_of, today=as_of or today)
    finally:
        sights.close()
    with MeasuredRecord(folder, create=False) as opened:
        told = gather(opened, *pair, since=SINCE, until=until, as_of=as_of, today=today)
    for name in Brief.__struct_fields__:
        assert getattr(shown, name) == getattr(told, name), name
