"""Statements about the future and later events in, the fate of each forecast out: open, due, suggested or resolved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any, Literal

from msgspec import Struct

from detente.types import Certainty

Row = dict[str, Any]
State = Literal["open", "due", "true", "false", "uncheckable"]
PROBABILITY: dict[Certainty, float] = {
    "certain": 0.95, "probable": 0.75, "possible": 0.45, "doubtful": 0.2, "denied": 0.05,
}  # fmt: skip
"""What a speaker's words stand for (docs/statements.md names the studies)."""
AHEAD = {"planned", "hypothetical"}
DONE = {"occurred", "ongoing"}
EVENT_COLUMNS = (
    "id",
    "document",
    "type",
    "status",
    "source_ids",
    "target_ids",
    "mutual",
    "start",
    "published",
    "sentence",
)
"""All that is looked at of an event."""
WITHIN = 730  # days in which a forecast without a horizon may still come true by a later event
SHARED = 3  # words that an event of the same dyad must share with a forecast that holds no coded act of its own
_FEW = {
    "the", "a", "an", "and", "or", "of", "to", "in", "on", "for", "with", "by", "at", "from", "as", "that", "it", "its", "is",
    "are", "was", "were", "be", "been", "will", "would", "could", "may", "might", "shall", "should", "can", "has", "have",
    "had", "not", "no", "this", "these", "those", "their", "his", "her", "he", "she", "they", "we", "any", "all", "more",
    "than", "after", "before", "between", "against", "over", "into", "up", "out", "new", "says", "said", "if", "but",
}  # fmt: skip


class Suggestion(Struct, kw_only=True, frozen=True):
    """A later event that would make a forecast true, for a person to judge."""

    event: str
    date: date
    sentence: str
    why: str


class Forecast(Struct, kw_only=True):
    """One forecast and what became of it. `probability` is what the speaker's words stand for.

    `state`: "uncheckable" cannot turn out either way and is never scored; "due" had its horizon go by unresolved;
    "true" and "false" are a person's word, with `reason`.
    """

    id: str
    speaker: str
    actor: str | None
    outlet: str | None
    text: str
    certainty: Certainty
    probability: float
    published: date | None
    horizon: date | None
    about: list[str]
    state: State
    suggestion: Suggestion | None = None
    reason: str | None = None
    sentence: str = ""
    document: str = ""
    url: str | None = None


class Acts:
    """Coded events, found by dyad and, ahead of their time, by the sentence that foretells them."""

    def __init__(self, events: Iterable[Row]) -> None:
        self.done: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.foretold: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for event in events:
            if event["status"] in DONE:
                for pair in dyads(event):
                    self.done[pair].append(event)
            elif event["status"] in AHEAD:
                self.foretold[(event["document"], event["sentence"])].append(event)

    def suggest(self, row: Row) -> Suggestion | None:
        """The first event after a forecast that it may have meant; None where none fits."""
        told = self.foretold.get((row["document"], row["sentence"]), [])
        acts = [event for event in told if set(dyads(event)) & set(pairs(row))] or told
        own = content(plain(row["text"]))
        for event in self._after(row, {pair for act in acts for pair in dyads(act)} or set(pairs(row))):
            if acts and any(event["type"] == act["type"] and set(dyads(event)) & set(dyads(act)) for act in acts):
                return suggestion(event, f"the same act ({event['type']}) between the same parties")
            shared = own & content(plain(event["sentence"])) if not acts else own
            if not acts and len(shared) >= SHARED:
                return suggestion(event, f"the same parties, and the words {', '.join(sorted(shared)[:5])}")
        return None

    def _after(self, row: Row, among: set[tuple[str, str]]) -> Iterator[Row]:
        """Events of these dyads from the day after the forecast to its horizon, in order, each once."""
        if row["published"] is None:
            return
        found = {e["id"]: e for pair in among for e in self.done.get(pair, []) if in_time(e, row)}
        yield from sorted(found.values(), key=lambda e: (day(e), e["id"]))


def forecasts(
    statements: Iterable[Row], events: Iterable[Row], resolutions: Iterable[Row] = (), *, today: date
) -> list[Forecast]:
    """The forecasts among statements (rows of `Record.statements`) with their fate as of a day, oldest first.

    events: rows of `Record.events`; resolutions: rows of `Record.resolutions`. What was published after `today` has no part.
    """
    acts = Acts(e for e in events if e["published"] is None or e["published"] <= today)
    said = {r["statement"]: r for r in resolutions}
    rows = [s for s in statements if s["forecast"] and (s["published"] is None or s["published"] <= today)]
    return [
        forecast(row, acts, said, today) for row in sorted(rows, key=lambda r: (r["published"] or date.min, r["id"]))
    ]


def forecast(row: Row, acts: Acts, said: Mapping[str, Row], today: date) -> Forecast:
    """One forecast with its fate."""
    word = said.get(row["id"])
    state: State = "open" if row["checkable"] else "uncheckable"
    if word:
        state = word["outcome"]
    elif state == "open" and row["horizon"] is not None and row["horizon"] < today:
        state = "due"
    return Forecast(
        id=row["id"], speaker=row["speaker"], actor=row["actor"], outlet=row["outlet"], text=row["text"],
        certainty=row["certainty"], probability=PROBABILITY[row["certainty"]], published=row["published"],
        horizon=row["horizon"], about=row["about"], state=state, reason=word["reason"] if word else None,
        suggestion=acts.suggest(row) if state in {"open", "due"} else None, sentence=row["sentence"],
        document=row["document"], url=row["url"],
    )  # fmt: skip


def suggestion(event: Row, why: str) -> Suggestion:
    """A suggestion with the event's evidence."""
    return Suggestion(event=event["id"], date=day(event), sentence=event["sentence"], why=why)


def day(event: Row) -> date:
    """The day an event counts on: its own, else its page's."""
    found: date = event["start"] or event["published"] or date.max
    return found


def in_time(event: Row, row: Row) -> bool:
    """Whether an event came after a forecast, not later than its horizon, and was reported on another page."""
    after = (day(event) - row["published"]).days
    last: date | None = row["horizon"]
    on_time = after <= WITHIN if last is None else day(event) <= last
    return after > 0 and on_time and bool(event["document"] != row["document"])


def dyads(event: Row) -> list[tuple[str, str]]:
    """The pairs of actors of an event, each in alphabetical order, by the state or organisation behind them."""
    source, target = (sorted({a.split(".")[0] for a in event[f"{side}_ids"]}) for side in ("source", "target"))
    if event["mutual"] and not target:
        return list(combinations(source, 2))
    return sorted({(min(a, b), max(a, b)) for a in source for b in target if a != b})


def pairs(row: Row) -> list[tuple[str, str]]:
    """The pairs of actors a statement is about; its speaker's own counts where it is about one other."""
    about = sorted({a.split(".")[0] for a in row["about"]})
    if len(about) == 1 and row["actor"] and row["actor"].split(".")[0] != about[0]:
        about = sorted([about[0], row["actor"].split(".")[0]])
    return list(combinations(about, 2))


@lru_cache(4096)
def content(text: str) -> frozenset[str]:
    """The words of a text that carry its content, shortened so that 'sell' meets 'selling' and 'sells'."""
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return frozenset(stem(word) for word in words if len(word) > 2 and word not in _FEW)


def plain(text: str) -> str:
    """A text without its names: two sentences about the same states share those in any case."""
    return " ".join(word for word in text.split() if not word[:1].isupper())


def stem(word: str) -> str:
    """A word without the commonest English endings."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
