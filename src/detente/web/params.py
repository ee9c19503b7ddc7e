"""Words of an address in, typed values out; each reader raises BadInput with what was expected."""

from collections.abc import Callable
from datetime import date
from typing import Any

from detente.errors import BadInput

Reader = Callable[[str], Any]
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)


def day(text: str) -> date | None:
    """A day as 2012-09-30 (or a month as 2012-09, a year as 2012: their first days); None of nothing."""
    if not text:
        return None
    whole = text + ("", "-01", "-01-01")[max(0, 2 - text.count("-"))] if len(text) in {4, 7, 10} else text
    try:
        found = date.fromisoformat(whole)
    except ValueError:
        raise BadInput(f"{text[:40]!r} is no date; write it as 2012-09-30") from None
    if not EARLIEST <= found <= LATEST:
        raise BadInput(f"{text!r} is not between {EARLIEST} and {LATEST}")
    return found


def number(low: int, high: int) -> Reader:
    """A whole number between two others."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
            raise BadInput(f"{text[:40]!r} is not a whole number from {low} to {high}")
        return int(text)

    return read


def choice(*known: str) -> Reader:
    """One of some words."""

    def read(text: str) -> str:
        if text not in known:
            raise BadInput(f"{text[:40]!r} is not one of {', '.join(known)}")
        return text

    return read


def words(longest: int) -> Reader:
    """Any text, without control characters, not longer than so many characters."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise BadInput(f"a text of more than {longest} characters cannot be looked for")
        return "".join(c for c in text if c.isprintable()).strip()

    return read


def words_upto(longest: int) -> Reader:
    """The same, of a longer text its beginning."""
    read = words(longest)
    return lambda text: read(text[:longest])


def listed(each: Reader, most: int) -> Reader:
    """Several values, separated by commas."""

    def read(text: str) -> list[Any]:
        parts = [part for part in text.split(",") if part]
        if len(parts) > most:
            raise BadInput(f"more than {most} at once cannot be shown")
        return [each(part) for part in parts]

    return read
