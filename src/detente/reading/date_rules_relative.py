"""Rules for dates that count from the publication date or from the date named before: a match in its scene in, a period out."""

import re
from datetime import date
from functools import cache
from importlib.resources import files

from detente.reading import date_words as w
from detente.reading import periods
from detente.reading.date_rules import Scene, rule
from detente.reading.periods import DAY, Period

_TIME_OF_DAY = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night))?"
_ONE_BACK = ("last", "past", "previous", "preceding")


@rule(
    "week",
    r"(?:\b(?P<mod>[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:past|coming))?|(?:the\s+)?previous|[Ee]very|[Ee]ach"
    r"|Black|Bloody|Good|Great|Super|Cyber|Holy|Palm|Ash|Sheffield|Red)\s+)?"
    rf"\b(?P<day>{w.WEEKDAY}){_TIME_OF_DAY}\b(?:\s+(?:of\s+)?(?P<which>last|next|this)\s+week\b)?",
)
def _weekday(match: re.Match[str], scene: Scene) -> Period | None:
    mod = (match["mod"] or "").lower()
    if not scene.published or (mod and mod.split()[0] not in ("last", "next", "this")):
        return None  # "every Friday", "Good Friday", "the previous Friday"
    now, day = scene.published, w.WEEKDAYS[match["day"].lower()]
    if match["which"]:
        monday = periods.of_week(now).first + {"last": -7, "this": 0, "next": 7}[match["which"]] * DAY
        return periods.of_day(monday + day * DAY)
    back, ahead = (now.weekday() - day) % 7, (day - now.weekday()) % 7
    if mod == "last":
        return periods.of_day(now - (back or 7) * DAY)
    if mod in ("next", "this coming"):
        return periods.of_day(now + (ahead or 7) * DAY)
    future = mod != "this past" and scene.tense(match) == "future"
    return periods.of_day(now + ahead * DAY if future else now - back * DAY)


_SIMPLE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@rule(
    "near",
    rf"\b(?:[Ee]arl(?:y|ier)\s+|[Ll]ater?\s+)?(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b{_TIME_OF_DAY}",
)
@rule("near", r"\b(?P<word>[Tt]onight)\b")
@rule(
    "near",
    r"\b(?:[Ee]arl(?:y|ier)\s+|[Ll]ater?\s+)?(?P<word>[Tt]his\s+(?:morning|afternoon|evening)|[Ll]ast\s+(?:night|evening))\b",
)
def _near(match: re.Match[str], scene: Scene) -> Period | None:
    if not scene.published:
        return None
    word = match["word"].lower()
    return periods.of_day(scene.published + _SIMPLE.get(word, -1 if word.startswith("last") else 0) * DAY)


@rule(
    "unit",
    r"\b(?P<part>[Ee]arl(?:y|ier)|[Ll]ater?|[Mm]id|[Mm]iddle|[Ee]nd|[Bb]eginning|[Ss]tart)[- ](?:on\s+)?(?:of\s+|in\s+)?(?:the\s+)?"
    r"(?P<mod>last|next|this|the|previous)?\s*(?P<unit>week|month|year|decade)\b(?!-old|s)",
)
def _part_of_unit(match: re.Match[str], scene: Scene) -> Period | None:
    """'Earlier this year' runs up to the publication date, 'early next year' is its first months."""
    if not scene.published or (
        not match["mod"] and match["part"].lower() not in ("end", "beginning", "middle", "earlier")
    ):
        return None
    now, name = scene.published, match["part"].lower()
    distance = {"last": -1, "previous": -1, "next": 1}.get(match["mod"] or "", 0)
    whole = periods.of_unit(match["unit"], now, distance)
    if name == "earlier" and distance == 0:
        return Period(whole.first, max(whole.first, now), whole.precision)
    if name == "later" and distance == 0:
        return Period(min(now, whole.last), whole.last, whole.precision)
    return whole if name in ("earlier", "later") else periods.part(whole, name)


@rule("unit", rf"\b(?:[Tt]he\s+)?(?P<unit>{w.UNIT})\s+(?P<side>before\s+last|after\s+next)\b")
def _one_over(match: re.Match[str], scene: Scene) -> Period | None:
    if not scene.published:
        return None
    return periods.of_unit(match["unit"], scene.published, -2 if match["side"].startswith("before") else 2)


