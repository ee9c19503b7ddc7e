"""A comment and what somebody thinks of it in; its votes out, one a person."""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import func, select, update

from detente.desk.banning import ban_on
from detente.desk.desk import Desk, clock
from detente.desk.limits import Limit, hit, wait_words
from detente.desk.people import Person
from detente.desk.tables import Comment, Vote, row_id
from detente.errors import BadInput, NotAllowed

PER_NETWORK = [Limit(60, timedelta(hours=1))]
PER_NETWORK_AND_COMMENT = [Limit(5, timedelta(days=1))]
"""So that nobody votes again and again by forgetting their cookie; some who share a network may."""


class Votes(Struct, frozen=True):
    """The votes of a comment, and the one of who asks (0: none)."""

    ups: int
    downs: int
    mine: int


def vote(desk: Desk, comment: int, value: int, person: Person, now: datetime | None = None) -> Votes:
    """Vote +1 or -1, or take the vote back with 0. Raises NotAllowed for one's own comment, without a cookie, too often."""
    if value not in {-1, 0, 1}:
        raise BadInput(f"a vote is 1, -1 or 0, not {value}")
    at, voter = clock(now), person.mark(desk)
    if voter is None:
        raise NotAllowed(
            "Your browser sent no cookie, so your vote could not be told from others. Allow it, or sign in."
        )
    with desk.writing() as session:
        waits = [hit(desk, session, f"vote:{person.prefix(desk)}", PER_NETWORK, at)]
        if person.account is None and value:
            waits.append(hit(desk, session, f"vote:{comment}:{person.prefix(desk)}", PER_NETWORK_AND_COMMENT, at))
    wait = max((w for w in waits if w is not None), default=None)
    if wait is not None:
        raise NotAllowed(f"There are too many votes from your network; try again {wait_words(wait)}.")
    with desk.writing() as session:
        desk.alone(session, f"votes:{comment}")
        row = session.get(Comment, row_id(comment))
        if row is None or row.state != "visible":
            raise NotAllowed("This comment is not there any more.")
        if voter == (row.visitor if row.account_id is None else desk.keys().hashed("account", row.account_id)):
            raise NotAllowed("You cannot vote on your own comment.")
        if ban_on(desk, session, person, row.thread_id, at) is not None:
            raise NotAllowed("You may not vote here.")
        old = session.get(Vote, (comment, voter))
        if old is not None and value:
            old.value = value
        elif old is not None:
            session.delete(old)
        elif value:
            session.add(Vote(comment_id=comment, voter=voter, value=value, created=at))
        session.flush()
        counts = dict(
            session.execute(
                select(Vote.value, func.count()).where(Vote.comment_id == comment).group_by(Vote.value)
            ).all()
        )
        ups, downs = counts.get(1, 0), counts.get(-1, 0)
        session.execute(update(Comment).where(Comment.id == comment).values(ups=ups, downs=downs))
    return Votes(ups, downs, value)
