"""The site's rooms, one module each with its `PAGES`; a room that is not there yet is left out, in the navigation too."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from detente.web.asking import Page

ROOMS = (
    "front",
    "map",
    "network",
    "calendar",
    "statements",
    "arms",
    "brief",
    "search",
    "event",
    "document",
    "feeds",
    "go",
    "state",
    "dyad",
)


@cache
def pages() -> tuple[Page, ...]:
    """All pages of the rooms that are there."""
    there = [name for name in ROOMS if find_spec(f"{__name__}.{name}")]
    own = [page for name in there for page in import_module(f"{__name__}.{name}").PAGES]
    return (*own, *import_module("detente.web.api").PAGES)


@cache
def navigation() -> tuple[tuple[str, str], ...]:
    """Label and path of each page that is in the navigation, in order."""
    shown = sorted((page for page in pages() if page.nav), key=lambda page: page.order)
    return tuple((page.nav or "", page.path) for page in shown)
