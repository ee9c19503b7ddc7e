"""One sentence in, lost arms tenders out: a supplier was in a competition and did not get it."""

import re
from collections.abc import Iterator

from detente.coding.transfers.items import Goods, Item
from detente.coding.transfers.moves import Move
from detente.coding.transfers.parties import listed, subject
from detente.reading.sentences import at
from detente.reading.text import AnnotatedText
from detente.types import Mention, Span

LOST = re.compile(
    r"\b(?:lost(?: out)?|loses?(?: out)?|fell by the wayside|falls by the wayside|(?:was|were|is|are) (?:eliminated|dropped|excluded|knocked out|ruled out|beaten|rejected)|missed out|failed to win)\b"
    r"(?P<gap>[^.;]{0,60}?)",
    re.IGNORECASE,
)
CONTEST = re.compile(
    r"\b(?:tender|competition|contest|contract|bid|deal|order|race|programme|program|selection)\b", re.IGNORECASE
)
LIKE = re.compile(r"^\W*(?:Like|Along with|As with) (?:the )?$")
NEAR = 90


def tenders(text: AnnotatedText, span: Span, inside: list[Mention], found: list[Item]) -> Iterator[Move]:
    """'Sweden lost the Norwegian fighter tender', 'Like the US, Russia fell by the wayside in the MMRCA deal'.

    The buyer stands before the contest ("India's fighter tender"), else it is the state that the sentence before is about.
    """
    words = text.document.text
    for match in LOST.finditer(words, *span):
        item = next((i for i in found if match.end() <= i.start <= match.end() + NEAR), None)
        contest = CONTEST.search(words, item.end, min(span[1], item.end + 40)) if item else None
        if item is None or contest is None:
            continue
        losers = subject(words, span, inside, match.span())
        also = [m for m in inside if m.end <= match.start() and LIKE.match(words[span[0] : m.start])]
        owners = [m for m in inside if match.end() <= m.start and m.end <= item.start]
        buyers = owners or earlier(text, span)
        buyers = [b for b in buyers if b.id not in {m.id for m in (*losers, *also)}]
        if losers and buyers:
            goods = Goods(item.start, contest.end(), item.item_class, None)
            yield Move(listed([*also, *losers]), buyers[:1], goods, "refused", match.span(), "tender")


def earlier(text: AnnotatedText, span: Span) -> list[Mention]:
    """The actor that opens the sentence before."""
    before = at(text.sentences, max(span[0] - 2, 0))
    return [m for m in text.mentions if m.id and before[0] <= m.start <= before[0] + 12 and before != span]
