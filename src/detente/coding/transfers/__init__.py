"""Annotated text in, arms transfers out: who supplies what to whom, and how far it has come."""

from msgspec.structs import replace

from detente.coding.merging import touch
from detente.coding.parties import mentioned
from detente.coding.transfers.embargoes import embargoes
from detente.coding.transfers.items import Item, items
from detente.coding.transfers.joining import join
from detente.coding.transfers.moves import Move, moves
from detente.coding.transfers.packages import packages
from detente.coding.transfers.shaping import shaped
from detente.coding.transfers.tenders import tenders
from detente.reading import complete
from detente.reading.text import AnnotatedText
from detente.types import Mention, Span, Transfer

__all__ = ["transfers"]
LONGEST = 1500  # characters of a sentence that are looked at; a longer one is a list, or broken text


def transfers(text: AnnotatedText) -> list[Transfer]:
    """The transfers of arms or military equipment between states, or to and from armed groups, that a text reports.

    In text order, each once for its parties, item and stage. A text that names no arms costs one pass of a word search.
    """
    found = items(text.document.text)
    if not found:
        return []
    out: list[Transfer] = []
    for span, inside, arms in sentences(text, found):
        words = text.document.text
        banned = list(embargoes(words, span, inside, arms))
        found_moves = [
            *moves(words, span, inside, arms),
            *packages(words, span, inside, arms),
            *tenders(text, span, inside, arms),
        ]
        other = [m for m in found_moves if not any(touch(m.trigger, b.trigger) for b in banned)]
        out += [
            t for move in (*banned, *other) if (t := known(shaped(complete(text), span, move), move, out)) is not None
        ]
    return join(out)


def known(found: Transfer, move: Move, before: list[Transfer]) -> Transfer | None:
    """A transfer of 'these spares' has the supplier of what was told before of the same recipient; None where nothing was."""
    if move.rule != "again":
        return found
    earlier = (t for t in reversed(before) if t.supplier and t.recipient == found.recipient and t.stage != "embargoed")
    first = next(earlier, None)
    return replace(found, supplier=first.supplier) if first else None


def sentences(text: AnnotatedText, found: list[Item]) -> list[tuple[Span, list[Mention], list[Item]]]:
    """Sentences that name arms and an actor, each with its mentions and items."""
    out, n = [], 0
    for span in text.sentences:
        while n < len(found) and found[n].start < span[0]:
            n += 1
        last = n
        while last < len(found) and found[last].start < span[1]:
            last += 1
        if last > n and span[1] - span[0] <= LONGEST:
            inside = mentioned(text, span)
            if inside:
                out.append((span, inside, found[n:last]))
        n = last
    return out
