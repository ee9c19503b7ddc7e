"""A text and two spans in it in, how likely each of the 16 types is for them out."""

from detente.coding.encoding import PIECES, batch, pieces
from detente.coding.labels import TYPES
from detente.coding.network import roots, softmax
from detente.coding.windows import Entity, Pair, Window
from detente.errors import BadInput
from detente.types import Mention, Span


def relate(text: str, source_span: Span, target_span: Span) -> list[tuple[str, float]]:
    """Classify what happens between two given parties, one of which is known to act on the other.

    Spans are characters [start, end) into `text`, which is taken as one sentence. Gives the 16 types with their
    probabilities, likeliest first; they sum to 1. Which span is the source makes no difference. Raises BadInput for a span that is
    empty, outside the text or holds no word.
    """
    for start, end in (source_span, target_span):
        if not 0 <= start < end <= len(text):
            raise BadInput(f"span {start}..{end} does not stand in a text of {len(text)} characters")
        if not text[start:end].strip():
            raise BadInput(f"span {start}..{end} holds no word")
    window = given(text, source_span, target_span)
    read = pieces(text, [window])
    if len(read[0].ids) - 1 in read[0].at.values():
        raise BadInput(f"a span stands behind the part of the text that is read (the first {PIECES} word pieces)")
    shares = softmax(roots(batch([window], read))[0]).tolist()
    return sorted(zip(TYPES, shares, strict=True), key=lambda x: -x[1])


def given(text: str, source: Span, target: Span) -> Window:
    """A text whose two parties are given, as one window."""
    parties = [
        Entity(name, (Mention(start=span[0], end=span[1], text=text[slice(*span)], id=name, kind="state"),))
        for name, span in (("SOURCE", source), ("TARGET", target))
    ]
    a, b = sorted(parties, key=lambda p: (p.mentions[0].start, p.mentions[0].end))
    return Window((0, len(text)), (a, b), (Pair(a, b, a.mentions, b.mentions),))
