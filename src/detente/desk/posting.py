"""What somebody wrote in; posted, held for a moderator, or refused out, each with a sentence that says so."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy.orm import Session

from detente.desk.admission import Refusal, ban_fault, person_fault, rate_fault, thread_fault, twice_fault
from detente.desk.desk import Desk, clock
from detente.desk.editing import edit_token
from detente.desk.forms import fault
from detente.desk.holding import body_of, reason_to_hold
from detente.desk.people import Person
from detente.desk.pseudonyms import name_in_thread, person_hash
from detente.desk.rules import Rules
from detente.desk.tables import Comment, Thread
from detente.desk.telling import tell
from detente.desk.threads import Subject, find, find_or_make, key_of
from detente.desk.tidying import tidy_daily
from detente.errors import BadInput


class Draft(Struct, frozen=True, kw_only=True):
    """A comment as its form sends it. `form` is the token that the form carried, `trap` its hidden field."""

    subject: Subject
    body: str
    parent: int | None = None
    form: str = ""
    trap: str = ""


class Posted(Struct, frozen=True, tag="posted"):
    """It is there for all to see; `edit` lets its author change it for some minutes."""

    comment: int
    author: str
    edit: str
    sentence: str


class Held(Struct, frozen=True, tag="held"):
    """It is kept, and waits for a moderator; its author can still change it."""

    comment: int
    author: str
    edit: str
    sentence: str


Outcome = Posted | Held | Refusal


def post(desk: Desk, draft: Draft, person: Person, now: datetime | None = None) -> Outcome:
    """Take a comment. Every outcome says in a sentence what became of it; nothing is dropped without a word."""
    at, rules = clock(now), desk.rules()
    try:
        body = body_of(draft.body, rules)
        key_of(draft.subject.kind, draft.subject.key)
    except BadInput as error:
        return Refusal("bad text", _sentence(error))
    wrong = fault(desk, draft.subject.kind, draft.subject.key, draft.form, draft.trap, at)
    refused = (
        person_fault(person, rules)
        or (Refusal(*wrong) if wrong is not None else None)
        or rate_fault(desk, person, rules, at)
    )
    if refused is not None:
        return refused
    tidy_daily(desk, at)
    with desk.writing() as session:
        desk.alone(session, f"person:{person.mark(desk)}")
        there = find(session, draft.subject.kind, draft.subject.key)
        refused = (
            ban_fault(desk, session, there, person, at)
            or thread_fault(session, there, draft.parent, person)
            or twice_fault(desk, session, there, draft.parent, body, person, at)
        )
        if refused is not None:
            return refused
        thread = find_or_make(desk, session, draft.subject, at)
        return _keep(desk, session, thread, draft.parent, body, person, rules, at)


def _keep(
    desk: Desk,
    session: Session,
    thread: Thread,
    parent: int | None,
    body: str,
    person: Person,
    rules: Rules,
    now: datetime,
) -> Outcome:
    anonymous = person.account is None
    mark = person.mark(desk)
    why = reason_to_hold(session, person, mark, body, rules)
    row = Comment(
        thread_id=thread.id,
        parent_id=parent,
        account_id=person.account,
        author=name_in_thread(desk, session, thread.id, person),
        person=person_hash(desk, thread.id, person),
        visitor=mark if anonymous else None,
        prefix=person.prefix(desk),
        body=body,
        state="visible" if why is None else "held",
        why=why,
        created=now,
    )
    session.add(row)
    session.flush()
    edit = edit_token(desk, row.id, now, rules)
    name = row.author or ""
    if why is not None:
        return Held(row.id, name, edit, f"Your comment is kept and waits for a moderator: {why}.")
    tell(desk, session, row, thread, rules, now)
    return Posted(row.id, name, edit, "Your comment is posted.")


def _sentence(error: BadInput) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
