"""Rules for dates that name a month, a year or a decade: a match in its scene in, a period out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from detente.reading import date_words as w
from detente.reading import periods, tense
from detente.reading.periods import Period
from detente.types import Span


@dataclass
class Scene:
    """What a rule may look at beside its own words."""

    text: str
    published: date | None
    sentence: Span = (0, 0)
    previous: Period | None = None  # the date mentioned before this one
    previous_here: Period | None = None  # the same, if close before in this sentence

    def tense(self, match: re.Match[str]) -> str | None:
        """Tell whether the words around the match speak of the "future" or the "past"."""
        return tense.tell(self.text, match.start(), match.end(), self.sentence)

    def year(self, month: int, day: int, match: re.Match[str]) -> int | None:
        """The year meant by a month (`day` 0) or a day without one: a year named before in the sentence, or the nearest.

        Lately or soon is meant before long ago: up to ten months back, or ahead where the words speak of the future;
        where they tell nothing, up to three months ahead.
        """
        here = self.previous_here
        if here and here.precision == "year" and here.first.year == here.last.year:
            return here.first.year
        if not self.published:
            return here.first.year if here and here.precision in ("day", "month") else None
        now = self.published
        if month == now.month and (not day or abs(day - now.day) <= 3):
            return now.year
        ahead = (month - now.month) % 12 + (-0.5 if day and day < now.day else 0)
        ahead = ahead + 12 if ahead < 0 else ahead  # months to the next such day, the past one lies 12 - ahead back
        told = self.tense(match)
        soonest = {"future": 10, "past": 2}.get(told or "", 3)
        after = now.year + ((month, day) < (now.month, now.day if day else 0))
        return after if ahead <= soonest else after - 1


Resolver = Callable[[re.Match[str], Scene], Period | None]
RULES: list[tuple[str, re.Pattern[str], Resolver]] = []


def rule(group: str, pattern: str) -> Callable[[Resolver], Resolver]:
    """Register a resolver for what `pattern` matches; it is tried where a word of `group` stands in the text."""

    def register(resolver: Resolver) -> Resolver:
        RULES.append((group, re.compile(pattern), resolver))
        return resolver

    return register


_WEEKDAY = rf"(?:\b{w.WEEKDAY},?\s+(?:the\s+)?)?"
_YEAR_AFTER = rf"(?:,?\s+(?P<year>{w.YEAR}{w.COUNTED}))?"


def _day(year: int | None, month: int, day: int) -> Period | None:
    try:
        return periods.of_day(date(year, month, day)) if year else None
    except ValueError:
        return None


@rule(
    "month",
    rf"{_WEEKDAY}\b(?P<day>{w.DAY}{w.ORD})(?:{w.TO}(?P<day2>(?:0?[1-9]|[12]\d|3[01])){w.ORD})?"
    rf"(?:\s+of)?\s+(?P<month>{w.MONTH})\b\.?{_YEAR_AFTER}",
)
@rule(
    "month",
    rf"{_WEEKDAY}\b(?P<month>{w.MONTH})\s+(?P<day>{w.DAY}{w.ORD})\b(?:{w.TO}(?P<day2>{w.DAY}){w.ORD}\b(?!\s+{w.MONTH}))?"
    rf"{_YEAR_AFTER}",
)
def _days_of_month(match: re.Match[str], scene: Scene) -> Period | None:
    month, day = w.month(match["month"]), int(match["day"].rstrip("stndrh"))
    year = int(match["year"]) if match["year"] else scene.year(month, day, match)
    first = _day(year, month, day)
    last = _day(year, month, int(match["day2"])) if match["day2"] else first
    return periods.join(first, last) if first and last and last.first >= first.first else first


@rule(
    "month",
    rf"\b(?:(?P<day>{w.DAY}){w.ORD}\s+)?(?P<month>{w.MONTH})(?:\s+(?P<dayb>{w.DAY}){w.ORD})?(?:,?\s+(?P<year1>{w.YEAR}))?{w.TO}"
    rf"(?:(?P<day2>{w.DAY}){w.ORD}\s+)?(?P<month2>{w.MONTH})(?:\s+(?P<day2b>{w.DAY}){w.ORD}\b)?{_YEAR_AFTER}",
)
def _span_of_months(match: re.Match[str], scene: Scene) -> Period | None:
    month, month2 = w.month(match["month"]), w.month(match["month2"])
    day, day2 = match["day"] or match["dayb"], match["day2"] or match["day2b"]
    if bool(day) != bool(day2):
        return None
    between = scene.text[max(0, match.start() - 8) : match.start()].lower().endswith("between ")
    if re.search(r"\s(?:and|or)\s", match.group()) and not between:
        return None
    year2 = int(match["year"]) if match["year"] else scene.year(month2, int(day2 or 0), match)
    if year2 is None:
        return None
    year = int(match["year1"]) if match["year1"] else year2 - (month > month2)
    first = _day(year, month, int(day)) if day else periods.of_month(year, month)
    last = _day(year2, month2, int(day2)) if day2 else periods.of_month(year2, month2)
    return periods.join(first, last) if first and last else None


@rule(
    "month",
    rf"\b(?:(?P<part>{w.PARTS})(?:-|\s+(?:of\s+|in\s+)?(?:the\s+month\s+of\s+)?))?(?P<month>{w.MONTH})"
    rf"(?:,?(?:\s+of)?\s+(?P<year>{w.YEAR}){w.COUNTED}|(?:\s+of)?\s+(?P<which>last|this|next)\s+year)",
)
def _month_of_year(match: re.Match[str], scene: Scene) -> Period | None:
    if match["which"]:
        if not scene.published:
            return None
        year = scene.published.year + {"last": -1, "this": 0, "next": 1}[match["which"]]
    else:
        year = int(match["year"])
    return periods.part(periods.of_month(year, w.month(match["month"])), match["part"])


@rule("month", rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:past|coming))?)\s+(?P<month>{w.MONTH})\b(?!\s+\d)")
def _month_beside(match: re.Match[str], scene: Scene) -> Period | None:
    if not scene.published:
        return None
    now, month = scene.published, w.month(match["month"])
    year, which = now.year, match["which"].lower()
    if which == "next" or which.endswith("coming"):
        year += month <= now.month
    elif which != "this":
        year -= month >= now.month
    return periods.of_month(year, month)


@rule(
    "month",
    r"(?:\b(?P<cue>[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|[Bb]etween|[Tt]hrough|[Tt]he|[Ii]ts"
    r"|[Ee]nd of|[Ee]nd-|[Ff]or|[Aa]|[Aa]n|[Tt]o|and|of|[Ll]ast|[Nn]ext|back in)\s+)?"
    rf"(?P<x>(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[- ]\s*)?\b(?P<month>{w.MONTH}))(?=(?P<after>\W+\w*)?)",
)
def _bare_month(match: re.Match[str], scene: Scene) -> Period | None:
    """A month alone, or with early, mid or late."""
    name = match["month"]
    if re.match(r"\W*\d", match["after"] or "") or (len(name) == 3 and name != "May"):
        return None
    if match["cue"] in ("the", "The") and re.match(r"\s[A-Z]", match["after"] or ""):  # "the July Revolution"
        return None
    if name in ("May", "March", "April", "August", "June") and not match["part"] and not _is_month(match):
        return None
    month = w.month(name)
    year = scene.year(month, 0, match)
    return periods.part(periods.of_month(year, month), match["part"]) if year else None


def _is_month(match: re.Match[str]) -> bool:
    """Tell whether a name that is also another word or a person's name stands where a month stands."""
    cue, after = (match["cue"] or "").lower(), match["after"] or ""
    if cue in ("in", "since", "until", "during"):
        return not re.match(r"\s[A-Z]", after)
    if cue in ("", "to", "and", "of", "for") or re.match(r"\s[A-Z]", after):
        return False
    if not re.match(r"\s[a-z]{3}|[,.]|\s(?:in|to|as|at)\b", after):
        return False
    return not re.match(r"\s(?:of|on|by|be|have|said|says|and)\b", after)


