"""Rows or a drawing in, a file to take along out: CSV, JSON, SVG or PNG."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from detente.web.asking import Answer

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run as a formula by a spreadsheet; it gets an apostrophe in front."""


def as_csv(names: Sequence[str], rows: Iterable[dict[str, Any]], filename: str) -> Answer:
    """Rows as CSV; lists are joined by ';'."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([[_cell(row.get(name)) for name in names] for row in rows])
    return Answer(body=text.getvalue(), media="text/csv", filename=filename)


def as_json(value: Any, filename: str | None = None) -> Answer:
    """Anything as JSON."""
    return Answer(body=msgspec.json.encode(value), media="application/json", filename=filename)


def as_svg(drawing: Markup, filename: str) -> Answer:
    """A drawing as an SVG file."""
    return Answer(body=str(drawing), media="image/svg+xml", filename=filename)


def as_png(drawing: Markup, filename: str) -> Answer:
    """A drawing as a PNG file, twice as fine as its own measure."""
    import vl_convert

    return Answer(body=vl_convert.svg_to_png(str(drawing), scale=2), media="image/png", filename=filename)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_cell(item) for item in value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RISKY) else value
    return f"{value:.4g}" if isinstance(value, float) else str(value)
