"""A request in, who asks and what they sent out; and what is sent back to them. Nothing here is kept for others."""

from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from litestar import HttpMethod, Request, Response, route
from litestar.datastructures import Cookie
from msgspec import Struct, field

from detente.desk import accounts, sessions
from detente.desk.people import Person
from detente.errors import BadInput, DetenteError, NotAllowed
from detente.web.asking import SIGNED_IN, Ask
from detente.web.serving import passed_on
from detente.web.templating import render

if TYPE_CHECKING:
    from litestar.types import ControllerRouterHandler

    from detente.desk.desk import Desk
    from detente.web.serving import Server

SESSION, VISITOR = "detente_session", "detente_visitor"
FRAMED = "-framed"
"""Ends the name of a cookie's twin that a browser keeps for our frame in one other site's pages alone (CHIPS)."""
MONTH = 30 * 86_400
FIELDS = 40
"""Fields of a form that are read."""


class Reply(Struct, kw_only=True):
    """What goes back. cookies: (name, value, seconds) to be set; seconds 0 takes one away."""

    body: str | bytes = ""
    media: str = "text/html"
    status: int = 200
    location: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[tuple[str, str, int]] = field(default_factory=list)


class Action(Struct, kw_only=True, frozen=True):
    """An address and what it does. writes: it changes something, and is only taken from our own pages."""

    path: str
    make: "Callable[[Visit], Reply]"
    writes: bool = False


class Twin(Cookie):
    """A cookie that is sent from a frame in another site's page, and only from frames in that site's pages."""

    def to_header(self, **given: Any) -> str:
        """The header, with the attribute that the standard library does not know yet."""
        return f"{super().to_header(**given)}; Partitioned"


class Visit(Struct, kw_only=True):
    """One request of one person."""

    desk: "Desk"
    server: "Server"
    path: str
    places: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    cookies: Mapping[str, str]
    address: str
    secure: bool
    own: bool
    person: Person

    def csrf(self) -> str:
        """What forms of this browser carry; empty where nobody is signed in."""
        token = self.cookies.get(SESSION)
        return sessions.csrf(self.desk, token) if token and self.person.account is not None else ""

    def page(self, template: str, status: int = 200, **values: Any) -> Reply:
        """A page of the site for this person alone."""
        sight = self.server.sights.held
        ask = Ask(
            sight=sight,
            settings=self.server.settings,
            path=self.path,
            reader=SIGNED_IN if self.person.account is not None else None,
        )
        made = render(ask, template, visit=self, me=self.person, csrf=self.csrf(), rules=self.desk.rules(), **values)
        return Reply(body=made.body, status=status)

    def sign(self, sentence: str, status: int = 200) -> Reply:
        """A page that says one thing."""
        return self.page("said.html", status, sentence=sentence)


def identify(desk: "Desk", cookies: Mapping[str, str], address: str, *, alone: bool) -> Person:
    """Who asks: who is signed in, the one who is alone at their own machine, or a visitor."""
    found = sessions.person_of(desk, cookies.get(SESSION), address=address)
    if found is None and alone and _loopback(address):
        found = accounts.sole_user(desk)
    return found or Person(visitor=cookies.get(VISITOR), address=address)


def handler(server: "Server", desk: "Desk", action: Action) -> "ControllerRouterHandler":
    """An action as the framework calls it."""
    methods = [HttpMethod.POST] if action.writes else [HttpMethod.GET, HttpMethod.HEAD]

    @route(action.path, http_method=methods, name=f"{'post' if action.writes else 'get'} {action.path}")
    async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
        form = dict(list((await request.form()).items())[:FIELDS]) if action.writes else {}
        made: Response[bytes] = await server.in_thread(_answer, server, desk, action, request, form)
        return made

    return handle


def _answer(
    server: "Server", desk: "Desk", action: Action, request: Request[Any, Any, Any], form: dict[str, Any]
) -> Response[bytes]:
    visit = _visit(server, desk, action, request, {key: value for key, value in form.items() if isinstance(value, str)})
    try:
        if action.writes and not visit.own:
            raise NotAllowed(
                "This was sent from another site, so it was not taken. Open the page here and send it again."
            )
        if (
            action.writes
            and visit.csrf()
            and not sessions.csrf_fits(desk, visit.cookies[SESSION], visit.form.get("csrf", ""))
        ):
            raise NotAllowed("This form is too old, or not one of ours. Open the page again and send it.")
        reply = action.make(visit)
    except NotAllowed as error:
        reply = visit.sign(str(error), 403)
    except BadInput as error:
        reply = visit.sign(f"{str(error)[:1].upper()}{str(error)[1:]}.", 400)
    except DetenteError:
        reply = visit.sign("The desk cannot be reached just now; try again in a minute.", 503)
    return _response(reply, secure=visit.secure)


def _visit(
    server: "Server", desk: "Desk", action: Action, request: Request[Any, Any, Any], form: dict[str, str]
) -> Visit:
    cookies, address = cookies_of(request), request.client.host if request.client else ""
    alone = server.settings.full_text and not passed_on(request)
    return Visit(
        desk=desk, server=server, path=request.url.path, query=dict(request.query_params.items()), form=form,
        places={key: str(value) for key, value in request.path_params.items()}, cookies=cookies, address=address,
        secure=request.url.scheme == "https", own=_from_here(request), person=identify(desk, cookies, address, alone=alone),
    )  # fmt: skip


def cookies_of(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The request's cookies; of a header that cannot be read, none."""
    try:
        found = {name: morsel.value for name, morsel in SimpleCookie(request.headers.get("cookie", "")).items()}
    except Exception:
        return {}
    twins = {name.removesuffix(FRAMED): value for name, value in found.items() if name.endswith(FRAMED)}
    twins.pop(SESSION, None)  # nobody is signed in within a page of others
    return twins | found


def _from_here(request: Request[Any, Any, Any]) -> bool:
    """Whether a form was sent by a page of this site; browsers say so, and what says nothing is no browser's form."""
    origin = request.headers.get("origin")
    if origin and origin != "null":
        return urlsplit(origin).netloc == request.headers.get("host", "")
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"} and origin != "null"


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "testclient"


def _response(reply: Reply, *, secure: bool) -> Response[bytes]:
    body = reply.body.encode() if isinstance(reply.body, str) else reply.body
    headers = {"cache-control": "no-store", "vary": "cookie"} | reply.headers
    if reply.location is not None:
        headers["location"] = reply.location
    made = Response(body, status_code=reply.status, media_type=reply.media, headers=headers)
    for name, value, seconds in reply.cookies:
        made.set_cookie(key=name, value=value, max_age=seconds, httponly=True, secure=secure, samesite="lax", path="/")
        if secure and name != SESSION:
            made.cookies.append(Twin(f"{name}{FRAMED}", "/comments", value, seconds, httponly=True, secure=True, samesite="none"))  # fmt: skip
    return made
