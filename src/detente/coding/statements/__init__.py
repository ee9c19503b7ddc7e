"""Annotated text in, statements out: who says, reports or believes what, how sure they are, and whether it is a forecast."""

from msgspec.structs import replace

from detente.coding.parties import mentioned
from detente.coding.statements.about import about, dyad, stance
from detente.coding.statements.certainty import certainty
from detente.coding.statements.future import ahead, checkable, horizon
from detente.coding.statements.parts import Said, joined
from detente.coding.statements.who import Cast
from detente.coding.windows import root
from detente.reading import complete, heard
from detente.reading.sentences import at
from detente.reading.text import AnnotatedText
from detente.types import Evidence, Speaker, Statement, StatementKind

__all__ = ["statements"]
CONFIDENCE = {"quote": 0.85, "called": 0.9, "according": 0.85, "last": 0.9, "first": 0.9, "who": 0.75, "linked": 0.85, "passive": 0.85,
              "thing": 0.85, "denied": 0.85}  # fmt: skip
"""How often a statement found by a pattern is right: its speaker and at least 60 % of its words."""


def statements(text: AnnotatedText) -> list[Statement]:
    """The attributed statements, beliefs and expectations of a text, in its order.

    A quote that is split by its speaker is one statement with several parts. What is quoted inside reported speech belongs to it.
    """
    said = joined(text.document.text, heard(text).speech)
    cast = Cast(text)
    return [statement(text, one, cast.speaker(one)) for both in said for one in each(text, both)]


def each(text: AnnotatedText, said: Said) -> list[Said]:
    """One statement for each of two actors that say it together: 'Egypt and Jordan say'."""
    if said.speaker is None:
        return [said]
    inside = mentioned(text, said.speaker)
    if (
        len(inside) != 2
        or root(inside[0].id) == root(inside[1].id)
        or text.document.text[inside[0].end : inside[1].start] != " and "
    ):
        return [said]
    return [replace(said, speaker=(m.start, m.end)) for m in inside]


def statement(text: AnnotatedText, said: Said, speaker: Speaker) -> Statement:
    """One statement."""
    words = text.document.text
    first, last = said.parts[0], said.parts[-1]
    content = " ".join(words[start:end] for start, end in said.parts)
    cue = words[slice(*said.cue)] if said.cue else ""
    sure = certainty(content, cue)
    future = ahead(content, cue)
    topics = about(text, said.parts, speaker)
    anchor = said.cue or first
    start = min(at(text.sentences, anchor[0])[0], at(text.sentences, first[0])[0])
    end = max(at(text.sentences, anchor[0])[1], at(text.sentences, last[1] - 1)[1])
    kind: StatementKind = "quote" if said.kind == "quote" else "belief" if said.expresses == "belief" else "reported"
    return Statement(
        speaker=speaker,
        text=content,
        parts=said.parts,
        kind=kind,
        certainty=sure,
        forecast=future,
        checkable=future and checkable(content, bool(topics)),
        horizon=horizon(complete(text), said.parts) if future else None,
        about=topics,
        dyad=dyad(topics, speaker),
        stance=stance(content, cue),
        confidence=CONFIDENCE[said.pattern],
        evidence=Evidence(start=start, end=end, trigger=said.cue),
    )
