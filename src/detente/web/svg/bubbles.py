"""Partners by year in, a table of circles out: as large as there were acts, coloured and marked by their tone."""

from collections.abc import Sequence
from math import sqrt

from markupsafe import Markup
from msgspec import Struct

from detente.web.svg.marks import Mode, Pen
from detente.web.wording import plural, ratio_words, tone

ROW = 34


class Cell(Struct, frozen=True):
    """One partner in one year."""

    acts: float
    level: float | None
    href: str


def bubbles(
    name: str, years: Sequence[int], rows: Sequence[tuple[str, Sequence[Cell]]], *, mode: Mode = "page", width: int = 960
) -> Markup:  # fmt: skip
    """One row a partner, one column a year. A circle's area is the number of acts; a line in it says which way."""
    pen = Pen(mode)
    left, right, top = (120 if width < 600 else 190), 10, 24
    step = (width - left - right) / max(len(years), 1)
    most = max((cell.acts for _, cells in rows for cell in cells), default=1) or 1
    reach = min(ROW / 2 - 1, step / 2 - 1)
    parts = [
        pen.el("text", "label", str(year), x=left + (n + 0.5) * step, y=14, text_anchor="middle")
        for n, year in enumerate(years)
    ]
    for r, (partner, cells) in enumerate(rows):
        y = top + (r + 0.5) * ROW
        parts.append(pen.el("line", "grid", x1=left, x2=width - right, y1=y, y2=y))
        parts.append(pen.el("text", "say", partner, x=0, y=y + 4))
        for n, cell in enumerate(cells):
            if cell.acts > 0:
                parts.append(
                    _circle(pen, cell, partner, years[n], left + (n + 0.5) * step, y, reach * sqrt(cell.acts / most))
                )
    title = f"{name}: acts with its partners by year, and their tone"
    desc = "; ".join(f"{partner}: {plural(round(sum(c.acts for c in cells)), 'act')}" for partner, cells in rows)
    return pen.svg(width, top + ROW * len(rows) + 4, title, desc, parts, class_="chart")


def _circle(pen: Pen, cell: Cell, partner: str, year: int, x: float, y: float, size: float) -> Markup:
    words = f"{partner}, {year}: {plural(max(1, round(cell.acts)), 'act')}; {ratio_words(cell.level)}"
    kind = tone(cell.level)
    size = max(size, 2.0)
    mark = pen.el("circle", kind, pen.el("title", None, words), cx=x, cy=y, r=size)
    if kind in {"coop", "conf"} and size >= 6:
        up = -1 if kind == "coop" else 1
        arm = size * 0.45
        shape = (
            f"M{x - arm:.1f} {y - up * arm / 2:.1f}L{x:.1f} {y + up * arm / 2:.1f}L{x + arm:.1f} {y - up * arm / 2:.1f}"
        )
        mark += pen.el("path", "sign", d=shape)
    return pen.el("a", None, mark, href=cell.href, tabindex=-1) if pen.mode == "page" else mark
