"""The files under static/ in, named by their content out: a browser may keep them for ever, and a change has a new name."""

import gzip
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from msgspec import Struct

MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml",
         "png": "image/png", "json": "application/json", "txt": "text/plain"}  # fmt: skip


class Asset(Struct, frozen=True):
    """One file as it is sent."""

    name: str
    media: str
    body: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """All files by their public name (site.3f2a1b9c.css)."""
    found = {}
    for file in sorted(files("detente.web").joinpath("static").iterdir(), key=lambda f: f.name):
        stem, _, ending = file.name.rpartition(".")
        if ending in MEDIA:
            body = file.read_bytes()
            name = f"{stem}.{blake2b(body, digest_size=5).hexdigest()}.{ending}"
            found[name] = Asset(name, MEDIA[ending], body, gzip.compress(body, 9, mtime=0))
    return found


@cache
def asset(name: str) -> str:
    """The address of a file under static/. Raises KeyError."""
    stem, _, ending = name.rpartition(".")
    for public in assets():
        if public.startswith(f"{stem}.") and public.endswith(f".{ending}") and len(public) == len(name) + 11:
            return f"/static/{public}"
    raise KeyError(name)
