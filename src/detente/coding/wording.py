"""Words of a sentence in, what they may be forms of out; and how far two places of a text are apart.

No grammar: a word is taken for every base form that English spelling allows ('signing' -> sign, signe), and tables of
base forms decide which of these are words.
"""

import re
from functools import cache
from importlib.resources import files

from detente.types import Span

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
BOUNDARY = re.compile(
    r"[;:\n()–—]|[\"“”]|, (?:which|who|whose|where|when|while|after|before|but|although|as)\b"
    r"| (?:who|which|whose|while|after|before|although|because|since|that) "
)
IRREGULAR = {
    "met": "meet", "held": "hold", "sent": "send", "sold": "sell", "gave": "give", "given": "give", "paid": "pay",
    "went": "go", "gone": "go", "flew": "fly", "flown": "fly", "came": "come", "left": "leave", "shot": "shoot",
    "stolen": "steal", "stole": "steal", "hit": "hit", "struck": "strike", "fought": "fight", "seized": "seize",
    "talks": "talk", "ties": "tie", "spoke": "speak", "spoken": "speak", "said": "say", "told": "tell", "led": "lead",
    "built": "build", "bought": "buy", "lent": "lend", "withdrew": "withdraw", "withdrawn": "withdraw", "shut": "shut",
    "troops": "troop", "swore": "swear", "broke": "break", "broken": "break", "cut": "cut", "froze": "freeze",
    "frozen": "freeze", "took": "take", "taken": "take", "flies": "fly", "children": "child", "men": "man",
}  # fmt: skip


@cache
def forms(word: str) -> frozenset[str]:
    """The word itself, lower-case, and every base form it may have."""
    w = word.lower().replace("’", "'").removesuffix("'s")
    out = {w, IRREGULAR.get(w, w)}
    for ending, instead in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
    ):
        stem = w.removesuffix(ending)
        if stem != w and len(stem) > 2:
            out.add(stem + instead)
            if ending in ("ed", "ing") and stem[-1] == stem[-2]:
                out.add(stem[:-1])
    return frozenset(out)


def bases(text: str, span: Span) -> set[str]:
    """Every base form of the words in a span."""
    return {form for match in WORD.finditer(text, *span) for form in forms(match.group())}


def apart(text: str, a: Span, b: Span) -> int:
    """Words between two spans, 0 where they touch or overlap; a clause limit between them counts as eight."""
    low, high = (a[1], b[0]) if a[1] <= b[0] else (b[1], a[0])
    if high <= low:
        return 0
    return sum(1 for _ in WORD.finditer(text, low, high)) + 8 * sum(1 for _ in BOUNDARY.finditer(text, low, high))


def rows(name: str) -> list[list[str]]:
    """The rows of a table under data/, without comments and header."""
    text = files("detente.coding").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return lines[1:]
