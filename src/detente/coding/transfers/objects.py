"""A verb and goods in a sentence in, whether the goods are what is given, and to whom, out."""

import re
from functools import cache

from detente.coding.transfers.items import Goods
from detente.coding.wording import rows
from detente.types import Mention, Span

ADJECTIVE = re.compile(
    r"(?!(?:and|or|of|in|on|for|from|by|at|against|into|that|which|who|after)$)[a-z]{4,}(?<!ing)(?<!ly)(?<!s)"
)
PEOPLE = re.compile(
    r"\b(?:troops|soldiers|forces|personnel|police|peacekeepers|advisers|advisors|marines|crew)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
PURPOSE = re.compile(
    r"\bto (?:guard|protect|patrol|help|support|bolster|deter|assist|join|take part|fight|monitor|enforce|evacuate|rescue|deliver|intercept|search|reinforce"
    r"|strengthen|counter|secure|conduct|participate|defend)\b|\b(?:border|coast|waters|base|airspace|Gulf|Sea)\b"
)
REACH = 150  # characters between a word of giving and its goods


@cache
def fill() -> frozenset[str]:
    """Words that may stand between a verb and its goods."""
    return frozenset(word for (line,) in rows("transfer_fill.tsv") for word in line.split())


def adjacent(text: str, inside: list[Mention], low: int, high: int) -> bool:
    """Whether nothing but determiners, names, numbers, a receiver and one adjective stands between a verb and its goods."""
    if high - low > REACH:
        return False
    gap = list(text[low:high])
    for mention in inside:
        if low <= mention.start and mention.end <= high:
            gap[mention.start - low : mention.end - low] = "X" * (mention.end - mention.start)
    between_them = "".join(gap).split()
    odd = [n for n, word in enumerate(between_them) if not fills(word)]
    return len(between_them) <= 14 and (
        not odd or (odd == [len(between_them) - 1] and ADJECTIVE.fullmatch(between_them[-1]) is not None)
    )


def fills(word: str) -> bool:
    """Whether a word may stand between a verb and its goods without being something else that is given."""
    return (
        word.lower().strip(",\"“”'’") in fill()
        or word[0].isupper()
        or "-" in word
        or any(c.isdigit() for c in word)
        or word == "&"
    )


def deployed(text: str, span: Span, thing: Goods, gap: str) -> bool:
    """Whether a state sends its own forces rather than goods: with troops, or for a task."""
    if PEOPLE.search(gap) or PURPOSE.search(text, thing.end, min(span[1], thing.end + 90)):
        return True
    return thing.item_class == "ships" or (thing.item_class == "aircraft" and not thing.number)


def good_gap(text: str, start: int, end: int, to: list[Mention]) -> bool:
    """Whether an actor between a verb and its goods receives them: 'sell Pakistan tanks', 'supply Syria with missiles'."""
    if not to:
        return False
    first, last = text[start : to[0].start], text[to[-1].end : end]
    if to[-1].role == "demonym" and last == " ":
        return False
    return bool(re.fullmatch(r"\s(?:the |its \w+ |\w+ )?", first)) and bool(
        re.fullmatch(r"(?:['’]s \w+)?\s(?:\w+ ){0,2}?(?:with (?:\w+ ){0,4})?", last)
    )
