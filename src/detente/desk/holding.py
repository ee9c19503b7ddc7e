"""A comment's text and its writer in; the text as it is kept, and why a moderator should see it first, out."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from detente.desk.banning import muted_in
from detente.desk.importing.values import prose
from detente.desk.markdown import links, plain
from detente.desk.people import Person
from detente.desk.rules import Rules
from detente.desk.tables import Comment
from detente.errors import BadInput


def body_of(text: str, rules: Rules) -> str:
    """A comment's text, cleaned. Raises BadInput where nothing is left, or too much."""
    body = prose(text[: 4 * rules.longest])
    if not any(sign.isprintable() and not sign.isspace() for sign in plain(body)):
        raise BadInput("there is no text in this comment")
    if len(body) > rules.longest:
        raise BadInput(f"a comment has at most {rules.longest:,} characters; this one has more")
    return body


def reason_to_hold(session: Session, person: Person, mark: str | None, body: str, rules: Rules) -> str | None:
    """Why a moderator should see a comment first; None where it can stand at once."""
    if person.may("editor"):
        return None
    word = muted_in(session, body)
    if word is not None:
        return f"it has a word that a moderator wants to see first ({word})"
    mine = Comment.account_id == person.account if person.account is not None else Comment.visitor == mark
    accepted = session.scalar(select(func.count(Comment.id)).where(mine, Comment.state == "visible")) or 0
    if accepted < max(1, rules.trusted_after) and links(body) > rules.links:
        return f"it has more than {rules.links} links"
    if accepted >= rules.trusted_after:
        return None
    if rules.trusted_after == 1:
        return "a moderator reads the first comment of each writer"
    return f"a moderator reads the first {rules.trusted_after} comments of each writer"
