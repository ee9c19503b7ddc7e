"""A date as archives, feeds and pages write it in, a calendar day out, or None: never today's for want of another."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:\d{6})?Z?\s*$")
_SLASHES = re.compile(r"\s*(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ .-]+(?:of )?{_MONTH}[ ,.-]+(\d{{4}})(?!\d)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_LINE = re.compile(
    rf"^(?:(?:published|posted|updated|last updated|last modified|date|on)(?: on| at)?:?\s+)?{_WEEKDAY}"
    rf"(?:{_DAY_FIRST.pattern}|{_MONTH_FIRST.pattern}|\d{{4}}-\d{{2}}-\d{{2}})"
    r"(?:[ ,T|–-]+(?:at )?\d{1,2}[:.]\d{2}.{0,20})?\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][\w .,'’/-]{2,60}?[,(]\s*([\w .,]{6,25}\d{4})\)?\s*(?:\([^)]{2,30}\))?\s*(?:--?|–|—|:)\s"
)


def to_day(value: Any) -> date | None:
    """Return the day of a date, datetime, ISO 8601 or RFC 2822 string, "17 Sept 2012", YYYYMMDD, or Unix seconds."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value)
    return _from_text(value) if isinstance(value, str) else None


def is_date_line(line: str) -> bool:
    """Tell whether a line that stands alone only says when the page appeared."""
    return len(line) < 80 and _LINE.match(line.strip()) is not None


def dateline_day(text: str) -> date | None:
    """Return the day in a dateline that names the year ("ISLAMABAD, Sept 17, 2012 (Wire) - "), or None."""
    found = _DATELINE.match(text[:120])
    return _in_words(found[1]) if found else None


def _from_number(value: float) -> date | None:
    if 18000101 <= value <= 21001231 and value == int(value):
        return _from_text(str(int(value)))
    seconds = value / 1000 if value > 1e11 else value
    return datetime.fromtimestamp(seconds, tz=UTC).date() if 0 < seconds < 4.2e9 else None


def _from_text(text: str) -> date | None:
    for form in (_ISO, _SLASHES, _COMPACT):
        if found := form.match(text):
            return _day(*found.groups())
    if in_words := _in_words(text):
        return in_words
    if found := re.search(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?!\d)", text):
        return _day(*found.groups())
    try:
        return parsedate_to_datetime(text).date() if re.search(r"\d{4}", text) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_words(text: str) -> date | None:
    if found := _DAY_FIRST.search(text):
        return _day(found[3], found[2], found[1])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], found[1], found[2])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = _NAMES.index(month[:3].lower()) + 1 if month[:3].lower() in _NAMES else month
    try:
        return date(int(year), int(number), int(day))
    except ValueError:
        return None
