"""People on the site: comments on what pages show, accounts, moderation, embedding in other sites. See docs/comments.md.

All works with plain forms; a script only spares the reader a new page.
"""

from typing import TYPE_CHECKING

from detente.web.discuss import accounts, embedding, feeds, letters, moderating, threads, votes
from detente.web.discuss.visit import handler

if TYPE_CHECKING:
    from litestar.types import ControllerRouterHandler

    from detente.desk.desk import Desk
    from detente.web.serving import Server

__all__ = ["handlers"]


def handlers(server: "Server", desk: "Desk") -> "list[ControllerRouterHandler]":
    """All addresses of people, on one desk."""
    rooms = (threads, votes, letters, feeds, accounts, moderating, embedding)
    return [handler(server, desk, action) for room in rooms for action in room.ACTIONS]
