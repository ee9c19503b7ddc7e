"""What a page is, what it is asked and what it answers: the types between the site's frame and its rooms.

A room is a module of `web/rooms/` with `PAGES`, a list of `Page`. A page's `make` is a pure function of what it is asked
(the sight, the address, today), so that its answer can be kept for all who ask the same.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct, field

from detente.errors import BadInput
from detente.web.params import Reader, day
from detente.web.settings import Settings
from detente.web.sight import Sight

HTML = "text/html"


class Answer(Struct, kw_only=True, frozen=True):
    """What is sent back. location: where to go instead; filename: under which name a browser keeps it; passing: true
    only at this moment, to be made anew for who asks next; shared: scripts of other sites may read it."""

    body: str | bytes = ""
    media: str = HTML
    status: int = 200
    location: str | None = None
    filename: str | None = None
    passing: bool = False
    shared: bool = False


class Person(Struct, kw_only=True, frozen=True):
    """Somebody known to the site who asks for a page."""

    id: str
    role: str = "reader"


ALONE = Person(id="", role="owner")
"""Whoever reads a site that only their own machine reaches."""
SIGNED_IN = Person(id="", role="reader")
"""Somebody who is signed in; which one, no page asks."""


class Ask(Struct, kw_only=True):
    """One request, read. `path`: as an address writes it; `places`: the parts of the path; `params`: the query, typed, None
    where not given; `given`: the same as written, without what the page does not know; `reader`: who asks, None: anybody."""

    sight: Sight
    settings: Settings
    path: str
    places: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    reader: Person | None = None

    @property
    def full(self) -> bool:
        """Whether whole texts may be shown: to those whom the site knows; others see the sentences behind what was coded."""
        return self.reader is not None

    @property
    def as_of(self) -> date | None:
        """The day whose knowledge is shown; None: today's."""
        return self.sight.as_of

    @property
    def today(self) -> date:
        """The day that the page is about: the one asked for, else the clock's."""
        return self.sight.as_of or self.settings.day()

    def to(self, path: str, **query: object) -> str:
        """The address of another page, as known on the same day."""
        kept = {"as_of": self.given["as_of"]} if "as_of" in self.given else {}
        return address(path, kept | query)

    def to_one(self, room: str, key: str, **query: object) -> str:
        """The address of one thing of a room by its id, whatever characters that has: ("d", id) a page, ("e", id) an event."""
        kept = {"as_of": self.given["as_of"]} if "as_of" in self.given else {}
        return f"/{room}/{quote(key, safe='')}{_query(kept | query)}"

    def here_at(self, path: str) -> str:
        """The address of another page with all of this page's query: the same thing as a file."""
        return address(path, dict(self.given))

    def here(self, **changes: object) -> str:
        """The address of this page with some of its query changed; None takes a part away."""
        return self.path + _query(dict(self.given) | changes)


class Page(Struct, kw_only=True, frozen=True):
    """A path (Litestar's way: `/{a:str}/{b:str}`), what makes its answer, and the query it understands.

    nav: its name in the navigation (None: not there), ordered by `order`. strict: a part of the query that it does not know
    is refused, and so is an empty one.
    """

    path: str
    make: Callable[[Ask], Answer]
    params: Mapping[str, Reader] = field(default_factory=dict)
    nav: str | None = None
    order: int = 50
    strict: bool = False


COMMON: dict[str, Reader] = {"as_of": day}
"""What every page understands."""


def address(path: str, query: Mapping[str, object]) -> str:
    """A path with its query, parts without a value left out."""
    return written(path) + _query(query)


def written(path: str) -> str:
    """A path as an address writes it."""
    return quote(path, safe="/:@!$&'()*+,;=~-._")


def _query(query: Mapping[str, object]) -> str:
    told = {key: str(value) for key, value in query.items() if value not in (None, "", [])}
    return f"?{urlencode(told, safe=',-:')}" if told else ""


def read_query(page: Page, query: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The query typed, and as it was written; what the page does not know is left out. Raises BadInput."""
    known = COMMON | dict(page.params)
    unknown = sorted(key for key in query if key not in known)
    if page.strict and unknown:
        raise BadInput(f"there is no parameter {unknown[0][:40]!r} here; there are {', '.join(sorted(known))}")
    given = {key: value for key, value in query.items() if key in known and (value != "" or page.strict)}
    params = {key: known[key](given[key]) if key in given else None for key in known}
    return params, given
