"""A visitor and a thread in; the name they have there, and nowhere else, out."""

from functools import cache
from importlib import resources

from sqlalchemy import select
from sqlalchemy.orm import Session

from detente.desk.desk import Desk
from detente.desk.keys import new_token
from detente.desk.people import Person
from detente.desk.tables import Comment

TRIES = 50


def new_visitor() -> str:
    """The token for the cookie of somebody who writes without an account."""
    return new_token()


def person_hash(desk: Desk, thread: int, person: Person) -> str | None:
    """The same for one person within a thread, another in the next; None for somebody unknown."""
    mark = person.mark(desk)
    return None if mark is None else desk.hashed("person", f"{thread}:{mark}")


def name_in_thread(desk: Desk, session: Session, thread: int, person: Person) -> str:
    """The name shown: an account's own, else two words that nobody else has in this thread."""
    if person.account is not None:
        return person.name
    who = person_hash(desk, thread, person)
    mine = Comment.thread_id == thread, Comment.person == who, Comment.author.is_not(None)
    kept = session.scalar(select(Comment.author).where(*mine).limit(1))
    if kept is not None:
        return kept
    taken = set(session.scalars(select(Comment.author).where(Comment.thread_id == thread).distinct()))
    free = (
        name for turn in range(TRIES) if (name := two_words(desk.hashed("pseudonym", f"{turn}:{who}"))) not in taken
    )
    return next(free, f"{two_words(desk.hashed('pseudonym', str(who)))} {len(taken)}")


def two_words(digest: str) -> str:
    """Two words for a hash (hex digits)."""
    adjectives, nouns = words()
    first, second = divmod(int(digest, 16), len(nouns))
    return f"{adjectives[first % len(adjectives)]} {nouns[second]}"


@cache
def words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Adjectives and nouns, one a line in the data files."""
    folder = resources.files("detente.desk") / "data"
    first, second = (tuple((folder / name).read_text("utf-8").split()) for name in ("adjectives.txt", "nouns.txt"))
    return first, second
