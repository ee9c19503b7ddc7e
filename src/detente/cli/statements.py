"""`detente statements`: who said what, in which words, and how sure they were."""

import sys
from typing import Annotated, get_args

import typer

from detente.cli import options, output
from detente.cli.context import get_settings, open_record
from detente.types import Certainty, StatementKind


def statements(
    context: typer.Context,
    actor: options.Who = None,
    dyad: options.Dyad = None,
    speaker: Annotated[str | None, typer.Option(help="A part of the speaker's name.")] = None,
    kind: Annotated[str | None, typer.Option(help="quote, reported or belief.")] = None,
    certainty: Annotated[str | None, typer.Option(help="certain, probable, possible, doubtful or denied.")] = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    copies: options.Copies = False,
    form: options.Form = None,
    as_json: options.Json = False,
    out: options.Out = None,
) -> None:
    """List who said what, in their words, with how sure they were; filters narrow together.

    \b
    Examples:
      detente statements --actor India --since 2012-01-01
      detente statements --speaker Lavrov --kind quote --json
      detente statements --dyad RUS PAK --certainty doubtful
    """
    shape = output.choose_format("json" if as_json else form, out)
    narrow = options.filters(actor, dyad, since, until, as_of)
    with open_record(context) as record:
        table = record.statements(
            **narrow,
            speaker=speaker,
            kind=options.choice(kind, get_args(StatementKind), "kind of statement"),
            certainty=options.choice(certainty, get_args(Certainty), "certainty"),
            copies=copies,
        )
    if shape != "table":
        output.emit(table, shape, out)
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from detente.cli.show import office

    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    for row in table.to_pylist():
        line = Text(f"{row['published'] or '–'!s:<12}").append(row["speaker"] or "(unnamed)", "bold")
        role = office(row["role"], row["former"])
        line.append(f", {role}" if role else "").append(f"  {row['kind']} · {row['certainty']}", "cyan")
        extras = [
            "forecast" if row["forecast"] else "",
            row["stance"] or "",
            ", ".join(row["about"]),
            row["outlet"] or "",
        ]
        console.print(line.append("  " + " · ".join(x for x in extras if x), "dim"), soft_wrap=True)
        said = f"“{row['text']}”" if row["kind"] == "quote" else row["text"]
        console.print(Padding(Text(said, style="dim"), (0, 0, 0, 12)))
    output.note(f"{table.num_rows:,} statements", quiet=get_settings(context).quiet)
