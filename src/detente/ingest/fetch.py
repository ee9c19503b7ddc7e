"""A URL in, its answer out: politely (robots, delays, conditional requests) and safely (checked addresses, bounds)."""

import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from detente.errors import Refused
from detente.ingest.addresses import check_url
from detente.ingest.robots import Robots
from detente.ingest.validators import Validators
from detente.types import Skip, SkipReason

AGENT = "detente"
LIMIT = 10_000_000
"""Bytes of one answer, unpacked."""
_HOPS = 5
_SECONDS = 60.0
_REDIRECTS = (301, 302, 303, 307, 308)
_TYPES = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/json",
          "application/feed", "application/rdf", "application/x-ndjson", "application/jsonl")  # fmt: skip
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json;q=0.9,text/*;q=0.8"
)


class Answer(Struct):
    """What a URL gave; `url` is where the redirects led."""

    url: str
    body: bytes
    encoding: str | None = None
    type: str = ""


class Fetcher:
    """Fetches pages one at a time.

    delay: seconds between two requests to one host; robots.txt may ask for more.
    validators: what was fetched before; a page that has not changed since gives None. None: nothing is remembered.
    clock, sleep: the passage of time, for tests.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        delay: float = 2.0,
        limit: int = LIMIT,
        seconds: float = _SECONDS,
        validators: Validators | None = None,
        contact: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        from detente import __version__
        from detente.ingest.transport import make_client

        agent = f"{AGENT}/{__version__}" + (f" (+{contact})" if contact else "")
        self._client = make_client(agent, _ACCEPT, allow_private=allow_private)
        self._allow_private, self._delay, self._limit, self._seconds = allow_private, delay, limit, seconds
        self._validators = validators or Validators()
        self._clock, self._sleep = clock, sleep
        self._free: dict[str, float] = {}  # host → the time from which it may be asked again
        self._robots = Robots(AGENT, self._text)

    def fetch(self, url: str) -> Answer | Skip | None:
        """Return the answer of a URL, None where it has not changed, or a Skip that says why there is none."""
        try:
            return self._follow(url, polite=True)
        except Refused as refused:
            return _skip(url, "forbidden", str(refused).removeprefix(f"{url}: "))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _follow(self, url: str, *, polite: bool) -> Answer | Skip | None:
        here, deadline = url, self._clock() + self._seconds
        for _ in range(_HOPS + 1):
            scheme, host, port = check_url(here, allow_private=self._allow_private)
            origin = f"{scheme}://{host}:{port}"
            if polite:
                if refusal := self._robots.refusal(here):
                    return _skip(url, refusal.reason, refusal.detail)
                self._wait(origin, self._robots.delay(here))
            result = self._request(here, deadline if not polite else self._clock() + self._seconds, conditional=polite)
            if polite:
                self._free[origin] = self._clock()
            if not isinstance(result, str):
                return result
            here = urljoin(here, result)
        return _skip(url, "unreachable", f"redirects more than {_HOPS} times")

    def _request(self, url: str, deadline: float, *, conditional: bool) -> Answer | Skip | str | None:
        """One request: the answer, or the address that it redirects to."""
        import httpx

        headers = self._validators.headers(url) if conditional else {}
        self._client.cookies.clear()
        try:
            with self._client.stream("GET", url.split("#", maxsplit=1)[0], headers=headers) as response:
                return self._answer(url, response, deadline, conditional)
        except httpx.TimeoutException:
            return _skip(url, "unreachable", f"{urlsplit(url).hostname} does not answer in time")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            detail = " ".join(str(error).split())[:200] or type(error).__name__
            return _skip(url, "unreachable", f"{urlsplit(url).hostname} cannot be reached: {detail}")

    def _answer(self, url: str, response: Any, deadline: float, conditional: bool) -> Answer | Skip | str | None:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and headers.get("location"):
            return str(headers["location"])
        if status == 304 and conditional:
            return None
        if not 200 <= status < 300:
            return _refusal(url, status, headers.get("retry-after"))
        kind = headers.get("content-type", "").lower()
        if kind and not kind.startswith(_TYPES) and "xml" not in kind and "json" not in kind:
            return _skip(url, "unsupported", f"is {kind.split(';', maxsplit=1)[0]}, not a page of text")
        body = self._body(url, response, deadline)
        if isinstance(body, Skip):
            return body
        if conditional:
            self._validators.note(url, headers.get("etag"), headers.get("last-modified"))
        return Answer(url=url, body=body, encoding=response.charset_encoding, type=kind)

    def _body(self, url: str, response: Any, deadline: float) -> bytes | Skip:
        stated = response.headers.get("content-length", "")
        if stated.isdigit() and int(stated) > self._limit:
            return _skip(url, "too-large", f"is larger than {self._limit:,} bytes")
        parts: list[bytes] = []
        size = 0
        try:
            for part in _unpacked(response, self._limit + 1):
                parts.append(part)
                size += len(part)
                if size > self._limit:
                    return _skip(url, "too-large", f"is larger than {self._limit:,} bytes")
                if self._clock() > deadline:
                    return _skip(url, "unreachable", f"takes longer than {self._seconds:.0f} seconds")
        except zlib.error:
            return _skip(url, "malformed", "its compressed body is damaged")
        return b"".join(parts)

    def _wait(self, origin: str, asked: float | None) -> None:
        ready = self._free.get(origin)
        if ready is not None and (left := ready + max(self._delay, asked or 0.0) - self._clock()) > 0:
            self._sleep(left)

    def _text(self, url: str) -> str | Skip:
        """For robots.txt: its text, or why there is none."""
        found = self._follow(url, polite=False)
        if isinstance(found, Answer):
            return found.body[:500_000].decode("utf-8", errors="replace")
        return found or _skip(url, "not-found", "has not changed")


def _unpacked(response: Any, limit: int) -> Iterator[bytes]:
    """Unpack step by step: a small answer cannot grow past the limit before it is noticed."""
    coding = response.headers.get("content-encoding", "").lower().strip()
    if coding not in ("gzip", "x-gzip", "deflate"):
        yield from response.iter_raw()
        return
    unpacker = zlib.decompressobj(wbits=31 if "gzip" in coding else 15)
    for part in response.iter_raw():
        data = part
        while data:
            yield unpacker.decompress(data, min(limit, 1 << 20))
            data = unpacker.unconsumed_tail


def _refusal(url: str, status: int, retry: str | None) -> Skip:
    if status in (404, 410):
        return _skip(url, "not-found", f"the server answered {status}: no such page")
    if status in (401, 402, 403, 407, 451):
        return _skip(url, "forbidden", f"the server answered {status}: it does not show this page")
    later = f", and asks to come back after {retry}" if retry else ""
    return _skip(url, "unreachable", f"the server answered {status}{later}")


def _skip(url: str, reason: SkipReason, detail: str) -> Skip:
    return Skip(origin=url, reason=reason, detail=detail, url=url)
