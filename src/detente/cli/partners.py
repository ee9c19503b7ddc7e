"""`detente partners`: who a state's partners are, and how sure each rank is."""

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import options, output
from detente.cli.context import get_settings
from detente.cli.measures import COOL, WARM, Csv, Dataset, Plot, draw, open_measured, shape
from detente.cli.names import actor_id

if TYPE_CHECKING:
    from rich.console import Console

    from detente.relations.partners import Partner

WIDTH = 30


def partners(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="An actor: IND, or a name such as India.")],
    kind: Annotated[
        str | None, typer.Option(help="Only acts in one context: diplomatic, economic, military, …")
    ] = None,
    over_time: Annotated[
        bool, typer.Option("--over-time", help="The closest partners at the end of each year.")
    ] = False,
    top: Annotated[int, typer.Option(min=1, help="How many to show.")] = 15,
    since: options.Since = None,
    as_of: options.AsOf = None,
    dataset: Dataset = None,
    plot: Plot = None,
    form: options.Form = None,
    as_json: options.Json = False,
    as_csv: Csv = False,
    out: options.Out = None,
) -> None:
    """Rank an actor's partners by cooperation less conflict, with the interval of each rank.

    \b
    Examples:
      detente partners India
      detente partners IND --over-time --as-of 2012-12-31
      detente partners PAK --kind military --json
    """
    from detente.ontology import CONTEXTS
    from detente.relations import partners as ranking
    from detente.relations.charts import partners_chart

    form_ = shape(form, as_json, as_csv, out)
    actor, day = actor_id(a), options.day(as_of)
    context_ = options.choice(kind, tuple(CONTEXTS), "context")
    with open_measured(context) as record:
        acts = record.columns(dataset, day)
    quiet = get_settings(context).quiet
    if over_time:
        years = ranking.partners_by_year(acts, actor, kind=context_, since=options.day(since), until=day)
        output.show(
            [p for year in years for p in year[:top]], form_, out, lambda console, _: _years(console, actor, years)
        )
        return
    found = ranking.partners(acts, actor, kind=context_, until=day)
    draw(lambda: partners_chart(found, top), plot, quiet=quiet)
    output.show(found[:top], form_, out, lambda console, of: _list(console, actor, of))


def _list(console: "Console", actor: str, found: "list[Partner]") -> None:
    from rich.text import Text

    if not found:
        console.print(f"No partner of {actor} has enough acts.")
        return
    most = max(max(abs(p.low), abs(p.high)) for p in found) or 1
    console.print(Text(f"{actor}: partners in {found[0].period:%B %Y}, by cooperation less conflict", style="bold"))
    console.print(
        Text(f"{'':>4} {'':12} {'rank':>9} {'first':>6}  {'acts a month':<{WIDTH}}  {'level':>6}", style="dim")
    )
    for p in found:
        bar = "█" * round(abs(p.net) / most * WIDTH)
        span = f"{p.rank_low}–{p.rank_high}"
        line = Text(f"{p.rank:>4} {p.partner:<12} {span:>9} {p.first:>6.0%}  ")
        line.append(f"{bar:<{WIDTH}}", WARM if p.net >= 0 else COOL).append(f"  {p.level:+6.2f}")
        console.print(line.append(f"  {p.net:+.2f} ({p.low:+.2f} … {p.high:+.2f})", "dim"), soft_wrap=True)


def _years(console: "Console", actor: str, years: "list[list[Partner]]") -> None:
    from rich.text import Text

    console.print(Text(f"{actor}: closest partners at the end of each year (chance to be the first)", style="bold"))
    for year in years:
        names = "   ".join(f"{p.rank}. {p.partner} {p.first:.0%}" for p in year[:5])
        console.print(f"{year[0].period:%Y-%m}   {names}", soft_wrap=True)
    if not years:
        console.print(f"No partner of {actor} has enough acts.")
