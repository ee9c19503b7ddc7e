"""What a brief holds, before it is written down in any form."""

from datetime import date

from msgspec import Struct, field

from detente.relations.arms import Deal
from detente.relations.forecasts import Forecast
from detente.relations.results import RelationSeries
from detente.relations.sittings import Sitting
from detente.types import Relation, Turn


class Source(Struct, kw_only=True, frozen=True):
    """One page that a brief rests on: the footnote of that number."""

    number: int
    document: str
    outlet: str | None
    title: str | None
    published: date | None
    url: str | None


class Line(Struct, kw_only=True, frozen=True):
    """One event: its day, who to whom, what, the sentence that says so, and the number of its source."""

    id: str
    day: date | None
    precision: str
    parties: str
    what: str
    cooperative: bool
    sentence: str
    source: int


class Turning(Struct, kw_only=True, frozen=True):
    """A turn, and the strongest sentences behind it."""

    turn: Turn
    lines: list[Line]


class Said(Struct, kw_only=True, frozen=True):
    """A statement, with what became of it where it was a forecast."""

    speaker: str
    role: str | None
    actor: str | None
    text: str
    certainty: str
    published: date | None
    fate: Forecast | None
    source: int


class Met(Struct, kw_only=True, frozen=True):
    """A meeting with the source of its last report."""

    sitting: Sitting
    source: int | None


class Sold(Struct, kw_only=True, frozen=True):
    """A deal with the source of its last report."""

    deal: Deal
    source: int | None


class Brief(Struct, kw_only=True):
    """Two actors between two days as known on a third (None: today's knowledge).

    counts: events found, of cooperation, of conflict, pages and outlets they come from. account: the events chosen, by
    year; `left_out` says how many more the record holds.
    """

    a: str
    b: str
    since: date
    until: date
    as_of: date | None
    dataset: str
    series: RelationSeries
    first: Relation | None = None
    last: Relation | None = None
    counts: dict[str, int] = field(default_factory=dict)
    turnings: list[Turning] = field(default_factory=list)
    account: dict[int, list[Line]] = field(default_factory=dict)
    left_out: int = 0
    meetings: list[Met] = field(default_factory=list)
    deals: list[Sold] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