@rule("digits", r"(?<![\d/.-])(?P<y>\d{4})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?=T\d|[^\w-]|$)")
@rule("digits", r"(?<![\w/.-])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?![\w/-])")
def _in_digits(match: re.Match[str], _scene: Scene) -> Period | None:
    day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
    if "-" not in match.group() and day <= 12 and month <= 12 and day != month:  # 03/05: which is the month?
        return None
    if month > 12:
        day, month = month, day
    return _day(year, month, day)


@rule(
    "digits",
    rf"\b(?:the\s+)?(?:(?P<part>{w.PARTS})(?:-|\s+(?:to\s+mid-)?(?:of\s+)?(?:the\s+)?))?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b",
)
@rule("digits", rf"\b(?:the\s+)(?:(?P<part>{w.PARTS})(?:-|\s+(?:of\s+)?(?:the\s+)?))?['’‘](?P<short>[2-9]0)s\b")
def _decade(match: re.Match[str], _scene: Scene) -> Period | None:
    groups = match.groupdict()
    year = int(groups.get("decade") or f"19{groups['short']}")
    return periods.part(periods.of_decade(year), match["part"])


@rule(
    "digits",
    rf"\b(?:the\s+)?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th|last)\s+(?P<unit>quarter|half)\s+(?:of\s+)?(?:fiscal\s+)?(?P<year>{w.YEAR})\b",
)
@rule("digits", rf"\bQ(?P<n>[1-4])\s+(?:of\s+)?(?P<year>{w.YEAR})\b")
def _quarter(match: re.Match[str], _scene: Scene) -> Period | None:
    n = w.ORDINALS.get(match["n"]) or int(match["n"])
    if match.groupdict().get("unit") == "half":
        n = 2 if match["n"] == "last" else n
        return periods.of_months(int(match["year"]), 6 * n - 5, 6) if n <= 2 else None
    return periods.of_months(int(match["year"]), 3 * n - 2, 3)


