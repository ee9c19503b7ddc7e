"""One sentence with its actors and arms in, what it says moves from whom to whom out."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from detente.coding.transfers.items import Goods, Item, goods
from detente.coding.transfers.nouns import nominal
from detente.coding.transfers.objects import PEOPLE, adjacent, deployed, good_gap
from detente.coding.transfers.parties import Parties, after, between, by, owner, subject
from detente.coding.transfers.stages import stage
from detente.coding.wording import rows
from detente.types import Mention, Span, TransferStage

PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got) (?:\w+ly |also |not |to be )?$", re.IGNORECASE)
NOUN_AFTER = re.compile(r"\s(?:of|licen[cs]es?|permits?|ban|bans|deals?|package)\b")
IN_ORDER = re.compile(r"\bin order$", re.IGNORECASE)
FORCES = re.compile(
    r"\b(?:military|army|navy|air force|armed forces|marines|troops|forces|pentagon)\b[^.;]{0,40}$", re.IGNORECASE
)
COMMON = {
    "other",
    "small arms",
    "ammunition",
}  # anybody may buy these; without a named supplier they are no transfer between states
THROUGH = re.compile(r"\b(?:through|via|across)\b")
SENDING = {"send", "sends", "sent", "sending"}  # … may be its own forces
GETTING = {"purchase", "acquisition", "procurement", "order"}
KEEPERS = {"UN", "OPCW", "IAEA", "OSCE", "ICC", "ICRC", "INTERPOL"}  # receive arms to count or destroy them


class Word(Struct, frozen=True):
    """A word of giving or getting: see data/transfer_words.tsv."""

    frame: str
    now: TransferStage
    past: TransferStage


class Move(Struct, frozen=True):
    """Goods on their way, as one sentence has it. `rule` names the pattern that found it."""

    supplier: list[Mention]
    recipient: list[Mention]
    goods: Goods
    stage: TransferStage
    trigger: Span
    rule: str


@cache
def words() -> tuple[dict[str, Word], dict[str, Word]]:
    """Form → what it says, of verbs and of nouns."""
    verbs: dict[str, Word] = {}
    nouns: dict[str, Word] = {}
    for base, forms, frame, now, past in rows("transfer_words.tsv"):
        tail = "".join(base.partition(" ")[1:])
        for form in forms.split("|" if "|" in forms else " "):
            (nouns if frame == "noun" else verbs)[form + tail] = Word(frame, now, past)  # type: ignore[arg-type]
    return verbs, nouns


@cache
def pattern() -> re.Pattern[str]:
    """Any of them."""
    verbs, nouns = words()
    forms = sorted({*verbs, *nouns}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def moves(text: str, span: Span, inside: list[Mention], found: list[Item]) -> Iterator[Move]:
    """The moves of one sentence, by its words of giving and getting."""
    things = goods(text, found, span[0])
    for match in pattern().finditer(text, *span):
        if any(item.start < match.end() and match.start() < item.end for item in found):
            continue
        if match.group()[0].isupper() and match.start() > span[0]:
            continue
        if IN_ORDER.search(text, max(0, match.start() - 4), match.end()):
            continue
        word = meant(text, match, things)
        for thing in things:
            move = made(text, span, inside, match, word, thing)
            if move is not None:
                yield move
                yield from gapped(text, span, inside, move, things)
                break


def gapped(text: str, span: Span, inside: list[Mention], move: Move, things: list[Goods]) -> Iterator[Move]:
    """Further goods of the same verb with receivers of their own: '… 60 F-15s to Saudi Arabia and 50 F-5s to Egypt'."""
    last = max(m.end for m in move.recipient)
    for thing in things:
        if last < thing.start and re.fullmatch(r",?\s(?:and\s)?(?:[\w,.-]+\s){0,2}?", text[last : thing.start]):
            to = after(text, inside, thing.end, min(span[1], thing.end + 40), "to")
            if to:
                yield Move(move.supplier, to, thing, move.stage, move.trigger, move.rule)
                last = max(m.end for m in to)


def meant(text: str, match: re.Match[str], things: list[Goods]) -> Word:
    """Which word it is where verb and noun look alike: 'the transfer of', 'arms exports' are nouns."""
    verbs, nouns = words()
    form = match.group().lower()
    if form in nouns and form in verbs:
        compound = any(thing.end < match.start() <= thing.end + 2 for thing in things)
        return nouns[form] if compound or NOUN_AFTER.match(text, match.end()) else verbs[form]
    return verbs.get(form) or nouns[form]


def made(text: str, span: Span, inside: list[Mention], match: re.Match[str], word: Word, thing: Goods) -> Move | None:
    """The move of these goods by this word; None where it is of something else."""
    verb = match.span()
    before, behind = text[span[0] : verb[0]], text[verb[1] : span[1]]
    if word.frame == "noun":
        parties = nominal(text, span, inside, verb, thing, getting=match.group().lower() in GETTING)
    elif thing.end <= verb[0]:
        parties = passive(text, span, inside, verb, thing, word)
    else:
        parties = active(text, span, inside, verb, thing, word)
    if parties is None:
        return None
    supplier, recipient, rule = parties
    named = {m.id.split(".")[0] for m in supplier} & {m.id.split(".")[0] for m in recipient}
    if named and {m.id for m in supplier} == {m.id for m in recipient}:
        return None
    if any(m.kind == "organisation" and m.id in KEEPERS for m in recipient):
        return None
    how = stage(before, behind, word.now, word.past, match.group().lower())
    if rule == "get" and not supplier and how in {"expected", "offered"}:
        return None
    if how is None or not (recipient and (supplier or rule in {"passive", "get", "noun", "again"})):
        return None
    return Move(supplier, recipient, thing, how, verb, rule)


def active(text: str, span: Span, inside: list[Mention], verb: Span, thing: Goods, word: Word) -> Parties | None:
    """'A sells goods to B', 'A supplies B with goods', 'A arms B', 'B buys goods from A', 'B was supplied with goods by A'."""
    if not adjacent(text, inside, verb[1], thing.start):
        return None
    gap = text[verb[1] : thing.start]
    who = subject(text, span, inside, verb)
    if PASSIVE.search(text, span[0], verb[0]) and re.match(r"\s(?:\w+ly )?with\b", gap):
        return by(text, inside, thing.end, span[1]), who, "passive"
    if word.frame == "get":
        return got(text, span, inside, verb, thing, who)
    sent = text[verb[0] : verb[1]].lower() in SENDING
    if sent and (deployed(text, span, thing, gap) or FORCES.search(text, span[0], verb[0])):
        return None
    to = between(inside, verb[1], thing.start)
    if word.frame == "give":
        near = to if good_gap(text, verb[1], thing.start, to) else []
        to = after(text, inside, thing.end, span[1], r"to|for") or near or ordered(text, inside, thing.end, span[1])
    return (who, to, word.frame) if to and who else None


def ordered(text: str, inside: list[Mention], low: int, high: int) -> list[Mention]:
    """Who ordered the goods, in a clause behind them: 'delivered all the systems that Iran had ordered'."""
    for mention in inside:
        if low <= mention.start < min(high, low + 30):
            lead, rest = text[low : mention.start], text[mention.end : high]
            if re.fullmatch(r",?\s(?:that|which)\s(?:the\s)?", lead) and re.match(
                r"\s(?:had |has |have )?(?:ordered|bought|paid for|asked for|requested)\b", rest
            ):
                return [mention]
    return []


def got(text: str, span: Span, inside: list[Mention], verb: Span, thing: Goods, who: list[Mention]) -> Parties | None:
    """'B buys goods from A', 'B buys A's goods', 'B signs a contract with A to buy goods'."""
    gap, rest = text[verb[1] : thing.start], text[thing.end : span[1]]
    if not who or PEOPLE.search(gap) or re.match(r"\s(?:[\w-]+ ){0,3}(?:to (?:the )?[A-Z]|into )", rest):
        return None
    own = owner(text, [m for m in inside if m.start >= verb[1]], thing)
    source = after(text, inside, thing.end, span[1], r"from") or own or partner(text, inside, verb[0])
    return (source, who, "get") if source or thing.item_class not in COMMON else None


