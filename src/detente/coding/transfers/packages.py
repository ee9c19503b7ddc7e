"""One sentence in, military aid packages that name arms, and contracts to build them, out."""

import re
from collections.abc import Iterator

from detente.coding.transfers.items import Item, goods
from detente.coding.transfers.moves import Move
from detente.coding.transfers.parties import after, finest, listed, subject
from detente.coding.transfers.stages import stage
from detente.types import Mention, Span

AID = re.compile(
    r"\b(?:(?:military|security|defen[cs]e|weapons) (?:aid|assistance|support)(?: package)?|(?:military|aid|weapons|security|defen[cs]e)(?: aid| assistance)? package)\b",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"^[^.;]{0,90}?[,(]?\s(?:includ\w+|contain\w*|consist\w+ of|compris\w+|that includes|with)\b|^[^.;]{0,60}\(includ\w+",
    re.IGNORECASE,
)
CONTRACT = re.compile(
    r"\b(?:awards?|awarded|signs?|signed|gives?|gave|grants?|granted|wins?|won) (?:an? |the )?(?:[\w.$€£-]+ ){0,4}?(?:contract|deal|order|tender)s?\b",
    re.IGNORECASE,
)
BUILDS = re.compile(
    r"^[^.;]{0,80}?\b(?:to|for) (?:build|produce|manufactur\w+|construct\w*|supply|deliver|the (?:construction|production|building) of)\b",
    re.IGNORECASE,
)


def packages(text: str, span: Span, inside: list[Mention], found: list[Item]) -> Iterator[Move]:
    """'A announces a military aid package for B, including missiles'; 'A awards B's shipyard a contract to build submarines'."""
    things = goods(text, found, span[0])
    for match in AID.finditer(text, *span):
        holds = HOLDS.match(text[match.end() : span[1]])
        thing = next(
            (t for t in things if holds and match.end() + holds.end() <= t.start <= match.end() + holds.end() + 80),
            None,
        )
        if thing is None:
            continue
        who = subject(text, span, inside, match.span())
        to = after(text, inside, match.end(), thing.start, "to|for") or sent(text, inside, match.start())
        who = [m for m in who if m.id not in {t.id for t in to}] or subject(
            text, span, inside, (to[0].start, to[0].end) if to else match.span()
        )
        how = stage(text[span[0] : match.start()], "", "agreed", "agreed", "")
        if who and to and how and {m.id for m in who} != {m.id for m in to}:
            yield Move(listed(who), to, thing, how, match.span(), "noun")
    for match in CONTRACT.finditer(text, *span):
        builds = BUILDS.match(text[match.end() : span[1]])
        thing = next((t for t in things if builds and 0 <= t.start - match.end() - builds.end() <= 60), None)
        buyer = subject(text, span, inside, match.span())
        maker = next((m for m in inside if thing and match.end() <= m.start < thing.start), None)
        if thing and maker and buyer and maker.id.split(".")[0] not in {m.id.split(".")[0] for m in buyer}:
            maker = finest(text, inside, maker)
            yield Move([maker], listed(buyer), thing, "agreed", match.span(), "noun")
        elif thing and buyer and (to := after(text, inside, thing.end, span[1], "for")):
            yield Move(buyer, to, thing, "agreed", match.span(), "noun")  # the maker is awarded a contract


def sent(text: str, inside: list[Mention], before: int) -> list[Mention]:
    """Who is sent aid before its words: 'will send Ukraine an additional $1 billion in military assistance'."""
    for mention in reversed(inside):
        if mention.end <= before and re.search(
            r"\b(?:send|give|provide|grant|pledge|offer|hand)(?:s|ed|ing)?(?: the)? $",
            text[max(0, mention.start - 14) : mention.start],
        ):
            return [mention]
    return []
