"""Search: words, names, types and years find what has them; nothing typed can break it; it grows with the record."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import record as store
from detente.record import Entry
from detente.web.understanding import understand
from making import make_event
from sites import HOSTILE, client, full_entry, make_record

WORDS = ["helicopters", "embargo", "pipeline", "visit", "talks"]


def entry(n: int) -> Entry:
    """A page whose sentence has a word of its own and one of five."""
    day = date(2012, 1, 1) + timedelta(3 * n)
    text = f"Russia said word{n:03} about {WORDS[n % 5]} with Pakistan."
    made = full_entry(f"p{n:03}", text=text, published=day, title=f"On {WORDS[n % 5]}")
    made.reading.events = [make_event(kind=("CONSULT", "ACCUSE")[n % 2], start=day, text=text)]
    made.reading.events[0].status = "occurred"
    made.reading.meetings, made.reading.transfers = [], []
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = make_record(tmp_path_factory.mktemp("search") / "record", [entry(n) for n in range(120)])
    with client(folder, today=date(2013, 2, 1)) as made:
        yield made


def head(text: str) -> str:
    """A page's finding."""
    return re.search(r"<h1>(.*?)</h1>", text, re.S).group(1)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=word007", 1), ("q=WORD007", 1), ("q=embargo", 24), ("q=embargo+%22talks%22", 48), ("q=embargo+-pipeline", 24), ("q=helic*", 24), ("q=helicopter", 24), ("q=pakistan.", 120), ("q=%22pakistan%22", 120), ("q=%22about+embargo%22", 24),
        ("q=%22embargo+about%22", 0), ("q=Russia+Pakistan", 120), ("q=Russia+India", 0), ("q=accuse", 60),
        ("q=embargo+accuse", 12), ("q=&type=CONSULT", 60), ("q=russia+2013", 0), ("q=russia+2012", 120),
        ("q=&since=2012-12-01", 8), ("q=&until=2012-01-10", 4), ("q=pipeline&in=statements", 24),
        ("q=pipeline&in=documents", 24), ("q=talks", 60), ("q=talks&raw=1", 24), ("q=since+2012-12-01", 8), ("q=December+2012", 8), ("q=before+2012-01-10", 4), ("q=2012-2013", 120), ("q=&actor=RUS,PAK&status=occurred", 120), ("q=&status=denied", 0),
    ],
)  # fmt: skip
def test_it_finds_what_has_all(site: Any, query: str, count: int) -> None:
    found = head(site.get(f"/search?{query}").text).removeprefix("No event has all of these words; ")
    assert found.startswith(f"{count} " if count else "No "), found


def test_results_come_newest_first_page_by_page_each_once(site: Any) -> None:
    seen = []
    for page in range(1, 6):
        seen += re.findall(r"word(\d{3})", re.sub(r"<[^>]+>", "", site.get(f"/search?q=russia&page={page}").text))
    assert seen == [f"{n:03}" for n in reversed(range(120))]


def test_words_are_marked_and_what_was_understood_can_be_taken_back(site: Any) -> None:
    text = site.get("/search?q=Russia+embargo").text
    assert "<mark>embargo</mark>" in text
    assert "Understood" in text
    there = re.search(r'href="(/search\?[^"]*)">only as a word', text).group(1).replace("&amp;", "&")  # type: ignore[union-attr]
    assert head(site.get(there).text) == "24 events found"
    assert "<mark>Russia</mark>" in site.get(there).text


def test_facets_narrow(site: Any) -> None:
    text = site.get("/search?q=russia").text
    there = re.search(r'href="(/search\?[^"]*type=ACCUSE[^"]*)"', text).group(1).replace("&amp;", "&")  # type: ignore[union-attr]
    assert head(site.get(there).text) == "60 events found"


def test_as_known_on_a_day(site: Any) -> None:
    assert head(site.get("/search?q=russia&as_of=2012-01-31").text) == "11 events found"
    assert head(site.get("/search?q=word090&as_of=2012-01-31").text) == "No event found"


def test_unknown_names_lead_to_the_search(site: Any) -> None:
    answer = site.get("/go?q=pipeline+word002", follow_redirects=False)
    assert answer.headers["location"] == "/search?q=pipeline+word002"


