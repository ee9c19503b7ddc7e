"""The reader and the page of an event: marks in place, what was coded and why, and who may read the whole text."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, unquote

import pytest

from detente import record as store
from detente.record import Entry
from detente.types import Document
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
    assert f'id="{unquote(mark[1])}"' in text
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


def test_marks_never_change_the_text(tmp_path: Path) -> None:
    text = "RUS & <PAK> “met”.\n\nThen <b>RUS</b> left\tPAK.\nEnd &amp; rest."
    made = entry("odd", text)
    made.reading.statements[0].parts = [(2, 30), (10, 50)]
    made.reading.events[0].evidence = type(made.reading.events[0].evidence)(start=0, end=19, trigger=(12, 17))
    with client(make_record(tmp_path / "record", [made]), full_text=True) as site:
        article = re.search(r"<article.*?</article>", site.get("/d/odd").text, re.S).group(0)  # type: ignore[union-attr]
        shown = "\n".join(re.findall(r"<p>(.*?)</p>", article, re.S))
        assert unescape(re.sub(r"<[^>]+>", "", shown)) == text.replace("\n\n", "\n")


def test_a_page_without_a_title_is_headed_by_what_all_may_read(tmp_path: Path) -> None:
    made = entry("bare", f"{SECRET} RUS will visit PAK soon.")
    start = len(SECRET) + 1
    for frame in (*made.reading.events, *made.reading.statements, *made.reading.meetings, *made.reading.transfers):
        frame.evidence = type(frame.evidence)(start=start, end=len(made.reading.document.text), trigger=None)
    made.reading.events[0].source = [type(made.reading.events[0].source[0])(id="RUS")]
    made.reading.document.title = None
    made.reading.statements = []
    folder = make_record(tmp_path / "record", [made])
    with client(folder) as site:
        text = site.get("/d/bare").text
        assert SECRET not in text
        assert "<h1>RUS will visit PAK soon.</h1>" in text
        assert SECRET not in site.get("/search?q=coded+sentence&in=documents").text
        assert site.get("/search?q=coded&in=documents").text.count("/d/bare") == 0
    with client(folder, full_text=True) as site:
        assert SECRET in site.get("/d/bare").text


def test_nobody_gets_what_was_made_for_another(folder: Path) -> None:
    with client(folder) as site:
        server = site.app.state.server

        async def signed_in(request: Any) -> bool:
            return request.headers.get("x-test") == "ann"

        server.signed_in = signed_in
        own = site.get("/d/one", headers={"x-test": "ann"})
        assert SECRET in own.text
        assert own.headers["cache-control"].startswith("private")
        assert "cookie" in own.headers["vary"]
        for headers in ({}, {"if-none-match": own.headers["etag"]}):
            public = site.get("/d/one", headers=headers)
            assert public.status_code == 200
            assert SECRET not in public.text
            assert public.headers["etag"] != own.headers["etag"]
        again = site.get("/d/one", headers={"x-test": "ann", "if-none-match": public.headers["etag"]})
        assert (again.status_code, SECRET in again.text) == (200, True)


@pytest.mark.parametrize("header", ["forwarded", "x-forwarded-for", "x-real-ip", "via"])
def test_what_a_proxy_hands_on_is_not_from_this_machine(folder: Path, header: str) -> None:
    with client(folder, full_text=True) as site:
        assert SECRET in site.get("/d/one").text
        assert SECRET not in site.get("/d/one", headers={header: "203.0.113.9"}).text


def test_why_is_told_to_those_who_may_read_the_text(folder: Path) -> None:
    asked: list[Document] = []

    def explain(document: Document) -> list[Any]:
        asked.append(document)
        reason = SimpleNamespace(parties=[("RUS", "RUS", "names.tsv")], trigger=("visit", 0.9), types=[("CONSULT", 0.8)],
                                 threshold=0.4, direction=[("RUS acts on PAK", 0.7)], status=[("planned", 0.6)], tense=False,
                                 claim=[("the text", 1.0)], ruled=False)  # fmt: skip
        return [SimpleNamespace(event=entry("one").reading.events[0], reason=reason)]

    with client(folder, full_text=True, explain=explain) as site:
        text = site.get("/d/one").text
        assert asked == []
        link = re.search(r'href="(/d/one\?explain=[^"#]+)#', text).group(1)  # type: ignore[union-attr]
        assert "RUS acts on PAK 70" in site.get(link).text
    with client(folder, explain=explain) as public:
        assert "explain=" not in public.get("/d/one").text
        assert "RUS acts on PAK" not in public.get(link).text
    assert len(asked) == 1


def test_a_long_text_comes_in_parts(tmp_path: Path) -> None:
    made = entry("long", "\n".join([TEXT, *(f"Paragraph {n} " + "word " * 400 for n in range(40))]))
    with client(make_record(tmp_path / "record", [made]), full_text=True) as site:
        seen, path = [], "/d/long"
        for _ in range(20):
            text = site.get(path).text
            assert len(text) < 300_000
            seen += re.findall(r"Paragraph (\d+)", text)
            more = re.search(r'rel="next" href="([^"]+)#text"', text)
            if not more:
                break
            path = more[1].replace("&amp;", "&")
        assert seen == [str(n) for n in range(40)]


def test_a_coding_that_was_replaced_says_so(tmp_path: Path) -> None:
    before, after = entry("one"), entry("one")
    after.reading.events[0].type = "AGREE"
    with store.open(tmp_path / "record") as record:
        record.add([before], coder="first")
        old = record.events()["id"][0].as_py()
        record.add([after], coder="second")
    with client(tmp_path / "record") as site:
        text = site.get(f"/e/{quote(old, safe='')}").text
        assert "This coding was retired on" in text
        assert re.search(r'<a href="/e/[^"]+">AGREE', text)
        assert "first" in text


def test_an_event_of_a_copy_has_its_page(tmp_path: Path) -> None:
    first, second = entry("one"), entry("two", published=date(2012, 9, 22))
    for made in (first, second):
        made.signature, made.bands = b"x" * 8, [1, 2]
    with store.open(tmp_path / "record") as record:
        record.add([first, second], coder="t", same=lambda *_: True)
        ids = set(record.events(copies=True)["id"].to_pylist())
        assert len(ids) == 2
        assert record.events().num_rows == 1
    with client(tmp_path / "record") as site:
        for key in ids:
            assert "will visit" in site.get(f"/e/{quote(key, safe='')}").text
        assert 'class="w-event' in site.get("/d/two").text


@pytest.mark.parametrize("key", ["a/../b", "a//b/", "100%25 <b>", "emoji 😀", "x?y=1&z#q"])
def test_links_of_a_page_keep_its_id(tmp_path: Path, key: str) -> None:
    with client(make_record(tmp_path / "record", [entry(key)])) as site:
        link = re.search(r'href="(/d/[^"]+)"', site.get("/RUS/PAK").text).group(1)  # type: ignore[union-attr]
        assert "/" not in link.removeprefix("/d/")
        past = site.get(f"{link}?as_of=2012-09-25")
        assert past.status_code == 200
        assert f'href="{link}">Back to today' in past.text
