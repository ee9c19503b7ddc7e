"""A sentence that opens a line in, the dateline before its words out: "VIENNA, Austria (AP) —". It says where a report was written, not who acts."""

import re
from collections.abc import Sequence

from detente.types import Mention, Span

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]*(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){0,3}(?<=[A-ZÀ-Þ.'’-]{4})"  # SHARM EL-SHEIKH
    r"(?:, [A-Z][\w.]*(?: [A-Z]?[\w.]+){0,3}?)?"  # , Egypt
    rf"(?:,? {_MONTH} \d{{1,2}}(?:, \d{{4}})?)?"
    r"(?: ?\([^)\n]{2,40}\))?"  # (Reuters)
    r"(?: ?(?:—|–|--|_) ?| - )"
)


def end(text: str, sentence: Span) -> int:
    """Where the dateline of a sentence ends; its start where it has none."""
    start = sentence[0]
    if start and text[start - 1] != "\n":
        return start
    found = DATELINE.match(text, *sentence)
    return found.end() if found else start


def without(text: str, mentions: list[Mention], sentences: Sequence[Span]) -> list[Mention]:
    """The mentions but for the states and places of datelines."""
    lines = [(start, stop) for start, _ in sentences if (stop := end(text, (start, len(text)))) > start]
    if not lines:
        return mentions
    return [m for m in mentions if m.kind != "state" or not any(a <= m.start < b for a, b in lines)]
