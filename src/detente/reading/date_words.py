"""The words that dates are made of, as patterns with named groups, and their values."""

import re

FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_NUMERALS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
MONTHS = {name[:size].lower(): n for n, name in enumerate(FULL.split("|"), 1) for size in (3, 4, 9)}
WEEKDAYS = {name.lower(): n for n, name in enumerate(_DAYS.split("|"))}
NUMBERS = {name: n for n, name in enumerate(_NUMERALS.split("|"))} | {
    "a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "couple of": 2, "a couple of": 2,
}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
PARTS = r"(?:early|mid|middle|late|beginning|start|end)"

MONTH = rf"(?:{FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
WEEKDAY = rf"(?:{_DAYS})"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d|[.,:]\d|%)"
ORD = r"(?:st|nd|rd|th)?"
YEAR_HYPHENED = r"(?<![\d.,$€£#/])(?:1[5-9]|20)\d\d(?!\d|[.,]\d|%|-\w*[a-z])"
YEAR = rf"(?<!-){YEAR_HYPHENED}"
COUNTED = (
    r"(?!\s+(?:\w+\s+)?(?:troops|soldiers|people|men|women|children|civilians|dead|refugees|delegates|tons?|tonnes|police"
    r"|officers|workers|km|kilometers|kilometres|miles|meters|metres|feet|dollars|euros|homes|houses|others|members|jobs"
    r"|prisoners|militants|fighters|rebels|migrants|casualties|vehicles|aircraft|tanks|missiles|warheads|barrels|hectares"
    r"|acres|square|residents|families|protesters|demonstrators|students|passengers|times|points|votes|MW|GMT|UTC|hours)\b)"
)
TO = r"\s*(?:-|–|—|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b|\bor\b)\s*"
UNIT = r"(?:day|week|fortnight|month|quarter|year|decade)"
NUMBER = (
    r"(?i:\d{1,3}|(?:a )?couple of|an?|"
    + "|".join(sorted(set(NUMBERS) - {"a", "an", "zero"}, key=len, reverse=True))
    + ")"
)
SEASON = r"(?:spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Winter)"
NOT_A_YEAR_BEFORE = re.compile(
    r"(?:[Rr]esolution|No\.|[Nn]umber|[Ff]light|[Aa]rticle|[Rr]oom|[Hh]ighway|[Rr]oute|[Ss]ection|[Pp]age|Il|An|Tu|Su)\s*$"
)


def number(word: str) -> int:
    """The value of a numeral, in digits or letters."""
    word = word.lower()
    return int(word) if word.isdigit() else NUMBERS[word]


def month(word: str) -> int:
    """The number of a month from its name or abbreviation."""
    return MONTHS[word.rstrip(".").lower()]
