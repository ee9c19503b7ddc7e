"""What an endpoint of the programmers' interface is: its path, its parameters, what it gives. From these declarations requests are read,
and the OpenAPI description is written: the two cannot differ."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct, field

from detente.errors import BadInput
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv
from detente.web.params import Reader

BASE = "/api/v1"
EARLIEST, LATEST = date(1700, 1, 1), date(2300, 1, 1)
LIMIT, MOST = 100, 500
EPOCH_LAST = 4_000_000
"""Beyond the ordinal of any date: a day in a cursor is a whole number up to this."""


class Param(Struct, kw_only=True, frozen=True):
    """A parameter of a query: how it is read, and the JSON schema of what it takes."""

    read: Reader
    schema: Mapping[str, Any]
    about: str


class Endpoint(Struct, kw_only=True, frozen=True):
    """One address. make: an Ask in; a struct, a list of structs or a Listing out.

    item: the type of what is given (of each item of a listing). places: the parts of the path, with what they are.
    """

    path: str
    title: str
    make: Callable[[Ask], Any]
    item: Any
    listing: bool = False
    params: Mapping[str, Param] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    example: str = ""

    @property
    def every(self) -> dict[str, Param]:
        """All its parameters, with those that every endpoint or every listing has."""
        return dict(self.params) | {"as_of": AS_OF} | (PAGING if self.listing else {})


class Listing(Struct, kw_only=True, frozen=True):
    """A page of rows: `after` goes on where it ends, None at the end."""

    items: Sequence[Any]
    after: str | None = None


def day() -> Param:
    """A day as 2012-09-30."""
    return Param(read=_day, schema={"type": "string", "format": "date"}, about="a day, 2012-09-30")


def choice(known: Sequence[str], about: str) -> Param:
    """One of some words."""

    def read(text: str) -> str:
        if text not in known:
            raise BadInput(f"{text[:40]!r} is not one of {', '.join(known)}")
        return text

    return Param(read=read, schema={"type": "string", "enum": list(known)}, about=about)


def text(about: str, longest: int = 100) -> Param:
    """Any text up to a length."""

    def read(given: str) -> str:
        if not 0 < len(given) <= longest:
            raise BadInput(f"a text of 1 to {longest} characters is looked for, not one of {len(given)}")
        return given

    return Param(read=read, schema={"type": "string", "minLength": 1, "maxLength": longest}, about=about)


def number(low: int, high: int, about: str) -> Param:
    """A whole number between two others."""

    def read(given: str) -> int:
        if not (given.isascii() and given.isdigit() and len(given) < 9 and low <= int(given) <= high):
            raise BadInput(f"{given[:40]!r} is not a whole number from {low} to {high}")
        return int(given)

    return Param(read=read, schema={"type": "integer", "minimum": low, "maximum": high}, about=about)


def yes(about: str) -> Param:
    """true or false."""

    def read(given: str) -> bool:
        if given not in {"true", "false"}:
            raise BadInput(f"{given[:40]!r} is neither true nor false")
        return given == "true"

    return Param(read=read, schema={"type": "boolean"}, about=about)


def _day(given: str) -> date:
    try:
        found = date.fromisoformat(given if len(given) == 10 and given[4] == "-" else "")
    except ValueError:
        raise BadInput(f"{given[:40]!r} is no date; write it as 2012-09-30") from None
    return min(max(found, EARLIEST), LATEST)


def _after(given: str) -> tuple[int, str]:
    ordinal, _, key = given.partition("~")
    if not (ordinal.isascii() and ordinal.isdigit() and len(ordinal) <= 7 and key and len(key) <= 400):
        raise BadInput("'after' is taken from the answer before, as it stands there")
    return min(int(ordinal), EPOCH_LAST), key


AS_OF = msgspec.structs.replace(day(), about="only what was known by the end of this day")
PAGING = {
    "limit": number(1, MOST, f"rows of a page, {LIMIT} if not given"),
    "after": Param(
        read=_after,
        schema={"type": "string", "pattern": "^[0-9]{1,7}~[a-zA-Z0-9:._-]{1,400}$"},
        about="where to go on: `after` of the answer before",
    ),
    "format": choice(("json", "csv"), "csv gives this page's rows as a table"),
}


def page_of(endpoint: Endpoint) -> Page:
    """An endpoint as a page of the site, which serves it: kept, tagged, packed like any other."""

    def make(ask: Ask) -> Answer:
        made = endpoint.make(ask)
        if not isinstance(made, Listing):
            return Answer(body=msgspec.json.encode(made), media="application/json", shared=True)
        if ask.params["format"] == "csv":
            names = [f.encode_name for f in msgspec.structs.fields(endpoint.item)]
            rows = [item if isinstance(item, dict) else msgspec.structs.asdict(item) for item in made.items]
            return msgspec.structs.replace(as_csv(names, rows, endpoint.path.rsplit("/", 1)[-1] + ".csv"), shared=True)
        there = None if made.after is None else ask.here(after=made.after)
        body = msgspec.json.encode({"items": made.items, "next": there, "after": made.after})
        return Answer(body=body, media="application/json", shared=True)

    read = {name: param.read for name, param in endpoint.every.items()}
    return Page(path=BASE + endpoint.path, make=make, params=read, strict=True)
