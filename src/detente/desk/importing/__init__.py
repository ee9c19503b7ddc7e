"""Comments in and out: archives of Disqus, Isso, WordPress and our own, by one importer and one exporter."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from detente.desk.importing.neutral import ImportedComment, ImportedThread, Item, LeftOut
from detente.desk.importing.report import Report
from detente.errors import BadInput

if TYPE_CHECKING:
    from detente.desk.importing.shelf import Shelf

Form = Literal["disqus", "isso", "wxr", "json"]
FORMS: tuple[Form, ...] = ("disqus", "isso", "wxr", "json")

__all__ = [
    "FORMS",
    "Form",
    "ImportedComment",
    "ImportedThread",
    "LeftOut",
    "Report",
    "ShelvedDesk",
    "export_comments",
    "import_comments",
    "read_archive",
]


class ShelvedDesk(Protocol):
    """What importing and exporting ask of a desk."""

    def shelf(self) -> "AbstractContextManager[Shelf]":
        """The tables of threads and comments within one transaction, undone by an error."""

    def hashed(self, purpose: str, value: str) -> str:
        """A keyed hash of a value; the key never leaves the desk."""


def read_archive(path: Path, form: str) -> Iterator[Item]:
    """Yield an archive's threads, comments and what is left out, in the file's order, with flat memory.

    `form` is one of FORMS. Raises BadInput for another, and for a file that cannot be read as that.
    """
    from detente.desk.importing import disqus, isso, own, wxr

    readers = {"disqus": disqus.read, "isso": isso.read, "wxr": wxr.read, "json": own.read}
    if form not in readers:
        raise BadInput(f"unknown format {form!r}; the formats are {', '.join(FORMS)}")
    return readers[form](path)


def import_comments(
    desk: ShelvedDesk,
    path: Path,
    form: str,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
    *,
    site: str | None = None,
) -> Report:
    """Bring an archive's comments onto the desk, in one transaction; a second time adds nothing.

    `form` is disqus, isso, wxr or json (ours). `site` (https://example.org) completes addresses that are bare paths, as
    Isso's are. E-mail addresses are kept only as keyed hashes. A dry run counts the same and writes nothing; `progress`
    gets the number done so far, first while reading, then while writing. Raises BadInput, and then nothing is imported.
    """
    from detente.desk.importing import addresses, staging, writing

    tick = progress or (lambda done: None)
    base = addresses.site_address(site) if site else None
    with staging.staged(lambda thread: addresses.placed(thread, form, base)) as stage:
        stage.fill(read_archive(path, form), tick)
        stage.settle()
        with desk.shelf() as shelf:
            return writing.write(
                shelf,
                stage,
                lambda email: desk.hashed("imported-author", email),
                dry_run=dry_run,
                progress=tick,
            )


def export_comments(
    desk: ShelvedDesk, out: Path, form: str | None = None, progress: Callable[[int], None] | None = None
) -> int:
    """Write all threads and comments as JSON Lines or JSON (by `form` or the file's ending); returns the comments' number.

    No e-mail address, hash or account is in it. Raises BadInput for another form or a folder that is missing.
    """
    from detente.desk.importing import exporting

    chosen = exporting.export_form(out, form)
    with desk.shelf() as shelf:
        return exporting.write(shelf, out, chosen, progress or (lambda done: None))
