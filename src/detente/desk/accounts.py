"""Names, passwords and roles in; accounts kept with an argon2id hash out."""

import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from detente.desk.auditing import note
from detente.desk.desk import Desk, clock
from detente.desk.keys import new_token
from detente.desk.people import COMMAND_LINE, Person
from detente.desk.tables import ROLES, Account, SignIn
from detente.errors import BadInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 1024
NAME = re.compile(r"[^\W_](?:[\w.-]{0,38}[^\W_])?")
EMAIL = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
SOLE = "owner"


class Listed(Struct, frozen=True):
    """An account as lists show it."""

    id: int
    name: str
    role: str
    email: str | None
    created: datetime
    signed_in: int


def add(
    desk: Desk,
    name: str,
    password: str | None,
    *,
    role: str = "commenter",
    email: str | None = None,
    by: Person = COMMAND_LINE,
    now: datetime | None = None,
) -> int:
    """Make an account and return its id. Raises BadInput for a name that is taken or odd, or a password too short."""
    at = clock(now)
    row = Account(
        key=key(name), name=name, email=_email(email), role=_role(role), password=hash_password(password), created=at
    )
    with desk.writing() as session:
        desk.alone(session, "accounts")
        if session.scalar(select(Account.id).where(Account.key == row.key)) is not None:
            raise BadInput(f"the name {name!r} is taken")
        session.add(row)
        session.flush()
        note(session, by, "account added", f"account:{row.id}", f"{name}, {role}", at)
    return row.id


def everyone(desk: Desk, now: datetime | None = None) -> list[Listed]:
    """All accounts, by name, with the number of browsers signed in."""
    alive = (
        select(func.count(SignIn.id))
        .where(SignIn.account_id == Account.id, SignIn.expires > clock(now))
        .scalar_subquery()
    )
    with desk.reading() as session:
        rows = session.execute(select(Account, alive).order_by(Account.key)).all()
    return [Listed(a.id, a.name, a.role, a.email, a.created, signed_in) for a, signed_in in rows]


def set_role(desk: Desk, name: str, role: str, *, by: Person = COMMAND_LINE, now: datetime | None = None) -> None:
    """Give another role. Raises BadInput for an unknown name or role, and for the last administrator."""
    with desk.writing() as session:
        account = _of(desk, session, name)
        if _role(role) != "admin":
            _keep_an_admin(session, account)
        note(session, by, "role changed", f"account:{account.id}", f"{account.role} → {role}", clock(now))
        account.role = role


def set_password(
    desk: Desk, name: str, password: str, *, by: Person = COMMAND_LINE, now: datetime | None = None
) -> None:
    """Give another password; whoever was signed in with the old one is signed out."""
    hashed = hash_password(password)
    with desk.writing() as session:
        account = _of(desk, session, name)
        account.password = hashed
        session.execute(delete(SignIn).where(SignIn.account_id == account.id))
        note(session, by, "password changed", f"account:{account.id}", None, clock(now))


def remove(
    desk: Desk, name: str, *, erase: bool = False, by: Person = COMMAND_LINE, now: datetime | None = None
) -> int:
    """Remove an account; its comments stay under its name, or are erased, too. Returns how many were erased."""
    from detente.desk.privacy import erase_mine

    with desk.writing() as session:
        account = _of(desk, session, name)
        _keep_an_admin(session, account)
    erased = erase_mine(desk, Person(account=account.id), now=now) if erase else 0
    with desk.writing() as session:
        account = _of(desk, session, name)
        _keep_an_admin(session, account)
        note(session, by, "account removed", f"account:{account.id}", account.name, clock(now))
        session.delete(account)
    return erased


def sole_user(desk: Desk, now: datetime | None = None) -> Person | None:
    """The owner of a desk where nobody has a password: who may do everything without signing in, on the same machine.

    None as soon as there is an account with a password. The web layer must ask only for requests over loopback.
    """
    with desk.reading() as session:
        if session.scalar(select(Account.id).where(Account.password.is_not(None)).limit(1)) is not None:
            return None
        found = session.scalar(select(Account).where(Account.key == SOLE))
    number = found.id if found is not None else _add_sole(desk, now)
    return Person(account=number, name=SOLE, role="admin")


def _add_sole(desk: Desk, now: datetime | None) -> int:
    try:
        return add(desk, SOLE, None, role="admin", now=now)
    except BadInput:  # another request made it a moment ago
        with desk.reading() as session:
            return session.scalars(select(Account.id).where(Account.key == SOLE)).one()


def key(name: str) -> str:
    """What a name is found by. Raises BadInput for a name with blanks or signs other than . _ -."""
    if not NAME.fullmatch(name):
        raise BadInput(f"{name!r} is no name for an account: 1 to 40 letters, digits, and . _ - between them")
    return name.casefold()


def hash_password(password: str | None) -> str | None:
    """The argon2id hash of a password; None for none. Raises BadInput for one that is too short or long."""
    if password is None:
        return None
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"a password has {SHORTEST} to {LONGEST:,} characters; this one has {len(password):,}")
    return hasher().hash(_bytes(password))


def _bytes(password: str) -> bytes:
    """The same for every way in which a keyboard may compose its letters."""
    return normalize("NFC", password).encode("utf-8", "surrogatepass")


def password_fits(held: str | None, password: str) -> bool:
    """Whether a password is the one whose hash is held; takes as long where there is none."""
    from argon2.exceptions import InvalidHashError, VerificationError

    stand_in = _stand_in()
    try:
        return hasher().verify(held or stand_in, _bytes(password[: LONGEST + 1])) and held is not None
    except (VerificationError, InvalidHashError):
        return False


def renew_hash(session: Session, account: int, held: str, password: str) -> None:
    """Hash a password anew where its hash was made with weaker settings than today's."""
    if hasher().check_needs_rehash(held):
        session.execute(update(Account).where(Account.id == account).values(password=hasher().hash(_bytes(password))))


@cache
def hasher() -> "PasswordHasher":
    """argon2id with the library's settings (RFC 9106, low memory)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _stand_in() -> str:
    return hasher().hash(new_token())


def _of(desk: Desk, session: Session, name: str) -> Account:
    desk.alone(session, "accounts")
    found = session.scalar(select(Account).where(Account.key == name.casefold()))
    if found is None:
        raise BadInput(f"there is no account {name!r}; `detente user list` shows them")
    return found


def _keep_an_admin(session: Session, account: Account) -> None:
    others = select(Account.id).where(Account.role == "admin", Account.id != account.id).limit(1)
    if account.role == "admin" and session.scalar(others) is None:
        raise BadInput(f"{account.name} is the only administrator; make another one first")


def _role(role: str) -> str:
    if role not in ROLES:
        raise BadInput(f"{role!r} is no role; the roles are {', '.join(ROLES)}")
    return role


def _email(email: str | None) -> str | None:
    if email is not None and not EMAIL.fullmatch(email):
        raise BadInput(f"{email!r} is no e-mail address")
    return email
