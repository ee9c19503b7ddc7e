"""The tile map: one square of equal size a state, so that small ones are seen as well as great ones."""

import csv
from functools import cache
from importlib.resources import files


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Column and row of each state, from the upper left."""
    text = (files("detente.web.map") / "tiles.csv").read_text(encoding="utf-8")
    return {row["id"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(text.splitlines())}
