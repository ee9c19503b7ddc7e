"""`detente serve`: the site over the record, for a browser."""

import contextlib
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.context import get_settings
from detente.errors import BadInput, DeskError, RecordError

if TYPE_CHECKING:
    from detente.desk import Desk
    from detente.web.map.shapes import World

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this machine reaches: whole texts are shown there."""
HAND_OVER_S = 0.001
"""How long a thread that makes a page may keep those waiting that only send one."""


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")] = 8088,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help="A name under which it may be asked for.")
    ] = None,
    dataset: Annotated[
        str | None, typer.Option("--dataset", metavar="NAME", help="coded, or an imported dataset, to measure by.")
    ] = None,
    shapes: Annotated[
        Path | None,
        typer.Option("--shapes", metavar="FILE", help="Country shapes for the map: TopoJSON or GeoJSON; else tiles."),
    ] = None,
    comments: Annotated[
        bool, typer.Option("--comments/--no-comments", help="Accounts and comments, kept beside the record.")
    ] = True,
    public_view: Annotated[
        bool, typer.Option("--public-view", help="Show what a public reader sees: sentences, not whole texts.")
    ] = False,
) -> None:
    """Show the record as a site: relations, turns, meetings and statements, each with its sentence.

    Reads the record only, and shows what others add to it within seconds. Stop it with Ctrl-C.

    \b
    Examples:
      detente serve
      detente serve --record detente-demo --port 9000
      detente serve --host 0.0.0.0 --allow-host relations.example.org
    """
    settings = get_settings(context)
    if not settings.record.exists():
        raise RecordError(
            f"{settings.record}: no record here yet; make one with `detente ingest SOURCE` or `detente demo`"
        )
    world = _world(shapes)
    listening = _listen(host, port)
    sys.setswitchinterval(HAND_OVER_S)
    try:
        import uvicorn

        from detente import reader, web

        alone = host in LOOPBACK and not allow_host and not public_view
        chosen = web.Settings(
            hosts=(*(allow_host or []), *_names(host)),
            dataset=dataset,
            full_text=alone,
            world=world,
            explain=reader.explain,
        )
        desk = _desk(context) if comments else None
        _bring_up_to_date(settings.record)
        site = web.create_app(
            settings.record, settings=chosen, tell=lambda words: _tell(words, settings.quiet), desk=desk
        )
        listening.listen(512)
        shown = f"[{host}]" if ":" in host else "localhost" if host == "0.0.0.0" else host  # noqa: S104
        typer.echo(f"http://{shown}:{listening.getsockname()[1]}/", err=False)
        _tell("ready; stop with Ctrl-C", settings.quiet)
        uvicorn.Server(
            uvicorn.Config(site, log_level="warning", server_header=False, access_log=False, timeout_keep_alive=60)
        ).run(sockets=[listening])
    finally:
        listening.close()


def _names(host: str) -> tuple[str, ...]:
    return () if host in {"0.0.0.0", "::"} else (f"[{host}]" if ":" in host else host,)  # noqa: S104


def _bring_up_to_date(folder: Path) -> None:
    """Give a record of an older version its new tables: the site itself only reads. What fails here is said then."""
    from detente.record import Record

    with contextlib.suppress(RecordError):
        Record(folder, create=False).close()


def _desk(context: typer.Context) -> "Desk | None":
    """The desk beside the record, or where DETENTE_DESK says; a folder that cannot be written to has none."""
    from detente.desk import Desk

    where: str | Path = os.environ.get("DETENTE_DESK") or get_settings(context).record
    try:
        return Desk.open(where)
    except DeskError as error:
        if "DETENTE_DESK" in os.environ:
            raise
        typer.echo(f"comments are off: {error}", err=True)
        return None


def _world(shapes: Path | None) -> "World | None":
    if shapes is None:
        return None
    from detente.web.map.shapes import read_world

    return read_world(shapes)


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address. Raises BadInput where it is taken, not ours, or no address."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(found[0], found[1])
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(found[4])
    except OSError as error:
        raise BadInput(
            f"cannot listen on {host} port {port}: {error.strerror or error}; choose another --port"
        ) from None
    return listening


def _tell(words: str, quiet: bool) -> None:
    if not quiet:
        print(f"  {words} …" if not words.startswith("ready") else f"  {words}", file=sys.stderr, flush=True)  # noqa: T201
