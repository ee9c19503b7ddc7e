"""What a reader typed in, what it asks for out: actors, types and years told from words, each to be taken back."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field

from detente import actors
from detente.ontology import EVENT_TYPES

LONGEST = 4
"""Words that a name of an actor has at most."""
MOST = 24
"""Words of a query that are looked at."""
_TOKEN = re.compile(r'"[^"]*"|[^\s"]+')
_YEAR = re.compile(r"(1[89]|20)\d\d")
_PLAIN = {"the", "a", "an", "of", "in", "on", "and", "or", "to", "with", "for", "by", "at", "from", "vs", "between"}


class Asked(Struct, kw_only=True):
    """A query as it was understood. words: what must stand in the text, phrases as one string."""

    words: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    said: dict[str, str] = field(default_factory=dict)
    """What each thing that was understood was written as: RUS: Russia."""


def understand(query: str, *, words_only: bool = False) -> Asked:
    """A query in parts. words_only: nothing is understood, all are words."""
    asked = Asked()
    tokens = _TOKEN.findall(query)[:MOST]
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.startswith('"') or words_only:
            asked.words.append(token.strip('"'))
            at += 1
            continue
        taken = _actor(tokens[at:], asked)
        if not taken and not _year(token, asked) and not _type(token, asked) and token.lower() not in _PLAIN:
            asked.words.append(token)
        at += taken or 1
    asked.words = [word for word in asked.words if re.search(r"[^\W_]", word)]
    return asked


def _actor(tokens: Sequence[str], asked: Asked) -> int:
    """How many words at the front name an actor."""
    for length in range(min(LONGEST, len(tokens)), 0, -1):
        name = " ".join(tokens[:length]).strip(",.;:?!()")
        if '"' in name or not name[:1].isalpha():
            continue
        if length == 1 and (name.lower() in _PLAIN or (len(name) < 4 and not name.isupper())):
            continue
        found = actors.lookup(name) if name.isupper() else None
        key = found.id if found else _resolved(name)
        if key:
            if key not in asked.actors:
                asked.actors.append(key)
                asked.said[key] = name
            return length
    return 0


def _resolved(name: str) -> str | None:
    found = actors.resolve(name) or (actors.resolve(name.title()) if name.islower() else None)
    entry = actors.lookup(found.id) if found and found.id else None
    return entry.id if entry and entry.kind in {"state", "organisation", "group"} else None


def _year(token: str, asked: Asked) -> bool:
    if not _YEAR.fullmatch(token):
        return False
    first, last = date(int(token), 1, 1), date(int(token), 12, 31)
    asked.since = min(first, asked.since or first)
    asked.until = max(last, asked.until or last)
    asked.said["years"] = f"{asked.said['years']}, {token}" if "years" in asked.said else token
    return True


def _type(token: str, asked: Asked) -> bool:
    name = token.upper()
    if name not in EVENT_TYPES:
        return False
    if name not in asked.types:
        asked.types.append(name)
        asked.said[name] = token
    return True
