"""What went wrong in, an answer for programs out (RFC 9457)."""

import msgspec
from msgspec import Struct

from detente.web.asking import Answer

TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Too Large",
    500: "Server Error",
    503: "Not Now",
}


class Problem(Struct, kw_only=True):
    """What went wrong."""

    type: str
    title: str
    status: int
    detail: str


def problem(status: int, sentence: str) -> Answer:
    """An answer that says what went wrong in one sentence."""
    body = Problem(type="about:blank", title=TITLES.get(status, "Error"), status=status, detail=sentence)
    return Answer(body=msgspec.json.encode(body), media="application/problem+json", status=status, shared=True)
