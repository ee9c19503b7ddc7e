"""`detente relation`: how a pair stands over time, with its interval and its turns."""

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import options, output
from detente.cli.context import get_settings
from detente.cli.measures import COOL, WARM, Csv, Dataset, Plot, Rate, draw, gauge, open_measured, shape, spark
from detente.cli.names import actor_id
from detente.errors import BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from detente.relations.results import RelationSeries
    from detente.relations.structure import Structure

YEARS = 40
"""Years of slow structure that the screen shows, the last ones."""
SHOWN = 48
"""Periods that the screen shows, the last ones, unless --since asks for more."""


def relation(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="An actor: RUS, or a name such as Russia.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    period: Annotated[str, typer.Option(help="day, week, month or year.")] = "month",
    way: Annotated[str, typer.Option(help="both; forth: what A does to B; back: what B does to A.")] = "both",
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    half_life: Annotated[float, typer.Option(min=1, help="Days after which an act counts half.")] = 180,
    smoothed: Annotated[
        bool, typer.Option("--smoothed", help="Use what came later, too: for looking back only.")
    ] = False,
    rate: Rate = 0.1,
    dataset: Dataset = None,
    plot: Plot = None,
    form: options.Form = None,
    as_json: options.Json = False,
    as_csv: Csv = False,
    out: options.Out = None,
) -> None:
    """Show how two actors stand: the level of cooperation against conflict with an 80 % interval, and where it turned.

    0 is as much conflict as cooperation; +0.7 twice as much cooperation. Too few acts give no level, never a zero.

    \b
    Examples:
      detente relation RUS PAK
      detente relation Russia Pakistan --period year --json
      detente relation CHN JPN --as-of 2012-09-30 --plot china-japan.svg
    """
    from detente.relations.charts import relation_chart

    form_ = shape(form, as_json, as_csv, out)
    first, second = actor_id(a), actor_id(b)
    if first == second:
        raise BadInput(f"a relation needs two different actors, not {first} twice")
    chosen = options.choice(period, ("day", "week", "month", "year"), "period")
    turned = options.choice(way, ("both", "forth", "back"), "way")
    start, end, day = options.day(since), options.day(until), options.day(as_of)
    quiet = get_settings(context).quiet
    with open_measured(context) as record:
        found = record.relation(
            first, second, chosen, since=start, until=end, as_of=day,  # type: ignore[arg-type]
            way=turned, half_life=half_life, smoothed=smoothed, rate=rate, dataset=dataset,  # type: ignore[arg-type]
        )  # fmt: skip
        behind = record.sentences(found.turns)
        slow = record.structure(first, second, since=start, until=end, as_of=day)
    draw(lambda: relation_chart(found, slow), plot, quiet=quiet)
    if form_ == "json":
        import msgspec

        told = {
            name: getattr(found, name) for name in ("a", "b", "series", "turns", "period", "way", "smoothed", "dataset")
        }
        told["structure"] = slow
        output.write(msgspec.json.format(msgspec.json.encode(told), indent=1).decode() + "\n", out)
    elif form_ != "table":
        output.show(found.series, form_, out, lambda *_: None)
    else:
        output.show([found], "table", None, lambda console, of: _draw(console, of[0], behind, since is None))
        output.show(slow, "table", None, _slow) if slow else None
        output.note(f"from {found.dataset or 'no'} events", quiet=quiet)


def _draw(console: "Console", found: "RelationSeries", behind: dict[str, str], short: bool) -> None:
    from rich.text import Text

    known = [p for p in found.series if p.effective_n > 0]
    if not known:
        console.print(f"The record holds no acts between {found.a} and {found.b}.")
        return
    label = {"both": "–", "forth": "→", "back": "←"}[found.way]
    head = f"{found.a} {label} {found.b}: level by {found.period}" + (", smoothed" if found.smoothed else "")
    console.print(Text(head, style="bold"))
    console.print(Text(f"{'':12}{'conflict':<14}{'−3 … 0 … +3':^13}{'cooperation':>14}", style="dim"))
    turned = {turn.month: turn for turn in found.turns}
    series = found.series[found.series.index(known[0]) :]
    for point in series[-SHOWN:] if short else series:
        when = (
            f"{point.period:%Y-%m}"
            if found.period == "month"
            else f"{point.period:%Y}"
            if found.period == "year"
            else str(point.period)
        )
        line = Text(f"{when:<12}").append(
            gauge(point.level, point.low, point.high), WARM if (point.level or 0) >= 0 else COOL
        )
        if point.level is None:
            line.append(f"   insufficient data (n {point.effective_n:.1f})", "dim")
        else:
            line.append(
                f"  {point.level:+.2f} ({point.low:+.2f} … {point.high:+.2f})  n {point.effective_n:.1f}", "dim"
            )
        turn = turned.get(point.period)
        if turn:
            line.append(
                "  ▼ cooled" if turn.direction == "cool" else "  ▲ warmed", COOL if turn.direction == "cool" else WARM
            )
        console.print(line, soft_wrap=True)
    from detente.cli.turns import tell

    if found.turns:
        console.print(Text("\nTurns", style="bold"))
    for turn in found.turns:
        tell(console, turn, behind)


def _slow(console: "Console", found: "Structure") -> None:
    from rich.text import Text

    from detente.relations.structure import MEASURES, told

    last = max(fact.year for fact in found)
    first = max(last - YEARS + 1, min(fact.year for fact in found))
    console.print(Text("\nSlow structure", style="bold"))
    console.print(Text(f"{'':34}{first:<{max(last - first - 3, 4)}}{last}", style="dim"))
    for measure, name in MEASURES.items():
        facts = {fact.year: fact for fact in found.of(measure) if fact.year >= first}
        if facts:
            label = name + {"arms": " of A from B", "arms back": " of B from A"}.get(measure, "")
            top = 5.0 if measure == "dispute" else None if measure == "ideal points" else 1.0
            bars = spark([facts[y].value if y in facts else None for y in range(first, last + 1)], top)
            console.print(
                Text(f"{label:<34}").append(bars).append(f"  {told(facts[max(facts)])}", "dim"), soft_wrap=True
            )
