"""A meeting's sentence in, the recurring format that it belongs to out: 'six-party talks', '2+2', 'NATO summit'."""

import re

from detente.types import Mention, Span

NUMBER = r"(?:two|three|four|five|six|seven|eight|P5\+1|E3\+3|[2-9]|\d\d)"
KNOWN = re.compile(
    rf"\b{NUMBER}[- ](?:party|way|nation|power|country) (?:talks|summit|dialogue|meeting)\b"
    r"|\b2 ?\+ ?2\b(?: (?:dialogue|talks|meeting))?"
    r"|\b(?:[A-Z][\w-]+ ){1,3}(?:[Ff]ormat|[Pp]rocess|[Dd]ialogue|[Ff]orum)\b"
    r"|\b(?:[A-Z][\w-]+ ){1,4}(?:Summit|Conference|Assembly|Meeting)\b"
    r"|\b(?:quadrilateral|trilateral|tripartite|heart of asia)(?: (?:dialogue|summit|meeting|talks|format))?",
)
GATHERING = r"(?:summit|ministerial meeting|meeting|conference|talks|forum|general assembly|session)"
BESIDE = re.compile(r"\b(?:along with|alongside|on the (?:sidelines|margins) of|ahead of|prior to|before|after) ")
FAR = 90  # characters between a meeting's words and the name of its series


def series(text: str, sentence: Span, trigger: Span, parties: list[Mention]) -> str | None:
    """The series named nearest to a meeting's words, without its article, year and number; None where none is."""
    low, high = max(sentence[0], trigger[0] - FAR), min(sentence[1], trigger[1] + FAR)
    beside = BESIDE.search(text, trigger[1], high)
    high = beside.start() if beside else high
    found = [(abs(m.start() - trigger[0]), bare(m.group())) for m in KNOWN.finditer(text, low, high)]
    for party in parties:
        if party.kind == "organisation":
            after = re.compile(rf"(?:['’]s)?(?: [\w-]+)?? {GATHERING}\b", re.IGNORECASE).match(
                text, party.end, sentence[1]
            )
            if after:
                found.append((abs(party.start - trigger[0]), bare(text[party.start : after.end()])))
    return min(found)[1] if found else None


def bare(name: str) -> str:
    """A series' name without what tells one sitting from another."""
    return re.sub(r"^(?:(?:The|\d{4}|\d+(?:st|nd|rd|th)|[Aa]nnual|[A-Z]\w+(?:th|st|nd|rd)) )+", "", name.strip()).strip(
        "\"“”'’ "
    )
