"""Speech as the reading found it in, statements with all their parts out: what a speaker's name interrupts is one quote."""

import re

from msgspec import Struct

from detente.reading.text import Speech
from detente.types import Span

FAR = 500  # characters between two quotes that one cue holds together


class Said(Struct, frozen=True):
    """One statement: the places of its words, who, by which cue, found how (see reading.text.Speech)."""

    parts: list[Span]
    speaker: Span | None
    cue: Span | None
    kind: str
    expresses: str
    pattern: str


def joined(text: str, found: list[Speech]) -> list[Said]:
    """Statements in text order; quotes that share a cue, or go on right after one another, are parts of one."""
    out: list[Said] = []
    for speech in found:
        last = out[-1] if out else None
        if last is not None and goes_on(text, last, speech):
            last.parts.append(speech.content)
            continue
        own = (speech.speaker, speech.cue, speech.kind, speech.expresses, speech.pattern)
        out.append(Said([speech.content], *own))
    return out


def goes_on(text: str, last: Said, speech: Speech) -> bool:
    """Whether a quote is the next part of the one before: '"…," she said, "…"'."""
    if last.kind != "quote" or speech.kind != "quote" or speech.cue is None or last.cue != speech.cue:
        return False
    between = text[last.parts[-1][1] : speech.content[0]]
    return len(between) <= FAR and re.search(r"\n\s*\n.*\n\s*\n", between) is None
