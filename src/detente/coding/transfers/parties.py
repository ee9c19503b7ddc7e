"""A place in a sentence in, the actors that stand there as giver or taker out."""

import re

from detente.coding.transfers.items import Goods
from detente.types import Mention, Span

TAKER = (
    r"(?:the|its|their|an?|his|her|armed|rebels?|opposition|government|military|security|forces|in|of|fellow|ally|allies|neighbou?r(?:s|ing)?|[\w-]+-torn|separatists?"
    r"|pro-[\w-]+|anti-[\w-]+|former|embattled|several|various|both|troops|fighters|militants?|groups?|members|supporting|countries|nations|states|such|as|long-time|close"
    r"|at|least|some|two|three|four|five|other|new|all|[A-Z][\w’'.-]*)"
)
Parties = tuple[list[Mention], list[Mention], str]
"""Who gives, who takes, and by which rule they were found."""
ELSEWHERE = re.compile(
    r";|\b(?:because|while|when|although|amid|despite|opposition|pressure|protests?|criticism|warnings?|threats?|as part of|in exchange|in return|according)\b",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"(?:['’]s?)?\s*(?:,\s+(?:the )?|(?:,? and|,? or|&|as well as|together with)\s+(?:the |its |their |to )?(?:\w+ ){0,2})$"
)
AWAY = re.compile(
    r"\b(?:in|on|with|against|from|near|of|over|at|by|to|for|following|after|despite|amid|than|between) (?:the |its |their |a |an )?(?:(?!that |who |which |and )[\w-]+ ){0,2}?$",
    re.IGNORECASE,
)
OWNS = re.compile(
    r"(?:['’]s?|-(?:made|built|supplied|produced))?\s(?:(?!to |of |in |on |for |from |by |and |has |have |will |is |with |at )[\w-]+ ){0,2}"
)
WITH = re.compile(
    r"\b(?:(?:join(?:s|ed)?|weigh(?:s|ed)? in|work(?:s|ed)?|together|along|jointly|team(?:s|ed)? up|cooperat\w+) with) (?:the )?$",
    re.IGNORECASE,
)
DOING = re.compile(
    r"(?:['’]s? (?:\w+ ){0,2}|\s(?:government|regime|military|firms?|individuals?|companies|officials|countries|allies|members|states))?"
    r"\s?,?(?:(?:of|for|from|by|with)\s)?(?:(?:that|which|who)\s)?(?:(?:allegedly|reportedly|secretly|illegally|also|is|are|was|were|has been|had)\s)*"
)
"""What stands between a party and what it is blamed for: 'sanctions on Iran for supplying', 'countries that supply'."""
OF = re.compile(
    r"\b(?:accus\w+ (?:the )?|government of (?:the )?|president of (?:the )?|minister of (?:the )?|leader of (?:the )?)$",
    re.IGNORECASE,
)


def listed(found: list[Mention]) -> list[Mention]:
    """One mention an actor."""
    seen: dict[str, Mention] = {}
    for mention in found:
        seen.setdefault(mention.id, mention)
    return list(seen.values())


def subject(text: str, span: Span, inside: list[Mention], verb: Span) -> list[Mention]:
    """The actors that act by a verb: the nearest before it that no preposition takes away, and those joined to it."""
    before = [m for m in inside if m.end <= verb[0]]
    for n in range(len(before) - 1, -1, -1):
        mention = before[n]
        lead = text[span[0] : mention.start]
        with_other = WITH.search(lead)
        if with_other and n:
            return listed([*subject(text, span, inside, (mention.start, verb[1])), mention])
        planned = re.fullmatch(r" to (?:\w+ )?", text[mention.end : verb[0]]) and re.search(
            r"\b(?:by|for) (?:the )?$", lead
        )
        doing = DOING.fullmatch(text, mention.end, verb[0]) is not None
        if AWAY.search(lead) and not (OF.search(lead) or planned or doing):
            continue
        return listed(chain(text, before, n))
    return []


def chain(text: str, mentions: list[Mention], n: int) -> list[Mention]:
    """A mention and those before it that are joined to it: 'the United States and Germany'."""
    out = [mentions[n]]
    while n > 0 and (
        JOINED.fullmatch(text[mentions[n - 1].end : mentions[n].start]) or same(mentions[n - 1], mentions[n], text)
    ):
        n -= 1
        out.insert(0, mentions[n])
    return out


def same(a: Mention, b: Mention, text: str) -> bool:
    """Whether two mentions side by side name one actor: 'U.S. President Barack Obama'."""
    return (
        a.id.split(".")[0] == b.id.split(".")[0]
        and b.start - a.end < 30
        and "." not in text[a.end : b.start].strip(". ")
    )


def following(text: str, inside: list[Mention], first: Mention) -> list[Mention]:
    """A mention and those after it that are joined to it."""
    out = [first]
    for mention in inside:
        if mention.start >= out[-1].end and JOINED.fullmatch(text[out[-1].end : mention.start]):
            out.append(mention)
    return listed(out)


def after(text: str, inside: list[Mention], low: int, high: int, preposition: str) -> list[Mention]:
    """The actors that a preposition introduces in a stretch of text, the first such."""
    lead = re.compile(rf"\b(?:{preposition}) (?:{TAKER} ){{0,5}}?$")
    for mention in inside:
        if low <= mention.start < high:
            gap = text[low : mention.start]
            found = lead.search(gap)
            if found and not ELSEWHERE.search(gap):
                return following(text, [m for m in inside if m.end <= high], finest(text, inside, mention))
    return []


def finest(text: str, inside: list[Mention], mention: Mention) -> Mention:
    """Of mentions side by side the one that names the party: 'Colombian FARC', 'Sudanese JEM rebels'."""
    for other in inside:
        if 0 <= other.start - mention.end <= 18 and re.fullmatch(
            r"[ -]?| (?:ally|member|partner|member state|ally,) ", text[mention.end : other.start]
        ):
            return finest(text, inside, other)
    return mention


def by(text: str, inside: list[Mention], low: int, high: int) -> list[Mention]:
    """The actors behind 'by'."""
    return after(text, inside, low, high, "by")


def between(inside: list[Mention], low: int, high: int) -> list[Mention]:
    """The actors that stand in a stretch of text."""
    return listed([m for m in inside if low <= m.start and m.end <= high])


def owner(text: str, inside: list[Mention], thing: Goods) -> list[Mention]:
    """The actor whose goods these are by the words in them or right before: 'Russian S-400s', 'Soviet-built tanks'."""
    within = [m for m in inside if thing.start <= m.start and m.end <= thing.end]
    return within[-1:] or before_it(text, inside, thing.start)


def before_it(text: str, inside: list[Mention], start: int) -> list[Mention]:
    """The actor that stands right before a noun as its owner: "China's arms exports", 'US weapons sales'."""
    for mention in reversed(inside):
        if mention.end <= start and OWNS.fullmatch(text, mention.end, start):
            return [mention]
    return []
