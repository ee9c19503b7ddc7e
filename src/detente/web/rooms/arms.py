"""The arms ledger: what was sold, offered, delivered, refused or embargoed, by whom to whom, with the reports of it."""

from collections import Counter
from datetime import date
from typing import Any, get_args

from detente.errors import BadInput
from detente.relations.arms import Deal
from detente.relations.shares import Imports, over_time
from detente.types import TransferStage
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv, as_png, as_svg
from detente.web.finding import deals
from detente.web.params import choice, day, number, words
from detente.web.svg.stacks import Column, Kind, stacks
from detente.web.templating import render
from detente.web.wording import actor_name, plural

SIZE = 25
YEARS_DRAWN, FEW_YEARS = 24, 10
WIDE, NARROW = 960, 380
DONE = ("agreed", "delivered")
KINDS = [
    Kind("delivered", "coop"),
    Kind("agreed", "coop-pale"),
    Kind("offered", "coop-faint"),
    Kind("expected", "none-pale"),
    Kind("lifted", "none"),
    Kind("refused", "conf-pale"),
    Kind("embargoed", "conf"),
]
SUPPLIERS = 6
COLUMNS = ["id", "day", "stage", "supplier", "recipient", "item", "item_class", "form", "number", "value", "currency", "sources"]  # fmt: skip


def arms(ask: Ask) -> Answer:
    """The page of the ledger."""
    supplier, recipient, either = sides(ask)
    every = kept(ask, supplier, recipient, either)
    shown = narrowed(ask, every)
    page = ask.params["page"] or 1
    drawn = columns(ask, narrowed(ask, every, years=False))
    charts = [
        stacks("Deals by year of their last report", KINDS, drawn[-count:], width=width)
        for count, width in ((YEARS_DRAWN, WIDE), (FEW_YEARS, NARROW))
    ]
    return render(
        ask,
        "arms.html",
        headline=headline(every, supplier, recipient, either),
        shown=shown[(page - 1) * SIZE : page * SIZE],
        count=len(shown),
        size=SIZE,
        charts=charts if drawn else [],
        drawn=drawn,
        kinds=KINDS,
        shares=shares(every, recipient or either),
        recipient=recipient or either,
        stages=get_args(TransferStage),
        classes=sorted({d.item_class for d in every if d.item_class}),
        empty=not ask.sight.has("transfers"),
    )


def sides(ask: Ask) -> tuple[str | None, str | None, str | None]:
    """Supplier, recipient, and an actor that may be either."""
    found = [actor_of(ask.sight, ask.params[n]) if ask.params[n] else None for n in ("supplier", "recipient", "actor")]
    return found[0], found[1], found[2]


def kept(ask: Ask, supplier: str | None, recipient: str | None, either: str | None) -> list[Deal]:
    """The deals of those asked for, the latest first."""
    where, values = ["TRUE"], dict[str, Any]()
    for name, value, condition in (
        ("supplier", supplier, "list_contains(supplier, $supplier)"),
        ("recipient", recipient, "list_contains(recipient, $recipient)"),
        ("either", either, "(list_contains(supplier, $either) OR list_contains(recipient, $either))"),
    ):
        if value:
            where.append(condition)
            values[name] = value
    found = deals(ask.sight, ask.today, " AND ".join(where), values)
    return sorted(found, key=lambda d: d.day or date.min, reverse=True)


def narrowed(ask: Ask, found: list[Deal], *, years: bool = True) -> list[Deal]:
    """Of these, those of the stage, the class and (with `years`) the days asked for."""
    stage, kind, since, until = (ask.params[name] for name in ("stage", "kind", "since", "until"))
    return [
        deal
        for deal in found
        if (stage is None or deal.stage == stage)
        and (not kind or deal.item_class == kind)
        and (not years or since is None or (deal.day is not None and deal.day >= since))
        and (not years or until is None or (deal.day is not None and deal.day <= until))
    ]


def columns(ask: Ask, found: list[Deal]) -> list[Column]:
    """Deals by the year of their last report and by stage."""
    dated = [deal for deal in found if deal.day is not None]
    if not dated:
        return []
    by: dict[int, Counter[str]] = {}
    for deal in dated:
        by.setdefault(deal.day.year, Counter())[deal.stage] += 1  # type: ignore[union-attr]
    last = max(by)
    return [
        Column(f"{year}", dict(by.get(year, {})), ask.here(since=f"{year}-01-01", until=f"{year}-12-31", page=None))
        for year in range(max(min(by), last - YEARS_DRAWN + 1), last + 1)
    ]


def shares(found: list[Deal], recipient: str | None) -> list[Imports]:
    """A recipient's suppliers by the number of deals of five years, agreed or delivered; the latest first."""
    if recipient is None:
        return []
    counted = [
        (deal.day.year, one, recipient, 1.0)
        for deal in found
        if deal.day and deal.stage in DONE and recipient in deal.recipient
        for one in deal.supplier
    ]
    return over_time(counted, recipient)[::-1] if len(counted) > 2 else []


def headline(found: list[Deal], supplier: str | None, recipient: str | None, either: str | None) -> str:
    """The finding: how many deals there are, and who sells or buys most of them."""
    done = [deal for deal in found if deal.stage in DONE]
    counts = Counter(deal.stage for deal in found)
    told = f"{plural(len(found), 'deal')}, {counts['delivered']:,} delivered"
    if supplier and recipient:
        return f"{actor_name(supplier)} to {actor_name(recipient)}: {told}"
    if recipient or either:
        name = recipient or either or ""
        best = _most(one for deal in done if name in deal.recipient for one in deal.supplier)
        return f"{actor_name(name)}: {told}" + (f"; most from {actor_name(best)}" if best else "")
    if supplier:
        best = _most(one for deal in done for one in deal.recipient)
        return f"{actor_name(supplier)} sells: {told}" + (f"; most to {actor_name(best)}" if best else "")
    best = _most(one for deal in done for one in deal.supplier)
    return f"Arms: {told}" + (f"; {actor_name(best)} sells most of them" if best else "")


def _most(names: Any) -> str | None:
    counts = Counter(names).most_common(1)
    return counts[0][0] if counts else None


def file(ask: Ask) -> Answer:
    """What the page shows, as a file: deals.csv, years.svg, years.png."""
    name = ask.places["file"]
    every = kept(ask, *sides(ask))
    if name == "deals.csv":
        return as_csv(COLUMNS, [{c: getattr(d, c) for c in COLUMNS} for d in narrowed(ask, every)], name)
    if name in {"years.svg", "years.png"}:
        made = columns(ask, narrowed(ask, every, years=False))
        drawn = stacks("Deals by year of their last report", KINDS, made, mode="file")
        return as_svg(drawn, name) if name.endswith("svg") else as_png(drawn, name)
    if name == "years.csv":
        rows = [{"year": c.label} | {k.name: c.counts.get(k.name, 0) for k in KINDS} for c in columns(ask, every)]
        return as_csv(["year", *(k.name for k in KINDS)], rows, name)
    raise BadInput(f"There is no file {name[:40]!r} here; there are deals.csv, years.svg, years.png and years.csv.")


PARAMS = {
    "supplier": words(60),
    "recipient": words(60),
    "actor": words(60),
    "stage": choice(*get_args(TransferStage)),
    "kind": words(40),
    "since": day,
    "until": day,
    "page": number(1, 10_000),
}
PAGES = [
    Page(path="/arms", make=arms, params=PARAMS, nav="Arms", order=50),
    Page(path="/arms/{file:str}", make=file, params=PARAMS),
]
