"""Values of the record in, the words and signs that pages show for them out."""

from datetime import date
from functools import cache
from math import exp, isnan
from urllib.parse import urlsplit

from detente import actors
from detente.ontology import EVENT_TYPES

EVEN = 0.35
"""Levels nearer to 0 than this are called balanced: less than 1.4 acts of one kind to one of the other."""
MOSTLY = 1.4
"""Levels beyond this: four acts of one kind to one of the other."""
MOST_TOLD = 20
"""A ratio beyond this is not told as a number: it rests on a handful of acts."""
NUMERALS = frozenset([
    "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "sixteen",
    "twenty", "thirty", "forty", "fifty",
])  # fmt: skip
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(value: date | None, precision: str = "day") -> str:
    """A day as 30 Sep 2012, or as much of it as is known; – of none."""
    if value is None:
        return "–"
    if precision in {"year", "decade"}:
        return f"{value.year}s" if precision == "decade" else str(value.year)
    text = f"{MONTHS[value.month - 1]} {value.year}"
    return text if precision == "month" else f"{value.day} {text}"


def counted(item: str, number_of: int | None) -> str:
    """Goods with their number: '6 × Kilo-class submarines'; only the words where these begin with one: 'four helicopters'."""
    first = item.split(" ", 1)[0].lower()
    told = not number_of or first[:1].isdigit() or first in NUMERALS
    return item if told else f"{number(number_of)} × {item}"


def month(value: date | None) -> str:
    """A month as Sep 2012."""
    return day(value, "month")


def between(first: date | None, last: date | None, precision: str = "day") -> str:
    """Two days as one stretch: 27–28 Sep 2012."""
    if first is None or last is None or first == last or precision != "day":
        return day(first, precision)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def ago(value: date | None, today: date) -> str:
    """How far a day lies from another, in words."""
    if value is None:
        return ""
    days = (today - value).days
    if days in {-1, 0, 1}:
        return {-1: "tomorrow", 0: "today", 1: "yesterday"}[days]
    size, unit = next(
        (n, u) for n, u in ((365.25, "year"), (30.44, "month"), (7, "week"), (1, "day")) if abs(days) >= 2 * n
    )
    told = plural(round(abs(days) / size), unit)
    return f"{told} ago" if days > 0 else f"in {told}"


def number(value: float | int | None, digits: int = 0) -> str:
    """A number with thin groups: 12,345."""
    return "–" if value is None else f"{value:,.{digits}f}"


def signed(value: float | None, digits: int = 1) -> str:
    """A level with its sign and a real minus."""
    return "–" if value is None else f"{value:+.{digits}f}".replace("-", "−")


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def shorten(text: str | None, length: int = 280) -> str:
    """A text cut at a word, with … where it goes on."""
    text = " ".join((text or "").split())
    return text if len(text) <= length else text[: text.rfind(" ", 0, length) or length].rstrip(" ,;") + "…"


def tone(level: float | None) -> str:
    """Which of the four tones a level has: coop, conf, even, none (insufficient data)."""
    if level is None or isnan(level):
        return "none"
    return "even" if abs(level) < EVEN else "coop" if level > 0 else "conf"


def tone_words(level: float | None) -> str:
    """The same in words that need no colour."""
    kind = tone(level)
    if level is None or kind == "none":
        return "too little data"
    if kind == "even":
        return "balanced"
    return ("mostly " if abs(level) >= MOSTLY else "more ") + ("cooperation" if level > 0 else "conflict")


def ratio_words(level: float | None) -> str:
    """A level as counts a reader can picture."""
    if level is None or isnan(level):
        return "too few acts to say"
    kinds = ("cooperation", "conflict") if level >= 0 else ("conflict", "cooperation")
    ratio = exp(abs(level))
    if ratio > MOST_TOLD:
        return f"more than {MOST_TOLD} acts of {kinds[0]} to 1 of {kinds[1]}"
    told = f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:.0f}"
    return "as much cooperation as conflict" if told == "1.0" else f"{told} acts of {kinds[0]} to 1 of {kinds[1]}"


def safe_link(url: str | None) -> str | None:
    """A document's address if it is one a reader may follow (http or https), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else None


@cache
def actor_name(actor: str) -> str:
    """An actor's name in the catalogue, else its id."""
    entry = actors.lookup(actor)
    return SHORT.get(actor, entry.name) if entry else actor


SHORT = {"USA": "United States", "GBR": "United Kingdom", "RUS": "Russia", "KOR": "South Korea", "PRK": "North Korea"}
"""Names as headlines write them, where the catalogue's are longer."""


def adjective(direction: str) -> str:
    """What a turn did, in a word."""
    return "warmed" if direction == "warm" else "cooled"


@cache
def type_words(name: str) -> str:
    """A PLOVER type in lower case words."""
    return name.lower() if name in EVENT_TYPES else name
