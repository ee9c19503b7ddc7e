"""`detente calendar`: meetings announced and held, one line a meeting, with what became of it; iCalendar out."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from detente.cli import options, output
from detente.cli.context import get_settings, open_record

if TYPE_CHECKING:
    from rich.console import Console

    from detente.relations.sittings import Sitting

STYLE = {"held": "", "scheduled": "cyan", "postponed": "yellow", "cancelled": "dark_orange3", "lapsed": "dim"}


def calendar(
    context: typer.Context,
    actor: options.Who = None,
    dyad: options.Dyad = None,
    since: options.Since = None,
    until: options.Until = None,
    status: Annotated[str | None, typer.Option(help="scheduled, held, postponed, cancelled or lapsed.")] = None,
    as_of: options.AsOf = None,
    steps: Annotated[
        bool, typer.Option("--steps", help="Show every report of each meeting, with its sentence.")
    ] = False,
    form: Annotated[str | None, typer.Option("--format", help="table, json, jsonl, csv, parquet or ics.")] = None,
    as_json: options.Json = False,
    out: options.Out = None,
) -> None:
    """Show the calendar of meetings and what became of them; reports of the same meeting are one line.

    A meeting whose date went by without a report that it was held has lapsed.

    \b
    Examples:
      detente calendar --dyad RUS PAK --from 2012-01-01 --to 2012-12-31 --steps
      detente calendar --actor India --status scheduled --as-of 2012-09-20
      detente calendar --actor Pakistan --out pakistan.ics
    """
    from detente import relations
    from detente.relations.ical import as_ical
    from detente.relations.sittings import Fate

    as_ics = form == "ics" or (form is None and out is not None and out.suffix == ".ics")
    shape = "json" if as_ics else output.choose_format("json" if as_json else form, out)
    wanted = options.choice(status, get_args(Fate), "status of a meeting")
    narrow = options.filters(actor, dyad, since, until, as_of)
    first, last = narrow.pop("since"), narrow.pop("until")
    today = narrow["as_of"] or date.today()  # noqa: DTZ011
    with open_record(context) as record:
        found = relations.calendar(record.meetings(**narrow).to_pylist(), today=today)
    found = [s for s in found if relations.within(s, first, last) and (wanted is None or s.status == wanted)]
    quiet = get_settings(context).quiet
    if as_ics:
        output.write(as_ical(found), out)
        output.note(f"{len(found):,} meetings" + (f" → {out}" if out else ""), quiet=quiet)
        return
    output.show(found, shape, out, lambda console, of: _list(console, of, steps))
    output.note(f"{len(found):,} meetings", quiet=quiet or shape != "table")


def _list(console: "Console", found: "list[Sitting]", steps: bool) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from detente.cli.show import when

    month = ""
    for sitting in found:
        day = sitting.start or sitting.first_known
        if day and f"{day:%B %Y}" != month:
            month = f"{day:%B %Y}"
            console.print(Text(f"\n{month}", style="bold"))
        line = Text(f"{when(sitting):<17}").append(" – ".join(sitting.participants) or "?", "bold")
        line.append(f"  {sitting.series or sitting.format}").append(f"  {sitting.status}", STYLE[sitting.status])
        extras = [sitting.place or "", sitting.topic or "", f"{sitting.sources} sources" if sitting.sources > 1 else ""]
        console.print(line.append("  " + " · ".join(x for x in extras if x), "dim"), soft_wrap=True)
        told = sitting.steps if steps else [next(s for s in sitting.steps if s.status == sitting.status)]
        for step in told:
            head = f"{step.known or '–'}  {step.status}  " if steps else ""
            said = step.sentence or "nobody reported that it was held"
            console.print(Padding(Text(head, "cyan").append(said, "dim"), (0, 0, 0, 17)))
