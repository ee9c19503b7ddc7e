"""`detente user`: who may sign in to the site, and as what."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import output
from detente.cli.context import get_settings
from detente.cli.desks import listed, open_desk
from detente.errors import BadInput

if TYPE_CHECKING:
    from detente.desk.accounts import Listed

group = typer.Typer(
    name="user",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Accounts of the site: who may sign in, and as what.

    Roles: reader, commenter, editor (moderates), admin (everything).

    \b
    Examples:
      detente user add anna --role admin
      detente user list
    """,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
Role = Annotated[str, typer.Option(help="reader, commenter, editor or admin.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="Read the password from a file's first line; - is stdin."),
]


@group.command("add")
def add(
    context: typer.Context,
    name: Name,
    role: Role = "commenter",
    email: Annotated[str | None, typer.Option(help="An e-mail address, kept with the account.")] = None,
    password_file: PasswordFile = None,
) -> None:
    """Make an account; the password (12 characters or more) is asked for, or read from a pipe or file.

    \b
    Examples:
      detente user add anna --role admin
      pass show detente | detente user add anna --role admin
    """
    from detente.desk import accounts

    accounts.key(name)
    password = _password(password_file)
    with open_desk(context, create=True) as desk:
        accounts.add(desk, name, password, role=role, email=email)
    output.note(f"{name} can sign in as {role}", quiet=get_settings(context).quiet)


@group.command("list")
def list_(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Show all accounts.

    \b
    Examples:
      detente user list --json
    """
    from detente.desk import accounts

    with open_desk(context) as desk:
        found: list[Listed] = accounts.everyone(desk)
    columns = [("name", "name"), ("role", "role"), ("e-mail", "email"), ("since", "created"), ("browsers", "signed_in")]
    listed(found, columns, json, empty="no accounts yet; make one with `detente user add NAME --role admin`")


@group.command("role")
def role_(context: typer.Context, name: Name, role: Annotated[str, typer.Argument(metavar="ROLE")]) -> None:
    """Give an account another role; the last administrator stays one.

    \b
    Examples:
      detente user role ben editor
    """
    from detente.desk import accounts

    with open_desk(context) as desk:
        accounts.set_role(desk, name, role)
    output.note(f"{name} is {role} now", quiet=get_settings(context).quiet)


@group.command("password")
def password_(context: typer.Context, name: Name, password_file: PasswordFile = None) -> None:
    """Give an account another password; it is signed out everywhere.

    \b
    Examples:
      detente user password anna
    """
    from detente.desk import accounts

    new = _password(password_file)
    with open_desk(context) as desk:
        accounts.set_password(desk, name, new)
    output.note(f"{name} has a new password and is signed out everywhere", quiet=get_settings(context).quiet)


@group.command("remove")
def remove(
    context: typer.Context,
    name: Name,
    erase: Annotated[bool, typer.Option("--erase", help="Erase what the account wrote, too.")] = False,
) -> None:
    """Remove an account; its comments stay under its name unless they are erased.

    \b
    Examples:
      detente user remove ben
      detente user remove ben --erase
    """
    from detente.desk import accounts

    with open_desk(context) as desk:
        erased = accounts.remove(desk, name, erase=erase)
    what = f", and {erased:,} comments of theirs" if erase else ""
    output.note(f"{name} is removed{what}", quiet=get_settings(context).quiet)


def _password(file: Path | None) -> str:
    """The password from a file, a pipe, or asked for twice without showing it."""
    if file is not None and str(file) != "-":
        try:
            return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if file is not None or not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise BadInput("no password came through the pipe; give one there, by --password-file, or at a terminal")
        return line
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
