"""Pieces in, fewer pieces out: words that look like an actor and are none where they stand."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from detente.actors import tables
from detente.actors.words import WORDS

if TYPE_CHECKING:
    from detente.actors.pieces import Piece

_GEOGRAPHIC = frozenset({"name", "region", "capital", "adjective", "people"})
_WORD_BEFORE = re.compile(r"([\w’'.-]+(?: of)?) $")
_WORD_AFTER = re.compile(r" ([\w’-]+)")
_DATELINE = re.compile(r" ?[,(—–-] ?(?:AP|AFP|Reuters|UPI|CNN|BBC|Xinhua|TASS|KUNA|IANS|ANI|PTI)\b")
_TAIL = re.compile(r"(?:[\s,.;]*\([^()]{2,90}\))+[\s,.;]*$")


class Rules:
    """The lists of ambiguous.toml as sets."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.after = frozenset(data["after"])
        self.before = frozenset(data["before"])
        self.us_states = re.compile(r", (?:" + "|".join(data["us_states"]) + r")\b")
        self.first_names = frozenset(data["first_names"])
        self.last_names = frozenset(data["last_names"])
        self.given = frozenset(data["given"])
        self.georgia_us = re.compile(r"\b(?:" + "|".join(map(re.escape, data["georgia_us"])) + r")(?!\w)")
        self.georgia_state = re.compile(r"\b(?:" + "|".join(map(re.escape, data["georgia_state"])) + r")(?!\w)")


@cache
def rules() -> Rules:
    """The rules, read once."""
    return Rules(tables.document("ambiguous.toml"))


def dismiss(text: str, found: list["Piece"]) -> list["Piece"]:
    """Pieces without those that name no actor: people's names, companies, outlets, American towns."""
    if not found:
        return found
    tail = credit_start(text)
    starts = {p.start for p in found}
    ends = {p.end for p in found}
    return [p for p in found if not _is_false(text, p, tail, starts, ends)]


def credit_start(text: str) -> int:
    """Where the outlets in parentheses at the end of an item begin: "(BBC News) (AFP via The Times of Israel)"."""
    if not text.rstrip(" ,.;").endswith(")"):
        return len(text)
    match = _TAIL.search(text, max(0, len(text) - 300))
    return match.start() if match else len(text)


def _is_false(text: str, piece: "Piece", tail: int, starts: set[int], ends: set[int]) -> bool:
    if piece.start >= tail:
        return not (text[piece.start - 1] == "(" and text[piece.end] == ")" and piece.kind != "agency")
    if piece.kind == "agency" and piece.sense is not None:
        if piece.sense.sector == "MED" and text[piece.start - 1 : piece.start] == "(":
            return True  # "(BBC), (Ynet)" in the middle of a text
        return piece.sense.role in ("company", "party") and _is_surname_too(text, piece, ends)
    if piece.kind not in _GEOGRAPHIC:
        return False
    form = text[piece.start : piece.end]
    after = _WORD_AFTER.match(text, piece.end)
    before = _WORD_BEFORE.search(text, max(0, piece.start - 30), piece.start)
    return (
        _is_title(text, piece, before, after)
        or _is_personal(text, form, before, after, starts)
        or (form == "Washington" and _is_in_america(text, piece, before, ends))
        or (form == "Georgia" and _is_american(text, piece))
    )


def _is_title(text: str, piece: "Piece", before: re.Match[str] | None, after: re.Match[str] | None) -> bool:
    """ "Moscow Times", "University of Turkey", "US$", "Lima, Ohio", "Moscow (AP) –"."""
    known = rules()
    if (after and after[1] in known.after) or text.startswith("$", piece.end):
        return True
    if before is not None:
        of = before[1].endswith(" of")
        if before[1] in known.before and (of or before[1][0].isupper()):
            return True
    return piece.kind == "capital" and bool(known.us_states.match(text, piece.end) or _DATELINE.match(text, piece.end))


def _is_personal(
    text: str, form: str, before: re.Match[str] | None, after: re.Match[str] | None, starts: set[int]
) -> bool:
    known = rules()
    if form in known.last_names and before is not None and before[1] in known.given:
        return True
    return form in known.first_names and after is not None and _is_surname(text, after, starts)


def _is_in_america(text: str, piece: "Piece", before: re.Match[str] | None, ends: set[int]) -> bool:
    """ "Tacoma, Washington"."""
    return (
        before is None
        and text[max(0, piece.start - 2) : piece.start] == ", "
        and piece.start - 2 not in ends
        and text[piece.start - 3].islower()
    )


def _is_surname_too(text: str, piece: "Piece", ends: set[int]) -> bool:
    """ "Alex Saab" is no aircraft maker."""
    before = _WORD_BEFORE.search(text, max(0, piece.start - 30), piece.start)
    return (
        before is not None
        and before[1].istitle()
        and before[1] not in WORDS["openers"]
        and before.start() > 0
        and before.end() - 1 not in ends
    )


_CAPITAL_WORD = re.compile(r"[A-Z][a-zé’'-]+$")


def _is_surname(text: str, after: re.Match[str], starts: set[int]) -> bool:
    word = after[1]
    return bool(_CAPITAL_WORD.match(word)) and word not in WORDS["not_surnames"] and after.start(1) not in starts


def _is_american(text: str, piece: "Piece") -> bool:
    known = rules()
    if re.search(r"[A-Z]\w+, $", text[max(0, piece.start - 20) : piece.start]) and not known.georgia_state.search(text):
        return True
    return bool(known.georgia_us.search(text)) and not known.georgia_state.search(text)
