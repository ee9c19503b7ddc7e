"""Mentions in, the same with words that stand for an actor named before: "the two countries", "the president", "it"."""

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from detente.reading.sentences import split
from detente.types import Mention, Span

_NOT_PARTIES = ("place", "posting")  # a state that only says where something is, or where an envoy serves
_PRIVATE = ("CVL", "BUS", "MED", "NGO")  # "the company", "the people": too many for the only state to be meant
_ABROAD = ("ambassador", "counterpart")
_WORDS = re.compile(
    r"\b(?:(?P<country>[Tt]he (?:country|nation)(?![’']s (?:other|largest|first)))|(?P<pronoun>(?:He|She|It)(?= [a-z])))\b"
)
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]hat country[’']s|[Tt]he country[’']s)\s+$")
_BACK = 3  # sentences that an office looks back


def link(text: str, mentions: Sequence[Mention], sentences: Sequence[Span] | None = None) -> list[Mention]:
    """Return the mentions in text order, with those the scan left open resolved where the text leaves no doubt.

    "The two countries", "both sides", "the two leaders" become one mention a party (same span) where just two states stand
    before them; an office ("the president") goes to the person named with it, or to the only state spoken of; "the country",
    and "he", "she" or "it" at the head of a sentence, to the only one they can mean. What is open stays as it was.
    """
    spans = sentences if sentences is not None else split(text)
    if not spans or not mentions:
        return list(mentions)
    known = _Known(spans)
    new = [_word(match, known) for match in _WORDS.finditer(text)]
    out: list[Mention] = []
    pending = sorted([*mentions, *new], key=lambda m: (m.start, m.end))
    for mention in pending:
        resolved = [mention] if mention.id else _resolve(text, mention, known)
        if mention.kind == "generic" and mention.role in ("country", "pronoun") and resolved == [mention]:
            continue  # a plain word that was only looked at
        out += resolved
        known.add(resolved)
    return out


class _Known:
    """The actors named so far, by sentence."""

    def __init__(self, sentences: Sequence[Span]) -> None:
        self.starts = [start for start, _ in sentences]
        self.ends = [end for _, end in sentences]
        self.named: list[list[Mention]] = [[] for _ in sentences]

    def sentence(self, position: int) -> int:
        return max(bisect_right(self.starts, position) - 1, 0)

    def add(self, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            if mention.id and mention.role not in _NOT_PARTIES:
                self.named[self.sentence(mention.start)].append(mention)

    def before(self, position: int, back: int) -> list[Mention]:
        """Mentions before the position in its sentence (back 0), or in the sentence so many back."""
        n = self.sentence(position) - back
        return [m for m in self.named[n] if m.end <= position] if n >= 0 else []


def _word(match: re.Match[str], known: _Known) -> Mention:
    role = match.lastgroup or ""
    return Mention(start=match.start(), end=match.end(), text=match.group(), id="", kind="generic", role=role)


def _is_state(mention: Mention) -> bool:
    return len(mention.id) == 3 and mention.kind in ("state", "person", "office", "generic")


def _states(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """The states among them, each with its first mention."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        if _is_state(mention):
            found.setdefault(mention.id, mention)
    return found


def _resolve(text: str, mention: Mention, known: _Known) -> list[Mention]:
    if mention.kind == "generic" and mention.role == "pronoun":
        return _pronoun(mention, known)
    if mention.kind == "generic" and mention.role == "country":
        return _only_state(mention, known)
    if mention.kind == "generic":
        return _two(mention, known)
    if mention.kind == "office" and not mention.former and _THE.search(text, max(0, mention.start - 24), mention.start):
        return _office(mention, known)
    return [mention]


def _refer(mention: Mention, to: Mention, why: str, *, role: str | None = None) -> Mention:
    return msgspec.structs.replace(
        mention,
        id=to.id,
        kind="generic",
        name=to.name,
        sector=to.sector,
        role=role,
        why=f"coreference: {why} {to.text}",
    )


def _two(mention: Mention, known: _Known) -> list[Mention]:
    for back in (0, 1):
        states = _states(known.before(mention.start, back))
        if len(states) == 2:
            return [_refer(mention, state, "one of two parties,", role="parties") for state in states.values()]
        if states and (back or len(states) > 2):
            break
    return [mention]


def _office(mention: Mention, known: _Known) -> list[Mention]:
    for back in range(_BACK + 1):
        holders = {m.id: m for m in known.before(mention.start, back) if m.kind == "person" and m.role == mention.role}
        if len(holders) == 1:
            return [_refer(mention, next(iter(holders.values())), "the one named with the office,", role=mention.role)]
        if holders:
            return [mention]
    if mention.sector in _PRIVATE or mention.role in _ABROAD:
        return [mention]
    resolved = _only_state(mention, known)
    return [msgspec.structs.replace(m, sector=mention.sector, role=mention.role) if m.id else m for m in resolved]


def _only_state(mention: Mention, known: _Known) -> list[Mention]:
    for back in (0, 1):
        states = _states(known.before(mention.start, back))
        if len(states) == 1:
            return [_refer(mention, next(iter(states.values())), "the only state before,", role=mention.role)]
        if states:
            break
    return [mention]


def _pronoun(mention: Mention, known: _Known) -> list[Mention]:
    """He, she or it at the head of a sentence: the only person, or the only actor and subject, of the one before."""
    n = known.sentence(mention.start)
    if known.starts[n] != mention.start or n == 0:
        return [mention]
    named = known.before(mention.start, 1)
    if mention.text == "It":
        ids = {m.id for m in named}
        subject = (
            named and named[0].start - known.starts[n - 1] <= 4 and named[0].kind in ("state", "organisation", "group")
        )
        return [_refer(mention, named[0], "the only actor before,")] if subject and len(ids) == 1 else [mention]
    people = {m.name: m for m in named if m.kind == "person"}
    return [_refer(mention, next(iter(people.values())), "the only person before,")] if len(people) == 1 else [mention]
