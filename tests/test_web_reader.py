"""The reader and the page of an event: marks in place, what was coded and why, and who may read the whole text."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente import record as store
from detente.record import Entry
from making import make_event
from sites import HOSTILE, client, full_entry, make_record

SECRET = "Nothing was coded from this last sentence."
TEXT = f"RUS will visit PAK soon. {SECRET}"


def entry(key: str, text: str = TEXT, **more: Any) -> Entry:
    """A page with all kinds of frames in its first sentence, and a second one without."""
    made = full_entry(key, text=text, **more)
    first = len(text.split(". ", maxsplit=1)[0]) + 1
    reading = made.reading
    for frame in (*reading.events, *reading.statements, *reading.meetings, *reading.transfers):
        frame.evidence = type(frame.evidence)(start=0, end=first, trigger=(4, 14))
    reading.statements[0].parts = [(0, first)]
    reading.statements[0].text = text[:first]
    reading.events[0].start = reading.events[0].end = date(2012, 9, 26 if key == "one" else 27)
    reading.events[0].precision = "day"
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = [entry("one"), entry("http://x.example/a?b=1#c/d e%20é", published=date(2012, 9, 21))]
    return make_record(tmp_path_factory.mktemp("reader") / "record", made)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Any]:
    with client(folder) as made:
        yield made


def event_of(site: Any, key: str = "one") -> str:
    """The path of a page's event."""
    text = site.get(f"/d/{key}").text
    return re.search(r'href="(/e/[^"]+)"', text).group(1)  # type: ignore[union-attr]


def test_the_public_sees_evidence_and_the_one_alone_the_whole(site: Any, folder: Path) -> None:
    public = site.get("/d/one").text
    assert "will visit" in public
    assert SECRET not in public
    assert "for those who are signed in" in public
    with client(folder, full_text=True) as own:
        assert SECRET in own.get("/d/one").text
        assert own.get("/d/one").headers["etag"] != site.get("/d/one").headers["etag"]
    for path in (
        "/",
        "/RUS/PAK",
        "/RUS",
        "/statements",
        "/calendar",
        event_of(site),
        "/RUS/PAK/events.json",
        "/brief/RUS/PAK",
    ):
        assert SECRET not in site.get(path).text, path


def test_marks_stand_in_place_and_lead_to_what_was_coded(site: Any) -> None:
    text = site.get("/d/one").text
    mark = re.search(r'<a class="w-event coop[^"]*" href="#(e-[^"]+)">will visit</a>', text)
    assert mark
    assert f'id="{mark[1]}"' in text
    assert re.search(r'<a class="w-actor[^"]*" href="/RUS"[^>]*>RUS</a>', text)
    for part in (
        "CONSULT",
        "Because of",
        "“will visit”",
        "A. Speaker",
        "Mi-35 helicopters",
        "Confidence",
        "1 event",
    ):
        assert part in text
    plain = re.sub(r"<[^>]+>", "", re.search(r'<article class="text".*?</article>', text, re.S).group(0))  # type: ignore[union-attr]
    assert plain.strip() == TEXT.split(". ", maxsplit=1)[0] + "."


def test_any_id_has_its_page(site: Any) -> None:
    links = set(re.findall(r'href="(/d/[^"]+)"', site.get("/RUS/PAK").text))
    assert len(links) == 2
    for link in links:
        assert site.get(link.replace("&amp;", "&")).status_code == 200, link
    for path in ("/d/none", "/e/none", "/d/", "/e/one:0"):
        assert site.get(path).status_code == 404, path


def test_an_event_says_what_each_field_means(site: Any) -> None:
    text = site.get(event_of(site)).text
    assert re.search(r"<h1>Russia → Pakistan: CONSULT", text)
    for part in (
        "Meet or speak with each other",
        "Intensity",
        "Known since",
        "26 Sep 2012",
        "Before and after",
        "read the page",
    ):
        assert part in text
    assert "this event" in text


def test_as_known_before_it_was_published_it_is_not_there(site: Any) -> None:
    assert site.get("/d/one?as_of=2012-09-19").status_code == 404
    assert site.get(event_of(site) + "?as_of=2012-09-19").status_code == 404
    assert site.get("/d/one?as_of=2012-09-20").status_code == 200


def test_copies_are_named(tmp_path: Path) -> None:
    with store.open(tmp_path / "record") as record:
        record.add([entry("one"), entry("two", published=date(2012, 9, 22))], coder="t", same=lambda *_: True)
        clusters = {row[0] for row in record._lake.run("SELECT cluster FROM documents").fetchall()}
    with client(tmp_path / "record") as site:
        assert ("1 copy elsewhere" in site.get("/d/one").text) == (len(clusters) == 1)


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    bad = full_entry("bad", text=f"RUS {HOSTILE} PAK.", title=HOSTILE, url="javascript:alert(3)")
    bad.reading.document.author = HOSTILE
    bad.reading.statements[0].parts = [(0, 200)]
    bad.reading.events[0].attributed_to = HOSTILE
    bad.reading.events += [make_event(kind="ACCUSE", text=bad.reading.document.text)]
    with client(make_record(tmp_path / "record", [bad]), full_text=True) as site:
        for path in ("/d/bad", event_of(site, "bad"), f"/d/{HOSTILE}", f"/e/{HOSTILE}"):
            text = site.get(path).text
            assert "<script>alert" not in text, path
            assert "<img" not in text, path
            assert 'href="javascript:' not in text, path
            assert not re.search(r"<[^>]*\s(?:style|onerror)=", text), path


def test_an_imported_event_has_a_page_without_a_sentence(tmp_path: Path) -> None:
    from detente.record.exchange import import_file

    file = tmp_path / "rows.csv"
    file.write_text("date,a,b,code\n2012-01-01,RUS,PAK,112\n2012-02-01,RUS,PAK,057\n")
    with store.open(tmp_path / "record") as record:
        import_file(record, file, "dyadic", mapping={"date": "date", "source": "a", "target": "b", "cameo": "code"})
    with client(tmp_path / "record") as site:
        link = re.search(r'href="(/e/[^"]+)"', site.get("/RUS/PAK").text).group(1)  # type: ignore[union-attr]
        assert "gives no sentence" in site.get(link).text
