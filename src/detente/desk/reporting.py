"""A comment that should not stand, and why, in; a report for the moderators out, and the comment held after several."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select

from detente.desk.auditing import note
from detente.desk.desk import Desk, clock
from detente.desk.importing.values import words
from detente.desk.limits import Limit, hit, wait_words
from detente.desk.people import Person
from detente.desk.tables import Comment, Report, row_id
from detente.errors import BadInput, NotAllowed

Reason = Literal["spam", "abuse", "off topic", "private", "other"]
REASONS: tuple[Reason, ...] = ("spam", "abuse", "off topic", "private", "other")
PER_NETWORK = [Limit(10, timedelta(hours=1)), Limit(30, timedelta(days=1))]
LONGEST = 1000
THE_DESK = Person(name="the desk")


def report(
    desk: Desk, comment: int, reason: str, person: Person, *, text: str = "", now: datetime | None = None
) -> str:
    """Tell the moderators of a comment; returns what to say. One report a comment from an account or a network.

    After as many reports as the rules say the comment is held, unless a moderator has settled reports of it before. Raises
    NotAllowed where it is not there or too much was reported, BadInput for an unknown reason.
    """
    if reason not in REASONS:
        raise BadInput(f"{reason!r} is no reason; the reasons are {', '.join(REASONS)}")
    at, rules = clock(now), desk.rules()
    reporter = person.mark(desk) if person.account is not None else person.prefix(desk)
    with desk.writing() as session:
        wait = hit(desk, session, f"report:{person.prefix(desk)}", PER_NETWORK, at)
    if wait is not None:
        raise NotAllowed(f"There are too many reports from your network; try again {wait_words(wait)}.")
    with desk.writing() as session:
        desk.alone(session, f"reports:{comment}")
        row = session.get(Comment, row_id(comment))
        if row is None or row.state != "visible":
            raise NotAllowed("This comment is not there any more.")
        mine = select(Report.id).where(Report.comment_id == comment, Report.reporter == reporter)
        if session.scalar(mine) is not None:
            return "You, or somebody on your network, have reported this comment already; a moderator will look at it."
        clean = words(text, LONGEST)
        session.add(Report(comment_id=comment, reporter=reporter or "", reason=reason, note=clean, created=at))
        session.flush()
        every = select(func.count(Report.id)).where(Report.comment_id == comment)
        number = session.scalar(every) or 0
        seen = session.scalar(every.where(Report.settled.is_not(None)))
        if rules.hide_reports and number >= rules.hide_reports and not seen:
            row.state, row.why = "held", f"it was reported {number} times"
            note(session, THE_DESK, "held", f"comment:{comment}", row.why, at)
    return "Thank you; a moderator will look at it."
