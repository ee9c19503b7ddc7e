"""The site's frame: headers on every answer, caching that notices what is new, errors in one sentence, nothing injected."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente import record as store
from detente.web.assets import assets
from detente.web.guard import POLICY
from sites import HOSTILE, client, full_entry, make_record

PATHS = ["/", "/nope", "/?as_of=2012-09-25", "/?as_of=nonsense", "/go?q=russia", "/static/none.css", "/go?q=xqzzy"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = make_record(tmp_path_factory.mktemp("site") / "record", [full_entry("one")])
    with client(folder) as made:
        yield made


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_promises(site: Any, path: str) -> None:
    headers = site.get(path, follow_redirects=False).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    assert "permissions-policy" in headers


@pytest.mark.parametrize("path", ["/", "/?as_of=2012-09-25", "/nope"])
def test_pages_have_no_inline_script_or_style(site: Any, path: str) -> None:
    text = site.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "<style" not in text
    assert not re.search(r"<[^>]*\sstyle=", text)
    assert not re.search(r"<[^>]*\son\w+=", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


def test_a_page_unchanged_is_not_sent_again(site: Any) -> None:
    first = site.get("/")
    again = site.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"
    assert site.get("/?as_of=2012-09-25").headers["etag"] != first.headers["etag"]


def test_what_is_written_is_shown(tmp_path: Path) -> None:
    folder = make_record(tmp_path / "record", [])
    with client(folder) as site:
        empty = site.get("/")
        assert "The record is empty so far" in empty.text
        with store.open(folder) as record:
            record.add([full_entry("one")], coder="test")
        after = site.get("/", headers={"if-none-match": empty.headers["etag"]})
        assert after.status_code == 200
        assert "A. Speaker" in after.text


def test_errors_are_one_sentence(site: Any) -> None:
    for path, status, words in [
        ("/?as_of=yesterday", 400, "is no date"),
        ("/nope/nope/nope/nope", 404, "There is no page at this address."),
        ("/xqzzy", 404, "xqzzy"),
        ("/go?q=" + "a" * 200, 400, "more than 120 characters"),
    ]:
        answer = site.get(path)
        assert answer.status_code == status, path
        assert words in re.search(r"<h1>(.*?)</h1>", answer.text).group(1)  # type: ignore[union-attr]
    assert site.post("/").status_code == 405


def test_an_error_of_ours_says_nothing_of_its_inside(site: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr("detente.web.rooms.front.headline", lambda *_: 1 / 0)
    answer = site.get("/?as_of=2012-09-21")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_strange_hosts_and_great_requests_are_refused(site: Any) -> None:
    assert site.get("/", headers={"host": "evil.example"}).status_code == 400
    assert site.get("/?x=" + "a" * 5000).status_code == 414
    assert site.post("/", content=b"x" * 300_000).status_code == 413


def test_static_files_are_kept_for_ever(site: Any) -> None:
    for name in assets():
        answer = site.get(f"/static/{name}")
        assert "immutable" in answer.headers["cache-control"]
    for path in ["/static/../app.py", "/static/%2e%2e%2fapp.py", "/static/site.css"]:
        assert site.get(path).status_code == 404


def test_packed_and_plain_are_the_same(site: Any) -> None:
    packed = site.get("/", headers={"accept-encoding": "gzip"})
    plain = site.get("/", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    entry = full_entry("bad", text=f"RUS {HOSTILE} PAK.", title=HOSTILE, url="javascript:alert(3)")
    entry.reading.document.source = HOSTILE
    entry.reading.statements[0].speaker = type(entry.reading.statements[0].speaker)(name=HOSTILE, actor="RUS")
    with client(make_record(tmp_path / "record", [entry])) as site:
        for path in ("/", "/?as_of=2012-09-30", f"/go?q={HOSTILE}"):
            text = site.get(path).text
            assert "<script>alert" not in text
            assert "<img" not in text
            assert "javascript:" not in text


def test_names_lead_to_pages(site: Any) -> None:
    for typed, place in [("Russia Pakistan", "/RUS/PAK"), ("rus", "/RUS"), ("South Korea vs North Korea", "/KOR/PRK"),
                         ("United States China", "/USA/CHN"), ("India", "/IND"), ("", "/")]:  # fmt: skip
        answer = site.get("/go", params={"q": typed}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, place), typed
    answer = site.get("/go?q=india&as_of=2012-09-01", follow_redirects=False)
    assert answer.headers["location"] == "/IND?as_of=2012-09-01"


def test_a_past_day_shows_what_was_known(tmp_path: Path) -> None:
    early, late = (full_entry(key, published=day) for key, day in (("a", date(2012, 9, 1)), ("b", date(2012, 9, 20))))
    late.reading.statements[0].speaker = type(late.reading.statements[0].speaker)(name="L. Latecomer", actor="RUS")
    with client(make_record(tmp_path / "record", [early, late])) as site:
        assert "L. Latecomer" in site.get("/").text
        before = site.get("/?as_of=2012-09-10").text
        assert "L. Latecomer" not in before
        assert "A. Speaker" in before
        assert "You see what was known on" in before


def test_old_views_are_thrown_away(tmp_path: Path) -> None:
    folder = make_record(tmp_path / "record", [])
    with client(folder) as site, store.open(folder) as record:
        sights = site.app.state.server.sights
        for n in range(6):
            record.add([full_entry(f"d{n}", text=f"RUS visits PAK {n}.")], coder="test")
            assert f"{n + 1} event" in site.get("/RUS/PAK").text
            assert site.get("/RUS/PAK?as_of=2012-09-25").status_code == 200
        sights._rebuilt.wait(5)
        assert len(list(Path(sights._scratch.name).glob("*.duckdb"))) <= 3
        assert len(sights._past) <= 1
