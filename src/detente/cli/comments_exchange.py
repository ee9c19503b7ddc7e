"""`detente comments import` and `detente comments export`: archives of comments in and out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import output
from detente.cli.context import get_settings
from detente.cli.progress import bar

if TYPE_CHECKING:
    from detente.desk.importing import ShelvedDesk

Opener = Callable[[typer.Context, bool], "AbstractContextManager[ShelvedDesk]"]
"""Opens the desk that a call names; the flag says whether one may be made where there is none."""


def register(group: typer.Typer, open_desk: Opener) -> None:
    """Add both commands to the group `detente comments`."""

    @group.command("import")
    def import_(
        context: typer.Context,
        file: Annotated[Path, typer.Argument(help="The archive; gzipped XML and JSON are opened.")],
        form: Annotated[str, typer.Option("--format", help="disqus, isso, wxr (WordPress) or json (ours).")],
        site: Annotated[
            str | None, typer.Option(metavar="URL", help="The site that bare paths belong to, as in Isso's database.")
        ] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, and write nothing.")] = False,
        json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    ) -> None:
        """Bring the comments of Disqus, Isso, WordPress or another desk here; twice adds nothing.

        All of the archive is imported, or nothing. What is left out is counted with its reason.

        \b
        Examples:
          detente comments import example-2012-09-17.xml.gz --format disqus --dry-run
          detente comments import comments.db --format isso --site https://example.org
          detente comments import wordpress.xml --format wxr
        """
        from detente.desk.importing import import_comments

        quiet = get_settings(context).quiet
        with open_desk(context, not dry_run) as desk, bar("importing", quiet=quiet, unit="comments") as tick:
            report = import_comments(desk, file, form, dry_run=dry_run, progress=tick, site=site)
        if json:
            import msgspec

            output.write(msgspec.json.encode(report).decode() + "\n", None)
            return
        for line in report.lines():
            output.note(line, quiet=quiet)
        if dry_run:
            output.note("dry run: nothing was written", quiet=quiet)

    @group.command("export")
    def export(
        context: typer.Context,
        out: Annotated[
            Path, typer.Argument(help="The file to write, .jsonl or .json; it appears whole or not at all.")
        ],
        form: Annotated[
            str | None, typer.Option("--format", help="jsonl or json (default: the file's ending).")
        ] = None,
    ) -> None:
        """Write every thread and comment to a file that `detente comments import --format json` reads.

        It holds what was written and the names shown with it: no addresses, hashes, accounts or votes.

        \b
        Examples:
          detente comments export comments.jsonl
        """
        from detente.desk.importing import export_comments

        quiet = get_settings(context).quiet
        with open_desk(context, False) as desk, bar("exporting", quiet=quiet, unit="comments") as tick:
            number = export_comments(desk, out, form, progress=tick)
        output.note(f"{number:,} comments → {out}", quiet=quiet)
