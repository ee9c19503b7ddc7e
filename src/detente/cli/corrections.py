"""`detente corrections`: what is wrong with events, said, decided, taken back, and exported as training data."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import output
from detente.cli.context import get_settings, open_record
from detente.cli.desks import open_desk
from detente.errors import BadInput

if TYPE_CHECKING:
    from detente.desk.people import Person

group = typer.Typer(
    name="corrections",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""What is wrong with coded events: proposals of readers, decisions of editors, training data.

    \b
    Examples:
      detente corrections propose wire-17:3f2a9c0011223344 --type AGREE --note "they signed it"
      detente corrections list --open
      detente corrections accept 3
      detente corrections export --out corrected.jsonl
    """,
)
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Number = Annotated[int, typer.Argument(metavar="ID", help="The proposal's number, as `list --open` shows it.")]
As = Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Who says so; default: you.")]


@group.command("propose")
def propose(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id.")],
    not_event: Annotated[bool, typer.Option("--not-event", help="It is no event at all.")] = False,
    type_: Annotated[str | None, typer.Option("--type", help="The right PLOVER type.")] = None,
    status: Annotated[str | None, typer.Option(help="The right status.")] = None,
    source: Annotated[str | None, typer.Option(help="Who did it: RUS, or RUS,IND.")] = None,
    target: Annotated[str | None, typer.Option(help="To whom.")] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The right day.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    person: As = None,
) -> None:
    """Say what is wrong with an event; an editor decides.

    \b
    Examples:
      detente corrections propose wire-17:3f2a9c0011223344 --not-event
      detente corrections propose wire-17:3f2a9c0011223344 --target IND --date 2012-09-26
    """
    given: dict[str, Any] = {
        "type": type_ and type_.upper(),
        "status": status,
        "source": source,
        "target": target,
        "date": day,
    }
    said = {kind: value for kind, value in given.items() if value is not None} | (
        {"not_event": None} if not_event else {}
    )
    if not said:
        raise BadInput("say what is wrong: --not-event, --type, --status, --source, --target or --date")
    from detente.desk import corrections

    with open_record(context) as record, open_desk(context, create=True) as desk:
        numbers = [
            corrections.propose(desk, record, _who(person), event, kind, value, note=note)
            for kind, value in said.items()
        ]
    output.note(f"proposed: {', '.join(map(str, numbers))}", quiet=get_settings(context).quiet)


@group.command("list")
def list_(
    context: typer.Context,
    waiting: Annotated[bool, typer.Option("--open", help="Proposals that wait for an editor.")] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="Proposals that were not taken.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Accepted, of events that are not coded any more.")] = False,
    as_json: Json = False,
) -> None:
    """List what was accepted beside what was coded; or what waits, was rejected, or applies to nothing any more.

    \b
    Examples:
      detente corrections list
      detente corrections list --open --json
    """
    rows: list[Any]
    if waiting or rejected:
        from detente.desk.corrections import proposals

        with open_desk(context, create=True) as desk:
            rows = [
                {f: getattr(p, f) for f in p.__struct_fields__}
                for p in proposals(desk, state="open" if waiting else "rejected")
            ]
    else:
        with open_record(context) as record:
            rows = [row for row in record.corrections() if row["stale"] or not stale]
    if as_json:
        import msgspec

        typer.echo(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode())
        return
    for row in rows:
        coded = (
            f"  (coded {row['coded_type']}, {row['coded_status']})"
            if row.get("coded_type")
            else "  (not coded any more)"
            if row.get("stale")
            else ""
        )
        value = (
            ""
            if row["value"] is None
            else f" {','.join(row['value']) if isinstance(row['value'], list) else row['value']}"
        )
        typer.echo(f"{row['id']}  {row['event']}  {row['kind']}{value}  by {row['person'] or '?'}{coded}")
    output.note(f"{len(rows):,} corrections", quiet=get_settings(context).quiet)


@group.command("accept")
def accept(
    context: typer.Context, number: Number, reason: Annotated[str, typer.Option(help="Why.")] = "", person: As = None
) -> None:
    """Put a proposal into the record; levels and turns use it from today on.

    \b
    Examples:
      detente corrections accept 3
    """
    from detente.desk import corrections

    with open_record(context) as record, open_desk(context) as desk:
        key = corrections.accept(desk, record, _who(person), number, reason=reason)
    output.note(f"accepted as {key}", quiet=get_settings(context).quiet)


@group.command("reject")
def reject(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; told to who proposed it.")],
    person: As = None,
) -> None:
    """Do not take a proposal.

    \b
    Examples:
      detente corrections reject 3 --reason "the sentence says so"
    """
    from detente.desk import corrections

    with open_desk(context) as desk:
        corrections.reject(desk, _who(person), number, reason)
    output.note(f"rejected: {number}", quiet=get_settings(context).quiet)


@group.command("undo")
def undo(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="ID", help="The correction's id, such as desk:3.")],
) -> None:
    """Take an accepted correction back; it stays in the history.

    \b
    Examples:
      detente corrections undo desk:3
    """
    with open_record(context) as record:
        record.uncorrect(key)
    output.note(f"taken back: {key}", quiet=get_settings(context).quiet)


@group.command("export")
def export(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.jsonl", help="Where to; default: the screen.")
    ] = None,
) -> None:
    """Write the sentences of corrected events, as corrected, as training data that `detente evaluate` reads.

    \b
    Examples:
      detente corrections export --out corrected.jsonl
    """
    import msgspec

    with open_record(context) as record:
        items = record.training()
    output.write("".join(msgspec.json.encode(item).decode() + "\n" for item in items), out)
    output.note(f"{len(items):,} sentences" + (f" → {out}" if out else ""), quiet=get_settings(context).quiet)


def _who(person: str | None) -> "Person":
    from detente.desk.people import Person

    return Person(name=person or getpass.getuser(), role="admin")
