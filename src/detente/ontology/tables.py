"""The name of a table under ontology/data in, its rows out."""

import csv
import tomllib
from importlib.resources import files
from typing import Any

_DATA = files("detente.ontology") / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a tab-separated table with a header; an empty cell is ""."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def document(name: str) -> dict[str, Any]:
    """A TOML file as a dict."""
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def words(cell: str) -> tuple[str, ...]:
    """The comma-separated words of a cell."""
    return tuple(word for word in cell.split(",") if word)
