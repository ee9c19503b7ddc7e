"""A sentence in, what nobody named is said to say or think in it out: 'is believed to have …', 'It is feared that …'."""

import re
from collections.abc import Iterator

from detente.reading.clauses import ending, tidy
from detente.reading.text import Speech

_THOUGHT = (
    r"(?P<cue>(?P<thought>believed|thought|expected|feared|forecast|predicted|projected|presumed|suspected|assumed|considered|deemed|estimated|understood)"
    r"|(?P<told>said|reported|alleged|claimed|rumou?red))\s(?:by\s(?P<by>[\w .'’-]{3,40}?)\s)?"
)
PASSIVE = re.compile(
    rf"(?:\b(?:is|are|was|were|been|being|be)|,)(?:\s(?:also|now|still|not|then|\w+ly))?\s{_THOUGHT}(?=to\s(?P<verb>\w+))"
)
_REDUCED = re.compile(rf"[\w\"”’]\s{_THOUGHT}(?=to\s(?P<verb>be|have)\b)")
IT_IS = re.compile(
    r"\b[Ii]t\s(?:is|was|has been)\s(?:also\s|widely\s|now\s|later\s)?(?P<cue>believed|thought|feared|expected|reported|alleged|claimed|announced|confirmed|revealed|rumou?red|estimated|understood)\sthat\s"
)
SEEN_AS = re.compile(
    r"\b(?:is|are|was|were)\s(?:widely\s|generally\s|now\s|often\s)?(?P<cue>seen|viewed|regarded|described)\s(?:by\s(?P<by>[\w .'’-]{3,40}?)\s)?as\s"
)


def find(text: str, start: int, stop: int) -> Iterator[Speech]:
    """'is believed to have …', 'It is feared that …': what nobody named says or thinks."""
    found = {m.end(): m for pattern in (_REDUCED, PASSIVE) for m in pattern.finditer(text, start, stop)}
    for match in found.values():
        if match["told"] and match["verb"] not in {"have", "be"}:
            continue
        aside = text.find(",", match.end(), stop) if match.group().startswith(",") else -1
        content = tidy(text, match.end(), aside if aside > 0 else ending(text, match.end(), stop), least=2)
        if content:
            by = match.span("by") if match["by"] else None
            yield Speech(content=content, speaker=by, cue=match.span("cue"), kind="reported",
                         expresses="said" if match["told"] else "belief", pattern="passive")  # fmt: skip
    it_is = IT_IS.search(text, start, stop)
    content = tidy(text, it_is.end(), stop) if it_is else None
    if it_is and content:
        thought = it_is["cue"] in {"believed", "thought", "feared", "expected", "estimated", "understood"}
        yield Speech(
            content=content,
            cue=it_is.span("cue"),
            kind="reported",
            expresses="belief" if thought else "said",
            pattern="passive",
        )
    seen = SEEN_AS.search(text, start, stop)
    content = tidy(text, seen.end(), ending(text, seen.end(), stop), least=2) if seen else None
    if seen and content:
        by = seen.span("by") if seen["by"] else None
        yield Speech(
            content=content, speaker=by, cue=seen.span("cue"), kind="reported", expresses="belief", pattern="passive"
        )
