"""A text in, its quotations out: where the marks stand and what is between them; straight, curly and unclosed ones."""

import re
from typing import NamedTuple

_MARK = re.compile(r"[“”\"„«»]|``|''|(?<![^\s(\[—–-])‘(?=\S)|(?<=[.,?!])’(?=\s|$)|\n\s*")
_OPENING, _CLOSING = ("“", "„", "«", "``", "‘"), ("”", "»", "''", "’")


class Quotation(NamedTuple):
    """Marks and all: `outer`; the words between them: `inner` (no comma that only ends the quotation)."""

    outer: tuple[int, int]
    inner: tuple[int, int]
    ending: str  # the last character between the marks


def find(text: str) -> list[Quotation]:
    """Return the quotations of `text` in order, none nested in another.

    A quotation left open at the end of a paragraph goes on if the next begins with a mark, as long speeches are set;
    one that does not go on ends with its paragraph if it is longer than a few words, and is no quotation otherwise.
    """
    found: list[Quotation] = []
    opened: tuple[int, int, str] | None = None  # start of the mark, of the words, and the mark
    resumed = -1
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark[0] == "\n":
            if opened and match.end() < len(text) and text[match.end()] in '“"„«‘':
                resumed = match.end()
            elif opened:
                _add(text, opened, (match.start(), match.start()), found)
                opened = None
        elif match.start() == resumed:
            continue
        elif opened is None:
            if mark in _OPENING or (mark == '"' and _opens(text, match.end())):
                opened = (match.start(), match.end(), mark)
        elif _closes(opened[2], mark):
            _add(text, opened, match.span(), found)
            opened = None
    if opened:
        _add(text, opened, (len(text), len(text)), found)
    return found


def _opens(text: str, after: int) -> bool:
    return after < len(text) and not text[after].isspace()


def _closes(opening: str, mark: str) -> bool:
    pairs = {'"': '"”', "“": '”"', "„": "“”", "«": "»", "``": "''", "‘": "’"}
    return mark in pairs.get(opening, "") and not (opening == "‘" and mark != "’")


def _add(text: str, opened: tuple[int, int, str], closed: tuple[int, int], found: list[Quotation]) -> None:
    start, end = opened[1], closed[0]
    unclosed = closed[0] == closed[1]
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if start >= end or (unclosed and end - start < 40):
        return
    ending = text[start:end].rstrip("'’‘\"”")[-1:]  # a quotation in the quotation may end with it
    found.append(Quotation((opened[0], closed[1]), (start, end - 1 if text[end - 1] in ",;" else end), ending or "."))
