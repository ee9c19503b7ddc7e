"""What a reader typed in, what it asks for out: actors, types and days told from words, each to be taken back."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct, field

from detente import actors
from detente.errors import BadInput
from detente.ontology import type_of_word
from detente.web.pairs import stretch

LONGEST = 4
"""Words that a name of an actor has at most."""
MOST = 24
"""Words of a query that are looked at."""
_TOKEN = re.compile(r'-?"[^"]*"?|[^\s"]+')
_DAYS = re.compile(r"((?:1[89]|20)\d\d(?:-\d\d){0,2})(?:[–—]((?:1[89]|20)\d\d))?")
_YEARS = re.compile(r"((?:1[89]|20)\d\d)-((?:1[89]|20)\d\d)")
_MONTHS = {name: n for n, name in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1)}  # fmt: skip
_SIDES = {
    "since": "since",
    "from": "since",
    "after": "since",
    "until": "until",
    "till": "until",
    "before": "until",
    "to": "until",
}
_PLAIN = {"the", "a", "an", "of", "in", "on", "and", "or", "to", "with", "for", "by", "at", "from", "vs", "between"}
_SHORT = {"usa", "uk", "eu", "un", "uae"}
"""Names short enough to be words, that are names nevertheless where they are written small."""
Kind = Literal["actor", "type", "days"]


class Part(Struct, kw_only=True, frozen=True):
    """Something understood: what it is, and where it was written."""

    kind: Kind
    key: str
    start: int
    end: int
    since: date | None = None
    until: date | None = None


class Asked(Struct, kw_only=True):
    """A query as it was understood. words: what must stand in the text, phrases as one string (see `wordsearch.Query`)."""

    words: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def actors(self) -> list[str]:
        """The actors, each once."""
        return list(dict.fromkeys(part.key for part in self.parts if part.kind == "actor"))

    @property
    def types(self) -> list[str]:
        """The types, each once."""
        return list(dict.fromkeys(part.key for part in self.parts if part.kind == "type"))

    @property
    def since(self) -> date | None:
        """The first day of all days named; None where one stretch is open."""
        return min((part.since for part in self.parts if part.since), default=None)

    @property
    def until(self) -> date | None:
        """The last day of all days named."""
        return max((part.until for part in self.parts if part.until), default=None)


class _Token(Struct, frozen=True):
    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        return self.text.strip(",.;:?!()")


def understand(query: str, *, words_only: bool = False, typed: bool = True) -> Asked:
    """A query in parts. words_only: nothing is understood, all are words; typed: words for types are types."""
    asked = Asked()
    tokens = [_Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(query)][:MOST]
    at = 0
    while at < len(tokens):
        token = tokens[at]
        plain = words_only or token.text.startswith(("-", '"')) or token.text.endswith("*")
        taken = (
            0 if plain else _actor(tokens[at:], asked) or _days(tokens[at:], asked) or (typed and _type(token, asked))
        )
        if not taken and (plain or token.text.lower() not in _PLAIN) and re.search(r"[^\W_]", token.text):
            asked.words.append(token.text.replace('"', ""))
        at += taken or 1
    return asked


def without(query: str, part: Part) -> str:
    """The query less what was understood there."""
    return " ".join(f"{query[: part.start]} {query[part.end :]}".split())


def as_word(query: str, part: Part) -> str:
    """The query with what was understood there as plain words."""
    return f'{query[: part.start]}"{query[part.start : part.end]}"{query[part.end :]}'


def _actor(tokens: Sequence[_Token], asked: Asked) -> int:
    """How many words at the front name an actor."""
    for length in range(min(LONGEST, len(tokens)), 0, -1):
        name = " ".join(token.text for token in tokens[:length]).strip(",.;:?!()")
        if '"' in name or not name[:1].isalpha():
            continue
        short = len(name) < 4 and not name.isupper() and name not in _SHORT
        if length == 1 and (name.lower() in _PLAIN or short):
            continue
        key = _known(name.upper() if name in _SHORT else name)
        if key:
            asked.parts.append(Part(kind="actor", key=key, start=tokens[0].start, end=tokens[length - 1].end))
            return length
    return 0


def _known(name: str) -> str | None:
    held = actors.lookup(name) if name.isupper() else None
    if held:
        return held.id
    found = actors.resolve(name) or (actors.resolve(name.title()) if name.islower() else None)
    entry = actors.lookup(found.id) if found and found.id and found.kind != "person" else None
    return entry.id if entry and entry.kind in {"state", "organisation", "group"} else None


def _days(tokens: Sequence[_Token], asked: Asked) -> int:
    """How many words at the front name days: 2012, 2010-2012, 2012-09, September 2012, since 2012."""
    side = _SIDES.get(tokens[0].bare.lower())
    own = tokens[1:] if side else tokens
    found = _stretch(own)
    if found is None:
        return 0
    first, last, taken = found
    asked.parts.append(
        Part(
            kind="days",
            key=" ".join(token.text for token in tokens[: taken + len(tokens) - len(own)]),
            start=tokens[0].start,
            end=own[taken - 1].end,
            since=None if side == "until" else first,
            until=None if side == "since" else last,
        )
    )
    return taken + len(tokens) - len(own)


def _stretch(tokens: Sequence[_Token]) -> tuple[date, date, int] | None:
    """First and last day that words at the front name, and how many words that takes."""
    if not tokens:
        return None
    text = tokens[0].bare
    month = _MONTHS.get(text.lower())
    if month and len(tokens) > 1 and re.fullmatch(r"(1[89]|20)\d\d", tokens[1].bare):
        return *stretch(f"{tokens[1].bare}-{month:02}"), 2
    found = _YEARS.fullmatch(text) or _DAYS.fullmatch(text)
    if not found:
        return None
    try:
        first, last = stretch(found[1])
        return first, stretch(found[2])[1] if found[2] else last, 1
    except BadInput:  # 2012-99
        return None


def _type(token: _Token, asked: Asked) -> int:
    name = type_of_word(token.bare)
    if name is None:
        return 0
    asked.parts.append(Part(kind="type", key=name, start=token.start, end=token.end))
    return 1
