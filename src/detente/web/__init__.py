"""The site: an open record in, pages out that are read without a script and without any other host. See docs/site.md."""

from typing import Any

from detente.web.settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> Any:
    """`create_app` on first use: a brief needs no server."""
    if name == "create_app":
        from detente.web.app import create_app

        return create_app
    raise AttributeError(name)
