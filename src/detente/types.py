"""The shapes that data has everywhere in Détente: plain structs in, plain structs out, no behaviour.

Offsets are characters into `Document.text`, end exclusive. Dates are calendar days. Actor ids: see docs/actors.md.
"""

from datetime import date
from typing import Literal

from msgspec import Struct, field

Precision = Literal["day", "month", "year", "decade", "unknown"]
Status = Literal["occurred", "ongoing", "planned", "hypothetical", "denied", "alleged"]
MentionKind = Literal["state", "organisation", "group", "agency", "office", "person", "collective", "generic"]
StatementKind = Literal["quote", "reported", "belief"]
Certainty = Literal["certain", "probable", "possible", "doubtful", "denied"]
MeetingFormat = Literal["visit", "summit", "talks", "dialogue", "conference", "call", "other"]
MeetingStatus = Literal["scheduled", "held", "postponed", "cancelled"]
TransferStage = Literal["expected", "offered", "agreed", "delivered", "refused", "embargoed", "lifted"]
TransferForm = Literal["complete", "licence", "spares", "tender"]
Stance = Literal["welcomes", "rejects"]
SkipReason = Literal[
    "empty", "too-large", "binary", "truncated", "undecodable", "malformed", "no-text", "not-found", "forbidden",
    "unreachable", "unsupported", "failed",
]  # fmt: skip
Span = tuple[int, int]


class Document(Struct, kw_only=True):
    """One page or dispatch, cleaned. `language` is ISO 639-1 ("en") or "und"; only English is coded."""

    id: str
    url: str | None = None
    title: str | None = None
    published: date | None = None
    language: str = "en"
    text: str
    source: str | None = None  # the outlet: a name or a host
    author: str | None = None


class Raw(Struct, kw_only=True):
    """One item as an archive, feed or file holds it, before cleaning."""

    id: str | None = None  # given by whoever made the archive; None: made from url or content
    origin: str  # where it stands, for messages: "news.jsonl:17", "pages.warc.gz@1234"
    url: str | None = None
    kind: Literal["text", "html"] = "text"
    body: str | bytes
    title: str | None = None
    published: date | None = None
    source: str | None = None
    author: str | None = None
    language: str | None = None
    encoding: str | None = None  # as the server or the archive declares it


class Skip(Struct, kw_only=True):
    """An item that was not taken, and why; one clear line in `detail`."""

    origin: str
    reason: SkipReason
    detail: str
    url: str | None = None


class Mention(Struct, kw_only=True, frozen=True):
    """Words of the text that name an actor."""

    start: int
    end: int
    text: str
    id: str  # actor id; "" for an office or a generic noun whose state is not known here
    kind: MentionKind
    sector: str = "GOV"
    name: str = ""  # catalogue name: "Vladimir Putin", "Russia", "Taliban"
    role: str | None = None  # "president", "foreign minister", "capital", "seat", "demonym" ...
    former: bool = False
    why: str = ""  # which rule or catalogue row decided


class Actor(Struct, kw_only=True, frozen=True):
    """A party to an event."""

    id: str
    sector: str = "GOV"
    name: str = ""
    mention: Span | None = None


class Place(Struct, kw_only=True, frozen=True):
    """Where: decimal degrees, WGS 84; country is an actor id."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


class Evidence(Struct, kw_only=True, frozen=True):
    """The sentence, and the words in it that decided."""

    start: int
    end: int
    trigger: Span | None = None


class Event(Struct, kw_only=True):
    """Who did what to whom. `intensity` -10 (conflict) .. 10 (cooperation), see ontology; `confidence` 0..1."""

    type: str
    mode: str | None = None
    contexts: list[str] = field(default_factory=list)
    source: list[Actor]
    target: list[Actor] = field(default_factory=list)
    mutual: bool = False
    status: Status = "occurred"
    start: date | None = None
    end: date | None = None
    precision: Precision = "unknown"
    place: Place | None = None
    intensity: float = 0.0
    confidence: float = 0.0
    attributed_to: str | None = None
    evidence: Evidence


class Speaker(Struct, kw_only=True, frozen=True):
    """Who said it: `actor` is the state or organisation spoken for."""

    name: str
    actor: str | None = None
    role: str | None = None
    former: bool = False


class Statement(Struct, kw_only=True):
    """Something said, reported or believed.

    `parts` are the places of its words in the document, more than one where a quote is split ("…," she said, "…");
    `text` is those words, joined by a space. `certainty` is how sure the speaker is, `confidence` (0..1) how sure the
    coder is that this was said so. `dyad` is the pair of actors it is about, where it is about one. `stance`: whether
    the speaker welcomes or rejects what it is about. Of a forecast, `checkable` says whether it can turn out true or
    false, and `horizon` by which day.
    """

    speaker: Speaker
    text: str
    parts: list[Span] = field(default_factory=list)
    kind: StatementKind
    certainty: Certainty = "certain"
    forecast: bool = False
    checkable: bool = False
    horizon: date | None = None
    about: list[str] = field(default_factory=list)
    dyad: tuple[str, str] | None = None
    stance: Stance | None = None
    confidence: float = 0.0
    evidence: Evidence


class Meeting(Struct, kw_only=True):
    """A meeting announced or reported. `moved` is the day from which a postponed one was moved, where the text says it."""

    participants: list[str]
    format: MeetingFormat
    series: str | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision = "unknown"
    place: Place | None = None
    topic: str | None = None
    status: MeetingStatus
    moved: date | None = None
    confidence: float = 0.0
    evidence: Evidence


class Transfer(Struct, kw_only=True):
    """Arms or military equipment, in one stage of their way.

    `item_class` is one of the classes of docs/transfers.md. `form`: complete systems, production under licence, spares
    and maintenance, or a tender that the supplier lost (its stage is "refused"). `value` is in units of `currency`
    (ISO 4217); `number` counts pieces.
    """

    supplier: list[str]
    recipient: list[str]
    item: str
    item_class: str = "other"
    form: TransferForm = "complete"
    number: int | None = None
    value: float | None = None
    currency: str | None = None
    stage: TransferStage
    start: date | None = None
    precision: Precision = "unknown"
    confidence: float = 0.0
    evidence: Evidence


class Reading(Struct, kw_only=True):
    """All that one document yields: the contract of `detente read --json`."""

    document: Document
    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)


class Relation(Struct, kw_only=True):
    """One period of a dyad's level, with its interval and effective number of events."""

    a: str
    b: str
    period: date
    level: float | None
    low: float | None
    high: float | None
    effective_n: float


class Turn(Struct, kw_only=True):
    """A turning point of a dyad."""

    a: str
    b: str
    month: date
    direction: Literal["warm", "cool"]
    score: float
    alarm_date: date
    confirmed: bool
    events: list[str] = field(default_factory=list)
