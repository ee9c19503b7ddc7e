"""The site: an open record in, pages out that are read without a script and without any other host. See docs/site.md."""

from detente.web.app import create_app
from detente.web.settings import Settings

__all__ = ["Settings", "create_app"]
