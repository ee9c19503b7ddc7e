"""A name and a password in; a token for the browser's cookie out, of which only a hash is kept."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from detente.desk import accounts
from detente.desk.addresses import network
from detente.desk.desk import Desk, clock
from detente.desk.keys import new_token, token_hash
from detente.desk.limits import Limit, hit, wait_words
from detente.desk.people import Person
from detente.desk.tables import Account, SignIn
from detente.errors import BadInput, NotAllowed

LASTS = timedelta(days=30)
PER_NETWORK = [Limit(10, timedelta(minutes=15)), Limit(60, timedelta(days=1))]
PER_NAME = [Limit(20, timedelta(minutes=15))]
SIGN_UPS = [Limit(3, timedelta(hours=1)), Limit(10, timedelta(days=1))]


def sign_in(
    desk: Desk, name: str, password: str, *, address: str | None, old: str | None = None, now: datetime | None = None
) -> str:
    """A new token for the right name and password; `old`, the browser's last one, ends.

    Raises NotAllowed, in the same words and after the same time whether the name or the password is wrong, or where it
    was tried too often from this network or for this name.
    """
    at = clock(now)
    _count(desk, [(f"sign-in:{network(address)}", PER_NETWORK), (f"name:{name.casefold()[:80]}", PER_NAME)], at)
    with desk.reading() as session:
        known = select(Account).where(Account.key == name.casefold())
        found = session.scalar(known) if accounts.NAME.fullmatch(name) else None
    held = found.password if found is not None else None
    if not accounts.password_fits(held, password) or found is None or held is None:
        raise NotAllowed("The name or the password is wrong.")
    token = new_token()
    with desk.writing() as session:
        session.execute(delete(SignIn).where(SignIn.expires <= at))
        if old is not None:
            session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(old)))
        accounts.renew_hash(session, found.id, held, password)
        session.add(SignIn(token_hash=token_hash(token), account_id=found.id, created=at, expires=at + LASTS))
    return token


def sign_up(desk: Desk, name: str, password: str, *, address: str | None, now: datetime | None = None) -> int:
    """Make an account for a visitor, as a commenter. Raises NotAllowed where the rules do not let them, or too often."""
    if not desk.rules().sign_up:
        raise NotAllowed("Accounts on this site are made by its administrator.")
    at = clock(now)
    _count(desk, [(f"sign-up:{network(address)}", SIGN_UPS)], at)
    try:
        return accounts.add(desk, name, password, by=Person(name=name), now=at)
    except BadInput as error:
        raise NotAllowed(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None


def person_of(
    desk: Desk, token: str | None, *, address: str | None = None, now: datetime | None = None
) -> Person | None:
    """Who is signed in with this token; None for none, or one that has ended."""
    if not token:
        return None
    query = (
        select(Account.id, Account.name, Account.role)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == token_hash(token), SignIn.expires > clock(now))
    )
    with desk.reading() as session:
        row = session.execute(query).one_or_none()
    return None if row is None else Person(account=row.id, name=row.name, role=row.role, address=address)


def sign_out(desk: Desk, token: str) -> None:
    """End this browser's session."""
    with desk.writing() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def sign_out_everywhere(desk: Desk, account: int) -> int:
    """End all sessions of an account; returns how many there were."""
    with desk.writing() as session:
        ended = session.execute(delete(SignIn).where(SignIn.account_id == account).returning(SignIn.id)).all()
    return len(ended)


def csrf(desk: Desk, token: str) -> str:
    """What forms of this browser carry, so that other sites cannot send them; differs from session to session."""
    return desk.hashed("csrf", token)


def csrf_fits(desk: Desk, token: str, given: str) -> bool:
    """Whether a form carries what it should; compared in constant time."""
    from hmac import compare_digest

    return compare_digest(csrf(desk, token).encode(), given.encode("utf-8", "replace"))


def _count(desk: Desk, uses: list[tuple[str, list[Limit]]], now: datetime) -> None:
    with desk.writing() as session:
        waits = [hit(desk, session, bucket, limits, now) for bucket, limits in uses]
    wait = max((w for w in waits if w is not None), default=None)
    if wait is not None:
        raise NotAllowed(f"That was tried too often; try again {wait_words(wait)}.")
