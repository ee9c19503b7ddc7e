"""What lists of the programmers' interface give: one row of each kind."""

from datetime import date

from msgspec import Struct


class EventRow(Struct, kw_only=True):
    """One event. `day` is its own day or that of its page; `known` when it could be known."""

    id: str
    origin: str
    document: str | None
    day: date | None
    start: date | None
    end: date | None
    precision: str
    type: str
    mode: str | None
    contexts: list[str]
    source: list[str]
    target: list[str]
    mutual: bool
    status: str
    intensity: float | None
    confidence: float | None
    attributed_to: str | None
    place: str | None
    sentence: str | None
    trigger: str | None
    published: date | None
    known: date | None
    title: str | None
    url: str | None
    outlet: str | None


class StatementRow(Struct, kw_only=True):
    """Something said, reported or believed."""

    id: str
    document: str
    day: date | None
    speaker: str
    actor: str | None
    role: str | None
    former: bool
    text: str
    kind: str
    certainty: str
    forecast: bool
    checkable: bool
    horizon: date | None
    about: list[str]
    stance: str | None
    confidence: float
    sentence: str
    known: date | None
    title: str | None
    url: str | None
    outlet: str | None


class MeetingRow(Struct, kw_only=True):
    """One page's report of a meeting; `calendar` joins reports of the same meeting."""

    id: str
    document: str
    day: date | None
    participants: list[str]
    format: str
    series: str | None
    start: date | None
    end: date | None
    precision: str
    place_name: str | None
    place_country: str | None
    topic: str | None
    status: str
    confidence: float
    sentence: str
    known: date | None
    title: str | None
    url: str | None
    outlet: str | None


class TransferRow(Struct, kw_only=True):
    """One page's report of an arms transfer; `arms` joins reports of the same deal."""

    id: str
    document: str
    day: date | None
    supplier: list[str]
    recipient: list[str]
    item: str
    item_class: str
    form: str
    number: int | None
    value: float | None
    currency: str | None
    stage: str
    precision: str
    confidence: float
    sentence: str
    known: date | None
    title: str | None
    url: str | None
    outlet: str | None


class DocumentRow(Struct, kw_only=True):
    """What is known of a page, without its text."""

    id: str
    day: date | None
    known: date | None
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    language: str | None
    coder: str | None


class ActorRow(Struct, kw_only=True):
    """An actor that the measures know. acts: the weight of all it did or suffered."""

    id: str
    name: str
    kind: str | None
    acts: float
