"""Runs the command line in this process, as a user would."""

from typing import NamedTuple

import pytest

from detente.cli.main import main


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *words: object) -> Ran:
    """Run `detente words…`."""
    capsys.readouterr()
    try:
        main([str(word) for word in words])
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    printed = capsys.readouterr()
    return Ran(code, printed.out, printed.err)
