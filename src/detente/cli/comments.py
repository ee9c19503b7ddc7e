"""`detente comments`: what waits for a moderator, decisions on it, rules, mail, archives in and out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import comments_exchange, output
from detente.cli.context import get_settings
from detente.cli.desks import has_desk, listed, open_desk
from detente.errors import BadInput

if TYPE_CHECKING:
    from detente.desk import Desk

group = typer.Typer(
    name="comments",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Readers' comments: moderate them, send their mails, move them here from elsewhere.

    \b
    Examples:
      detente comments queue
      detente comments approve 12
      detente comments import example-2012-09-17.xml.gz --format disqus --dry-run
    """,
)


@contextmanager
def _exchange_desk(context: typer.Context, create: bool) -> "Iterator[Desk]":
    """The desk; for a dry run of an import where there is none, an empty one that nothing is left of."""
    from detente.desk import Desk

    if create or context.info_name != "import" or has_desk(context):
        with open_desk(context, create) as desk:
            yield desk
    else:
        with Desk.open("sqlite://") as desk:
            yield desk


comments_exchange.register(group, _exchange_desk)
Number = Annotated[int, typer.Argument(metavar="ID", help="The comment's number, as in the queue and its permalink.")]
Why = Annotated[str, typer.Option(help="The reason; whom it is about is told it.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Thread = Annotated[str, typer.Argument(metavar="THREAD", help="KIND:KEY, such as dyad:PAK-RUS.")]


def _say(context: typer.Context, text: str) -> None:
    output.note(text, quiet=get_settings(context).quiet)


@group.command("queue")
def queue(context: typer.Context, limit: Annotated[int, typer.Option(min=1)] = 50, json: Json = False) -> None:
    """Show the comments that wait for a moderator: held or reported, oldest first.

    \b
    Examples:
      detente comments queue
      detente comments queue --json
    """
    from detente.desk import moderation
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        found = moderation.queue(desk, COMMAND_LINE, limit=limit)
    if json or not found:
        listed(found, [], json, empty="nothing waits")
        return
    for waits in found:
        reports = "".join(f"\n  reported: {r.reason}{': ' + r.text if r.text else ''}" for r in waits.reports)
        typer.echo(
            f"{waits.id}  {waits.created:%Y-%m-%d %H:%M}  {waits.author or '?'} on {waits.kind}:{waits.key}  "
            f"[{waits.state}{': ' + waits.why if waits.why else ''}]{reports}"
        )
        typer.echo("".join(f"  | {line}\n" for line in waits.body.splitlines()))


@group.command("approve")
def approve(context: typer.Context, ids: Annotated[list[int], typer.Argument(metavar="ID...")]) -> None:
    """Show comments that were held; reports of them are settled.

    \b
    Examples:
      detente comments approve 12 15
    """
    from detente.desk import moderation
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        for number in ids:
            moderation.approve(desk, COMMAND_LINE, number)
            _say(context, f"comment {number} is shown")


@group.command("reject")
def reject(context: typer.Context, number: Number, reason: Why = "") -> None:
    """Do not show a comment, and say why.

    \b
    Examples:
      detente comments reject 12 --reason "about another subject"
    """
    from detente.desk import moderation
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        moderation.reject(desk, COMMAND_LINE, number, reason)
    _say(context, f"comment {number} is not shown")


@group.command("spam")
def spam(context: typer.Context, ids: Annotated[list[int], typer.Argument(metavar="ID...")]) -> None:
    """Mark comments as spam; they are kept and not shown.

    \b
    Examples:
      detente comments spam 13
    """
    from detente.desk import moderation
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        for number in ids:
            moderation.spam(desk, COMMAND_LINE, number)
            _say(context, f"comment {number} is spam")


@group.command("remove")
def remove(context: typer.Context, number: Number, reason: Why = "") -> None:
    """Remove a comment's text and author for good; only its place stays.

    \b
    Examples:
      detente comments remove 12 --reason "asked for by a court"
    """
    from detente.desk import moderation
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        moderation.remove(desk, COMMAND_LINE, number, reason)
    _say(context, f"comment {number} is removed for good")


@group.command("pin")
def pin(context: typer.Context, number: Number, undo: Annotated[bool, typer.Option("--undo")] = False) -> None:
    """Keep a comment at the top of its thread.

    \b
    Examples:
      detente comments pin 12
      detente comments pin 12 --undo
    """
    from detente.desk import moderation
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        moderation.pin(desk, COMMAND_LINE, number, not undo)
    _say(context, f"comment {number} is {'no longer ' if undo else ''}pinned")


@group.command("lock")
def lock(context: typer.Context, thread: Thread, undo: Annotated[bool, typer.Option("--undo")] = False) -> None:
    """Take no more comments in a thread.

    \b
    Examples:
      detente comments lock dyad:PAK-RUS
      detente comments lock page:https://example.org/a --undo
    """
    from detente.desk import moderation
    from detente.desk.people import COMMAND_LINE

    kind, _, key = thread.partition(":")
    with open_desk(context) as desk:
        moderation.lock(desk, COMMAND_LINE, kind, key, not undo)
    _say(context, f"{thread} is {'open again' if undo else 'locked'}")


@group.command("ban")
def ban(
    context: typer.Context,
    comment: Annotated[int | None, typer.Option(metavar="ID", help="Whoever wrote this comment.")] = None,
    by: Annotated[str, typer.Option(help="With --comment: pseudonym, visitor, account or network.")] = "visitor",
    account: Annotated[str | None, typer.Option(metavar="NAME", help="An account.")] = None,
    network: Annotated[str | None, typer.Option(metavar="ADDRESS", help="The /24 or /48 of an address.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="For so many days (default: for good).")] = None,
    reason: Why = "",
) -> None:
    """Let somebody write no more: in one thread (pseudonym), by their cookie, account or network.

    \b
    Examples:
      detente comments ban --comment 12 --reason "insults" --days 7
      detente comments ban --comment 13 --by network --reason "advertising"
      detente comments ban --account ben --reason "insults"
    """
    from typing import cast

    from detente.desk import banning
    from detente.desk.people import COMMAND_LINE

    if [comment, account, network].count(None) != 2:
        raise BadInput("name one of --comment, --account and --network")
    until = datetime.now(UTC) + timedelta(days=days) if days else None
    with open_desk(context) as desk:
        if comment is not None:
            what = cast(banning.What, by)
            number = banning.ban_author(desk, COMMAND_LINE, comment, what, reason, until=until)
        elif account is not None:
            number = banning.ban_account(desk, COMMAND_LINE, account, reason, until=until)
        else:
            number = banning.ban_network(desk, COMMAND_LINE, network or "", reason, until=until)
    _say(context, f"ban {number}; lift it with `detente comments unban {number}`")


@group.command("unban")
def unban(context: typer.Context, number: Annotated[int, typer.Argument(metavar="BAN")]) -> None:
    """Lift a ban.

    \b
    Examples:
      detente comments unban 3
    """
    from detente.desk import banning
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        banning.unban(desk, COMMAND_LINE, number)
    _say(context, f"ban {number} is lifted")


@group.command("bans")
def bans(context: typer.Context, json: Json = False) -> None:
    """Show the bans that hold.

    \b
    Examples:
      detente comments bans
    """
    from detente.desk import banning

    with open_desk(context) as desk:
        found = banning.bans(desk)
    columns = [("ban", "id"), ("by", "kind"), ("whom", "label"), ("reason", "reason"), ("until", "until")]
    listed(found, columns, json, empty="nobody is banned")