@rule(
    "unit",
    rf"\b(?P<x>(?:[Tt]he\s+)?(?P<mod>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Cc]urrent|[Ff]ollowing|[Pp]revious|[Pp]receding|[Ss]ame"
    rf"|[Tt]hat|[Tt]his\s+(?:past|coming))\s+(?P<unit>{w.UNIT}))\b(?!-old|-long|\s+of\s+\w)",
)
def _unit_beside(match: re.Match[str], scene: Scene) -> Period | None:
    """'Last year' counts from the publication, 'the following year' and 'that day' from the date named before."""
    mod, unit = match["mod"].lower(), match["unit"]
    definite = match["x"].lower().startswith("the ")
    told = mod in ("following", "previous", "preceding", "same", "that") or (unit == "day" and definite)
    if told:
        base = scene.previous
        if not base or base.precision not in ("day", "month", "year") or (unit == "day" and base.precision != "day"):
            return None
        step = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "last": -1}.get(mod, 0)
        return periods.of_unit(unit, base.first, step)
    if not scene.published or (unit == "day" and mod != "this"):
        return None
    if definite and mod in ("last", "past", "next", "coming") and unit != "decade":
        sign = -1 if mod in ("last", "past") else 1  # "the past year" is a stretch up to now
        return _stretch(scene, unit, sign, 1)
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(mod, 0)
    if unit == "decade" and mod in ("last", "past", "next", "coming"):
        return _stretch(scene, unit, step, 1)
    return periods.of_unit(unit, scene.published, step)


def _stretch(scene: Scene, unit: str, sign: int, count: int) -> Period | None:
    if not scene.published:
        return None
    end = periods.shift(scene.published, unit, sign * count)
    precision = periods.of_unit(unit, end).precision
    return Period(min(end, scene.published), max(end, scene.published), precision)


@rule(
    "unit",
    rf"\b(?:[Tt]he\s+)?(?P<mod>[Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming)\s+(?P<n>{w.NUMBER})\s+(?P<unit>{w.UNIT})s?\b",
)
def _stretch_of_units(match: re.Match[str], scene: Scene) -> Period | None:
    return _stretch(scene, match["unit"], -1 if match["mod"].lower() in _ONE_BACK else 1, w.number(match["n"]))


@rule(
    "unit",
    rf"\b(?:(?:about|around|some|nearly|almost|more than|over|just)\s+)?(?P<n>{w.NUMBER})[- ](?P<half>and a half )?(?P<unit>{w.UNIT})s?\s+"
    r"(?P<side>ago|earlier|later|before(?=[.,;)]|\s*$)|afterwards?|from\s+now|hence|after(?=[.,;)]|\s*$))\b",
)
def _some_units_away(match: re.Match[str], scene: Scene) -> Period | None:
    """'Two years ago' counts from the publication, 'two years later' from the date named before."""
    n, unit, side = w.number(match["n"]), match["unit"], match["side"].split()[0]
    sign = -1 if side in ("ago", "earlier", "before") else 1
    if side in ("ago", "from", "hence"):
        if not scene.published:
            return None
        if unit == "decade":  # about so many years ago, two more or less
            year = scene.published.year + sign * 10 * n
            return Period(periods.of_year(year - 2).first, periods.of_year(year + 2).last, "decade")
        return periods.of_unit(unit, scene.published, sign * n)
    return periods.move(scene.previous, unit, sign * n) if scene.previous else None


@rule("unit", r"\b(?:[Tt]he)\s+(?P<unit>day)\s+(?P<side>before|after)(?=[.,;]|\s*$)")
def _day_beside(match: re.Match[str], scene: Scene) -> Period | None:
    if not scene.previous or scene.previous.precision != "day":
        return None
    return periods.of_day(scene.previous.first + (DAY if match["side"] == "after" else -DAY))


