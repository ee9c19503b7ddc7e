"""`detente arms`: the ledger of arms transfers from the news, beside SIPRI's registers where they were imported."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import options, output
from detente.cli.context import get_settings, open_record
from detente.cli.names import actor_id
from detente.errors import BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from detente.record import Record
    from detente.relations import Deal, Imports

STYLE = {"refused": "dark_orange3", "embargoed": "dark_orange3", "delivered": "dark_cyan", "agreed": "dark_cyan"}
BLOCKS = "█▓▒░"
WIDTH = 40


def arms(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="An actor: RUS, or a name such as Russia.")],
    b: Annotated[
        str | None, typer.Argument(metavar="[B]", help="A second one: only what passed between the two.")
    ] = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    shares: Annotated[
        bool, typer.Option("--shares", help="A's suppliers over time, and how concentrated they are.")
    ] = False,
    steps: Annotated[bool, typer.Option("--steps", help="Show every report of each deal, with its sentence.")] = False,
    form: options.Form = None,
    as_json: options.Json = False,
    out: options.Out = None,
) -> None:
    """Show the arms ledger of a pair or of one actor: each deal from offer to delivery, refusal or embargo.

    What was imported from SIPRI's files (`detente import FILE --format sipri-register` or `sipri-tiv`) stands beside it.

    \b
    Examples:
      detente arms RUS PAK
      detente arms India --shares
      detente arms RUS PAK --as-of 2012-09-20 --steps
    """
    from detente import relations

    shape = output.choose_format("json" if as_json else form, out)
    first, second = actor_id(a), actor_id(b) if b else None
    if first == second:
        raise BadInput(f"arms needs two different actors, not {first} twice")
    dyad = (first, second) if second else None
    day = options.day(as_of)
    today = day or date.today()  # noqa: DTZ011
    quiet = get_settings(context).quiet
    with open_record(context) as record:
        rows = record.transfers(actor=first, dyad=dyad, as_of=day).to_pylist()
        register = list(_register(record, first, second, today))
    deals = [d for d in relations.ledger(rows, today=today) if _within(d, options.day(since), options.day(until))]
    if shares:
        _shares(first, deals, register, shape, out)
        return
    if shape != "table":
        output.show(deals, shape, out, lambda *_: None)
        return
    output.show(deals, shape, out, lambda console, of: _list(console, of, steps))
    _beside(dyad, register, quiet)
    output.note(f"{len(deals):,} deals in the news", quiet=quiet)


def _within(deal: "Deal", since: date | None, until: date | None) -> bool:
    days = [entry.day for entry in deal.entries if entry.day]
    return (since is None or any(d >= since for d in days)) and (until is None or any(d <= until for d in days))


def _register(record: "Record", a: str, b: str | None, today: date) -> Iterable[tuple[str, int, str, str, float, str]]:
    """(dataset, year, supplier, recipient, trend-indicator value, what) of the imported files, past years only."""
    import msgspec

    for dataset in ("sipri-tiv", "sipri-register"):
        for row in record.imported(dataset, a, b).to_pylist():
            held = msgspec.json.decode(row["payload"])
            value = float(str(held.get("value", held.get("TIV delivery values"))).replace(",", ""))
            what = f"{held.get('Numbers delivered', '')} {held.get('Designation', '')}".strip()
            parties = (row["source"] or row["source_raw"], row["target"] or row["target_raw"])
            if row["date"].year < today.year:
                yield (dataset, row["date"].year, *parties, value, what)


def _list(console: "Console", found: "list[Deal]", steps: bool) -> None:
    from rich.padding import Padding
    from rich.text import Text

    for deal in found:
        line = Text(f"{deal.day or '–'!s:<12}")
        line.append(f"{' + '.join(deal.supplier) or '?'} → {' + '.join(deal.recipient) or '?'}", "bold")
        line.append(f"  {deal.item}  ").append(deal.stage, STYLE.get(deal.stage, "cyan"))
        value = f"{deal.value:,.0f} {deal.currency}" if deal.value else ""
        extras = [
            deal.item_class,
            "" if deal.form == "complete" else deal.form,
            f"× {deal.number}" if deal.number else "",
            value,
        ]
        console.print(line.append("  " + " · ".join(x for x in extras if x), "dim"), soft_wrap=True)
        told = deal.entries if steps else deal.entries[-1:]
        for entry in told:
            head = f"{entry.day or '–'}  {entry.stage}  " if steps or len(deal.entries) > 1 else ""
            console.print(Padding(Text(head, "cyan").append(entry.sentence, "dim"), (0, 0, 0, 12)))


def _beside(dyad: tuple[str, str] | None, register: list[Any], quiet: bool) -> None:
    if dyad is None or not register:
        output.note("No SIPRI file was imported; `detente import FILE --format sipri-tiv` shows it beside the news.",
                    quiet=quiet or bool(register))  # fmt: skip
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text("\nSIPRI, millions of trend-indicator values a year", style="bold"))
    for supplier, recipient in (dyad, dyad[::-1]):
        years: dict[int, float] = {}
        dataset = "sipri-tiv" if any(r[0] == "sipri-tiv" for r in register) else "sipri-register"
        for name, year, source, target, value, _ in register:
            if (name, source, target) == (dataset, supplier, recipient):
                years[year] = years.get(year, 0) + value
        if years:
            top = max(years.values()) or 1
            console.print(Text(f"{supplier} → {recipient}", style="bold"))
            for year in sorted(years):
                console.print(f"  {year}  {'█' * round(years[year] / top * WIDTH):<{WIDTH}} {years[year]:8,.0f}")


def _shares(recipient: str, deals: "list[Deal]", register: list[Any], shape: output.Format, out: Any) -> None:
    from detente import relations

    dataset = "sipri-tiv" if any(r[0] == "sipri-tiv" for r in register) else "sipri-register"
    volumes = [(year, s, r, v) for name, year, s, r, v, _ in register if name == dataset]
    counted = [
        (d.day.year, s, r, 1.0)
        for d in deals
        if d.day and d.stage in {"agreed", "delivered"}
        for s in d.supplier
        for r in d.recipient
    ]
    found = relations.over_time(volumes or counted, recipient)
    unit = f"{dataset}, trend-indicator values" if volumes else "deals agreed or delivered, counted from the news"
    output.show(found, shape, out, lambda console, of: _draw(console, of, unit))


def _draw(console: "Console", found: "list[Imports]", unit: str) -> None:
    from rich.text import Text

    if not found:
        console.print("No deliveries to it are known.")
        return
    last = found[-1]
    names = [name for name, _ in sorted(_best(found).items(), key=lambda i: -i[1])][: len(BLOCKS)]
    console.print(Text(f"{last.recipient}: suppliers' shares of five years' imports ({unit})", style="bold"))
    legend = "   ".join(f"{block} {name}" for block, name in zip(BLOCKS, names, strict=False))
    console.print(Text(f"{'':11}{legend}   (blank: all others)", style="dim"))
    for imports in found:
        bar = "".join(
            block * round(imports.shares.get(name, 0) * WIDTH) for block, name in zip(BLOCKS, names, strict=False)
        )
        first = next(iter(imports.shares.items()), ("–", 0.0))
        hhi = "–" if imports.hhi is None else f"{imports.hhi:.2f}"
        console.print(
            f"{imports.first}–{imports.last % 100:02}    {bar[:WIDTH]:<{WIDTH}}  {first[0]} {first[1]:.0%}  HHI {hhi}",
            soft_wrap=True,
        )


def _best(found: "list[Imports]") -> dict[str, float]:
    best: dict[str, float] = {}
    for imports in found:
        for name, share in imports.shares.items():
            best[name] = max(best.get(name, 0), share)
    return best