def passive(text: str, span: Span, inside: list[Mention], verb: Span, thing: Goods, word: Word) -> Parties | None:
    """'Goods sold by A to B', 'goods were delivered to B from A'."""
    gap = text[thing.end : verb[0]]
    participle = text[slice(*verb)].lower().endswith(("ed", "sold", "sent", "given", "bought", "handed over"))
    if (
        word.frame == "arm"
        or not participle
        or THROUGH.search(text, verb[1], verb[1] + 40)
        or len(gap) > 60
        or re.search(r"[;:,]|\b(?:and|who|that)\b", gap)
    ):
        return None
    if gap.strip() and not PASSIVE.search(gap) and not re.fullmatch(r"\s(?:\w+ly )?", gap):
        return None
    if word.frame == "get":
        source = after(text, inside, verb[1], span[1], "from") or owner(text, inside, thing)
        return (source, by(text, inside, verb[1], span[1]), "passive") if source else None
    source = (
        by(text, inside, verb[1], span[1])
        or after(text, inside, verb[1], span[1], "from")
        or owner(text, inside, thing)
    )
    if not source and text[slice(*verb)].lower() not in {
        "sold",
        "supplied",
        "delivered",
        "provided",
        "donated",
        "given",
        "exported",
    }:
        return None
    return source, after(text, inside, verb[1], span[1], "to|for"), "passive"


def partner(text: str, inside: list[Mention], verb: int) -> list[Mention]:
    """With whom a deal to buy was made: 'signs a contract with France to receive'."""
    for mention in reversed(inside):
        if mention.end <= verb and re.search(
            r"\b(?:deal|contract|agreement|pact|accord|talks|negotiations) with (?:the )?$",
            text[max(0, mention.start - 30) : mention.start],
        ):
            return [mention]
    return []
