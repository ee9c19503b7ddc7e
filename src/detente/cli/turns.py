"""`detente turns`: which relations turned, since when, and the sentences behind it."""

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import options, output
from detente.cli.context import get_settings
from detente.cli.measures import COOL, WARM, Csv, Dataset, Plot, Rate, draw, open_measured, shape

if TYPE_CHECKING:
    from rich.console import Console

    from detente.types import Turn

SENTENCES = 2


def turns(
    context: typer.Context,
    dyad: options.Dyad = None,
    actor: options.Who = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    rate: Rate = 0.1,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="Only shifts that lasted.")] = False,
    dataset: Dataset = None,
    plot: Plot = None,
    form: options.Form = None,
    as_json: options.Json = False,
    as_csv: Csv = False,
    out: options.Out = None,
) -> None:
    """List the turning points of relations, by the day on which the alarm could be raised.

    The rate of false alarms you accept sets how much evidence an alarm takes; what to expect of it is said below.

    \b
    Examples:
      detente turns --since 2012-01-01
      detente turns --dyad RUS PAK --rate 0.5
      detente turns --as-of 2012-09-30 --json
    """
    from detente.relations.rates import promised, score_for

    form_ = shape(form, as_json, as_csv, out)
    narrow = options.filters(actor, dyad, since, until, as_of)
    quiet = get_settings(context).quiet
    with open_measured(context) as record:
        pairs = None if narrow["dyad"] is None else [narrow["dyad"]]
        found = record.turns(
            rate=rate, dyads=pairs, since=narrow["since"], until=narrow["until"], as_of=narrow["as_of"], dataset=dataset
        )
        who = narrow["actor"]
        found[:] = [t for t in found if (who is None or who in {t.a, t.b}) and (t.confirmed or not confirmed)]
        shown = form_ == "table"
        behind = record.sentences(found) if shown else {}
        volumes = record.volumes(dataset, narrow["as_of"], pairs) if shown else None
        name = record.named(dataset)
    draw(found.plot, plot, quiet=quiet)
    output.show(found, form_, out, lambda console, of: _list(console, of, behind))
    if shown and volumes is not None and len(volumes):
        yearly = promised(score_for(rate), volumes)
        promise = f"{yearly / 12:.1f} alarms a month" if yearly >= 1.2 else f"{yearly:.1g} alarms a year"
        output.note(
            f"{output.counted(len(found), 'turn')} in {name} events. At --rate {rate:g} expect about {promise} without a "
            f"turn behind them, over the {output.counted(len(volumes), 'pair')} with acts in the last two years.",
            quiet=quiet,
        )


def _list(console: "Console", found: "list[Turn]", behind: dict[str, str]) -> None:
    if not found:
        console.print("No relation turned.")
    for turn in found:
        tell(console, turn, behind)


def tell(console: "Console", turn: "Turn", behind: dict[str, str]) -> None:
    """One turn in a line, with the strongest sentences beneath."""
    from rich.padding import Padding
    from rich.text import Text

    style = COOL if turn.direction == "cool" else WARM
    line = Text(f"{turn.alarm_date!s:<12}").append(f"{turn.a} – {turn.b}  ", "bold")
    line.append("▼ cooled" if turn.direction == "cool" else "▲ warmed", style)
    line.append(
        f"  since {turn.month:%B %Y} · score {turn.score:.1f} · " + ("lasting" if turn.confirmed else "alarm only"),
        "dim",
    )
    console.print(line, soft_wrap=True)
    told = [behind[key] for key in turn.events if behind.get(key)]
    for sentence in list(dict.fromkeys(told))[:SENTENCES]:
        console.print(Padding(Text(sentence, style="dim"), (0, 0, 0, 12)))
