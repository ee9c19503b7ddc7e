"""The words around a date in, past or future out: which of two possible years or weeks a vague date means."""

import re

_FUTURE = (
    r"(?:will|shall|would|may|might|could|should|must|to)(?:\s+not)?\s+be(?:\s+\w+ly)?\s+\w+"
    r"|will|shall|won't|'ll|’ll|(?:is|are|was|were|be) (?:to|due|set|expected|planned|scheduled|slated)\b"
    r"|would|schedul(?:ed|es)|due|plans?|planned|planning|set (?:to|for)|expected|expects?|going to|upcoming|forthcoming|coming"
    r"|slated|hopes to|hoping to|intends? to|ahead of|in time for|until|through|deadline|next|supposed to|payable|effective|agree[ds]? to|promise[ds]? to"
    r"|vow(?:ed|s)? to|may|might|could|should|must|about to|ready to|prepar(?:es|ed|ing) (?:to|for)|postponed|delayed"
    r"|no later than|invited?|tentatively"
)
_PAST = (
    r"was|were|had|did|has|have|\w{2,}ed|met|held|said|told|took|made|came|went|began|won|lost|left|fell|rose|shot|struck"
    r"|sent|gave|broke|became|got|brought|found|fought|led|hit|put|spoke|wrote|saw|sold|sank|flew|drove|threw|shook"
)
_OVER = r"had(?:\s+\w+)?\s+been\s+\w+(?:\s+to\s+\w+)?|as (?:previously\s+)?(?:planned|scheduled|expected)"
_CUE = re.compile(rf"\b(?:(?P<over>{_OVER})|(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b|[;:](?=\s)", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:said|says|told|announced|reported|warned|confirmed|added|stated|declared|vowed|claimed|met|agreed)\s+"
    r"(?:\w+\s+){0,4}?(?:on\s+|late\s+|early\s+|in\s+)*(?:the\s+)?$",
    re.IGNORECASE,
)
_REACH = 140  # characters to either side in which a verb is looked for


def tell(text: str, start: int, end: int, sentence: tuple[int, int]) -> str | None:
    """Tell whether the date at start..end belongs to the "future" or the "past"; None where no verb tells.

    The nearest verb before the date in its sentence decides; where there is none, the nearest after it.
    A date next to a verb of speech dates the speech: "said on Monday that it will".
    """
    before = text[max(sentence[0], start - _REACH) : start]
    if _SPOKEN.search(before):
        return "past"
    last = None
    for cue in _CUE.finditer(before):
        last = cue
    if last is None or last.lastgroup is None:
        last = _CUE.search(text, end, min(sentence[1], end + _REACH))
    if last is None or last.lastgroup is None:
        return None
    return "future" if last.lastgroup == "future" else "past"
