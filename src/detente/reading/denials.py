"""A sentence in, denials and disputed claims out: 'denies having sold …', 'Her son denies this', 'rejects claims by … that'."""

import re
from collections.abc import Iterator

from detente.reading import speakers
from detente.reading.clauses import A_CLAIM, ending, tidy
from detente.reading.text import Speech

DENIES = re.compile(
    r"\b(?P<cue>den(?:y|ies|ied|ying))\s(?=(?:any|having|being|\w{3,}ing|involvement|responsibility|wrongdoing|allegations that|accusations that|claims that|reports that)\b)"
)
_IT = re.compile(
    r"\b(?P<cue>den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)|refut(?:es|ed))\s(?:this|it|that|the\s(?:\w+\s)?(?:claims?|allegations?|accusations?|reports?|charges?))\b"
)
_CLAIMS_BY = re.compile(
    r"\b(?P<cue>claims?|reports?|allegations?|accusations?|warnings?|statements?|assurances?)\s(?:by|from)\s(?:the\s|an?\s)?(?P<who>[\w’'.-]+(?:\s[\w’'.-]+){0,4}?)\sthat\s"
)
_LINKED = re.compile(r"(?:,\s|\s(?:and|that|but)\s|\s)$")


def find(text: str, start: int, stop: int) -> Iterator[Speech]:
    """'denies having sold …', 'denied any involvement in …'."""
    for match in DENIES.finditer(text, start, stop):
        lead = re.compile(r"(?:allegations|accusations|claims|reports) that ").match(text, match.end())
        speaker = speakers.before(text, start, match.start()) or (
            speakers.subject(text, start, match.start()) if _LINKED.search(text[start : match.start()]) else None
        )
        content = tidy(text, lead.end() if lead else match.end(), ending(text, match.end(), stop))
        if speaker and content:
            yield Speech(content=content, speaker=speaker, cue=match.span("cue"), kind="reported", pattern="denied")


def refused(text: str, start: int, stop: int, before: Speech) -> Speech | None:
    """'Her son denies this': who denies what was said in the sentence before."""
    match = _IT.search(text, start, stop)
    if match is None or start - before.content[1] > 120:
        return None
    speaker = speakers.before(text, start, match.start()) or speakers.opening(text, start, match.start())
    return (
        Speech(content=before.content, speaker=speaker, cue=match.span("cue"), kind="reported", pattern="denied")
        if speaker
        else None
    )


def same_sentence(text: str, speech: Speech, stop: int) -> Iterator[Speech]:
    """Who denies what was just said, in the same sentence: '…, a claim Kabul denies'."""
    match = A_CLAIM.match(text, speech.content[1], stop)
    if match:
        yield Speech(
            content=speech.content, speaker=match.span("who"), cue=match.span("cue"), kind="reported", pattern="denied"
        )


def claims_by(text: str, start: int, stop: int) -> Iterator[Speech]:
    """'rejects claims by Cambodia that …', 'a warning from the bank that …'."""
    for match in _CLAIMS_BY.finditer(text, start, stop):
        content = tidy(text, match.end(), ending(text, match.end(), stop))
        if content:
            yield Speech(
                content=content, speaker=match.span("who"), cue=match.span("cue"), kind="reported", pattern="denied"
            )
