"""A file's name in, the name under which it is written first out, so that it is there whole or not at all."""

from pathlib import Path

from detente.errors import BadInput


def started(out: Path) -> Path:
    """The file that is written first and then takes the name `out`. Raises BadInput where `out` cannot be written."""
    if not out.parent.is_dir():
        raise BadInput(f"{out}: the folder {out.parent} does not exist")
    if out.is_dir():
        raise BadInput(f"{out}: is a folder, not a file")
    return out.with_name(out.name + ".part")
