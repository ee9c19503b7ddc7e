"""`detente status` and `detente actor`: what the record holds and skipped; what the catalogue knows of a name."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.context import get_settings, open_record
from detente.errors import UnknownActor

if TYPE_CHECKING:
    from rich.console import Console


def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what the record holds, how fresh it is, which coder made it, and what was skipped and why.

    \b
    Examples:
      detente status
      detente --record /srv/news status --json
    """
    import msgspec

    with open_record(context) as record:
        found = record.status()
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
        return
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    _show_status(console, msgspec.to_builtins(found), str(get_settings(context).record))


def _show_status(console: "Console", found: dict[str, Any], folder: str) -> None:
    from rich.text import Text

    def line(name: str, value: object) -> None:
        console.print(Text(f"{name:<20}", style="dim").append(str(value), style="default"))

    line("record", folder)
    for name, value in found.items():
        if isinstance(value, (dict, list)):
            continue
        shown = "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)[:19].replace("T", " ")
        line(name.replace("_", " "), shown)
    for name, value in found.items():
        if isinstance(value, dict) and value:
            console.print(Text(f"\n{name.replace('_', ' ')}", style="bold"))
            for key, n in value.items():
                line(f"  {key}", f"{n:,}" if isinstance(n, int) else n)
    items = found.get("skipped_items") or []
    if items:
        console.print(Text("\nskipped, newest first", style="bold"))
    for item in items:
        console.print(Text(f"  {item['origin']}  ").append(f"{item['reason']}: {item['detail']}", "dim"))


def actor(
    name: Annotated[str, typer.Argument(help="An id (RUS), a name, a demonym, a capital, an office, a person.")],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it is meant for; names change hands.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say which actor a name stands for on a day, and why.

    \b
    Examples:
      detente actor Moscow --on 1975-06-01
      detente actor "Indian foreign minister"
      detente actor Kremlin --json
    """
    import msgspec

    from detente import actors
    from detente.reader import parse_day

    day: date | None = parse_day(on) if on else None
    found = actors.resolve(name, day)
    entry = actors.lookup(found.id if found and found.id else name.upper())
    if found is None and entry is None:
        raise UnknownActor(f"{name!r} is no actor that the catalogue knows{f' on {day}' if day else ''}")
    if as_json:
        both = {"mention": msgspec.to_builtins(found), "actor": msgspec.to_builtins(entry)}
        typer.echo(msgspec.json.format(msgspec.json.encode(both), indent=1).decode())
        return
    rows: dict[str, object] = {}
    if found is not None:
        rows |= {"actor": found.id, "name": found.name, "kind": found.kind, "sector": found.sector, "role": found.role}
        rows |= {"former": "yes" if found.former else None, "why": found.why}
    if entry is not None:
        rows |= {"stands for": f"{entry.id}, {entry.name}", "existed": _years(entry)}
    for key, value in rows.items():
        if value not in (None, ""):
            output_line = f"{key:<12}{value}"
            typer.echo(output_line)


def _years(entry: Any) -> str | None:
    start, end = (getattr(entry, side, None) for side in ("start", "end"))
    if not (start or end):
        return None
    return f"{str(start)[:4] if start else '…'}–{str(end)[:4] if end else 'today'}"
