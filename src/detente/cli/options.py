"""Options that several commands have, spelled once; and what they say, turned into the filters of the record."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.cli.names import actor_id
from detente.errors import BadInput

Who = Annotated[str | None, typer.Option("--actor", help="An actor on any side: RUS, or a name such as Russia.")]
Dyad = Annotated[tuple[str, str] | None, typer.Option("--dyad", metavar="A B", help="Two actors, in either direction.")]
Since = Annotated[str | None, typer.Option("--since", "--from", metavar="DATE", help="On or after this day.")]
Until = Annotated[str | None, typer.Option("--until", "--to", metavar="DATE", help="On or before this day.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Only what was published by the end of this day.")
]
Copies = Annotated[bool, typer.Option("--copies", help="Count syndicated copies of a page, too.")]
Form = Annotated[str | None, typer.Option("--format", help="table, json, jsonl, csv or parquet.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here; the ending names the format.")]


def pair(dyad: tuple[str, str] | None) -> tuple[str, str] | None:
    """The ids of a dyad as a user names it. Raises BadInput where both are the same."""
    if dyad is None:
        return None
    a, b = actor_id(dyad[0]), actor_id(dyad[1])
    if a == b:
        raise BadInput(f"--dyad needs two different actors, not {a} twice")
    return a, b


def day(text: str | None) -> date | None:
    """A day as a user writes it, or None."""
    from detente.reader import parse_day

    return parse_day(text) if text else None


def filters(
    who: str | None, dyad: tuple[str, str] | None, since: str | None, until: str | None, as_of: str | None
) -> dict[str, Any]:
    """The filters that every read of the record takes."""
    return {
        "actor": actor_id(who) if who else None,
        "dyad": pair(dyad),
        "since": day(since),
        "until": day(until),
        "as_of": day(as_of),
    }


def choice(text: str | None, known: tuple[str, ...], what: str) -> str | None:
    """One of a list, in any case, or None. Raises BadInput with the list."""
    if text is None:
        return None
    if text.lower() not in known:
        raise BadInput(f"{text!r} is no {what}; choose one of {', '.join(known)}")
    return text.lower()
