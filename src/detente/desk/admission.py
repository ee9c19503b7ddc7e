"""Somebody who wants to write in; the reason why they may not, here or now, out."""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from detente.desk.banning import ban_on
from detente.desk.desk import Desk
from detente.desk.limits import Limit, hit, wait_words
from detente.desk.people import Person
from detente.desk.pseudonyms import person_hash
from detente.desk.rules import Rules
from detente.desk.tables import Comment, Thread, row_id

TWICE_WITHIN = timedelta(hours=1)


class Refusal(Struct, frozen=True, tag="refused"):
    """It was not kept. `code` is a word or two for programs, `wait_s` how many seconds to wait where that helps."""

    code: str
    sentence: str
    wait_s: int | None = None


def person_fault(person: Person, rules: Rules) -> Refusal | None:
    """What the rules say of somebody before they have said anything."""
    if not rules.open and not person.may("editor"):
        return Refusal("closed", "New comments are not taken at the moment.")
    if not person.known():
        return Refusal(
            "no cookie", "Your browser sent no cookie, so your comment would have no author. Allow it, or sign in."
        )
    if person.account is None and not rules.anonymous:
        return Refusal("sign in", "Comments are taken from people who are signed in.")
    if person.account is not None and not person.may("commenter"):
        return Refusal("role", "Your account may read, but not comment.")
    return None


def rate_fault(desk: Desk, person: Person, rules: Rules, now: datetime) -> Refusal | None:
    """Whether their network has written too much lately; this use is counted, whatever comes of it."""
    if person.may("editor"):
        return None
    limits = [
        Limit(rules.per_prefix_minute, timedelta(minutes=1)),
        Limit(rules.per_prefix_day, timedelta(days=1)),
    ]
    with desk.writing() as session:
        wait = hit(desk, session, f"post:{person.prefix(desk)}", limits, now)
    if wait is None:
        return None
    sentence = f"There are too many comments from your network; try again {wait_words(wait)}."
    return Refusal("too many", sentence, max(1, round(wait.total_seconds())))


def ban_fault(desk: Desk, session: Session, thread: Thread | None, person: Person, now: datetime) -> Refusal | None:
    """The ban that keeps them from writing here."""
    ban = ban_on(desk, session, person, thread.id if thread is not None else None, now)
    if ban is None:
        return None
    until = f" until {ban.until.day} {ban.until:%B %Y, %H:%M} UTC" if ban.until else ""
    return Refusal("banned", f"You may not comment here{until}: {ban.reason}.")


def thread_fault(session: Session, thread: Thread | None, parent: int | None, person: Person) -> Refusal | None:
    """What a thread, and the comment that is answered, say."""
    if thread is not None and not person.may("editor"):
        if thread.locked:
            return Refusal("locked", "A moderator has locked this discussion; it can be read, but not continued.")
        if thread.closed:
            return Refusal("closed", "This discussion is closed.")
    if parent is None:
        return None
    above = session.get(Comment, row_id(parent))
    if above is None or thread is None or above.thread_id != thread.id:
        return Refusal("no parent", "The comment you answer is not in this discussion.")
    if above.state != "visible":
        return Refusal("no parent", "The comment you answer is not there any more.")
    return None


def twice_fault(
    desk: Desk, session: Session, thread: Thread | None, parent: int | None, body: str, person: Person, now: datetime
) -> Refusal | None:
    """Whether they sent the same a moment ago, as a double click does."""
    if thread is None:
        return None
    same = select(Comment.id).where(
        Comment.thread_id == thread.id,
        Comment.person == person_hash(desk, thread.id, person),
        Comment.body == body,
        Comment.parent_id.is_not_distinct_from(parent),
        Comment.created > now - TWICE_WITHIN,
        Comment.state.in_(("visible", "held")),
    )
    if session.scalar(same.limit(1)) is None:
        return None
    return Refusal("twice", "You have sent this comment already.")
