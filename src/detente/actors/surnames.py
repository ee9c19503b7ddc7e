"""Mentions found so far in; the same with people named beside their office, and their bare surnames later in the text."""

import re

from msgspec.structs import replace

from detente.actors.people import surname_of
from detente.actors.words import WORDS
from detente.types import Mention

_WORD = r"[A-ZÀ-ŽÖ][\w’'-]*\w"
_PERSON = rf"{_WORD}(?: (?:(?:bin|ibn|van|der|de|von|da|dos|del|el|al) )*(?:{_WORD}|[A-Z]\.)){{1,3}}"
_BEFORE = re.compile(
    rf"(?:^|[.;:“\"] |, |\b(?:by|with|and|of|to|from|that|said|says) )({_PERSON}), (?:the |an? |then )?(?:former |ex-|late )?$"
)
_AFTER = re.compile(rf", ({_PERSON})(?=[,.;)]| (?:said|says|told|tells|was|is|has|will)\b)")
_HOLDERS = frozenset(
    {"ministry", "government", "embassy", "parliament", "military", "police", "court", "agency", "media", "companies"}
)


def appositions(text: str, found: list[Mention]) -> list[Mention]:
    """Add people whom the catalogue does not know: "Wayne Swan, the Treasurer of Australia", "its envoy, Jane Roe,"."""
    extra = []
    for number, mention in enumerate(found):
        if mention.kind != "office" or mention.role in _HOLDERS or mention.text.endswith("s"):
            continue
        match = _BEFORE.search(text, max(0, mention.start - 70), mention.start)
        if match is None:
            match = _AFTER.match(text, mention.end)
        if match is None:
            continue
        start, end = match.span(1)
        near = found[max(0, number - 2) : number + 3]
        if any(m.start < end and start < m.end for m in near) or match[1].split(" ")[0] in WORDS["openers"]:
            continue
        extra.append(
            replace(mention, start=start, end=end, text=match[1], name=match[1], kind="person", why="beside the office")
        )
    return sorted([*found, *extra], key=lambda m: m.start) if extra else found


def echoes(text: str, found: list[Mention]) -> list[Mention]:
    """Add bare surnames that follow a full name in the same text ("Macron", after "Emmanuel Macron")."""
    named: dict[str, Mention] = {}
    for mention in found:
        if mention.kind == "person" and " " in mention.name and (mention.id or mention.role):
            surname = surname_of(mention.name, mention.id)
            if len(surname) > 1:
                named.setdefault(surname, mention)
    if not named:
        return found
    taken = {(m.start, m.end) for m in found}
    extra = []
    for match in re.finditer(r"(?<![\w-])(?:" + "|".join(map(re.escape, named)) + r")(?![\w-])", text):
        first = named[match[0]]
        start, end = match.span()
        if start < first.end or any(a < end and start < b for a, b in taken):
            continue
        before = re.search(r"(\w+) $", text[max(0, start - 30) : start])
        if before and before[1][0].isupper() and before[1] not in WORDS["openers"]:
            continue
        extra.append(replace(first, start=start, end=end, text=match[0], why=f"named before: {first.name}"))
    return sorted([*found, *extra], key=lambda m: m.start) if extra else found
