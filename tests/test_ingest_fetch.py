"""Fetching: polite (robots, delays, conditional requests) and safe (addresses, redirects, bounds), on a real server."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from detente.errors import Refused
from detente.ingest import iterate
from detente.ingest.addresses import check_url, is_public, resolve
from detente.ingest.fetch import Answer, Fetcher
from detente.ingest.validators import Validators
from detente.types import Raw, Skip

PAGE = b"<html><head><title>Talks</title></head><body><p>Russia and Pakistan met in Moscow.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A small news site with every kind of trouble."""

    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        type(self).seen.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        name = self.path.strip("/").replace("-", "_").replace(".", "_")
        getattr(self, f"page_{name}", self.page_missing)()

    def answer(self, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_robots_txt(self) -> None:
        self.answer(b"User-agent: *\nDisallow: /secret\nCrawl-delay: 7\n", Content_Type="text/plain")

    def page_news(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.answer(b"", 304)
        else:
            self.answer(ETag='"v1"')

    page_secret = page_news

    def page_missing(self) -> None:
        self.answer(b"no", 404)

    def page_members(self) -> None:
        self.answer(b"no", 403)

    def page_down(self) -> None:
        self.answer(b"later", 503, Retry_After="120")

    def page_picture(self) -> None:
        self.answer(b"\x89PNG", Content_Type="image/png")

    def page_loop(self) -> None:
        self.answer(b"", 302, Location="/loop")

    def page_moved(self) -> None:
        self.answer(b"", 301, Location="/news")

    def page_away(self) -> None:
        self.answer(b"", 302, Location="file:///etc/hostname")

    def page_inside(self) -> None:
        self.answer(b"", 302, Location="http://user:secret@127.0.0.1/")

    def page_huge(self) -> None:
        self.answer(b"x" * 300_000)

    def page_bomb(self) -> None:
        self.answer(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")

    def page_packed(self) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def page_damaged(self) -> None:
        self.answer(b"\x1f\x8b\x08\x00garbage-garbage-garbage", Content_Encoding="gzip")

    def page_feed_xml(self) -> None:
        items = "".join(
            f"<item><title>T{n}</title><link>http://{self.headers['Host']}/{path}</link>"
            f"<description>Summary {n}.</description><pubDate>{day}</pubDate></item>"
            for n, (path, day) in enumerate([("news", "Mon, 17 Sep 2012 10:00:00 GMT"), ("missing", "someday")])
        )
        self.answer(f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Clock:
    """Time that passes only when someone sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(clock: Clock | None = None, **options: object) -> Fetcher:
    clock = clock or Clock()
    return Fetcher(allow_private=True, clock=clock, sleep=clock.sleep, **options)  # type: ignore[arg-type]


def reason(found: object) -> str:
    assert isinstance(found, Skip), found
    assert "\n" not in found.detail
    return found.reason


def test_a_page_comes_with_its_encoding(site: str) -> None:
    found = fetcher().fetch(f"{site}/news")
    assert isinstance(found, Answer)
    assert (found.body, found.encoding) == (PAGE, "utf-8")


def test_this_machine_is_refused_unless_allowed(site: str) -> None:
    found = list(iterate(f"{site}/news"))
    assert [reason(item) for item in found] == ["forbidden"]
    assert "private network" in found[0].detail  # type: ignore[union-attr]
    assert Site.seen == []
    items = list(iterate(f"{site}/news", allow_private=True))
    assert [type(item) for item in items] == [Raw]


def test_robots_are_obeyed_and_asked_once(site: str) -> None:
    fetch = fetcher()
    assert reason(fetch.fetch(f"{site}/secret")) == "forbidden"
    fetch.fetch(f"{site}/news")
    assert [path for path, _ in Site.seen] == ["/robots.txt", "/news"]


def test_one_host_is_asked_no_faster_than_it_wants(site: str) -> None:
    clock = Clock()
    fetch = fetcher(clock)
    fetch.fetch(f"{site}/news")
    assert clock.slept == []
    fetch.fetch(f"{site}/packed")
    assert clock.slept == [7.0]  # its Crawl-delay


def test_an_unchanged_page_is_not_sent_again(site: str, tmp_path: Path) -> None:
    known = Validators(tmp_path / "seen.json")
    assert isinstance(fetcher(validators=known).fetch(f"{site}/news"), Answer)
    known.save()
    again = Validators(tmp_path / "seen.json")
    assert fetcher(validators=again).fetch(f"{site}/news") is None
    assert list(iterate(f"{site}/news", fetcher=fetcher(validators=again))) == []


def test_validators_not_saved_are_forgotten(site: str, tmp_path: Path) -> None:
    fetcher(validators=Validators(tmp_path / "seen.json")).fetch(f"{site}/news")
    assert isinstance(fetcher(validators=Validators(tmp_path / "seen.json")).fetch(f"{site}/news"), Answer)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("missing", "not-found"),
        ("members", "forbidden"),
        ("down", "unreachable"),
        ("picture", "unsupported"),
        ("loop", "unreachable"),
        ("away", "forbidden"),
        ("inside", "forbidden"),
        ("damaged", "malformed"),
    ],
)
def test_trouble_has_a_clear_outcome(site: str, path: str, expected: str) -> None:
    assert reason(fetcher().fetch(f"{site}/{path}")) == expected


def test_a_credential_in_a_redirect_is_not_repeated(site: str) -> None:
    found = fetcher().fetch(f"{site}/inside")
    assert isinstance(found, Skip)
    assert "secret" not in found.detail


def test_redirects_are_followed_to_the_page(site: str) -> None:
    found = fetcher().fetch(f"{site}/moved")
    assert isinstance(found, Answer)
    assert found.url == f"{site}/news"


def test_size_is_bounded_packed_or_not(site: str) -> None:
    assert reason(fetcher(limit=100_000).fetch(f"{site}/huge")) == "too-large"
    assert reason(fetcher(limit=100_000).fetch(f"{site}/bomb")) == "too-large"
    found = fetcher(limit=100_000).fetch(f"{site}/packed")
    assert isinstance(found, Answer)
    assert found.body == PAGE


def test_nobody_there() -> None:
    assert reason(fetcher().fetch("http://127.0.0.1:9/x")) == "unreachable"
    assert reason(fetcher().fetch("http://no-such-host.invalid/x")) == "unreachable"


def test_a_feed_is_followed_to_its_pages_and_falls_back_to_summaries(site: str) -> None:
    plain = [item for item in iterate(f"{site}/feed.xml", fetcher=fetcher()) if isinstance(item, Raw)]
    assert [item.body for item in plain] == ["Summary 0.", "Summary 1."]
    followed = [item for item in iterate(f"{site}/feed.xml", fetcher=fetcher(), follow=True) if isinstance(item, Raw)]
    assert [item.body for item in followed] == [PAGE, "Summary 1."]
    assert str(followed[0].published) == "2012-09-17"
    assert followed[1].published is None


def test_lines_with_an_address_are_fetched(site: str, tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text(
        f'{{"id":"a","url":"{site}/news","published":"2012-09-17"}}\n{{"id":"b","url":"{site}/missing"}}\n'
    )
    first, second = iterate(str(lines), fetcher=fetcher())
    assert isinstance(first, Raw)
    assert (first.id, first.body, str(first.published)) == ("a", PAGE, "2012-09-17")
    assert reason(second) == "not-found"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "fec0::1"],
)  # fmt: skip
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "localhost"])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(Refused):
        resolve(host, 80)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/x", "http://user:pw@example.org/", "http:///x", "http://example.org:22/", "http://[::1/",
     "http://example.org:99999/", "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "javascript:alert(1)"],
)  # fmt: skip
def test_bad_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        check_url(url)
