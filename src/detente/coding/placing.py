"""An act in its sentence in, the place where it happened out."""

from typing import Any

from detente.coding.candidates import Sentence
from detente.coding.features import chain
from detente.reading.text import AnnotatedText, PlaceSpan
from detente.types import Place

WHERE = {"in", "at", "near", "outside", "off", "inside", "around"}
GOING = {"visit", "arrive", "travel", "fly", "return", "go", "trip", "come"}


def placing(text: AnnotatedText, sentence: Sentence, trigger: Any) -> Place | None:
    """The place governed by in/at/near … (or to, with an act of going) nearest to the act; None where there is none."""
    low, high = sentence.span
    found: list[tuple[int, int, Place]] = []
    for span in text.places:
        if low <= span.start and span.end <= high:
            score = standing(span, sentence, trigger)
            if score is not None:
                found.append((score, -(span.end - span.start), span.place))
    for party in sentence.parties:  # a capital may be named as the place only: "a summit in Islamabad"
        mention = party.mention
        if mention.role in {"place", "capital"}:
            span = PlaceSpan(
                start=mention.start,
                end=mention.end,
                text=mention.text,
                place=Place(name=mention.text, country=party.root),
            )
            score = standing(span, sentence, trigger)
            if score is not None:
                found.append((score, 0, span.place))
    return min(found, key=lambda x: x[:2])[2] if found else None


def standing(span: PlaceSpan, sentence: Sentence, trigger: Any) -> int | None:
    """How far a place stands from the act (smaller is nearer); None where it is not where the act is."""
    token = next((t for t in sentence.doc if t.idx + sentence.span[0] >= span.start), None)
    if token is None:
        return None
    while token.dep_ in {"compound", "nmod", "amod", "appos"} and token.head.pos_ == "PROPN":
        token = token.head
    words = WHERE | ({"to"} if trigger.lemma_.lower() in GOING else set())
    head = token.head
    if token.dep_ == "conj":
        return None
    if head.pos_ == "ADP" and head.lower_ in words:
        return abs(int(token.i) - int(trigger.i)) if clause(head) == clause(trigger) else None
    if trigger.lemma_.lower() == "visit" and head.i == trigger.i and token.dep_ == "dobj":
        return 0
    return None


def clause(token: Any) -> int:
    """The verb of the clause that a word stands in, as a token index; the word itself where there is none."""
    return next((int(t.i) for t in chain(token) if t.pos_ in {"VERB", "AUX"}), int(token.i))
