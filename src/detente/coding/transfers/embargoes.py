"""One sentence in, arms embargoes imposed, kept and lifted out."""

import re
from collections.abc import Iterator

from detente.coding.transfers.items import Goods, Item
from detente.coding.transfers.moves import Move
from detente.coding.transfers.parties import after, listed, owner, subject
from detente.types import Mention, Span

EMBARGO = re.compile(
    r"\b(?:(?:arms|weapons?|military) (?:embargo(?:es)?|boycott|blockade)"
    r"|(?:embargo(?:es)?|ban|bans|restrictions|moratorium|prohibition) (?:on|of) (?:the |all |its |lethal |any )*(?:arms|weapons?|military)(?: \w+)?(?: sales| exports| deliveries| shipments| transfers)?"
    r"|(?:arms|weapons?|military)(?: equipment)? (?:export|sales|exports) (?:ban|embargo|restrictions)"
    r"|(?:embargo|ban|moratorium|freeze|restrictions) on (?:the |its |all )?(?:deliver(?:y|ies)|sales?|exports?|suppl(?:y|ies)|transfers?) of (?:\w+ ){0,2}(?=[A-Z\w])"
    r"|negative list (?:for|of|on) (?:arms|weapons?)(?: sales| exports)?)\b",
    re.IGNORECASE,
)
LIFTS = re.compile(
    r"\b(?:lift(?:s|ed|ing)?|eas(?:e|es|ed|ing)|end(?:s|ed|ing)?|remov(?:e|es|ed|ing)|relax(?:es|ed|ing)?|drop(?:s|ped)?|rescind\w*|abolish\w*|expire[sd]?|waiv\w+)\b",
    re.IGNORECASE,
)
IMPOSES = re.compile(
    r"\b(?:impos(?:es?|ed|ing)|plac(?:es?|ed|ing)|extend(?:s|ed|ing)?|renew(?:s|ed|ing)?|keep(?:s|ing)?|kept|maintain(?:s|ed|ing)?|declar(?:es?|ed)|announc(?:es?|ed)"
    r"|adopt(?:s|ed)?|slap(?:s|ped)?|approv(?:es?|ed)|reinstat\w+|tighten\w*|agree[sd]? (?:on|to)|enforc\w+|leav(?:es|ing)|ma(?:de|kes)|vot(?:es?|ed) (?:for|to)|introduc\w+)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on)|urg\w+|demand\w*|propos\w+|seek\w*|ask\w*|should|consider\w*|could|may|might|would|threaten\w*|violat\w+|breach\w*|break\w*|broke\w*"
    r"|defy\w*|circumvent\w*|despite|reject\w*|not to|no longer|stop\w*|against (?:lifting|easing)|fail\w*|veto\w*|oppos\w+|not (?:ready|willing|going) to|refus\w+|plans? to|want\w*|discuss\w*)\b",
    re.IGNORECASE,
)
STAYS = re.compile(
    r"\b(?:not (?:yet )?(?:be )?(?:ready|willing|going|able)? ?(?:to )?|refus\w+ to|rul\w+ out|against|reject\w*(?: \w+){0,4}|decid\w+ not to|oppos\w+|will not|won['’]t|does not)"
    r" ?(?:the )?(?:lift|eas|end|remov|relax|drop|waiv)\w*",
    re.IGNORECASE,
)


def embargoes(text: str, span: Span, inside: list[Mention], found: list[Item]) -> Iterator[Move]:
    """Embargoes that a sentence says are imposed, kept or lifted; what is only asked for, or broken, is none."""
    for match in EMBARGO.finditer(text, *span):
        start, end = match.span()
        before, behind = text[span[0] : start][-90:], text[end : span[1]]
        lifted = LIFTS.search(before) or re.match(
            r"[^.;,]{0,60}\b(?:is|was|were|are|been) (?:\w+ )?(?:lifted|eased|ended|removed)\b", behind
        )
        kept = IMPOSES.search(before) or re.match(
            r"[^.;,]{0,60}\b(?:is|was|were|are|been) (?:\w+ )?(?:imposed|extended|renewed|kept|placed)\b", behind
        )
        stays = lifted is not None and STAYS.search(before) is not None
        if not stays and (not (lifted or kept) or ASKED.search(before)):
            continue
        target = after(text, inside, end, span[1], "on|against|to|for") or taken(text, inside, start)
        who = [m for m in subject(text, span, inside, (start, end)) if m not in target] or owner(
            text, inside, Goods(start, end, "other", None)
        )
        who = [m for m in who if m.id not in {t.id for t in target}] or after(text, inside, end, span[1], "by")
        if target:
            arms = next((i for i in found if start <= i.start and i.end <= end), None)
            thing = Goods(arms.start, arms.end, arms.item_class, None) if arms else Goods(start, end, "other", None)
            yield Move(
                listed(who), target, thing, "lifted" if lifted and not stays else "embargoed", (start, end), "embargo"
            )


def taken(text: str, inside: list[Mention], start: int) -> list[Mention]:
    """Who is kept on a list, before it: 'keep Pakistan on its negative list for arms sales'."""
    for mention in reversed(inside):
        if mention.end <= start and re.fullmatch(
            r"\s(?:on|under|from) (?:its|their|the|an?) (?:\w+ )?", text[mention.end : start]
        ):
            return [mention]
    return []
