"""A noun of giving or getting in a sentence in, who gives and who takes out: 'the sale of tanks to', 'a contract with France for'."""

import re

from detente.coding.transfers.items import Goods
from detente.coding.transfers.parties import Parties, after, before_it, between, by, listed, owner, subject
from detente.types import Mention, Span

RULING = re.compile(
    r"\b(?:approv\w+|authori[sz]\w+|block\w*|halt\w*|cancel\w*|suspend\w*|stop\w*|freez\w+|paus\w+|postpon\w+|delay\w*|announc\w+|confirm\w*|agree\w*|clear\w*|allow\w*|permit\w*"
    r"|negotiat\w+|conclud\w+|resum\w+|begins?|began|begun|start\w*|complet\w+|finali[sz]\w+|sign\w*|offer\w*|propos\w+|plan\w*|consider\w*|continu\w+|make|makes|made|end|ends|ended|increas\w+|reject\w*|ban|bans|banned|banning|put(?:s|ting)? off|h[oe]ld(?:s|ing)? back|go(?:es|ing)? ahead|went ahead|proceed\w*|tore up|drop(?:s|ped)|turn(?:s|ed) down"
    r"|prohibit\w*|accelerat\w+|pledg\w+|promis\w+|defend\w*|expand\w*|revok\w+|admit\w*|have|has|unveil\w*|order\w*|through|conduct\w*|secur\w+|won|wins|facilitat\w+|refus\w+)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:in response to|following|after|over|against|condemn\w*|warn\w*|protest\w*|despite|amid|because of|accus\w+|criticis\w+|criticiz\w+|summon\w*|demand\w*|to discuss|due to|expect\w*|oppos\w+)\b",
    re.IGNORECASE,
)
SEIZED = re.compile(
    r"\b(?:seiz\w+|intercept\w*|confiscat\w+|captur\w+|found|discover\w*|destroy\w*|bomb(?:s|ed)?|hits?|str(?:ikes?|uck)|target\w*|impound\w*|raid\w*)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
WITH_FOR = re.compile(r"\swith\s[^,.;]{2,40}\sfor\s(?:the\s|an?\s|its\s)?")
FOR = re.compile(r"\sfor\b")
DEALS = {"deal", "deals", "contract", "contracts", "agreement"}
AGAIN = re.compile(r"\b(?:these|those|this|such) $")


def nominal(text: str, span: Span, inside: list[Mention], noun: Span, thing: Goods, *, getting: bool) -> Parties | None:
    """'A's sale of goods to B', 'A approves the sale of goods to B', 'A halts arms exports to B', 'A's purchase of goods from B'."""
    deal = dealing(text, span, inside, noun, thing)
    if deal is not None:
        return deal
    compound = thing.end <= noun[0] and re.fullmatch(r"['’]?\s(?:\w+ )?", text[thing.end : noun[0]]) is not None
    of = noun[1] <= thing.start <= noun[1] + 60 and re.match(r"\s(?:of|including|for)\b", text[noun[1] :]) is not None
    if not (compound or of):
        return None
    end = max(noun[1], thing.end)
    start = min(noun[0], thing.start)
    if SEIZED.search(text, span[0], start):
        return None
    who = before_it(text, inside, start) or by(text, inside, end, span[1]) or ruler(text, span, inside, (start, end))
    if getting:
        source = after(text, inside, end, span[1], "from") or owner(text, inside, thing)
        return (source, who, "noun") if who else None
    target = (
        after(text, inside, end, span[1], "to|for")
        or after(text, inside, noun[1], thing.start, "to")
        or dealt(text, inside, end, span)
    )
    source = after(text, inside, end, span[1], "from") or (owner(text, inside, thing) if of else [])
    if source and not target and who:
        return source, who, "noun"
    known = source or who
    return (
        (listed(known), target, "noun" if known else "again")
        if target and (known or AGAIN.search(text, thing.start - 8, thing.start))
        else None
    )


def dealing(text: str, span: Span, inside: list[Mention], noun: Span, thing: Goods) -> Parties | None:
    """'B signs a contract with A for goods', 'B signs the agreement for goods with A'; None where it is no such deal."""
    if text[slice(*noun)].lower() not in DEALS or thing.start < noun[1]:
        return None
    buyer = subject(text, span, inside, noun)
    if WITH_FOR.fullmatch(text, noun[1], thing.start):
        source = between(inside, noun[1], thing.start)
    elif FOR.match(text, noun[1]) and thing.start <= noun[1] + 60:
        source = after(text, inside, thing.end, span[1], "with|from")
    else:
        return None
    return (source, buyer, "noun") if source and buyer else None


def dealt(text: str, inside: list[Mention], end: int, span: Span) -> list[Mention]:
    """With whom a sales deal is made that the seller rules on: 'approves a weapon sales deal with Taiwan'."""
    found = re.match(r"\s(?:sales? )?(?:deals?|agreements?|contracts?) with\b", text[end : span[1]]) or re.match(
        r"\swith\b", text[end : span[1]]
    )
    return after(text, inside, end + found.end() - 5, span[1], "with") if found else []


def ruler(text: str, span: Span, inside: list[Mention], noun: Span) -> list[Mention]:
    """Who decides on a sale, delivery …: the subject of a verb that governs it."""
    found = subject(text, span, inside, noun)
    if not found:
        return []
    gap = text[max(m.end for m in found) : noun[0]]
    return found if RULING.search(gap[-60:]) and not ASIDE.search(gap) else []
