"""A text and two spans in it in, how likely each of the 16 types is for them out."""

from detente.coding.candidates import Pair, place
from detente.coding.deciding import likelihoods
from detente.errors import BadInput
from detente.types import Mention, Span


def relate(text: str, source_span: Span, target_span: Span) -> list[tuple[str, float]]:
    """Classify the act of one given party on another.

    Spans are characters [start, end) into `text`, which is taken as one sentence. Gives the 16 types with their
    probabilities, likeliest first; they sum to 1. Raises BadInput for a span that is empty, outside the text or holds
    no word.
    """
    from detente.reading.syntax import parse

    for start, end in (source_span, target_span):
        if not 0 <= start < end <= len(text):
            raise BadInput(f"span {start}..{end} does not stand in a text of {len(text)} characters")
    mentions = [
        Mention(start=start, end=end, text=text[start:end], id=name, kind="state")
        for name, (start, end) in (("SOURCE", source_span), ("TARGET", target_span))
    ]
    doc = next(iter(parse([text])))
    parties = place((0, len(text)), doc, mentions).parties
    if len(parties) < 2:
        raise BadInput("a span holds no word")
    sentence = place((0, len(text)), doc, mentions)
    a, b = sorted(sentence.parties, key=lambda p: p.first)
    return likelihoods(Pair(sentence, a, b))
