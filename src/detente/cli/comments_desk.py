"""`detente comments`, the rest: muted words, rules, the audit log, the outbox, the desk's key."""

from typing import Annotated

import typer

from detente.cli import output
from detente.cli.comments import Json, group
from detente.cli.context import get_settings
from detente.cli.desks import listed, open_desk

__all__ = ["group"]


@group.command("mute")
def mute(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORD]...")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Let the words pass again.")] = False,
    json: Json = False,
) -> None:
    """Hold comments with these words or phrases for a moderator; without words, show those that are muted.

    \b
    Examples:
      detente comments mute casino "cheap pills"
      detente comments mute casino --undo
      detente comments mute
    """
    from detente.desk import banning
    from detente.desk.people import COMMAND_LINE

    with open_desk(context) as desk:
        for word in words or []:
            (banning.unmute if undo else banning.mute)(desk, COMMAND_LINE, word)
        found = banning.muted(desk)
    if json:
        output.show(found, "json", None, lambda console, rows: None)
    elif not words:
        typer.echo("\n".join(found) or "no words are muted")


@group.command("rules")
def rules(
    context: typer.Context,
    changes: Annotated[list[str] | None, typer.Argument(metavar="[NAME=VALUE]...")] = None,
    json: Json = False,
) -> None:
    """Show the rules of comments, or change some; docs/comments.md says what each does.

    \b
    Examples:
      detente comments rules
      detente comments rules trusted_after=2 keep_days=14 site=https://example.org
    """
    import msgspec

    from detente.desk.auditing import note
    from detente.desk.desk import clock
    from detente.desk.people import COMMAND_LINE

    wanted = {name: _value(value) for name, _, value in (change.partition("=") for change in changes or [])}
    with open_desk(context, create=bool(wanted)) as desk:
        if wanted:
            desk.set_rules(**wanted)
            with desk.writing() as session:
                note(session, COMMAND_LINE, "rules changed", "rules", ", ".join(changes or []), clock())
        found = desk.rules()
    if json:
        output.write(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n", None)
        return
    for name, value in msgspec.to_builtins(found).items():
        typer.echo(f"{name:<18}{str(value).lower() if isinstance(value, bool) else value}")


def _value(text: str) -> object:
    import msgspec

    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


@group.command("audit")
def audit(
    context: typer.Context,
    subject: Annotated[str | None, typer.Option(help="Only of this, such as comment:12.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 100,
    json: Json = False,
) -> None:
    """Show what moderators and the desk did, newest first.

    \b
    Examples:
      detente comments audit --subject comment:12
    """
    from detente.desk import auditing

    with open_desk(context) as desk:
        found = auditing.log(desk, subject=subject, limit=limit)
    columns = [("when", "at"), ("who", "actor"), ("did", "action"), ("to", "subject"), ("", "detail")]
    listed(found, columns, json, empty="nothing was done yet")


@group.command("person")
def person(
    context: typer.Context,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address they wrote to you from.")],
    erase: Annotated[bool, typer.Option("--erase", help="Erase it instead of showing it.")] = False,
) -> None:
    """Show, as JSON, what is kept of an e-mail address, or erase it: imported comments, and mail that it gets.

    People who wrote here do that themselves on the site, signed in or by their cookie.

    \b
    Examples:
      detente comments person ann@example.org
      detente comments person ann@example.org --erase
    """
    from detente.desk import privacy

    with open_desk(context) as desk:
        if not erase:
            output.write(privacy.export_of_email(desk, email).decode() + "\n", None)
            return
        number = privacy.erase_of_email(desk, email)
    output.note(f"{number:,} comments of theirs are erased; no more mail goes there", quiet=get_settings(context).quiet)


@group.command("deliver")
def deliver(context: typer.Context, json: Json = False) -> None:
    """Send the mails that wait, through the server that DETENTE_SMTP_HOST and its fellows name; run it every few minutes.

    It also forgets what has been kept long enough. Exit code 3: some mails could not be sent, and are tried again.

    \b
    Examples:
      DETENTE_SMTP_HOST=mail.example.org DETENTE_SMTP_FROM=comments@example.org detente comments deliver
    """
    import msgspec

    from detente.desk import mail, outbox

    settings = mail.smtp_settings()
    with open_desk(context) as desk, mail.server(settings) as send:
        done = outbox.deliver(desk, send, sender=settings.sender)
    if json:
        output.write(msgspec.json.encode(done).decode() + "\n", None)
    else:
        text = f"{done.sent:,} sent, {done.waiting:,} to be tried again, {done.given_up:,} given up"
        output.note(text, quiet=get_settings(context).quiet)
    if done.waiting or done.given_up:
        raise typer.Exit(3)


@group.command("rotate")
def rotate(
    context: typer.Context,
    forget: Annotated[bool, typer.Option("--forget", help="The old key opens nothing more, from now on.")] = False,
) -> None:
    """Sign forms and edit links with a new key; restart the site afterwards.

    \b
    Examples:
      detente comments rotate --forget
    """
    with open_desk(context) as desk:
        desk.rotate(forget=forget)
    output.note("a new key signs from now on", quiet=get_settings(context).quiet)
