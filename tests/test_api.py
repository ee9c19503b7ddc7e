"""The programmers' interface: what pages show, as JSON; paged, filtered, tagged; described by the code that reads it."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from command import run
from detente.measured import MeasuredRecord
from detente.types import Meeting
from detente.web.api import ENDPOINTS
from detente.web.api.openapi import plain
from making import make_event
from sites import HOSTILE, TODAY, client, full_entry, make_record, served

BASE = "/api/v1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty pages of a pair, several a day; a hostile one; one whose id is a web address."""
    made = [full_entry("frames"), full_entry("https://x.example/a?b=1#ü", published=date(2012, 9, 21))]
    made.append(full_entry("bad", text=f"RUS {HOSTILE} PAK.", title=HOSTILE, published=date(2012, 9, 22)))
    for n in range(40):
        day = date(2010, 1, 1) + timedelta(20 * (n // 2))
        entry = full_entry(f"m{n:02}", text=f"RUS met PAK {n} times.", published=day)
        entry.reading.events = [make_event(kind="CONSULT" if n % 4 else "ACCUSE", start=day, text="RUS met PAK")]
        entry.reading.events[0].status = "occurred"
        made.append(entry)
    return make_record(tmp_path_factory.mktemp("api") / "record", made)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Any]:
    with client(folder) as made:
        yield made


def every(site: Any, path: str) -> list[dict[str, Any]]:
    """All items of a listing, page by page."""
    found: list[dict[str, Any]] = []
    there: str | None = BASE + path
    while there:
        answer = site.get(there)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        there = answer.json()["next"]
    return found


@pytest.mark.parametrize("path", ["/events?limit=7", "/statements?limit=7", "/meetings?limit=3", "/transfers?limit=5", "/documents?limit=4",
                                  "/levels?limit=1", "/forecasts?limit=6", "/events?a=RUS&b=PAK&limit=6"])  # fmt: skip
def test_page_by_page_gives_each_row_once(site: Any, path: str) -> None:
    rows = every(site, path)
    whole = every(site, path.split("limit=", maxsplit=1)[0] + "limit=500")
    assert rows == whole
    assert len(rows) > 1 or "levels" in path
    if "id" in rows[0]:
        assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("path", "check"),
    [
        ("/events?type=ACCUSE", lambda r: r["type"] == "ACCUSE"),
        ("/events?since=2012-01-01", lambda r: r["day"] >= "2012-01-01"),
        ("/events?until=2010-06-01", lambda r: r["day"] <= "2010-06-01"),
        ("/events?q=MET+pak&type=ACCUSE", lambda r: "met PAK" in r["sentence"]),
        ("/events?document=m03", lambda r: r["document"] == "m03"),
        ("/events?source=Russia&target=PAK", lambda r: "RUS" in r["source"] and "PAK" in r["target"]),
        ("/statements?forecast=true&speaker=speak", lambda r: r["forecast"] and r["speaker"] == "A. Speaker"),
        ("/meetings?actor=PAK&status=scheduled", lambda r: "PAK" in r["participants"]),
        ("/transfers?stage=agreed&recipient=pakistan", lambda r: r["stage"] == "agreed"),
        ("/documents?q=m03", lambda r: r["id"] == "m03"),
    ],
)
def test_filters_keep_what_fits(site: Any, path: str, check: Any) -> None:
    rows = every(site, path)
    assert rows
    assert all(check(row) for row in rows)
    assert len(rows) <= len(every(site, path.split("?", maxsplit=1)[0]))


def test_numbers_are_those_of_the_command(site: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(capsys, "--record", folder, "relation", "RUS", "PAK", "--json").out)
    given = site.get(f"{BASE}/relations/RUS/PAK").json()
    assert given["series"][-10:] == told["series"][-10:]
    assert {"a", "b", "series", "turns"} <= set(given)
    turned = json.loads(run(capsys, "--record", folder, "turns", "--json").out)
    assert site.get(f"{BASE}/turns").json() == turned
    with MeasuredRecord(folder, create=False) as record:
        assert len(every(site, "/events")) == record.events().num_rows
        assert site.get(f"{BASE}/status").json()["record"]["events"] == record.status().events


def test_one_thing_by_its_id(site: Any) -> None:
    for table in ("events", "documents"):
        for row in every(site, f"/{table}"):
            found = site.get(f"{BASE}/{table}/" + row["id"].replace("%", "%25").replace("?", "%3F").replace("#", "%23"))
            assert found.json() == row
    assert "text" not in every(site, "/documents")[0]


def test_as_of_gives_what_was_known(site: Any) -> None:
    assert every(site, "/events?as_of=2010-03-01") == [r for r in every(site, "/events") if r["known"] <= "2010-03-01"]
    assert site.get(f"{BASE}/documents/frames?as_of=2012-09-01").status_code == 404


