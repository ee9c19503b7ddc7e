"""What somebody says is wrong with an event in; an editor's decision, and with it a correction of the record, out.

Accepting writes the record first and the desk then, under one id: killed between the two, it can be done again.
"""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from detente.desk.auditing import note as log
from detente.desk.desk import Desk, clock
from detente.desk.importing.values import words
from detente.desk.people import Person, require
from detente.desk.tables import Proposal
from detente.errors import BadInput, NotAllowed
from detente.record import Record
from detente.record.correcting import Correction, checked

LONGEST = 1000
MOST_OPEN = 200
"""Open proposals of one person: more are not taken until some are decided."""


class Proposed(Struct, frozen=True, kw_only=True):
    """A proposal as lists show it."""

    id: int
    event: str
    kind: str
    value: Any
    note: str | None
    person: str
    state: str
    decided_by: str | None
    reason: str | None
    created: datetime


def propose(
    desk: Desk,
    record: Record,
    by: Person,
    event: str,
    kind: str,
    value: Any = None,
    *,
    note: str = "",
    now: datetime | None = None,
) -> int:
    """Say what is wrong with an event; returns the proposal's number.

    Raises NotAllowed for somebody who is not signed in, BadInput for an unknown event or value, for what is coded so
    already, and for what the same person has said already.
    """
    require(by, "commenter")
    kept = checked(kind, value)
    coded = record.event(event)
    if coded is None:
        raise BadInput(f"no event {event!r} in this record")
    same = {
        "type": coded.type,
        "status": coded.status,
        "source": [actor.id for actor in coded.source],
        "target": [actor.id for actor in coded.target],
        "date": coded.start and coded.start.isoformat(),
    }
    if kind in same and same[kind] == kept:
        raise BadInput(f"the {kind} of this event is {kept} already")
    with desk.writing() as session:
        desk.alone(session, f"proposals:{by.name}")
        mine = select(Proposal).where(Proposal.person == by.name, Proposal.state == "open")
        if session.scalar(mine.where(Proposal.event == event, Proposal.kind == kind)) is not None:
            raise BadInput("you have said so of this event already; an editor will look at it")
        if (session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST_OPEN:
            raise NotAllowed(f"There are {MOST_OPEN} open proposals of yours; wait until some are decided.")
        row = Proposal(
            event=event, kind=kind, value=msgspec.json.encode(kept).decode(), note=words(note, LONGEST),
            account_id=by.account, person=by.name, state="open", created=clock(now),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def proposals(desk: Desk, *, state: str | None = "open", event: str | None = None, limit: int = 100) -> list[Proposed]:
    """Proposals, oldest first: of one state or of any, of one event or of all."""
    query = select(Proposal).order_by(Proposal.id).limit(limit)
    if state is not None:
        query = query.where(Proposal.state == state)
    if event is not None:
        query = query.where(Proposal.event == event)
    with desk.reading() as session:
        return [_shown(row) for row in session.scalars(query)]


def accept(
    desk: Desk, record: Record, by: Person, number: int, *, reason: str = "", now: datetime | None = None
) -> str:
    """Put a proposal into the record; returns the correction's id. Raises BadInput where it is not open."""
    require(by, "editor")
    with desk.reading() as session:
        row = _open(session, number)
        key = f"desk:{number}"
        said = Correction(
            id=key, event=row.event, kind=row.kind, value=msgspec.json.decode(row.value), note=row.note, person=row.person,
            decided_by=by.name,
        )  # fmt: skip
    record.correct(said)
    _decide(desk, by, number, "accepted", reason, now)
    return key


def reject(desk: Desk, by: Person, number: int, reason: str, now: datetime | None = None) -> None:
    """Do not take a proposal; who made it is told the reason."""
    require(by, "editor")
    if not reason.strip():
        raise BadInput("a rejection needs a reason; who proposed it is told it")
    _decide(desk, by, number, "rejected", reason, now)


def _decide(desk: Desk, by: Person, number: int, state: str, reason: str, now: datetime | None) -> None:
    at = clock(now)
    with desk.writing() as session:
        row = _open(session, number)
        row.state, row.decided_by, row.reason, row.decided = state, by.name, words(reason, LONGEST), at
        log(session, by, f"correction {state}", f"proposal:{number}", f"{row.kind} of {row.event}", at)


def _open(session: Session, number: int) -> Proposal:
    row = session.get(Proposal, number)
    if row is None or row.state != "open":
        raise BadInput(f"there is no open proposal {number}")
    return row


def _shown(row: Proposal) -> Proposed:
    return Proposed(
        id=row.id, event=row.event, kind=row.kind, value=msgspec.json.decode(row.value), note=row.note, person=row.person,
        state=row.state, decided_by=row.decided_by, reason=row.reason, created=row.created,
    )  # fmt: skip
