"""The programmers' interface: everything that pages show, as JSON under /api/v1; described at /api/v1/openapi.json and,
for people, at /api. See docs/api.md."""

from functools import cache
from typing import Any

import msgspec

from detente.web.api import ledgers, measures, rows
from detente.web.api.declare import BASE, Endpoint, page_of
from detente.web.api.openapi import description, plain
from detente.web.asking import Answer, Ask, Page
from detente.web.templating import render

ENDPOINTS: tuple[Endpoint, ...] = (*rows.ENDPOINTS, *measures.ENDPOINTS, *ledgers.ENDPOINTS)
EXAMPLE = 900
"""Characters of an example's answer that the page shows."""

__all__ = ["BASE", "ENDPOINTS", "PAGES"]


def openapi(ask: Ask) -> Answer:
    """The description for programs."""
    return Answer(body=described(), media="application/json", shared=True)


@cache
def described() -> bytes:
    """The description, which is the same for every record."""
    return msgspec.json.encode(description(ENDPOINTS))


def people(ask: Ask) -> Answer:
    """The description for people, with an example from this record under each."""
    shown = [(endpoint, plain(endpoint.path), answered(ask, endpoint)) for endpoint in ENDPOINTS]
    return render(ask, "api.html", shown=shown, base=BASE)


def answered(ask: Ask, endpoint: Endpoint) -> str:
    """The answer to an endpoint's example, indented and cut; of none, nothing."""
    if not endpoint.example:
        return ""
    path, _, query = endpoint.example.partition("?")
    given = dict(part.split("=", 1) for part in query.split("&") if part)
    places = dict(zip(endpoint.places, path.strip("/").split("/")[-len(endpoint.places) :], strict=False))
    params: dict[str, Any] = dict.fromkeys(endpoint.every)
    params |= {name: endpoint.every[name].read(value) for name, value in given.items()}
    made = page_of(endpoint).make(
        Ask(sight=ask.sight, settings=ask.settings, path=BASE + path, places=places, params=params, given=given)
    )
    body = made.body if isinstance(made.body, bytes) else made.body.encode()
    text = msgspec.json.format(body, indent=1).decode()
    return text if len(text) <= EXAMPLE else text[:EXAMPLE].rsplit("\n", 1)[0] + "\n…"


PAGES = [
    *(page_of(endpoint) for endpoint in ENDPOINTS),
    Page(path=f"{BASE}/openapi.json", make=openapi, strict=True),
    Page(path="/api", make=people, nav="Data", order=70),
]
