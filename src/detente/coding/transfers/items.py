"""A text in, the military equipment that it names out: where each item stands, its class, how many pieces."""

import re
from functools import cache
from typing import Any

from msgspec import Struct

from detente.coding.wording import rows

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a dozen": 12, "two dozen": 24,
    "three dozen": 36, "a hundred": 100,
}  # fmt: skip
WORD = r"[^\s,;:()\"“”]+"
LEFT = re.compile(
    rf"(?:(?<!Type )(?<!Mk )(?<!Mark )(?<!Block )(?<!Resolution )\b(?P<number>\d[\d,.]*(?:\s(?:million|thousand))?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})\s)?"
    rf"(?P<more>(?:(?:more|additional|new|second-hand|used|further|advanced|modern|heavy|light|long-range|short-range|medium-range|multi-role"
    rf"|multirole|lethal|portable|shoulder-fired|main|battle|military|armed|attack|combat|surplus|sophisticated|defensive|mobile|refurbished"
    rf"|upgraded|variant|guided|second|first|third|self-propelled|air-launched|ground-launched|ex-\w+|[A-Z][\w/-]*\d[\w/-]*|[\w-]+-(?:built|made|class|era|propelled|guided|capable|evading))\s){{0,5}})$"
)
BETWEEN = re.compile(
    rf"\s*(?:,|and|or|as well as|along with|including|plus|&)?\s*(?:(?:and|or|other|more|including|their|its|some|{WORD})\s){{0,3}}"
)
REST = re.compile(
    r"(?:[ -](?:[A-Z][\w-]*(?=[ ,.;])|systems?|batter(?:y|ies)|launchers?|jets?|fighters?|aircraft|helicopters?|missiles?|rockets?|tanks?|drones?|boats?|planes?|parts|components"
    r"|variants?|I{1,3}|kits|rounds|pods|interceptors|vehicles|engines|technology|equipment|gear|stealth|fighter-jets?|landing|units?))+"
)
"""What still belongs to an item behind its words: 'F-16 Fighting Falcon jets', 'Patriot missile batteries'."""
ENDS = re.compile(
    r"\s*(?:$|[,.;:)(\"”“’'\[–—-]|\b(?:to|for|from|by|with|in|on|at|and|or|as|worth|that|which|who|after|following|amid|over|under|into|through|this|next|last|until|since|despite"
    r"|before|during|if|when|while|of|against|is|are|was|were|will|would|has|have|had|including|such|still|used|made|built|capable|via|without|because|due|out|off|per|than|plus"
    r"|valued|each|back|sold|sent|supplied|delivered|destined|bound|should|must|can|could|may|also|according|between|being|be|not|so|but|instead|abroad|today|yesterday|sales?|exports?"
    r"|shipments?|deliver\w+|transfers?|imports?|purchases?|procurement|contracts?|contest|tender|competition|deals?|licen[cs]es?|cooperation|embargo\w*|restrictions|ban|bans|needed|every|the|it|its|their|\w+ly|along|alongside|under|within|carried|bought|ordered|acquired|purchased|produced|on|left|already)\b)",
    re.IGNORECASE,
)
"""What may follow an item that is the thing itself: not 'missile tests', 'tank fire', 'weapons inspectors'."""
STOP = re.compile(
    r"\b(?:to|for|from|by|with|in|on|at|after|against|that|which|who|will|would|is|are|was|were|has|have|into|under|as)\b|[;:.]"
)
MASS = re.compile(r"\b(?:nuclear|chemical|biological|atomic|radiological|toxin)[ -]$", re.IGNORECASE)
LETHAL = {"other", "missiles"}
CIVIL = re.compile(r"\b(?:Boeing|Airbus|passenger|civil|civilian|commercial|airline|private|business)\s$")
CONTEST = re.compile(r"\s(?:tender|contest|competition|contract|deal|order|programme|program)\b")
SALES = re.compile(r"\bmilitary(?=\s(?:sales|deliveries|shipments|exports)\b)")
MILITARY = re.compile(r"\b(?:military|combat|war|attack|transport|fighter|trainer|Sukhoi|MiG)\s$")
TOO_MANY = 5_000_000


