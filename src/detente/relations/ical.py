"""Meetings in, an iCalendar file out (RFC 5545), as calendar programs read it."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from detente.relations.sittings import Sitting, span

if TYPE_CHECKING:
    from icalendar import Event

STATUS = {
    "scheduled": "TENTATIVE",
    "held": "CONFIRMED",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
    "lapsed": "CANCELLED",
}
LONGEST = 31  # days: a meeting known only to the year is not drawn over all of it


def as_ical(sittings: list[Sitting]) -> str:
    """One all-day entry a meeting; those without any date, or known only to the year, are left out.

    The description names what became of the meeting, each step with its date and sentence. The result ends its lines
    with CRLF, as the standard wants.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Détente//meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Détente: meetings")
    for sitting in sittings:
        when = span(sitting)
        if when is not None and (when[1] - when[0]).days < LONGEST:
            calendar.add_component(entry(sitting))
    text: str = calendar.to_ical().decode()
    return text


def entry(sitting: Sitting) -> "Event":
    """The calendar's entry of one meeting."""
    from icalendar import Event

    when = span(sitting)
    assert when is not None
    made = Event()
    name = f"{' – '.join(sitting.participants)}: {sitting.series or sitting.format}"
    made.add("summary", name if sitting.status in {"scheduled", "held"} else f"{name} ({sitting.status})")
    made.add("uid", f"{sitting.id}@detente")
    known = max((step.known for step in sitting.steps if step.known), default=when[0])
    made.add("dtstamp", datetime(known.year, known.month, known.day, tzinfo=UTC))
    made.add("sequence", len(sitting.steps) - 1)
    made.add("dtstart", when[0])
    made.add("dtend", when[1] + timedelta(1))
    made.add("status", STATUS[sitting.status])
    made.add("transp", "TRANSPARENT")
    if sitting.place:
        made.add("location", sitting.place)
    lines = [
        f"{step.known or ''} {step.status}: {step.sentence or 'no report that it was held'}" for step in sitting.steps
    ]
    made.add("description", "\n".join([*([sitting.topic] if sitting.topic else []), *lines]))
    url = next((step.url for step in sitting.steps if step.url), None)
    if url:
        made.add("url", url)
    return made
