"""A record's folder in, the site as an ASGI application out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litestar import HttpMethod, Litestar, Request, Response, route
from litestar.exceptions import HTTPException
from msgspec import structs

from detente import actors
from detente.web.asking import Page
from detente.web.assets import assets
from detente.web.guard import Guard
from detente.web.live import bundle, bundle_name
from detente.web.rooms import pages
from detente.web.serving import Server
from detente.web.settings import Settings
from detente.web.sights import Sights

if TYPE_CHECKING:
    from litestar.types import ControllerRouterHandler

    from detente.desk.desk import Desk

READS = (HttpMethod.GET, HttpMethod.HEAD)


def create_app(
    record: Path,
    *,
    settings: Settings | None = None,
    tell: Callable[[str], None] = lambda _: None,
    desk: "Desk | None" = None,
) -> Litestar:
    """The site over the record in a folder; `tell` hears what is being done while it warms.

    desk: where accounts and comments are kept; without it the site is for reading alone. Raises RecordError where there
    is no record to read, BadInput for a dataset it does not hold.
    """
    chosen = structs.replace(settings or Settings(), comments=desk is not None)
    sights = Sights(record, chosen, tell)
    server = Server(sights, chosen)
    tell("reading names")
    actors.resolve("Russia")
    tell("making ready the charts")
    bundle(bundle_name())
    tell("drawing a page of each kind")
    server.warm(page for page in pages() if page.path != "/go" and not page.strict)
    app = Litestar(
        [
            *(_handler(server, page) for page in pages()),
            _static(),
            *(_people(server, desk) if desk is not None else []),
        ],
        exception_handlers={HTTPException: server.refuse, Exception: server.fail},
        on_shutdown=[server.close],
        openapi_config=None,
        request_max_body_size=chosen.body_limit,
        logging_config=None,
    )
    app.state.server = server
    app.asgi_handler = Guard(app.asgi_handler, chosen)
    return app


def _people(server: Server, desk: "Desk") -> "list[ControllerRouterHandler]":
    from detente.desk.sessions import person_of
    from detente.web.discuss import handlers
    from detente.web.discuss.visit import SESSION, cookies_of

    async def signed_in(request: Request[Any, Any, Any]) -> bool:
        token = cookies_of(request).get(SESSION)
        return bool(token) and await server.quickly(person_of, desk, token) is not None

    server.signed_in = signed_in
    return handlers(server, desk)


def _handler(server: Server, page: Page) -> "ControllerRouterHandler":
    @route(page.path, http_method=READS, name=page.path)
    async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await server.answer(page, request)

    return handle


def _static() -> "ControllerRouterHandler":
    @route("/static/{name:str}", http_method=READS)
    async def static(request: Request[Any, Any, Any]) -> Response[bytes]:
        name = request.path_params["name"]
        found = assets().get(name) or bundle(name)
        if found is None:
            raise HTTPException(status_code=404)
        headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
        packed = "gzip" in request.headers.get("accept-encoding", "") and len(found.packed) < len(found.body)
        if packed:
            headers["content-encoding"] = "gzip"
        return Response(found.packed if packed else found.body, media_type=found.media, headers=headers)

    return static
