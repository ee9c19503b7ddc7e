"""`detente brief`: two to four pages on a pair, with charts, a dated account and footnotes to sources."""

from pathlib import Path
from typing import Annotated, Any

import typer

from detente.cli import options, output
from detente.cli.context import get_settings
from detente.cli.measures import Dataset, Rate, open_measured
from detente.cli.names import actor_id
from detente.errors import BadInput

FORMS = {".pdf": "pdf", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


def brief(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="An actor: RUS, or a name such as Russia.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    rate: Rate = 0.1,
    dataset: Dataset = None,
    form: Annotated[str | None, typer.Option("--format", help="md, html or pdf; else by the name of --out.")] = None,
    out: options.Out = None,
) -> None:
    """Write a brief on two actors: how they stood, where it turned, what happened, was agreed, sold and said.

    It says nothing that is not in the record: each sentence is quoted, with a footnote to its page.

    \b
    Examples:
      detente brief RUS PAK --from 2009-01-01 --to 2016-12-31 --out brief.pdf
      detente brief India China --as-of 2020-06-30 --format html --out brief.html
      detente brief RUS PAK
    """
    shape = _shape(form, out)
    first, second = actor_id(a), actor_id(b)
    if first == second:
        raise BadInput(f"a brief needs two different actors, not {first} twice")
    from detente.web.brief import as_html, as_markdown, as_pdf, gather

    with open_measured(context) as record:
        made = gather(
            record, first, second, since=options.day(since), until=options.day(until), as_of=options.day(as_of),
            rate=rate, dataset=dataset,
        )  # fmt: skip
    body: Any = {"pdf": as_pdf, "html": as_html, "md": as_markdown}[shape](made)
    if isinstance(body, bytes):
        assert out is not None
        output.write_bytes(body, out)
    else:
        output.write(body, out)
    told = f"{made.counts['events']:,} events, {len(made.sources):,} sources" + (f" → {out}" if out else "")
    output.note(told, quiet=get_settings(context).quiet)


def _shape(form: str | None, out: Path | None) -> str:
    found = options.choice(form, ("md", "html", "pdf"), "format")
    if found is None and out is not None and out.suffix.lower() not in FORMS:
        raise BadInput(f"{out}: a brief is written as .md, .html or .pdf")
    shape = found or (FORMS[out.suffix.lower()] if out is not None else "md")
    if shape == "pdf" and out is None:
        raise BadInput("a PDF is not for the screen; say where it goes: --out brief.pdf")
    return shape