def test_what_is_added_is_found_and_what_was_retired_is_not(tmp_path: Path) -> None:
    folder = make_record(tmp_path / "record", [entry(1), entry(2)])
    with client(folder) as site, store.open(folder) as record:
        assert head(site.get("/search?q=word001").text) == "1 event found"
        record.add([entry(3)], coder="test")
        assert head(site.get("/search?q=word003").text) == "1 event found"
        assert head(site.get("/search?q=russia").text) == "3 events found"
        changed = entry(1)
        changed.reading.events = []
        record.add([changed], coder="other")
        assert "word001" not in re.sub(r"<form.*?</form>", "", site.get("/search?q=russia").text, flags=re.S)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60))
def test_nothing_typed_breaks_it(site: Any, text: str) -> None:
    assert site.get("/search", params={"q": text}).status_code == 200


@pytest.mark.parametrize(
    "text",
    ['"', '""', 'said : "x"', "a AND OR NOT b", "NEAR(a b)", "x*", "'; DROP TABLE keys", HOSTILE, "😀" * 90, "-" * 90],
)
def test_no_language_of_the_index_comes_through(site: Any, text: str) -> None:
    answer = site.get("/search", params={"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text


def test_queries_are_understood() -> None:
    asked = understand('South Korea "joint drill" sanctions 2016 2017')
    assert asked.actors == ["KOR"]
    assert asked.types == ["SANCTION"]
    assert asked.words == ["joint drill"]
    assert (asked.since, asked.until) == (date(2016, 1, 1), date(2017, 12, 31))
    assert understand("united states and russia").actors == ["USA", "RUS"]
    assert understand("Russia", words_only=True).actors == []


@pytest.mark.parametrize("count", [0, 1])
def test_small_records_look_finished(tmp_path: Path, count: int) -> None:
    with client(make_record(tmp_path / "record", [full_entry("one")][:count])) as site:
        assert head(site.get("/search").text) == "Search the record"
        assert head(site.get("/search?q=Russia").text) == ("1 event found" if count else "No event found")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab \"-*'’;%_()[]{}^:\\/.,&|!?~$#@<>=+0١😀é\u0301\x00\n"), max_size=400))
def test_no_sign_breaks_it(site: Any, text: str) -> None:
    for kind in ("events", "statements", "documents"):
        assert site.get("/search", params={"q": text, "in": kind}).status_code == 200


def test_a_query_too_long_is_cut_and_one_too_long_for_an_address_is_refused(site: Any) -> None:
    long = site.get("/search", params={"q": "embargo " + "x" * 2000})
    assert long.status_code == 200
    assert "Only the first 300 characters" in long.text
    assert site.get("/search", params={"q": "😀" * 2500}).status_code == 414


def test_all_are_counted_by_type_actor_and_year(site: Any) -> None:
    text = re.sub(r"\s+", " ", site.get("/search?q=russia").text)
    facets = dict(re.findall(r">([\w ]+) <span class=\"num\">([\d,]+)</span>", text))
    assert facets["CONSULT"] == facets["ACCUSE"] == "60"


def test_where_nothing_has_all_words_the_best_come_first(site: Any) -> None:
    text = site.get("/search?q=word007+embargo").text
    assert "No event has all of these words; 25 events have some" in head(text)
    assert (
        re.search(r"word(\d{3})", re.sub(r"<form.*?</form>|<[^>]+>", "", text.split('id="results"')[1], flags=re.S))[1]
        == "007"
    )  # type: ignore[index]


def test_what_was_understood_can_be_dropped(site: Any) -> None:
    text = site.get("/search?q=Russia+embargo+2013").text
    assert head(text) == "No event found"
    drops = [link.replace("&amp;", "&") for link in re.findall(r'<a href="([^"]+)">drop', text)]
    assert [head(site.get(link).text) for link in drops] == ["No event found", "24 events found"]


def test_statements_and_pages_are_found_by_their_own_fields(site: Any) -> None:
    assert head(site.get("/search?in=statements&kind=quote&certainty=probable").text) == "120 statements found"
    assert head(site.get("/search?in=statements&kind=belief").text) == "No statement found"
    assert head(site.get("/search?in=documents&q=word003").text) == "1 page found"
