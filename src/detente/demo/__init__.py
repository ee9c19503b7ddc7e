"""The sample that ships with the package: short dispatches of our own about documented events, 2009-2016."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from msgspec import Struct

from detente.types import Raw


class Dispatch(Struct):
    """One line of the sample; `basis` says which documented event it tells, `copy_of` marks a syndicated copy."""

    id: str
    published: date
    title: str
    source: str
    text: str
    basis: str
    copy_of: str | None = None


def load() -> list[Dispatch]:
    """All dispatches, by date."""
    import msgspec

    decoder = msgspec.json.Decoder(Dispatch)
    lines = files("detente.demo").joinpath("data/dispatches.jsonl").read_bytes().splitlines()
    return [decoder.decode(line) for line in lines if line.strip()]


def raws() -> Iterator[Raw]:
    """The dispatches as raw items, ready for intake."""
    for dispatch in load():
        yield Raw(id=dispatch.id, origin=f"demo:{dispatch.id}", body=dispatch.text, title=dispatch.title,
                  published=dispatch.published, source=dispatch.source)  # fmt: skip
