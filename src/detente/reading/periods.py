"""Calendar arithmetic for dates in text: a unit and a distance in, a period (first day, last day, precision) out."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from detente.types import Precision

DAY = timedelta(days=1)
ORDER: tuple[Precision, ...] = ("day", "month", "year", "decade", "unknown")
_THIRDS = {"early": (0, 10), "beginning": (0, 10), "start": (0, 10), "mid": (10, 20), "middle": (10, 20)}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


class Period(NamedTuple):
    """The days `first`..`last`, both inclusive, and the smallest unit that holds what is uncertain in them."""

    first: date
    last: date
    precision: Precision


def of_day(day: date) -> Period:
    """One day."""
    return Period(day, day, "day")


def of_week(day: date) -> Period:
    """The week, Monday to Sunday, that holds `day`; its uncertainty exceeds a day: precision month."""
    monday = day - day.weekday() * DAY
    return Period(monday, monday + 6 * DAY, "month")


def of_month(year: int, month: int) -> Period:
    """A calendar month; `month` may lie outside 1..12 and then counts into the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def of_year(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def of_decade(year: int) -> Period:
    """The decade that holds `year`: 1960..1969."""
    return Period(date(year // 10 * 10, 1, 1), date(year // 10 * 10 + 9, 12, 31), "decade")


def of_months(year: int, month: int, count: int) -> Period:
    """`count` months from `month` on, as a part of a year: a quarter, a half, a season."""
    return Period(of_month(year, month).first, of_month(year, month + count - 1).last, "year")


def of_season(year: int, name: str) -> Period:
    """A season of the northern half of the earth: spring is March to May, winter December to February."""
    return of_months(year, _SEASONS[name.lower()], 3)


def of_unit(unit: str, day: date, distance: int = 0) -> Period:
    """The day, week, month, quarter, year or decade that lies `distance` units from the one that holds `day`.

    Raises ValueError or OverflowError where the calendar (years 1..9999) ends.
    """
    if unit == "day":
        return of_day(day + distance * DAY)
    if unit in ("week", "fortnight"):
        return of_week(day + distance * (7 if unit == "week" else 14) * DAY)
    if unit == "month":
        return of_month(day.year, day.month + distance)
    if unit == "quarter":
        return of_months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * distance, 3)
    if unit == "year":
        return of_year(day.year + distance)
    return of_decade(day.year + 10 * distance)


def shift(day: date, unit: str, distance: int) -> date:
    """The day `distance` units away; the end of a shorter month where the day does not exist in it."""
    if unit == "day":
        return day + distance * DAY
    if unit in ("week", "fortnight"):
        return day + distance * (7 if unit == "week" else 14) * DAY
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * distance
    month = of_month(day.year, day.month + months)
    return month.first.replace(day=min(day.day, month.last.day))


def move(period: Period, unit: str, distance: int) -> Period:
    """The period as far from the given one as `distance` units, never more precise than either."""
    if unit in ("day", "week", "fortnight") or (period.precision == "day" and unit == "month"):
        moved = Period(shift(period.first, unit, distance), shift(period.last, unit, distance), period.precision)
    elif period.precision == "day":
        moved = of_unit(unit, period.first, distance)
    else:
        end = shift(period.last + DAY, unit, distance) - DAY
        moved = Period(shift(period.first, unit, distance), end, period.precision)
    return moved


def part(period: Period, name: str | None) -> Period:
    """The early, middle or late part of a month, a year or a decade; the whole for another name."""
    if not name:
        return period
    name = name.lower().strip("- ")
    low, high = _THIRDS.get(name, (20, 31))
    first, last = period.first, period.last
    if period.precision == "month" and (last - first).days > 7:
        return Period(first + low * DAY, min(first + (high - 1) * DAY, last), "month")
    if period.precision == "year":
        months = (low * 12 // 30, min(12, high * 12 // 30))
        return Period(of_month(first.year, months[0] + 1).first, of_month(first.year, months[1]).last, "year")
    if period.precision == "decade":
        years = {0: (0, 3), 10: (4, 6), 20: (6, 9)}[low]
        return Period(of_year(first.year + years[0]).first, of_year(first.year + years[1]).last, "decade")
    return period


def join(a: Period, b: Period) -> Period:
    """From the first day of `a` to the last day of `b`, as vague as the vaguer."""
    return Period(min(a.first, b.first), max(a.last, b.last), max(a.precision, b.precision, key=ORDER.index))
