"""Calendar, statements and arms: what they say, how they narrow, what they give to take along, what was known when."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from detente import record as store
from detente.record import Entry
from detente.types import Meeting, Speaker, Transfer
from sites import HOSTILE, client, full_entry, make_record

PATHS = ["/calendar", "/calendar?month=2012-10&actor=Russia", "/statements", "/statements?state=due", "/arms",
         "/arms?recipient=pakistan", "/calendar?month=1999-01", "/arms?as_of=2012-01-01"]  # fmt: skip


def plain(key: str, text: str, published: date) -> Entry:
    """A page without frames, for one to be put on it."""
    entry = full_entry(key, text=text, published=published)
    entry.reading.events, entry.reading.statements, entry.reading.meetings, entry.reading.transfers = [], [], [], []
    return entry


def entries() -> list[Entry]:
    """A visit announced and held, one called off, a deal in two steps, a forecast whose day went by."""
    first = full_entry("one")
    first.reading.statements[0].horizon = date(2012, 9, 25)
    held = plain("two", "RUS visited PAK.", date(2012, 10, 5))
    seen = first.reading.meetings[0].evidence
    held.reading.meetings = [
        Meeting(participants=["PAK", "RUS"], format="visit", start=date(2012, 10, 3), end=date(2012, 10, 4),
                precision="day", status="held", evidence=seen)
    ]  # fmt: skip
    off = plain("three", "IND calls off its talks with PAK.", date(2012, 9, 21))
    off.reading.meetings = [
        Meeting(participants=["IND", "PAK"], format="talks", start=date(2012, 10, 10), precision="day",
                status="cancelled", evidence=seen)
    ]  # fmt: skip
    sold = plain("four", "RUS delivered helicopters to PAK.", date(2012, 10, 8))
    sold.reading.transfers = [
        Transfer(supplier=["RUS"], recipient=["PAK"], item="Mi-35 helicopters", stage="delivered", evidence=seen)
    ]
    refused = plain("five", "USA refused drones to PAK.", date(2012, 10, 9))
    refused.reading.transfers = [Transfer(supplier=["USA"], recipient=["PAK"], item="drones", stage="refused", evidence=seen)]  # fmt: skip
    return [first, held, off, sold, refused]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with client(make_record(tmp_path_factory.mktemp("lists") / "record", entries()), today=date(2012, 10, 12)) as made:
        yield made


def head(text: str) -> str:
    """A page's finding."""
    return re.search(r"<h1>(.*?)</h1>", text, re.S).group(1)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_whole_and_without_inline_code(site: Any, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", answer.text)
    assert len(answer.text) < 300_000
    assert "None" not in re.sub(r"<[^>]+>", "", answer.text)


def test_the_calendar_says_what_became_of_meetings(site: Any) -> None:
    text = site.get("/calendar?month=2012-10").text
    assert head(text) == "Oct 2012: 2 meetings, 1 held, 1 called off"
    assert "2 reports from 1 source" in text
    assert re.search(r'<td class=" ?"><span class="faint small">3</span>\s*<a class="meet held"', text)
    assert (
        head(site.get("/calendar?month=2012-10&as_of=2012-09-22").text) == "Oct 2012: 2 meetings, 1 due, 1 called off"
    )
    assert head(site.get("/calendar?month=2012-10&actor=India").text) == "India, Oct 2012: 1 meeting, 1 called off"
    assert "1 held" not in head(site.get("/calendar?month=2012-10&status=cancelled").text)


def test_statements_go_by_their_fate(site: Any, tmp_path: Path) -> None:
    assert "1 past their day without a verdict" in head(site.get("/statements").text)
    assert "A. Speaker" in site.get("/statements?state=due").text
    assert "No statement fits" in site.get("/statements?state=open").text
    assert "No statement fits" in site.get("/statements?speaker=nobody").text
    assert "A. Speaker" in site.get("/statements?speaker=speak&actor=rus&about=PAK&certainty=probable&kind=quote").text
    assert head(site.get("/statements?as_of=2012-09-22").text) == "1 forecast: 1 still open"


def test_a_resolved_forecast_is_scored(tmp_path: Path) -> None:
    folder = make_record(tmp_path / "record", entries())
    with store.open(folder) as record:
        key = record.statements().to_pylist()[0]["id"]
        record.resolve(key, "true", "the visit took place")
    with client(folder, today=date(2012, 10, 12)) as site:
        text = site.get("/statements?state=true").text
        assert "✓ came true" in text
        assert "Because: the visit took place" in text
        assert head(text) == "1 forecast: 1 came true"
        assert "0.062" in text  # Brier score of 'probable' (0.75) that came true


def test_the_ledger_follows_a_deal_to_its_end(site: Any) -> None:
    text = site.get("/arms").text
    assert head(text) == "Arms: 2 deals, 1 delivered; Russia sells most of them"
    assert re.search(r"agreed \d+ \w+ 2012 → delivered \d+ \w+ 2012", text)
    assert head(site.get("/arms?supplier=RUS&recipient=PAK").text) == "Russia to Pakistan: 1 deal, 1 delivered"
    assert "drones" not in site.get("/arms?stage=delivered").text
    assert "delivered" not in head(site.get("/arms?as_of=2012-09-25").text).replace("0 delivered", "")


def test_files_hold_what_the_pages_show(site: Any) -> None:
    def rows(path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(site.get(path).text)))

    assert {row["status"] for row in rows("/calendar/meetings.csv?month=2012-10")} == {"held", "cancelled"}
    assert rows("/calendar/outcomes.csv?month=2012-10")[-1]["held"] == "1"
    assert [row["stage"] for row in rows("/arms/deals.csv?recipient=PAK")] == ["refused", "delivered"]
    assert rows("/statements/list.csv?state=due")[0]["speaker"] == "A. Speaker"
    for path in ("/calendar/outcomes.svg", "/arms/years.svg"):
        assert site.get(path).text.startswith("<svg")
    assert site.get("/arms/years.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/calendar?month=soon", 400), ("/calendar?actor=xqzzy", 404), ("/statements?state=maybe", 400), ("/arms?page=0", 400),
     ("/arms/none.csv", 400), ("/statements/none.csv", 400), ("/calendar/none", 400), ("/calendar?month=1800-01", 200)],
)  # fmt: skip
def test_what_cannot_be_shown_is_said(site: Any, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert len(head(answer.text)) > 10


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    entry = full_entry("bad", text=f"RUS {HOSTILE} PAK.", title=HOSTILE, url="javascript:alert(3)")
    reading = entry.reading
    reading.statements[0].text = reading.meetings[0].topic = reading.transfers[0].item = HOSTILE
    reading.meetings[0].series = HOSTILE
    reading.statements[0].speaker = Speaker(name=HOSTILE, actor="RUS", role=HOSTILE)
    with client(make_record(tmp_path / "record", [entry])) as site:
        for path in ("/calendar?month=2012-10", "/statements", "/arms", f"/statements?speaker={HOSTILE}"):
            text = site.get(path).text
            assert "<script>alert" not in text, path
            assert "<img" not in text, path
            assert "javascript:" not in text, path


@pytest.mark.parametrize("count", [0, 1])
def test_small_records_look_finished(tmp_path: Path, count: int) -> None:
    with client(make_record(tmp_path / "record", [full_entry("one")][:count])) as site:
        for path in ("/calendar", "/statements", "/arms"):
            answer = site.get(path)
            assert answer.status_code == 200
            assert ("in the record yet" in answer.text or "Nobody is quoted yet" in answer.text) == (count == 0)


def test_long_lists_go_by_pages(tmp_path: Path) -> None:
    made = []
    for n in range(60):
        entry = full_entry(f"m{n}", text=f"RUS said {n} to PAK.", published=date(2012, 1, 1) + timedelta(n))
        entry.reading.meetings, entry.reading.transfers = [], []
        made.append(entry)
    with client(make_record(tmp_path / "record", made)) as site:
        seen = [
            key
            for page in (1, 2, 3)
            for key in re.findall(r'<li id="s-([^"]+)"', site.get(f"/statements?page={page}").text)
        ]
    assert len(seen) == len(set(seen)) == 60
