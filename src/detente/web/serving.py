"""A request in, a response out: pages made in threads, kept while the record stands, sent only where they changed."""

import asyncio
import gzip
import re
import sys
import traceback
from collections.abc import Awaitable, Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import Any
from urllib.parse import quote, unquote

from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import Struct

from detente.errors import BadInput, DetenteError, NotThere, RecordError, UnknownActor
from detente.web.asking import ALONE, SIGNED_IN, Answer, Ask, Page, Person, address, read_query, written
from detente.web.keeping import Keeper
from detente.web.problems import problem
from detente.web.settings import Settings
from detente.web.sights import Sights
from detente.web.templating import render

SMALL = 500
"""Bytes below which packing is not worth it."""
OWN = {"cache-control": "private, no-cache", "vary": "accept-encoding, cookie"}
"""On what was made for somebody known: no cache between may give it to another."""
SENTENCES = {
    404: "There is no page at this address.",
    405: "This page can only be read.",
    413: "This request is too large.",
}


class Kept(Struct, frozen=True):
    """An answer ready to be sent."""

    body: bytes
    packed: bytes | None
    answer: Answer


class Server:
    """Answers requests with the pages of the rooms."""

    def __init__(self, sights: Sights, settings: Settings) -> None:
        self.sights = sights
        self.settings = settings
        self._pages = ThreadPoolExecutor(settings.workers, "detente-page")
        self._quick = ThreadPoolExecutor(settings.workers, "detente-quick")
        self.signed_in: Callable[[Request[Any, Any, Any]], Awaitable[bool]] = _nobody
        self._kept: Keeper[Kept] = Keeper(
            settings.cache_mb * 1_000_000, lambda k: len(k.body) + len(k.packed or b"") + 500
        )

    async def answer(self, page: Page, request: Request[Any, Any, Any]) -> Response[bytes]:
        """The response to a request for a page."""
        params, given = read_query(page, dict(request.query_params.items()))
        path, places = written(request.url.path), {key: str(value) for key, value in request.path_params.items()}
        if page.path.endswith(":path}"):
            places["key"] = _rest(request, page)
            path = page.path.split("{")[0] + quote(places["key"], safe="")
        if self.sights.fresh and params["as_of"] is None:
            sight = self.sights.held
        elif params["as_of"] is None:
            sight = await self.quickly(self.sights.at, None)
        else:
            sight = await self.in_thread(self.sights.at, params["as_of"])
        reader = await self.identify(request)
        ask = Ask(
            sight=sight, settings=self.settings, path=path, places=places, params=params, given=given, reader=reader
        )
        key = self._key(ask)
        tag = f'W/"{blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()}"'
        own = OWN if reader is not None else {}
        if tag in request.headers.get("if-none-match", ""):
            return Response(b"", status_code=304, headers={"etag": tag, "cache-control": "no-cache"} | own)
        kept = self._kept.peek(key) or await self.in_thread(self._keep, key, page, ask)
        return _response(kept, tag, "gzip" in request.headers.get("accept-encoding", ""), own)

    async def identify(self, request: Request[Any, Any, Any]) -> Person | None:
        """Who asks: the one reader of a site of their own, somebody signed in, else nobody known. A request that a proxy
        handed on has come from elsewhere. No page depends on who it is that is signed in, so all who are share what is kept."""
        if self.settings.full_text and not passed_on(request):
            return ALONE
        return SIGNED_IN if await self.signed_in(request) else None

    def warm(self, pages: Iterable[Page]) -> None:
        """Make a page of each kind once, so that no reader waits for what is only made the first time."""
        sight = self.sights.held
        busiest = max(sight.weights.items(), key=lambda item: item[1], default=(None, 0.0))[0]
        places = {"a": busiest[0], "b": busiest[1]} if busiest else {}
        for page in pages:
            parts = [part.strip("{}").split(":")[0] for part in page.path.split("/") if part.startswith("{")]
            if all(part in places for part in parts):
                path = page.path.replace("{a:str}", places.get("a", "")).replace("{b:str}", places.get("b", ""))
                params, given = read_query(page, {})
                ask = Ask(
                    sight=sight, settings=self.settings, path=path, places=places, params=params, given=given,
                    reader=ALONE if self.settings.full_text else None,
                )  # fmt: skip
                self._keep(self._key(ask), page, ask)

    def refuse(self, request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
        """The page for what the site does not have."""
        status = error.status_code
        return self._sorry(request, status, SENTENCES.get(status, "This could not be done."))

    def fail(self, request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        """The page for what went wrong: the user's own error in its words, ours without details."""
        if isinstance(error, UnknownActor | NotThere):
            return self._sorry(request, 404, str(error))
        if isinstance(error, BadInput):
            return self._sorry(request, 400, str(error))
        if isinstance(error, RecordError):
            return self._sorry(request, 503, "The record cannot be read just now; try again in a minute.")
        if not isinstance(error, DetenteError):
            traceback.print_exception(error, file=sys.stderr)
        return self._sorry(request, 500, "Something went wrong on our side; it has been written to the log.")

    async def close(self) -> None:
        """Stop the threads and let go of the record."""
        for threads in (self._pages, self._quick):
            threads.shutdown(wait=True, cancel_futures=True)
        self.sights.close()

    def _key(self, ask: Ask) -> Hashable:
        return ask.sight.number, ask.as_of, ask.reader, self.settings.day(), ask.path, tuple(sorted(ask.given.items()))

    def _keep(self, key: Hashable, page: Page, ask: Ask) -> Kept:
        kept = self._kept.get(key, lambda: _packed(page.make(ask)))
        if kept.answer.passing:
            self._kept.forget(lambda held: held == key)
        return kept

    async def in_thread(self, work: Any, *given: Any) -> Any:
        """What a function gives that may wait for a disk, run where it keeps nobody waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._pages, work, *given)

    async def quickly(self, work: Any, *given: Any) -> Any:
        """The same for what takes a moment, and need not queue behind pages that are being made."""
        return await asyncio.get_running_loop().run_in_executor(self._quick, work, *given)

    def _sorry(self, request: Request[Any, Any, Any], status: int, sentence: str) -> Response[bytes]:
        if request.url.path.startswith("/api/"):
            return _response(_packed(problem(status, sentence)), None, False)
        ask = Ask(sight=self.sights.held, settings=self.settings, path="/-")
        tried = " ".join(re.findall(r"[^\W_]+", request.url.path))[:60]
        made = render(ask, "error.html", status=status, sentence=sentence[:1].upper() + sentence[1:], tried=tried)
        answer = Answer(body=made.body, status=status)
        return _response(_packed(answer), None, False)


async def _nobody(_: Request[Any, Any, Any]) -> bool:
    return False


def passed_on(request: Request[Any, Any, Any]) -> bool:
    """Whether a proxy handed the request on: then it does not come from this machine, whatever its address says."""
    return any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via"))


def redirect(path: str, **query: object) -> Answer:
    """Send the reader to another page of the site."""
    return Answer(status=303, location=address(path, query), media="text/plain")


def _rest(request: Request[Any, Any, Any], page: Page) -> str:
    """The rest of a path as it was written: the framework makes one slash of two, and an id may have both."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    return unquote(raw.split(b"?")[0].decode("latin-1")).removeprefix(page.path.split("{")[0])


def _packed(answer: Answer) -> Kept:
    body = answer.body.encode() if isinstance(answer.body, str) else answer.body
    text = answer.media.startswith(("text/", "image/svg", "application/json"))
    return Kept(body, gzip.compress(body, 5, mtime=0) if text and len(body) > SMALL else None, answer)


def _response(kept: Kept, tag: str | None, packing: bool, own: dict[str, str] | None = None) -> Response[bytes]:
    headers = {"cache-control": "no-cache", "vary": "accept-encoding"} | (own or {})
    if kept.answer.passing:
        headers["cache-control"] = "no-store"
    if tag is not None and kept.answer.status == 200 and not kept.answer.passing:
        headers["etag"] = tag
    if kept.answer.shared:
        headers["access-control-allow-origin"] = "*"
    if kept.answer.location:
        headers["location"] = kept.answer.location
    if kept.answer.filename:
        headers["content-disposition"] = f'attachment; filename="{kept.answer.filename}"'
    body = kept.body
    if packing and kept.packed is not None:
        headers["content-encoding"] = "gzip"
        body = kept.packed
    return Response(body, status_code=kept.answer.status, media_type=kept.answer.media, headers=headers)
