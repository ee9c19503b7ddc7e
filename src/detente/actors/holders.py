"""Text around an office or a surname in; who holds it out: unknown names after titles, surnames that stand alone."""

import re

from detente.actors.people import Person, choose
from detente.actors.pieces import OWNERS, Piece
from detente.actors.words import WORDS

_WORD = r"[A-ZÀ-ŽÖ][\w’'ʻ-]*\w"
_NAME = re.compile(
    rf" ((?:{_WORD}|[A-Z]\.|Al|al-[A-Z]\w+)(?: (?:(?:bin|ibn|van|der|de|von|da|dos|del|el|al|ben|ould|la) )*"
    rf"(?:{_WORD}|[A-Z]\.|[IVX]{{1,5}}\b|al-[A-Z]\w+)){{0,4}})"
)
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x|[Ll]ate|[Dd]eposed|[Oo]usted|[Oo]ne-time|[Pp]revious)[ -](?:[\w.]+ )?$")
_WORD_BEFORE = re.compile(r"(?<![\w.])(\w+) $")
_GOES_ON = re.compile(r" (?:[A-Z][a-z]|al-)")


def is_former(text: str, start: int) -> bool:
    """Whether the words before say that the office is over: "former", "ex-", "ousted"."""
    return bool(_FORMER.search(text, max(0, start - 25), start))


def who(piece: Piece, day: int | None, role: str | None, actor: str | None) -> Person | None:
    """The person a piece means beside an office (`role`) and a state (`actor`); None where it stays open."""
    if piece.sense is None:
        return choose(piece.people or [], day, role, actor)
    if actor is not None:
        return next((p for p in piece.people or [] if p.actor == actor), piece.sense.person)
    return piece.sense.person


def alone(text: str, piece: Piece, day: int | None) -> Person | None:
    """The person a bare surname means by itself on that day."""
    before = _WORD_BEFORE.search(text, max(0, piece.start - 30), piece.start)
    if before is not None:
        word = before[1]
        if word in WORDS["particles"] or (word[0].isupper() and word not in WORDS["openers"] and before.start() > 0):
            return None
    if _GOES_ON.match(text, piece.end):
        return None
    form = text[piece.start : piece.end]
    fit = [p for p in piece.people or [] if form in p.single and (p.alone == "always" or p.near(day))]
    if day is not None and len(fit) > 1:
        fit = [p for p in fit if p.near(day, 0)]
    return fit[0] if len(fit) == 1 else None


def named_after(text: str, office: Piece, following: list[Piece], owned: bool, after: int) -> tuple[int, str | None]:
    """Where a mention ends that begins with `office`, and the holder's name where capitalised words follow at `after`."""
    if office.kind in ("office:body", "office:generic") or (not owned and office.kind != "office:post"):
        return after, None
    match = None if text[office.end - 1] == "s" else _NAME.match(text, after)
    if match is None:
        return after, None
    end = match.end(1)
    first = next((p for p in following if p.start < end), None)
    if first is not None and (first.kind in OWNERS or first.kind == "person" or first.kind.startswith("office")):
        end = first.start
    name = text[match.start(1) : end].strip(" -").removesuffix("'s").removesuffix("’s")
    if len(name) < 3 or name.isupper() or name.split(" ")[0] in WORDS["not_names"]:
        return after, None
    return match.start(1) + len(name), name
