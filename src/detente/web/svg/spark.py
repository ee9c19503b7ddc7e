"""A pair's level over time in, a line the size of a word out."""

from collections.abc import Sequence

from markupsafe import Markup

from detente.web.svg.marks import Mode, Pen, area, line, scale

WIDTH, HEIGHT = 160, 40
REACH = 3.0


def spark(
    values: Sequence[tuple[float | None, float | None, float | None]], title: str, *, mark: int | None = None,
    mode: Mode = "page", width: int = WIDTH, height: int = HEIGHT
) -> Markup:  # fmt: skip
    """A sparkline of (level, low, high), oldest first: band, line, zero, the last point, and one marked point.

    The scale is the same everywhere, -3 to +3, so that lines can be compared.
    """
    pen = Pen(mode)
    x, y = scale(0, max(len(values) - 1, 1), 3, width - 5), scale(-REACH, REACH, height - 3, 3)
    line_points = [None if level is None else (x(n), y(level)) for n, (level, _, _) in enumerate(values)]
    band = [None if low is None or high is None else (x(n), y(low), y(high)) for n, (_, low, high) in enumerate(values)]
    parts = [
        pen.el("line", "zero", x1=0, x2=width, y1=y(0), y2=y(0)),
        pen.el("path", "band", d=area(band)),
        pen.el("path", "line", d=line(line_points)),
    ]
    known = [n for n, (level, _, _) in enumerate(values) if level is not None]
    if mark is not None and 0 <= mark < len(values):
        parts.insert(1, pen.el("line", "mark", x1=x(mark), x2=x(mark), y1=1, y2=height - 1))
    if known and known[-1] == len(values) - 1:
        level = values[known[-1]][0] or 0.0
        parts.append(pen.el("circle", "coop" if level >= 0 else "conf", cx=x(known[-1]), cy=y(level), r=3))
    return pen.svg(width, height, title, "", parts, class_="spark")
