"""Who is at the desk: an account, or a visitor known by a cookie; and what their role lets them do."""

from msgspec import Struct

from detente.desk.addresses import network
from detente.desk.desk import Desk
from detente.desk.tables import ROLES
from detente.errors import NotAllowed


class Person(Struct, frozen=True, kw_only=True):
    """Who asks. `visitor` is the token of an anonymous writer's cookie, `address` where the request came from."""

    account: int | None = None
    name: str = ""
    role: str = "reader"
    visitor: str | None = None
    address: str | None = None

    def may(self, role: str) -> bool:
        """Whether their role is this one or a higher one; roles are for those who signed in."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def known(self) -> bool:
        """Whether two calls of theirs can be told to be one person's."""
        return self.account is not None or bool(self.visitor)

    def mark(self, desk: Desk) -> str | None:
        """The same keyed hash for the same person everywhere on the desk; kept with votes and subscriptions."""
        if self.account is not None:
            return desk.keys().hashed("account", self.account)
        return desk.keys().hashed("visitor", self.visitor) if self.visitor else None

    def prefix(self, desk: Desk) -> str:
        """A keyed hash of their network."""
        return desk.keys().hashed("prefix", network(self.address))


COMMAND_LINE = Person(name="command line", role="admin")
"""Whoever can open the desk's file may do everything at it."""


def require(person: Person, role: str) -> None:
    """Raise NotAllowed unless the person's role reaches this one."""
    if not person.may(role):
        what = {"commenter": "signed in", "editor": "a moderator", "admin": "an administrator"}.get(role, role)
        raise NotAllowed(f"Only somebody who is {what} may do that.")
