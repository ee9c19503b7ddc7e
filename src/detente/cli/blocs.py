"""`detente blocs` and `detente triad`: who stands with whom, as probabilities."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct

from detente.cli import options, output
from detente.cli.context import get_settings
from detente.cli.measures import COOL, WARM, Csv, Dataset, Plot, draw, gauge, open_measured, shape
from detente.cli.names import actor_id
from detente.errors import BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from detente.measured import MeasuredRecord
    from detente.relations.blocs import Blocs


def blocs(
    context: typer.Context,
    top: Annotated[int, typer.Option(min=3, max=150, help="Among so many states with most acts.")] = 40,
    drift: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--drift", metavar="S A B", help="How state S moved between the poles A and B."),
    ] = None,
    relative: Annotated[
        bool,
        typer.Option("--relative", help="Measure ties against the usual one: friendlier or more hostile than most."),
    ] = False,
    as_of: options.AsOf = None,
    dataset: Dataset = None,
    plot: Plot = None,
    form: options.Form = None,
    as_json: options.Json = False,
    as_csv: Csv = False,
    out: options.Out = None,
) -> None:
    """Show which states stand together, how sure that is, and how far from two clean camps the network is.

    Only ties whose sign is known with a probability above 0.9 count as friendly or hostile.

    \b
    Examples:
      detente blocs
      detente blocs --relative --as-of 2014-12-31 --plot blocs.svg
      detente blocs --drift PAK USA CHN
    """
    from detente import relations
    from detente.relations.charts import blocs_chart

    form_ = shape(form, as_json, as_csv, out)
    day, quiet = options.day(as_of), get_settings(context).quiet
    with open_measured(context) as record:
        if drift is not None:
            _drift(record, [actor_id(name) for name in drift], day, dataset, form_, out)
            return
        ties = record.ties(as_of=day, top=top, dataset=dataset, relative=relative)
    edges = relations.signed(ties)
    found, index, census = relations.blocs(ties), relations.frustration(edges), relations.census(edges)
    draw(lambda: blocs_chart(found, "Who stands with whom" + (f", {day}" if day else "")), plot, quiet=quiet)
    if form_ in {"json", "jsonl"}:
        import msgspec

        told = {"blocs": found, "frustration": msgspec.to_builtins(index, str_keys=True), "triads": census}
        output.write(msgspec.json.format(msgspec.json.encode(told), indent=1).decode() + "\n", out)
        return
    output.show(_members(found), form_, out, lambda console, of: _draw(console, found, index, census, len(edges)))


class Member(Struct, kw_only=True, frozen=True):
    """One state of a network: its bloc, 1 the largest, none where that is unclear, and its mean P(same bloc) with the others of it."""

    state: str
    bloc: int | None
    same: float | None
    cohesion: float | None


def _members(found: "Blocs") -> list[Member]:
    rows = [
        Member(state=state, bloc=number, same=same, cohesion=bloc.cohesion)
        for number, bloc in enumerate(found.blocs, 1)
        for state, same in bloc.members.items()
    ]
    return rows + [Member(state=state, bloc=None, same=None, cohesion=None) for state in found.unclear]


def _draw(console: "Console", found: "Blocs", index: Any, census: Any, edges: int) -> None:
    from rich.text import Text

    if not found.states:
        console.print("No pair of states has enough acts.")
        return
    for number, bloc in enumerate(found.blocs, 1):
        console.print(
            Text(f"Bloc {number}  ", style="bold")
            .append(f"cohesion {bloc.cohesion:.2f}  ", "dim")
            .append(", ".join(bloc.members))
        )
    if found.unclear:
        console.print(Text("Unclear ", style="bold").append(", ".join(found.unclear), "dim"))
    if not edges:
        console.print("\nNo tie of known sign.")
        return
    proven = "" if index.optimal else f" (at least {index.lower:g})"
    console.print(
        f"\n{edges} ties of known sign; frustration index {index.index:g}{proven}: so many stand against a split in two camps "
        f"(balance {index.balance:.2f})"
    )
    kinds = "   ".join(f"{kind} {number}" for kind, number in census.counts.items())
    if census.triads:
        console.print(
            f"{census.triads} closed triads: {kinds}; balanced {census.balanced:.0%}, by chance {census.expected:.0%}"
        )


def _drift(
    record: "MeasuredRecord", names: list[str], day: Any, dataset: str | None, form: output.Format, out: Any
) -> None:
    from detente import relations

    if len(set(names)) < 3:
        raise BadInput("--drift needs three different actors: a state and two poles")
    state, pole_a, pole_b = names
    acts = record.columns(dataset, day, dyads=[(state, pole_a), (state, pole_b)])
    series = [relations.relation(acts, state, pole, "year", until=day).series for pole in (pole_a, pole_b)]
    known = [{p.period: _posterior(p) for p in points} for points in series]
    found = relations.drift(
        state, pole_a, pole_b, [(f"{p:%Y}", known[0].get(p), known[1].get(p)) for p in sorted({*known[0], *known[1]})]
    )

    def show(console: "Console", of: Any) -> None:
        from rich.text import Text

        console.print(Text(f"{state} between {pole_a} (left) and {pole_b} (right)", style="bold"))
        for lean in found.leans:
            line = Text(f"{lean.period}  ").append(gauge(lean.mean, lean.low, lean.high))
            line.append(
                "  insufficient data" if lean.nearer is None else f"  P(nearer to {pole_b}) {lean.nearer:.2f}", "dim"
            )
            console.print(line, soft_wrap=True)
        if found.change:
            c = found.change
            console.print(
                f"From {c.first} to {c.last}: {c.mean:+.2f} ({c.low:+.2f} … {c.high:+.2f}), P(towards {pole_b}) {c.towards:.2f}"
            )

    output.show(found.leans, form, out, show)


def _posterior(point: Any) -> tuple[float, float] | None:
    from detente.relations.results import DEVIATIONS

    return None if point.level is None else (point.level, (point.high - point.low) / DEVIATIONS)


def triad(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A")],
    b: Annotated[str, typer.Argument(metavar="B")],
    c: Annotated[str, typer.Argument(metavar="C")],
    since: options.Since = None,
    as_of: options.AsOf = None,
    dataset: Dataset = None,
    plot: Plot = None,
    form: options.Form = None,
    as_json: options.Json = False,
    as_csv: Csv = False,
    out: options.Out = None,
) -> None:
    """Show how three actors stand with each other, and whether the three are in balance.

    \b
    Examples:
      detente triad IND PAK CHN
      detente triad USA RUS CHN --as-of 2014-12-31 --plot triad.svg
    """
    from detente import relations
    from detente.relations.charts import levels_chart

    form_ = shape(form, as_json, as_csv, out)
    names = sorted({actor_id(name) for name in (a, b, c)})
    if len(names) < 3:
        raise BadInput("a triad needs three different actors")
    day = options.day(as_of)
    pairs = [(names[0], names[1]), (names[0], names[2]), (names[1], names[2])]
    with open_measured(context) as record:
        found = record.triad(names[0], names[1], names[2], as_of=day, dataset=dataset)
        acts = record.columns(dataset, day, dyads=pairs)
    many = [relations.relation(acts, x, y, "year", since=options.day(since), until=day) for x, y in pairs]
    draw(lambda: levels_chart(many, " – ".join(names)), plot, quiet=get_settings(context).quiet)
    if form_ in {"json", "jsonl"}:
        import msgspec

        told = {
            "states": found.states, "ties": {f"{x}-{y}": p for (x, y), p in found.ties.items()}, "balanced": found.balanced,
            "kinds": found.kinds, "series": [p for s in many for p in s.series],
        }  # fmt: skip
        output.write(msgspec.json.format(msgspec.json.encode(told), indent=1).decode() + "\n", out)
        return

    def show(console: "Console", of: Any) -> None:
        from rich.text import Text

        for series in many:
            console.print(Text(f"{series.a} – {series.b}", style="bold"))
            for p in series.series:
                line = Text(f"  {p.period:%Y}  ").append(
                    gauge(p.level, p.low, p.high), WARM if (p.level or 0) >= 0 else COOL
                )
                console.print(
                    line.append(f"  n {p.effective_n:.1f}" if p.level is not None else "  insufficient data", "dim")
                )
        known = found.balanced is not None
        console.print(
            "\n"
            + (
                f"Balanced with probability {found.balanced:.2f}"
                if known
                else "Too few acts to say whether the three are in balance"
            )
        )

    output.show([p for s in many for p in s.series], form_, out, show)
