"""Any ASGI application in, the same with the site's promises around it out: known hosts, small requests, strict headers."""

from typing import TYPE_CHECKING, Any

from litestar.enums import ScopeType

from detente.web.problems import problem
from detente.web.settings import Settings

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
"""On every answer, errors included. A handler may set one of them itself (an embedded page: frame-ancestors)."""


class Guard:
    """Refuses what the settings do not allow, and adds the headers to whatever is answered."""

    def __init__(self, app: "ASGIApp", settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request."""
        if scope["type"] is ScopeType.WEBSOCKET:
            await self.app(scope, receive, send)
            return

        async def guarded(message: "Message") -> None:
            if message["type"] == "http.response.start":
                own = list(message["headers"])
                held = {name.lower() for name, _ in own}
                message["headers"] = own + [pair for pair in HEADERS.items() if pair[0] not in held]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, guarded)
        else:
            await _refuse(guarded, *refusal, program=scope["path"].startswith("/api/"))

    def _refusal(self, scope: Any) -> tuple[int, str] | None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if not self.settings.allows(host):
            return 400, "This site does not answer under that name; start it with --allow-host to add one."
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > self.settings.target_limit:
            return 414, "This address is too long."
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self.settings.body_limit:
            return 413, "This request is too large."
        return None


async def _refuse(send: Any, status: int, sentence: str, *, program: bool) -> None:
    answer = problem(status, sentence)
    body = bytes(answer.body) if program and isinstance(answer.body, bytes) else sentence.encode() + b"\n"
    kind = answer.media.encode() if program else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