class Item(Struct, frozen=True):
    """Words that name military equipment. `kind`: head, name or weak (see data/arms_items.tsv)."""

    start: int
    end: int
    item_class: str
    kind: str


class Goods(Struct, frozen=True):
    """Items that are named together, with what stands before them; `number` counts pieces where one is given."""

    start: int
    end: int
    item_class: str
    number: int | None


@cache
def table() -> tuple[list[str], list[tuple[str, str]]]:
    """All words of arms, and the class and kind of each."""
    words: list[str] = []
    about: list[tuple[str, str]] = []
    for item_class, kind, listed in rows("arms_items.tsv"):
        for word in listed.split("|"):
            variants = {word, word[0].upper() + word[1:]} if kind != "name" else {word, f"{word}s"}
            words += sorted(variants)
            about += [(item_class, kind)] * len(variants)
    return words, about


@cache
def automaton() -> Any:
    """A search for all of them, longest first."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(table()[0], matchkind=MatchKind.LeftmostLongest)


def items(text: str) -> list[Item]:
    """The items that a text names, in its order; a weak word ("jets") counts only right behind a system's name."""
    about = table()[1]
    out: list[Item] = []
    for number, start, end in automaton().find_matches_as_indexes(text):
        if (start and (text[start - 1].isalnum() or text[start - 1] == "-")) or (
            end < len(text) and text[end].isalnum()
        ):
            continue
        if text.startswith("-class", end):
            continue
        item_class, kind = about[number]
        if (item_class in LETHAL and MASS.search(text, max(0, start - 14), start)) or CIVIL.search(
            text, max(0, start - 16), start
        ):
            continue
        beside = bool(out) and 0 <= start - out[-1].end <= 30 and out[-1].kind == "name"
        fits = beside or MILITARY.search(text, max(0, start - 12), start) or CONTEST.match(text, end)
        if kind == "weak" and not fits:
            continue
        out.append(Item(start, end, item_class, kind))
    out += [Item(m.start(), m.end(), "other", "head") for m in SALES.finditer(text)]
    return sorted(out, key=lambda i: i.start)


def goods(text: str, found: list[Item], low: int) -> list[Goods]:
    """Items of one sentence joined where they are named together: 'F-16 jets, missiles and patrol boats'."""
    groups: list[list[Item]] = []
    for item in found:
        if groups:
            gap = text[groups[-1][-1].end : item.start]
            if len(gap) < 50 and BETWEEN.fullmatch(gap) and not STOP.search(gap):
                groups[-1].append(item)
                continue
        groups.append([item])
    found_goods = [grown(text, group, low) for group in groups]
    return [thing for thing in found_goods if ENDS.match(text, thing.end)]


def grown(text: str, group: list[Item], low: int) -> Goods:
    """A group with its number and what tells its items apart."""
    start = group[0].start
    before = text[max(low, start - 80) : start]
    left = LEFT.search(before)
    number = None
    if left and (left["number"] or left["more"]):
        start -= len(before) - left.start()
        while text[start].isspace():
            start += 1
        number = count(left["number"])
    end = group[-1].end
    rest = REST.match(text, end)
    end = rest.end() if rest else end
    telling = next((i for i in group if i.kind == "name"), None) or next(
        (i for i in group if i.item_class != "other"), group[0]
    )
    return Goods(start, end, telling.item_class, number)


def count(words: str | None) -> int | None:
    """How many, from digits or a word; None for a year or a part of a name."""
    if not words:
        return None
    if words in NUMBERS:
        return NUMBERS[words]
    digits = re.match(r"[\d,]+", words)
    if digits is None or "." in words:
        return None
    value = int(digits.group().replace(",", "") or 0) * (
        1_000_000 if "million" in words else 1000 if "thousand" in words else 1
    )
    return value if 0 < value < TOO_MANY and not (1900 <= value <= 2100 and "," not in words) else None
