"""An act's words in, how it was done (PLOVER mode) out."""

import re
from functools import cache

from detente.coding.wording import WORD, bases, rows
from detente.types import Span

AFTER = 8  # words behind the trigger that may show the manner
BEFORE = 3
FIRST = 10  # characters before a word in which another may change what it says
OTHER = (
    (re.compile(r"\bcall(?:s|ed|ing)? (?:off|for|on|upon)\b", re.IGNORECASE), {"call"}),
    (re.compile(r"\b(?:car|truck|roadside|suicide|petrol|letter|parcel)[ -]bomb", re.IGNORECASE), {"bomb", "bombing"}),
)
"""Words that mean something else there than their row says: no telephone, and nothing from the air."""


@cache
def modes() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Type -> [(mode, base forms that show it)], in order of preference (table data/modes.tsv)."""
    out: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for kind, mode, lemmas in rows("modes.tsv"):
        out.setdefault(kind, []).append((mode, frozenset(lemmas.split())))
    return out


def mode(kind: str, text: str, trigger: Span, sentence: Span) -> str | None:
    """The first mode of the type that the trigger, else the words next to it, show; None where none does."""
    for span in (trigger, around(text, trigger, sentence)):
        words = bases(text, span)
        for other, base in OTHER:
            if words & base and other.search(text, max(sentence[0], span[0] - FIRST), sentence[1]):
                words = words - base
        for name, lemmas in modes().get(kind, []):
            if words & lemmas:
                return name
    return None


def around(text: str, trigger: Span, sentence: Span) -> Span:
    """The trigger with a few words on either side, within its sentence."""
    before = [m.start() for m in WORD.finditer(text, sentence[0], trigger[0])][-BEFORE:]
    after = [m.end() for m in WORD.finditer(text, trigger[1], sentence[1])][:AFTER]
    return before[0] if before else trigger[0], after[-1] if after else trigger[1]
