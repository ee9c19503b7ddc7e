"""Pages of pairs and actors: what they say, what their address keeps, what they give to take along."""

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
from detente.record.exchange import import_file
from detente.web.guard import POLICY
from making import make_event
from sites import HOSTILE, client, full_entry, make_record

PATHS = ["/RUS/PAK", "/RUS", "/PAK/RUS?period=year&way=forth", "/RUS/PAK?as_of=2010-01-01", "/RUS/PAK?compare=RUS-IND"]


def entries(months: int = 30) -> list[Entry]:
    """A pair that has to do with each other every month, and one page with all kinds of frames."""
    made = [full_entry("frames", url="https://example.org/a?b=1&c=2")]
    for n in range(months):
        day = date(2010, 3, 5) + timedelta(31 * n)
        entry = full_entry(f"m{n:02}", text=f"RUS met PAK on the {n}th time.", published=day)
        kinds = ["CONSULT", "AGREE", "ACCUSE"] if n % 3 else ["CONSULT", "AID"]
        entry.reading.events = [make_event(kind=kind, start=day, text=entry.reading.document.text) for kind in kinds]
        for event in entry.reading.events:
            event.status = "occurred"
        entry.reading.statements, entry.reading.meetings, entry.reading.transfers = [], [], []
        made.append(entry)
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with client(make_record(tmp_path_factory.mktemp("pages") / "record", entries())) as made:
        yield made


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_whole_and_without_inline_code(site: Any, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    text = answer.text
    assert len(re.findall(r"<h1>", text)) == 1
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", text)
    assert "<style" not in text
    assert len(text) < 300_000


def test_a_pair_says_how_it_stands_and_why(site: Any) -> None:
    text = site.get("/RUS/PAK").text
    assert re.search(r"<h1>Russia – Pakistan: (mostly|more) cooperation", text)
    for part in ("Meetings", "What was said", "Arms", "Mi-35 helicopters", "A. Speaker", "events</h2>", "80 %"):
        assert part in text
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer nofollow"' in text


def test_every_link_of_a_pair_leads_somewhere(site: Any) -> None:
    text = site.get("/RUS/PAK").text
    links = {link.replace("&amp;", "&").split("#")[0] for link in re.findall(r'href="(/[^"]*)"', text)}
    assert len(links) > 10
    for link in links:
        assert site.get(link).status_code == 200, link


def test_the_address_keeps_what_was_asked(site: Any) -> None:
    text = site.get("/RUS/PAK?as_of=2012-06-01&period=year&type=AID").text
    assert 'name="as_of" value="2012-06-01"' in text
    assert "<option selected>year" in text
    assert 'href="/RUS?as_of=2012-06-01"' in text
    rows = re.findall(r'<tr id="e-', text)
    assert rows
    assert "▲ AID" in text
    assert "▲ AGREE" not in text


def test_events_go_by_pages_types_and_days(site: Any) -> None:
    total = int(re.search(r">([\d,]+) events</h2>", site.get("/RUS/PAK").text).group(1))  # type: ignore[union-attr]
    seen = []
    for page in range(1, -(-total // 25) + 1):
        seen += re.findall(r'<tr id="e-([^"]+)"', site.get(f"/RUS/PAK?page={page}").text)
    assert len(seen) == len(set(seen)) == total
    assert "No event fits" in site.get("/RUS/PAK?on=1999").text
    march = site.get("/RUS/PAK?on=2010-03").text
    assert set(re.findall(r'<td><time datetime="(\d{4}-\d\d)', march)) == {"2010-03"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/RUS/RUS", 400), ("/RUS/XXQ", 404), ("/XXQ", 404), ("/RUS/PAK?period=decade", 400), ("/RUS/PAK?page=0", 400),
        ("/RUS/PAK?compare=RUS", 400), ("/RUS/PAK?compare=A-B,C-D,E-F,G-H", 400), ("/RUS/PAK?on=soon", 400),
        ("/RUS/PAK/level.exe", 400), ("/RUS/nothing.csv", 400), ("/RUS/PAK?since=2012-13-01", 400),
        ("/RUS/PAK?as_of=9999-01-01", 400), ("/RUS/PAK?page=99999999999", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_said(site: Any, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert re.search(r"<h1>[^<]{10,}</h1>", answer.text)


def test_names_and_small_letters_lead_to_the_page(site: Any) -> None:
    for path, place in [("/russia/pakistan", "/RUS/PAK"), ("/rus", "/RUS"), ("/rus/pak?as_of=2012-01-01", "/RUS/PAK?as_of=2012-01-01")]:  # fmt: skip
        answer = site.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_files_hold_what_the_page_shows(site: Any) -> None:
    svg = site.get("/RUS/PAK/level.svg?since=2011-01-01")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert svg.text.startswith("<svg")
    assert 'xmlns="http://www.w3.org/2000/svg"' in svg.text
    assert 'class="m-' not in svg.text
    assert site.get("/RUS/PAK/level.png").content.startswith(b"\x89PNG")
    rows = list(csv.DictReader(io.StringIO(site.get("/RUS/PAK/level.csv?since=2011-01-01").text)))
    assert rows[0]["period"] == "2011-01-01"
    events = list(csv.DictReader(io.StringIO(site.get("/RUS/PAK/events.csv?type=AID").text)))
    assert {row["type"] for row in events} == {"AID"}
    assert len(site.get("/RUS/PAK/events.json").json()) > len(events)
    assert {row["partner"] for row in csv.DictReader(io.StringIO(site.get("/RUS/relations.csv").text))} == {"PAK"}


def test_an_actor_says_with_whom_and_who_speaks(site: Any) -> None:
    text = site.get("/RUS").text
    for part in ("Russia does most with Pakistan", "Partners over time", "Who speaks for it", "A. Speaker", "What is due",
                 "3–4 Oct 2012", 'href="/RUS/PAK"'):  # fmt: skip
        assert part in text


def test_as_of_shows_only_what_was_known(site: Any) -> None:
    assert "holds no acts between" in site.get("/RUS/PAK?as_of=2009-01-01").text
    assert "A. Speaker" not in site.get("/RUS?as_of=2012-09-01").text


def test_way_tells_one_side_from_the_other(site: Any) -> None:
    assert "No event fits" in site.get("/RUS/PAK?way=back").text
    assert "No event fits" not in site.get("/PAK/RUS?way=back").text


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    entry = full_entry("bad", text=f"RUS {HOSTILE} PAK.", title=HOSTILE, url="javascript:alert(3)")
    document, statement, meeting, transfer = (entry.reading.document, entry.reading.statements[0],
                                              entry.reading.meetings[0], entry.reading.transfers[0])  # fmt: skip
    document.source = HOSTILE
    statement.text = statement.speaker.name.join([HOSTILE] * 2)
    meeting.series = meeting.topic = HOSTILE
    transfer.item = HOSTILE
    formula = full_entry("formula", text='=HYPERLINK("http://evil") said RUS to PAK.')
    with client(make_record(tmp_path / "record", [entry, formula])) as site:
        for path in ("/", "/RUS", "/RUS/PAK", "/RUS/PAK/level.svg", f"/RUS/PAK?compare={HOSTILE}", f"/{HOSTILE}/PAK"):
            text = site.get(path).text
            assert "<script>alert" not in text, path
            assert "<img" not in text, path
            assert "javascript:" not in text, path
        assert ",=HYPERLINK" not in site.get("/RUS/PAK/events.csv").text
        assert ',"=HYPERLINK' not in site.get("/RUS/PAK/events.csv").text


@pytest.mark.parametrize("count", [0, 1])
def test_small_records_look_finished(tmp_path: Path, count: int) -> None:
    made = [full_entry("one")][:count]
    with client(make_record(tmp_path / "record", made)) as site:
        for path in ("/", "/RUS", "/RUS/PAK", "/USA/CHN"):
            answer = site.get(path)
            assert answer.status_code == 200
            assert "None" not in re.sub(r"<[^>]+>", "", answer.text)
            assert "nan" not in re.sub(r"<[^>]+>", " ", answer.text).split()


def test_an_imported_record_is_measured_and_shown(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    lines = [f"{date(2010, 1, 1) + timedelta(20 * n)},RUS,PAK,{'112' if n % 4 == 0 else '057'}" for n in range(60)]
    file.write_text("\n".join(["date,a,b,code", *lines]))
    with store.open(tmp_path / "record") as record:
        import_file(record, file, "dyadic", mapping={"date": "date", "source": "a", "target": "b", "cameo": "code"})
    with client(tmp_path / "record") as site:
        text = site.get("/RUS/PAK").text
        assert "60 events" in text
        assert "cooperation" in re.search(r"<h1>(.*?)</h1>", text).group(1)  # type: ignore[union-attr]
        past = site.get("/RUS/PAK?as_of=2010-12-31").text
        assert "19 events" in past


def test_slow_structure_stands_on_the_page_of_a_pair_as_it_was_known(tmp_path: Path) -> None:
    file = tmp_path / "rivalries.csv"
    file.write_text("tssr_id,ccode1,ccode2,start,end,spatial\n3,750,770,1947,2020,1\n")
    with store.open(tmp_path / "record") as record:
        record.add([full_entry("one")], coder="test")
        import_file(record, file, "rivalries")
    with client(tmp_path / "record") as site:
        assert "2020: spatial" not in site.get("/IND/PAK").text
        assert "/IND/PAK?slow=1#slow" in site.get("/IND/PAK").text
        assert "2020: spatial" in site.get("/IND/PAK?slow=1").text
        assert "2020: spatial" not in site.get("/IND/PAK?slow=1&as_of=2010-06-01").text
        assert "say nothing about the two" in site.get("/RUS/PAK?slow=1").text
