"""An address and what it wants mail about in; mail asked to be confirmed, then sent, until one click ends it."""

import hmac
from datetime import datetime, timedelta
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from detente.desk.accounts import EMAIL
from detente.desk.desk import Desk, clock
from detente.desk.keys import new_token, token_hash
from detente.desk.limits import Limit, hit, wait_words
from detente.desk.outbox import enqueue
from detente.desk.people import Person
from detente.desk.site import confirm_link
from detente.desk.tables import Comment, Subscription, Thread, row_id
from detente.desk.threads import Subject, find_or_make
from detente.desk.tidying import UNCONFIRMED
from detente.errors import NotAllowed

PER_NETWORK = [Limit(10, timedelta(hours=1))]
PER_EMAIL = [Limit(3, timedelta(days=1))]
ASKED = "We have sent a mail to that address; follow the link in it, and you will get mail about new comments."
_ROOM = 320


def subscribe(
    desk: Desk,
    subject: Subject,
    email: str,
    person: Person,
    *,
    comment: int | None = None,
    now: datetime | None = None,
) -> str:
    """Ask an address whether it wants mail about a thread, or about answers to one comment of it; returns what to say.

    The answer is the same whether the address has it already. Raises NotAllowed for what is no address, for a comment
    that is not there, and where it was asked too often.
    """
    at, rules = clock(now), desk.rules()
    email = email.strip()
    if not EMAIL.fullmatch(email) or len(email.encode()) > 254:
        raise NotAllowed("That is no e-mail address.")
    token, who = new_token(), email_hash(desk, email)
    with desk.writing() as session:
        waits = [
            hit(desk, session, f"subscribe:{person.prefix(desk)}", PER_NETWORK, at),
            hit(desk, session, f"subscribe:{who}", PER_EMAIL, at),
        ]
    wait = max((w for w in waits if w is not None), default=None)
    if wait is not None:
        raise NotAllowed(f"That was asked for too often; try again {wait_words(wait)}.")
    with desk.writing() as session:
        thread = find_or_make(desk, session, subject, at)
        _check_comment(session, thread, comment)
        session.add(
            Subscription(
                thread_id=thread.id, comment_id=comment, owner=person.mark(desk), email_hash=who,
                sealed=_sealed(token, email.encode()), token_hash=token_hash(token), created=at,
            )
        )  # fmt: skip
        about = thread.title or thread.target
        what = f"answers to a comment on “{about}”" if comment else f"new comments on “{about}”"
        enqueue(
            session,
            key=f"confirm:{token_hash(token)}",
            recipient=email,
            subject=f"Do you want mail about {what}?",
            body=f"Somebody, probably you, asked for mail about {what}.\n\nIf you want it, follow this link within three "
            f"days:\n\n{confirm_link(rules, token)}\n\nIf not, do nothing: your address is not kept.\n",
            now=at,
        )
    return ASKED


def confirm(desk: Desk, token: str, now: datetime | None = None) -> str:
    """Keep the address that the mail with this token went to; returns what to say. Raises NotAllowed for an old token."""
    at = clock(now)
    with desk.writing() as session:
        row = session.scalar(select(Subscription).where(Subscription.token_hash == token_hash(token)))
        if row is None or (row.confirmed is None and at - row.created > UNCONFIRMED):
            raise NotAllowed("This link is not valid any more; ask for mail once more on the page.")
        if row.confirmed is not None or row.sealed is None:
            return "This was confirmed already; mail about new comments will come."
        same = select(Subscription).where(
            Subscription.thread_id == row.thread_id,
            Subscription.comment_id.is_not_distinct_from(row.comment_id),
            Subscription.email_hash == row.email_hash,
            Subscription.confirmed.is_not(None),
        )
        row.email, row.sealed, row.confirmed = _sealed(token, row.sealed, reverse=True).decode(), None, at
        for older in session.scalars(same.where(Subscription.id != row.id)):
            session.delete(older)
    return "Confirmed: mail about new comments will come. Each has a link that ends it."


def unsubscribe_token(desk: Desk, subscription: int) -> str:
    """What ends a subscription; it can be made anew for each mail, so it is kept nowhere."""
    return f"{subscription}.{desk.keys().hashed('unsubscribe', subscription)}"


def unsubscribe(desk: Desk, token: str, *, everything: bool = False) -> str:
    """End a subscription, or all of that address; a second time says the same. Raises NotAllowed for a wrong token."""
    number, _, seal = token.partition(".")
    right = number.isdecimal() and len(number) < 19 and unsubscribe_token(desk, int(number))
    if not right or not hmac.compare_digest(right.encode(), f"{number}.{seal}".encode("utf-8", "replace")):
        raise NotAllowed("This link is not valid; take the one in the newest mail.")
    with desk.writing() as session:
        row = session.get(Subscription, int(number))
        gone = [] if row is None else [row]
        if row is not None and everything:
            gone = list(session.scalars(select(Subscription).where(Subscription.email_hash == row.email_hash)))
        for each in gone:
            session.delete(each)
    return "Done: no more mail about this will come."


def email_hash(desk: Desk, email: str) -> str:
    """A keyed hash of an address."""
    return desk.hashed("email", email.strip().lower())


def _check_comment(session: Session, thread: Thread, comment: int | None) -> None:
    if comment is None:
        return
    row = session.get(Comment, row_id(comment))
    if row is None or row.thread_id != thread.id or row.state not in {"visible", "held"}:
        raise NotAllowed("That comment is not there any more.")


def _sealed(token: str, content: bytes, *, reverse: bool = False) -> bytes:
    """The content under a stream that only the token gives; a token seals one thing once, so this is a one-time pad."""
    if not reverse:
        content = len(content).to_bytes(2, "big") + content.ljust(_ROOM, b"\0")
    pads = (blake2b(bytes([n]), key=token.encode()[:64], person=b"detente-seal").digest() for n in range(6))
    opened = bytes(a ^ b for a, b in zip(content, b"".join(pads), strict=False))
    return opened[2 : 2 + int.from_bytes(opened[:2], "big")] if reverse else opened