@rule(
    "season",
    rf"(?:\b(?P<mod>[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:past|coming))?|[Ii]n\s+the|[Tt]he|[Bb]y(?:\s+the)?|[Ss]ince|(?P<part>[Ee]arly|[Mm]id-?|[Ll]ate))\s+)?"
    rf"(?P<x>\b(?P<season>{w.SEASON})\b(?:(?:\s+of)?\s+(?P<year>{w.YEAR}){w.COUNTED}|\s+of\s+(?P<which>last|this|next)\s+year)?)",
)
def _season(match: re.Match[str], scene: Scene) -> Period | None:
    name = match["season"].lower()
    if match["year"]:
        return periods.of_season(int(match["year"]), name)
    mod = (match["mod"] or "").lower()
    if not scene.published or (not match["which"] and mod.split(" ")[0] not in ("last", "next", "this")):
        return None
    now = scene.published
    if match["which"]:
        return periods.of_season(now.year + {"last": -1, "this": 0, "next": 1}[match["which"]], name)
    season = periods.of_season(now.year - (name == "winter" and now.month < 9), name)
    if mod in ("last", "this past") and season.last >= now:
        season = periods.of_season(season.first.year - 1, name)
    if mod in ("next", "this coming") and season.first <= now:
        season = periods.of_season(season.first.year + 1, name)
    return season


@rule(
    "unit",
    rf"\b(?:the\s+)?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[- ](?P<unit>quarter|half)\b(?!\s+(?:of\s+)?(?:fiscal\s+)?{w.YEAR})(?:\s+of\s+(?P<which>last|this|next)\s+year)?",
)
def _quarter_near(match: re.Match[str], scene: Scene) -> Period | None:
    """A quarter without a year: of the year named, else the last that was complete or current."""
    if not scene.published or (match["unit"] == "half" and not match["which"]):
        return None
    n, year = w.ORDINALS[match["n"]], scene.published.year
    if match["unit"] == "half":
        return (
            periods.of_months(year + {"last": -1, "this": 0, "next": 1}[match["which"]], 6 * n - 5, 6)
            if n <= 2
            else None
        )
    if match["which"]:
        year += {"last": -1, "this": 0, "next": 1}[match["which"]]
    elif periods.of_months(year, 3 * n - 2, 3).first > scene.published and scene.tense(match) != "future":
        year -= 1
    return periods.of_months(year, 3 * n - 2, 3)


@rule("unit", r"\b(?:the\s+)?(?P<x>(?:[Yy]ear-end|year[’']s\s+end|[Ee]nd-year))\b")
def _end_of_year(_match: re.Match[str], scene: Scene) -> Period | None:
    return periods.part(periods.of_year(scene.published.year), "late") if scene.published else None


@rule("month", r"\b[Tt]he\s+(?P<x>Sept(?:ember|\.)?\s+11(?:th)?)\b(?!,?\s+\d{4}|-)")
def _eleventh_of_september(_match: re.Match[str], scene: Scene) -> Period | None:
    """'The September 11 hijackers': the day in 2001, in what was written the year after or later."""
    return periods.of_day(date(2001, 9, 11)) if scene.published and scene.published.year > 2001 else None


@rule("week", r"\b(?:(?P<mod>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his\s+past|[Tt]his\s+coming|[Tt]he)\s+)weekend\b")
def _weekend(match: re.Match[str], scene: Scene) -> Period | None:
    """Saturday and Sunday: the ones at hand or just past, the coming ones where the words speak of the future."""
    if not scene.published:
        return None
    now, mod = scene.published, match["mod"].lower()
    saturday = now - ((now.weekday() - 5) % 7) * DAY
    if now.weekday() < 5 and (
        mod in ("next", "this", "this coming") or (mod == "the" and scene.tense(match) == "future")
    ):
        saturday += 7 * DAY
    elif now.weekday() >= 5:
        saturday += {"last": -7, "next": 7}.get(mod, 0) * DAY
    return Period(saturday, saturday + DAY, "day")


@cache
def holidays() -> dict[str, tuple[int, int, int | None]]:
    """Names of days: month, day, and the year where the name means one day in history."""
    rows = {}
    for line in files("detente.reading").joinpath("data/holidays.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, month, day, year = line.split("\t")
            rows[name] = (int(month), int(day), int(year) if year else None)
    return rows


@rule(
    "named",
    rf"\b(?P<name>{'|'.join(sorted(map(re.escape, holidays()), key=len, reverse=True))})\b(?:,?\s+(?P<year>{w.YEAR}))?",
)
def _holiday(match: re.Match[str], scene: Scene) -> Period | None:
    month, day, once = holidays()[match["name"]]
    year = once or (int(match["year"]) if match["year"] else scene.year(month, day, match))
    return periods.of_day(periods.of_month(year, month).first.replace(day=day)) if year else None
