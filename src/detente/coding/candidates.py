"""Annotated text in, parsed sentences with the pairs of parties that may have done something to each other out."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from msgspec import Struct

from detente.reading.text import AnnotatedText
from detente.types import Mention, Span

NEAR = 15  # mentions between two parties beyond which they are not taken for a pair; keeps long lists linear
DASH = re.compile(r"(?<=[\w)]) [-–—] (?=\w)")
NOMINAL = {"NOUN", "PROPN", "ADJ", "PRON", "NUM"}
INSIDE = {"amod", "compound", "poss", "nmod", "nummod", "appos"}
MODIFIER = {"amod", "compound", "poss", "nmod"}


class Party(Struct, frozen=True):
    """A mention placed in its sentence: tokens `first`..`last`, and the token that heads its noun phrase."""

    mention: Mention
    root: str  # the actor id without its sector suffix: SYR.REB -> SYR
    first: int
    last: int
    own: int  # head of the mention's own words
    head: int  # head of the noun phrase that the mention is part of ("Russian" in "Russian troops" -> troops)


class Sentence(Struct, frozen=True):
    """One sentence: where it stands in the document, its grammar and the parties named in it, in text order."""

    span: Span
    doc: Any  # spacy Doc; token.idx counts from span[0]
    parties: list[Party]


class Pair(Struct, frozen=True):
    """Two parties of one sentence; `a` stands before `b`."""

    sentence: Sentence
    a: Party
    b: Party


def root(actor: str) -> str:
    """The state or organisation behind an actor id: 'SYR.REB' -> 'SYR'."""
    return actor.split(".", 1)[0]


def sentences(text: AnnotatedText) -> list[Sentence]:
    """Parse the sentences of one text that name two different actors; in text order."""
    return next(sentences_each([text]))


def sentences_each(texts: Iterable[AnnotatedText], batch: int = 64) -> Iterator[list[Sentence]]:
    """The sentences of many texts, a list a text in order; the grammar takes the sentences of `batch` texts at once."""
    from detente.reading.syntax import parse

    rest = iter(texts)
    while block := list(islice(rest, batch)):
        chosen = [select(text) for text in block]
        docs = parse(
            undash(text.document.text[start:end])
            for text, spans in zip(block, chosen, strict=True)
            for (start, end), _ in spans
        )
        for spans in chosen:
            yield [place(span, next(docs), inside) for span, inside in spans]


def select(text: AnnotatedText) -> list[tuple[Span, list[Mention]]]:
    """The sentences that name two different actors, with the mentions in them."""
    out = []
    for start, end in text.sentences:
        inside = [m for m in text.mentions if m.start >= start and m.end <= end and m.id]
        if len({root(m.id) for m in inside}) > 1:
            out.append(((start, end), inside))
    return out


def undash(words: str) -> str:
    """The same text with spaced dashes as semicolons, which the grammar takes for the clause limits they are."""
    return DASH.sub(" ; ", words)


def place(span: Span, doc: Any, mentions: list[Mention]) -> Sentence:
    """Tie mentions (document offsets) to the tokens of their parsed sentence."""
    parties = []
    for mention in mentions:
        tokens = [t for t in doc if t.idx + len(t) > mention.start - span[0] and t.idx < mention.end - span[0]]
        if not tokens:
            continue
        first, last = tokens[0].i, tokens[-1].i
        own = next((t for t in tokens if not first <= t.head.i <= last), tokens[-1])
        if own.head.i == own.i:
            own = tokens[-1] if own.pos_ not in NOMINAL and tokens[-1].pos_ in NOMINAL else own
        parties.append(Party(mention, root(mention.id), first, last, own.i, climb(own).i))
    return Sentence(span, doc, parties)


def climb(token: Any) -> Any:
    """The head of the noun phrase around a modifier: 'Russian' -> 'troops', 'Pakistan' (poss) -> 'denial'."""
    for _ in range(6):
        if token.dep_ in INSIDE and token.head.pos_ in NOMINAL and token.head.i != token.i:
            token = token.head
        else:
            break
    return token


def pairs(sentence: Sentence) -> Iterator[Pair]:
    """Every two parties of a sentence that are different actors and do not share words."""
    for n, a in enumerate(sentence.parties):
        for b in sentence.parties[n + 1 : n + 1 + NEAR]:
            if a.root == b.root:
                continue
            if a.first <= b.last and b.first <= a.last:
                if a.mention.start == b.mention.start:  # "the two countries": one mention for each
                    yield Pair(sentence, a, b)
                continue
            yield Pair(sentence, *((a, b) if a.first < b.first else (b, a)))