def test_unchanged_is_not_sent_again_and_other_sites_may_read(site: Any) -> None:
    first = site.get(f"{BASE}/events?limit=3")
    assert site.get(f"{BASE}/events?limit=3", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert first.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in site.get("/").headers


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/events?typ=ACCUSE", 400, "no parameter 'typ'"), ("/events?type=NOTHING", 400, "is not one of"),
        ("/events?since=yesterday", 400, "is no date"), ("/events?limit=0", 400, "from 1 to 500"), ("/events?limit=501", 400, "from 1 to 500"),
        ("/events?after=x", 400, "'after'"), ("/events?actor=", 400, "1 to 100"), ("/events?actor=xqzzy", 404, "xqzzy"),
        ("/events/none", 404, "no event"), ("/documents/none", 404, "no document"), ("/relations/RUS/RUS", 400, "two different"),
        ("/none", 404, "no page"), ("/events?q=" + "a" * 101, 400, "1 to 100"), ("/events?q=" + "a" * 5000, 414, "too long"),
        ("/statements?forecast=maybe", 400, "neither true nor false"),
    ],
)  # fmt: skip
def test_errors_are_one_sentence_for_programs(site: Any, path: str, status: int, words: str) -> None:
    answer = site.get(BASE + path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert words in answer.json()["detail"]
    assert answer.json()["status"] == status


def test_it_can_only_be_read(site: Any) -> None:
    assert site.post(f"{BASE}/events").status_code == 405
    assert site.head(f"{BASE}/events").status_code == 200


def test_lists_as_tables_run_no_formula(site: Any) -> None:
    answer = site.get(f"{BASE}/events?format=csv&limit=500")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == [row["id"] for row in every(site, "/events?limit=500")]
    for path in ("/levels", "/forecasts", "/statements", "/meetings", "/transfers", "/documents"):
        assert site.get(f"{BASE}{path}?format=csv").text.count("\n") >= 2, path


def test_the_page_for_people_shows_true_examples(site: Any) -> None:
    page = site.get("/api").text
    for endpoint in ENDPOINTS:
        assert f"<code>{plain(endpoint.path)}</code>" in page
        if endpoint.example:
            assert site.get(BASE + endpoint.example).status_code == 200, endpoint.example
    assert "<script>alert" not in page


@pytest.mark.parametrize("count", [0, 1])
def test_small_records_answer_too(tmp_path: Path, count: int) -> None:
    with client(make_record(tmp_path / "record", [full_entry("one")][:count])) as site:
        for endpoint in ENDPOINTS:
            if endpoint.example:
                assert site.get(BASE + endpoint.example).status_code == 200, endpoint.example
        assert site.get("/api").status_code == 200


def test_feeds_and_calendars_are_read_back(site: Any) -> None:
    import feedparser
    from icalendar import Calendar

    for name in ("turns", "statements", "events"):
        answer = site.get(f"/feeds/{name}.atom")
        assert answer.headers["content-type"].startswith("application/atom+xml")
        made = feedparser.parse(answer.content)
        assert not made.bozo
        assert len({entry.id for entry in made.entries}) == len(made.entries)
        assert made.entries or name == "turns"
        for entry in made.entries:
            assert site.get(entry.link.split("#")[0]).status_code == 200, entry.link
    narrowed = feedparser.parse(site.get("/feeds/events.atom?a=RUS&b=IND").content)
    assert narrowed.entries == []
    made = Calendar.from_ical(site.get("/calendar.ics?actor=PAK").text)
    held = [part for part in made.walk() if part.name == "VEVENT"]
    assert held
    assert len({str(part["UID"]) for part in held}) == len(held)


def test_a_called_off_meeting_is_cancelled_in_the_calendar(tmp_path: Path) -> None:
    entry = full_entry("one")
    seen = entry.reading.meetings[0].evidence
    entry.reading.meetings = [Meeting(participants=["IND", "PAK"], format="talks", start=TODAY, precision="day", status="cancelled", evidence=seen)]  # fmt: skip
    with client(make_record(tmp_path / "record", [entry])) as site:
        assert "STATUS:CANCELLED" in site.get("/calendar.ics").text
        assert site.get(f"{BASE}/calendar?status=cancelled").json()[0]["participants"] == ["IND", "PAK"]


OPERATIONS = [plain(endpoint.path) for endpoint in ENDPOINTS]


@pytest.fixture(scope="module")
def described(folder: Path) -> Any:
    """The interface as schemathesis sees it, on a server of its own."""
    from detente.web import Settings, create_app

    with served(create_app(folder, settings=Settings(today=TODAY)), log_level="critical") as at:
        made = schemathesis.openapi.from_url(f"http://{at}{BASE}/openapi.json", wait_for_schema=20)
        refused = made.config.checks.negative_data_rejection
        refused.expected_statuses = [*refused.expected_statuses, "414"]  # too long
        yield made


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["good", "bad"])
@pytest.mark.parametrize("path", OPERATIONS)
def test_schemathesis_finds_nothing(described: Any, path: str, mode: GenerationMode) -> None:
    operation = described[path]["GET"]

    @settings(
        max_examples=8,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def probe(case: schemathesis.Case) -> None:
        case.call_and_validate()

    probe()
