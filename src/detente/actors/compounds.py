"""An actor's name with a hyphen beside it in; what the compound says about who acts out: "US-led coalition", "Russian-built"."""

import re
from typing import TYPE_CHECKING, NamedTuple

from detente.actors.words import WORDS
from detente.types import Mention

if TYPE_CHECKING:
    from detente.actors.pieces import Piece

_SUFFIX = re.compile(r"([-‐‑–])([a-z]+)\b")
_PREFIX = re.compile(r"\b([Pp]ro|[Aa]nti|[Nn]on|[Ee]x|[Pp]ost|[Pp]re|[Mm]id)[-‐‑–]$")
_FORCES = re.compile(
    r"[-‐‑–]led (?:(?:military|international|Arab|naval|anti-\w+|air|multinational|global|ground|peacekeeping|allied|"
    r"Sunni|Islamic) ){0,2}(?:coalition(?: (?:forces|troops|warplanes|aircraft|jets|fighter jets))?|forces|troops|"
    r"alliance|task force|mission|intervention|invasion)\b"
)


class Compound(NamedTuple):
    """What to emit (None: nothing) and how many of the following pieces it covers."""

    mention: Mention | None
    consumed: int


def compound(text: str, piece: "Piece", following: list["Piece"]) -> Compound | None:
    """None where the name stands for itself; otherwise what the compound makes of it."""
    if piece.start and text[piece.start - 1] in "-‐‑–":
        prefix = _PREFIX.search(text, max(0, piece.start - 5), piece.start)
        if prefix is not None:
            return _prefixed(text, piece, following, prefix)
    if piece.end < len(text) and text[piece.end] in "-‐‑–":
        suffix = _SUFFIX.match(text, piece.end)
        if suffix is not None:
            return _suffixed(text, piece, following, suffix)
    return None


def _emit(text: str, piece: "Piece", end: int, role: str, sector: str | None = None) -> Mention:
    sense = piece.sense
    assert sense is not None
    kind = {"organisation": "organisation", "group": "group", "agency": "agency", "collective": "collective"}.get(
        sense.kind, "state"
    )
    return Mention(start=piece.start, end=end, text=text[piece.start : end], id=sense.id, kind=kind, sector=sector or sense.sector,  # type: ignore[arg-type]
                   name=sense.name, role=role, why=f"{sense.source}, {role}")  # fmt: skip


def _group(text: str, start: int, following: list["Piece"], gap_from: int) -> Compound | None:
    """ "Russian-backed rebels", "pro-Russian separatists": a group whose own state is not said by these words."""
    if not following or not following[0].kind.startswith("office:"):
        return None
    office = following[0]
    if office.sense is None or not re.fullmatch(r" (?:[a-z]+ ){0,2}", text[gap_from : office.start]):
        return None
    sector = "REB" if office.sense.sector == "MIL" else office.sense.sector
    mention = Mention(start=start, end=office.end, text=text[start : office.end], id="", kind="group", sector=sector,
                      name=text[start : office.end], role=office.sense.role, why="compounds: backed by another")  # fmt: skip
    return Compound(mention, 1)


def _prefixed(text: str, piece: "Piece", following: list["Piece"], prefix: re.Match[str]) -> Compound:
    word = prefix[1].lower()
    if word == "pro":
        return _group(text, prefix.start(), following, piece.end) or Compound(None, 0)
    if word == "anti":
        return Compound(_emit(text, piece, piece.end, "anti"), 0)
    return Compound(None, 0)


def _suffixed(text: str, piece: "Piece", following: list["Piece"], suffix: re.Match[str]) -> Compound | None:
    word = suffix[2]
    if following and following[0].start == suffix.start(2):
        return None
    if word in WORDS["leads"]:
        forces = _FORCES.match(text, piece.end)
        if forces is None:
            return Compound(_emit(text, piece, piece.end, "lead"), 0)
        covered = sum(1 for p in following if p.start < forces.end())
        return Compound(_emit(text, piece, forces.end(), "coalition", "MIL"), covered)
    if word in WORDS["acts"]:
        return Compound(_emit(text, piece, piece.end, "broker"), 0)
    if word in WORDS["flags"]:
        return _flagged(text, piece, following, suffix.end())
    return _idle(text, piece, following, suffix)


def _flagged(text: str, piece: "Piece", following: list["Piece"], end: int) -> Compound:
    if (
        following
        and following[0].kind == "office:people"
        and re.fullmatch(r" (?:[a-z-]+ ){0,2}", text[end : following[0].start])
    ):
        return Compound(_emit(text, piece, following[0].end, "flag", "BUS"), 1)
    return Compound(_emit(text, piece, end, "flag", "BUS"), 0)


def _idle(text: str, piece: "Piece", following: list["Piece"], suffix: re.Match[str]) -> Compound | None:
    word = suffix[2]
    if word in WORDS["backs"]:
        if (
            piece.kind == "group"
            and following
            and following[0].kind == "office:group"
            and text[suffix.end() : following[0].start] == " "
        ):
            return Compound(_emit(text, piece, following[0].end, "affiliate"), 1)
        return _group(text, piece.start, following, suffix.end()) or Compound(None, 0)
    if piece.kind == "group":
        return Compound(_emit(text, piece, piece.end, "held"), 0)
    if word in WORDS["idle"] or (suffix[1] == "-" and word.endswith("ed")):
        return Compound(None, 0)
    return None
