"""Mentions found so far in; the same with later bare surnames of the people among them ("Macron", after "Emmanuel Macron")."""

import re

from msgspec.structs import replace

from detente.actors.people import surname_of
from detente.types import Mention

_FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "HKG", "HUN"})


def echoes(text: str, found: list[Mention], day: int | None) -> list[Mention]:
    """Add bare surnames that follow a full name in the same text."""
    named: dict[str, Mention] = {}
    for mention in found:
        if mention.kind != "person" or " " not in mention.name:
            continue
        words = mention.name.split(" ")
        surname = (
            words[0]
            if mention.id in _FAMILY_FIRST and mention.id != "HUN" and len(words) <= 3 and "-" not in words[0]
            else surname_of(mention.name)
        )
        if len(surname) > 2 and surname not in named and (mention.id or mention.role):
            named[surname] = mention
    if not named:
        return found
    covered = [(m.start, m.end) for m in found]
    extra = []
    for match in re.finditer(r"(?<![\w-])(?:" + "|".join(map(re.escape, named)) + r")(?![\w-])", text):
        first = named[match[0]]
        if match.start() < first.end or any(a < match.end() and match.start() < b for a, b in covered):
            continue
        before = re.search(r"(\w+) $", text[max(0, match.start() - 30) : match.start()])
        if (
            before
            and before[1][0].isupper()
            and before[1] not in ("Mr", "Mrs", "Ms", "Dr", "But", "And", "The", "When", "While", "As", "If", "That")
        ):
            continue
        extra.append(
            replace(first, start=match.start(), end=match.end(), text=match[0], why=f"named before: {first.name}")
        )
    return sorted([*found, *extra], key=lambda m: m.start) if extra else found
