"""People: accounts, comments, moderation. Open a `Desk`; what is done at it is in the modules, which take it first."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.desk.desk import Desk as Desk

__all__ = ["Desk"]


def __getattr__(name: str) -> Any:
    if name != "Desk":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from detente.desk.desk import Desk

    return Desk
