"""What the commands on relations share: options, the open record, and the marks of a terminal chart."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import output
from detente.cli.context import get_settings
from detente.errors import RecordError

if TYPE_CHECKING:
    from detente.measured import MeasuredRecord

Dataset = Annotated[
    str | None,
    typer.Option("--dataset", metavar="NAME", help="coded, or an imported dataset; default: the record's own."),
]
Plot = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw it: .svg, .png or .html.")]
Csv = Annotated[bool, typer.Option("--csv", help="The same as --format csv.")]
Rate = Annotated[
    float, typer.Option("--rate", metavar="R", help="False alarms accepted per pair and year; calibrated 0.02 to 0.7.")
]
COOL, WARM = "dark_orange3", "dark_cyan"
BARS = "▁▂▃▄▅▆▇█"
SCALE = 3.0
HALF = 20


def open_measured(context: typer.Context) -> "MeasuredRecord":
    """The record that --record names, with its measures. Raises RecordError where there is none."""
    from detente.measured import MeasuredRecord

    folder = get_settings(context).record
    if not folder.exists():
        raise RecordError(f"{folder}: no record here yet; make one with `detente ingest SOURCE` or `detente demo`")
    return MeasuredRecord(folder, create=False)


def shape(form: str | None, as_json: bool, as_csv: bool, out: Path | None) -> output.Format:
    """The format asked for in any of the three ways."""
    return output.choose_format("json" if as_json else "csv" if as_csv else form, out)


def draw(chart: Any, out: Path | None, *, quiet: bool) -> None:
    """Write the chart, if one was asked for."""
    from detente.relations.charts import save

    if out is not None:
        save(chart(), out)
        output.note(f"drew {out}", quiet=quiet)


def gauge(level: float | None, low: float | None, high: float | None) -> str:
    """A level with its interval on an axis from -3 (conflict) to +3 (cooperation), 41 characters wide."""
    cells = ["·"] * (2 * HALF + 1)
    cells[HALF] = "┊"
    if level is None or low is None or high is None:
        return "".join(cells)
    for place in range(_place(low), _place(high) + 1):
        cells[place] = "─"
    cells[_place(level)] = "●"
    return "".join(cells)


def _place(level: float) -> int:
    return HALF + round(max(-SCALE, min(SCALE, level)) / SCALE * HALF)


def spark(values: "list[float | None]", top: float | None = None) -> str:
    """Values as a row of bars, blank where there is none; `top` is the full height, else the largest value."""
    most = top or max((v for v in values if v is not None), default=0) or 1
    return "".join(" " if v is None else BARS[min(len(BARS) - 1, int(v / most * (len(BARS) - 0.01)))] for v in values)
