"""A sentence in, the words out that tell when: for marking beside a date that was coded, not for coding one."""

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:day|night|week|weekend|month|year|decade|spring|summer|autumn|winter)"
_WHEN = re.compile(
    rf"\b(?:(?:early|mid|late|next|last|this|the same)[ -])?(?:"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[–-]\s*\d{{1,2}})? {_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:\s*[–-]\s*\d{{1,2}})?(?:, \d{{4}})?(?!\d)|{_MONTH} \d{{4}}|(?:(?<=in )|(?<=by )){_MONTH}(?! \d)|(?:(?<=since )|(?<=until )){_MONTH}(?! \d)|{_DAY}|"
    rf"(?<=in )\d{{4}}|(?<=since )\d{{4}}|(?<=by )\d{{4}}|\d{{4}}-\d\d-\d\d)"
    rf"|\b(?:next|last|this|coming|previous|following) {_UNIT}\b|\b(?:today|yesterday|tomorrow|tonight)\b"
)


def time_words(sentence: str) -> Iterator[tuple[int, int]]:
    """Where words such as 26 September, on Thursday, next week or 2014 stand in a sentence."""
    for found in _WHEN.finditer(sentence):
        yield found.span()
