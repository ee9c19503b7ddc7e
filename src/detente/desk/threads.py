"""What a thread is about (a kind and a key) in; its row out, found or made."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from detente.desk.desk import Desk
from detente.desk.importing.addresses import canonical
from detente.desk.importing.values import LONGEST_TITLE, LONGEST_URL, words
from detente.desk.tables import KINDS, Thread
from detente.errors import BadInput


class Subject(Struct, frozen=True, kw_only=True):
    """What is talked about: `kind` is one of KINDS, `key` its id there (a page's address, RUS-PAK, a document's id)."""

    kind: str
    key: str
    url: str | None = None
    title: str | None = None


def key_of(kind: str, key: str) -> str:
    """The key as it is kept; the spellings of one page's address share one. Raises BadInput for an odd kind or key."""
    if kind not in KINDS:
        raise BadInput(f"there are no threads on a {kind!r}; the kinds are {', '.join(KINDS)}")
    clean = words(key, LONGEST_URL + 1)
    if clean is None or len(clean) > LONGEST_URL:
        raise BadInput(f"the key of a thread has 1 to {LONGEST_URL:,} characters")
    return (canonical(clean) or clean) if kind == "page" else clean


def find(session: Session, kind: str, key: str) -> Thread | None:
    """The thread, or None where nothing was said yet."""
    return session.scalar(select(Thread).where(Thread.kind == kind, Thread.target == key_of(kind, key)))


def find_or_make(desk: Desk, session: Session, subject: Subject, now: datetime) -> Thread:
    """The thread; made with the first comment."""
    target = key_of(subject.kind, subject.key)
    desk.alone(session, f"thread:{subject.kind}:{target}")
    found = find(session, subject.kind, subject.key)
    if found is not None:
        return found
    url = words(subject.url, LONGEST_URL) if subject.url and canonical(subject.url) else None
    made = Thread(kind=subject.kind, target=target, url=url, title=words(subject.title, LONGEST_TITLE), created=now)
    session.add(made)
    session.flush()
    return made
