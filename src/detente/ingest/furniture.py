"""Paragraphs in, paragraphs out without page furniture: menus, share bars, comment forms, banners, tag lists.

A line goes only where it stands alone: whole lines that the table data/furniture.tsv names, short lines that begin as
it says, lists of links, and menus at the head or tail. Running text is never touched.
"""

import re
from functools import cache
from importlib.resources import files

_EDGE = re.compile(r"^[\W_]+|[\s\W_]+$")
_COUNT = re.compile(r"^\d{1,4}\s+|\s*[(\[]?\d{1,6}[)\]]?$")
_LONGEST_START = 200
_MENU_WORD = 28
_MENU_RUN = 4
_SEPARATORS = re.compile(r"\s[|»›•·]\s|\s/\s")
_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)]*$")
_COUNTER = re.compile(
    r"^\d[\d,.]*\s*[KkMm]?\s*(?:shares?|comments?|likes?|views?|retweets?|min(?:ute)?s?(?: read)?)$", re.I
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$")
_RULE = re.compile(r"^[\W_]*$")


def strip_furniture(lines: list[str]) -> list[str]:
    """Return the lines (one paragraph each) that are text."""
    kept = [line for line in lines if not is_furniture(line)]
    return _without_menu(_without_menu(kept)[::-1])[::-1] if len(kept) > _MENU_RUN else kept


def is_furniture(line: str) -> bool:
    """Tell whether a line that stands alone is no text: see the module's first lines."""
    if len(line) > _LONGEST_START:
        return False
    if _RULE.match(line):
        return True
    lower = line.casefold().replace("’", "'")
    whole, starts = _tables()
    bare = _EDGE.sub("", lower)
    if bare in whole or _COUNT.sub("", bare) in whole:
        return True
    if lower.lstrip("*•»>- ").startswith(starts):
        return True
    if _COUNTER.match(bare) or _ADDRESS.match(bare):
        return True
    return len(_SEPARATORS.findall(line)) >= 2 and not _SENTENCE.search(line) and len(line) < 160


@cache
def _tables() -> tuple[frozenset[str], tuple[str, ...]]:
    rows = [
        line.split("\t")
        for line in (files("detente.ingest") / "data" / "furniture.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    return (
        frozenset(words for form, words, _ in rows if form == "whole"),
        tuple(words for form, words, _ in rows if form == "start"),
    )


def _without_menu(lines: list[str]) -> list[str]:
    """Drop a run of at least four short unpunctuated lines from the head, unless nothing else is there."""
    run = 0
    while run < len(lines) and len(lines[run]) <= _MENU_WORD and not _SENTENCE.search(lines[run]):
        run += 1
    return lines[run:] if _MENU_RUN <= run < len(lines) else lines
