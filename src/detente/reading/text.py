"""The annotated text: what the reading rooms found in one document, and what the coding rooms start from."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol, TypeVar

from msgspec import Struct, field

from detente.types import Document, Mention, Place, Precision, Span


class DateSpan(Struct, kw_only=True, frozen=True):
    """A date in running text, resolved to the calendar days `first`..`last` (both inclusive)."""

    start: int
    end: int
    text: str
    first: date
    last: date
    precision: Precision


class PlaceSpan(Struct, kw_only=True, frozen=True):
    """A place name in running text."""

    start: int
    end: int
    text: str
    place: Place


class Speech(Struct, kw_only=True, frozen=True):
    """Something said or thought: where the speaker, the cue ("said") and the content stand. `pattern`: which form found it."""

    content: Span
    speaker: Span | None = None
    cue: Span | None = None
    kind: Literal["quote", "reported"] = "quote"
    expresses: Literal["said", "belief"] = "said"
    pattern: str = "quote"


class AnnotatedText(Struct, kw_only=True):
    """A document with its layers; every list is in text order.

    `whole`: all layers have been looked for, not only sentences and actors; `heard`: speech has been.
    """

    document: Document
    sentences: list[Span] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    dates: list[DateSpan] = field(default_factory=list)
    places: list[PlaceSpan] = field(default_factory=list)
    speech: list[Speech] = field(default_factory=list)
    whole: bool = True
    heard: bool = True


class Stretch(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Stretch)


def within(layer: Sequence[T], span: Span) -> list[T]:
    """What of a layer (a list in text order) lies within a span; what it costs does not grow with the text."""
    low = bisect_left(layer, span[0], key=lambda one: one.start)
    high = bisect_left(layer, span[1], lo=low, key=lambda one: one.start)
    return [one for one in layer[low:high] if one.end <= span[1]]
