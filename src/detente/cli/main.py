"""The command `detente`: global options, the list of commands, and the one place where errors become one line."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from detente.cli import (
    arms,
    blocs,
    brief,
    calendar,
    comments_desk,
    demo,
    evaluate,
    events,
    exchange,
    forecasts,
    ingest,
    partners,
    read,
    relation,
    serve,
    statements,
    status,
    turns,
    users,
)
from detente.cli.context import Settings
from detente.errors import BadInput, DetenteError

app = typer.Typer(
    name="detente",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with:  detente demo    then:  detente read page.html --published 2012-09-17",
)
app.command("read")(read.read)
app.command("ingest")(ingest.ingest)
app.command("recode")(ingest.recode)
app.command("events")(events.events)
app.command("statements")(statements.statements)
app.command("forecasts")(forecasts.forecasts)
app.command("resolve")(forecasts.resolve)
app.command("calendar")(calendar.calendar)
app.command("arms")(arms.arms)
app.command("relation")(relation.relation)
app.command("turns")(turns.turns)
app.command("partners")(partners.partners)
app.command("blocs")(blocs.blocs)
app.command("triad")(blocs.triad)
app.command("brief")(brief.brief)
app.command("serve")(serve.serve)
app.command("import")(exchange.import_)
app.command("export")(exchange.export)
app.command("status")(status.status)
app.command("actor")(status.actor)
app.command("evaluate")(evaluate.evaluate)
app.command("demo")(demo.demo)
app.add_typer(users.group)
app.add_typer(comments_desk.group)

_HOISTED = {"--record": 1, "--actors": 1, "--rules": 1, "--quiet": 0, "-q": 0}


def _show_version(wanted: bool) -> None:
    if wanted:
        from detente import __version__

        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def settings(
    context: typer.Context,
    record: Annotated[Path, typer.Option(envvar="DETENTE_RECORD", metavar="DIR", help="The record's folder.")] = Path(
        "detente-record"
    ),
    actors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own actors (default: actors.toml in the record's folder).")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your corrections (default: rules.toml in the record's folder).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bars, no remarks; only results.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Read the news and keep the record of relations between states."""
    context.obj = Settings(record=record, quiet=quiet)
    _take_over("DETENTE_ACTORS", actors, record / "actors.toml")
    _take_over("DETENTE_RULES", rules, record / "rules.toml")


def _take_over(variable: str, given: Path | None, usual: Path) -> None:
    """Name a user's file to this process and its workers, by the environment: the one given, else the usual one."""
    if given is not None and not given.is_file():
        raise BadInput(f"{given}: no such file")
    if given is not None or (variable not in os.environ and usual.is_file()):
        os.environ[variable] = str((given or usual).resolve())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit codes: 0 done, 1 could not be done, 2 wrong usage, 3 done in part, 130 stopped."""
    words = _hoist(sys.argv[1:] if arguments is None else arguments)
    try:
        app(args=words, prog_name="detente")
    except DetenteError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("stopped; everything committed so far is kept", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get("DETENTE_DEBUG"):
            raise
        _fail(f"internal error: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''} "
              "(set DETENTE_DEBUG=1 to see where)", 70)  # fmt: skip


def _fail(message: str, code: int = 1) -> None:
    print(f"detente: {message}", file=sys.stderr)  # noqa: T201
    sys.exit(code)


def _hoist(words: list[str]) -> list[str]:
    """Let global options stand after the command too: `detente status --record DIR`."""
    front: list[str] = []
    rest: list[str] = []
    i = 0
    while i < len(words):
        word = words[i]
        if word == "--":
            return front + rest + words[i:]
        name, _, value = word.partition("=")
        if word in _HOISTED and i + _HOISTED[word] < len(words):
            front += words[i : i + 1 + _HOISTED[word]]
            i += 1 + _HOISTED[word]
            continue
        (front if name in _HOISTED and value else rest).append(word)
        i += 1
    return front + rest
