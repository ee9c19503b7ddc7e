"""`detente forecasts` and `detente resolve`: what was said would happen, what became of it, and how those who said it did."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import options, output
from detente.cli.context import get_settings, open_record

if TYPE_CHECKING:
    from rich.console import Console

    from detente.relations.forecasts import Forecast
    from detente.relations.scores import Score

STATES = ("open", "due", "true", "false", "uncheckable")
STYLE = {"true": "dark_cyan", "false": "dark_orange3", "due": "yellow"}


def forecasts(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help="open, due, true, false or uncheckable.")] = None,
    actor: options.Who = None,
    dyad: options.Dyad = None,
    speaker: Annotated[str | None, typer.Option(help="A part of the speaker's name.")] = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    by: Annotated[
        str | None, typer.Option("--scores", metavar="BY", help="The record of each speaker or outlet.")
    ] = None,
    suggested: Annotated[
        bool, typer.Option("--suggested", help="In scores, count a suggested event as come true.")
    ] = False,
    form: options.Form = None,
    as_json: options.Json = False,
    out: options.Out = None,
) -> None:
    """List forecasts with what became of them, or with --scores how those who made them did.

    An open forecast shows the first later event that it may have meant; `detente resolve` says whether it did.

    \b
    Examples:
      detente forecasts --state due
      detente forecasts --dyad RUS PAK --as-of 2013-01-01
      detente forecasts --scores speaker
    """
    from detente import relations

    shape = output.choose_format("json" if as_json else form, out)
    wanted = options.choice(state, STATES, "state of a forecast")
    group = options.choice(by, ("speaker", "outlet"), "grouping")
    narrow = options.filters(actor, dyad, since, until, as_of)
    today = narrow["as_of"] or date.today()  # noqa: DTZ011
    with open_record(context) as record:
        said = record.statements(**narrow, speaker=speaker, forecast=True).to_pylist()
        events = record.events(as_of=narrow["as_of"]).select(list(relations.EVENT_COLUMNS)).to_pylist()
        told = relations.forecasts(said, events, record.resolutions().to_pylist(), today=today)
    quiet = get_settings(context).quiet
    if group is not None:
        made = relations.scores(told, "speaker" if group == "speaker" else "outlet", suggested=suggested)
        output.show(made, shape, out, _list_scores)
        return
    found = [f for f in told if wanted is None or f.state == wanted]
    output.show(found, shape, out, _list_forecasts)
    output.note(f"{len(found):,} forecasts", quiet=quiet or shape != "table")


def resolve(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(help="The forecast's id, as `detente forecasts` shows it.")],
    outcome: Annotated[str, typer.Argument(help="true, false, uncheckable; or open, to take an outcome back.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the outcome.")],
    event: Annotated[str | None, typer.Option(help="The event that decided it.")] = None,
    person: Annotated[str | None, typer.Option("--by", help="Who says so.")] = None,
) -> None:
    """Say what became of a forecast; what was said before stays in the history.

    \b
    Examples:
      detente resolve wire-17:3f2a… true --reason "the visit took place on 4 October" --event wire-93:77b1…
    """
    with open_record(context) as record:
        record.resolve(statement, outcome.lower(), reason, event=event, person=person)
    output.note(f"{statement}: {outcome.lower()}", quiet=get_settings(context).quiet)


def _list_forecasts(console: "Console", found: "list[Forecast]") -> None:
    from rich.padding import Padding
    from rich.text import Text

    for f in found:
        line = Text(f"{f.published or '–'!s:<12}").append(f.speaker or "(unnamed)", "bold")
        line.append(f"  {f.state}", STYLE.get(f.state, "")).append(f"  {f.certainty} ({f.probability:.0%})", "cyan")
        due = f"by {f.horizon}" if f.horizon else ""
        console.print(
            line.append("  " + " · ".join(x for x in (due, f.outlet or "", f.id) if x), "dim"), soft_wrap=True
        )
        console.print(Padding(Text(f.text, style="dim"), (0, 0, 0, 12)))
        if f.reason:
            console.print(Padding(Text(f"because: {f.reason}"), (0, 0, 0, 12)))
        if f.suggestion:
            s = f.suggestion
            console.print(
                Padding(
                    Text(f"came true? {s.date}  {s.sentence}\n{s.why}; event {s.event}", "dark_cyan"), (0, 0, 0, 12)
                )
            )


def _list_scores(console: "Console", found: "list[Score]") -> None:
    from rich.table import Table

    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("", overflow="fold")
    for name in ("resolved", "came true", "open", "due", "uncheckable", "Brier", "base", "log", "base", "skill"):
        table.add_column(name, justify="right")

    def shown(value: Any) -> str:
        return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)

    for s in found:
        values = (
            s.resolved,
            s.came_true,
            s.open,
            s.due,
            s.uncheckable,
            s.brier,
            s.base_brier,
            s.log_score,
            s.base_log_score,
            s.skill,
        )
        table.add_row(s.name, *map(shown, values))
    console.print(table)
    console.print(
        "Lower Brier and log scores are better; skill is above 0 where the forecasts beat the base rate.", style="dim"
    )