@rule("digits", rf"\b(?P<year>{w.YEAR})\s*[-–/]\s*(?P<year2>(?:1[5-9]|20)?\d\d)(?![\w-])(?!\s*(?:%|votes?\b))")
def _years(match: re.Match[str], _scene: Scene) -> Period | None:
    first, short = int(match["year"]), match["year2"]
    last = int(short) if len(short) == 4 else first // 100 * 100 + int(short)
    return periods.join(periods.of_year(first), periods.of_year(last)) if first < last < first + 120 else None


@rule(
    "digits",
    rf"\b(?P<x>(?P<part>(?:[Ee]arly|[Mm]id|[Ll]ate)(?=[- ])|(?:[Bb]eginning|[Mm]iddle|[Ee]nd|[Ss]tart)(?= of)|[Ee]nd(?=-))"
    rf"[- ]\s*(?:of\s+|in\s+)?(?P<year>{w.YEAR_HYPHENED}))\b{w.COUNTED}",
)
def _part_of_year(match: re.Match[str], _scene: Scene) -> Period | None:
    return periods.part(periods.of_year(int(match["year"])), match["part"])


@rule(
    "digits",
    r"(?:\b(?P<cue>[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|[Bb]etween|[Tt]hrough|[Cc]irca"
    r"|[Aa]round|[Tt]hroughout|[Ff]iscal(?: year)?|[Yy]ear|[Tt]o|[Oo]f|and|[Ff]or|or|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir"
    r"|\w+[’']s|[Tt]hat|into|[Aa]|[Aa]n|[Tt]his|in the year|back to|as early as|as of)\s+|(?P<open>[(,]\s?|^|(?<=[.!?]\s)|(?<=\n)))"
    rf"(?P<x>\b(?P<year>{w.YEAR}))\b{w.COUNTED}(?=(?P<after>[\s\S]{{0,14}}))",
)
def _year(match: re.Match[str], scene: Scene) -> Period | None:
    """A number is a year where the words before or after it make it one."""
    year, cue, after = int(match["year"]), (match["cue"] or "").lower(), match["after"]
    if year < 1800 and cue not in ("in", "since", "by", "until", "from", "circa", "during", "year", "in the year"):
        return None
    if year > (scene.published.year if scene.published else 2030) + 100:
        return None
    strong = cue in ("in", "since", "by", "until", "till", "during", "circa", "throughout", "fiscal", "year", "fiscal year",
                     "in the year", "back to", "as early as", "as of")  # fmt: skip
    modifier = re.match(r"\s[A-Za-z][a-z]{2}", after) is not None
    closed = (
        re.match(r"\s*(?:[,.;:)?!'’]|$|[-–]\s|\s(?:and|to|but|when|as|after|with|in|for|by|until)\b)", after)
        is not None
    )
    if strong:
        return periods.of_year(year)
    if (
        cue in ("the", "its", "his", "her", "their", "a", "an", "this", "that")
        or cue[-2:] in ("'s", "’s")
        or match["open"] == ""
    ):
        return periods.of_year(year) if modifier else None
    if match["open"] is not None:
        return periods.of_year(year) if re.match(r"\)|,?\s?[A-Z(]|,", after) and "(" in match["open"] else None
    return periods.of_year(year) if closed and 1800 <= year <= 2100 else None
