"""The annotated text: what the reading rooms found in one document, and what the coding rooms start from."""

from datetime import date
from typing import Literal

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
