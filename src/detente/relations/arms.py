"""Reports of arms transfers in, the ledger out: reports of the same deal are one line, with its stages over time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field

from detente.relations.forecasts import content

Row = dict[str, Any]
SAME_DEAL = timedelta(730)  # between two reports of one deal; a later one is a new order
MANY = 60
RANK = {"expected": 0, "offered": 1, "agreed": 2, "delivered": 3}
GENERAL = {"arms", "weapon", "weaponry", "equipment", "military", "hardware", "aid", "assistance", "system", "defence",
           "defense", "supply", "package", "million", "billion", "sale"}  # fmt: skip
"""Words of an item that do not tell one deal from another (as `content` shortens them)."""


class Entry(Struct, kw_only=True, frozen=True):
    """What one page said of a deal."""

    stage: str
    day: date | None
    sentence: str
    report: str
    document: str
    outlet: str | None
    url: str | None


class Deal(Struct, kw_only=True):
    """One line of the ledger: `stage` and `day` are those of the last entry; `entries` by day."""

    id: str
    supplier: list[str]
    recipient: list[str]
    item: str
    item_class: str
    form: str
    number: int | None
    value: float | None
    currency: str | None
    stage: str
    day: date | None
    sources: int = 0
    entries: list[Entry] = field(default_factory=list)


def ledger(reports: Iterable[Row], *, today: date | None = None) -> list[Deal]:
    """The deals behind reports (rows of `Record.transfers`, copies left out), by the day of their first entry.

    Two reports are of one deal where suppliers and recipients overlap, the form is the same, and the item has a word
    in common or is of the same class within two years. An embargo is not a deal's stage but a line of its own, lifted
    by a later report. Reports published after `today` are left out. Cost is linear in the number of reports.
    """
    found: list[Deal] = []
    index: dict[tuple[str, str], list[Deal]] = defaultdict(list)
    rows = [r for r in reports if today is None or r["published"] is None or r["published"] <= today]
    for row in sorted(rows, key=lambda r: (when(r) or date.max, r["published"] or date.max, r["document"], r["id"])):
        keys = [(s, r) for s in row["supplier"] or [""] for r in row["recipient"] or [""]]
        near = {id(d): d for key in keys for d in reversed(index[key][-MANY:])}
        deal = max((d for d in near.values() if same(d, row)), key=lambda d: likeness(d, row), default=None)
        if deal is None:
            deal = begin(row)
            found.append(deal)
        take(deal, row)
        for key in keys:
            if not index[key] or index[key][-1] is not deal:
                index[key].append(deal)
    return found


def when(row: Row) -> date | None:
    """The day a report counts on: the transfer's own, else the page's."""
    day: date | None = row["start"] or row["published"]
    return day


def begin(row: Row) -> Deal:
    """A deal that nothing was known of before."""
    own = {name: row[name] for name in ("id", "item", "item_class", "form", "number", "value", "currency", "stage")}
    return Deal(supplier=[], recipient=[], day=when(row), **own)


def same(deal: Deal, row: Row) -> bool:
    """Whether a report is of this deal."""
    if row["form"] != deal.form or (row["stage"] in {"embargoed", "lifted"}) != (deal.stage in {"embargoed", "lifted"}):
        return False
    day = when(row)
    if row["stage"] in {"embargoed", "lifted"}:
        return not (deal.stage == "lifted" and row["stage"] == "embargoed")
    if day is not None and deal.day is not None and day - deal.day > SAME_DEAL:
        return False
    if RANK.get(row["stage"], 9) < RANK.get(deal.stage, 9) and deal.stage == "delivered":
        return False
    mine, theirs = content(row["item"]) - GENERAL, content(deal.item) - GENERAL
    if mine and theirs:
        return bool(mine & theirs)
    return row["item_class"] == deal.item_class or not mine


def likeness(deal: Deal, row: Row) -> tuple[int, int, str]:
    """How much a report is like a deal, to choose among several."""
    shared = len(content(row["item"]) & content(deal.item))
    return shared, int(row["number"] is not None and row["number"] == deal.number), str(deal.day)


def take(deal: Deal, row: Row) -> None:
    """Add a report to a deal."""
    told = {name: row[name] for name in ("sentence", "document", "outlet", "url")}
    deal.entries.append(Entry(stage=row["stage"], day=when(row), report=row["id"], **told))
    deal.sources = len({entry.outlet or entry.document for entry in deal.entries})
    deal.supplier = sorted({*deal.supplier, *row["supplier"]})
    deal.recipient = sorted({*deal.recipient, *row["recipient"]})
    deal.stage, deal.day = row["stage"], when(row) or deal.day
    deal.number = deal.number if row["number"] is None else row["number"]
    if row["value"] is not None:
        deal.value, deal.currency = row["value"], row["currency"]
    if len(content(row["item"]) - GENERAL) > len(content(deal.item) - GENERAL):
        deal.item, deal.item_class = row["item"], row["item_class"]
