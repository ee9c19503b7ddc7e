"""Counts of several kinds by period in, stacked bars out, each bar a link to what it counts."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from detente.web.svg.marks import Mode, Pen
from detente.web.wording import plural

TALL = 150
THIN, THICK = 3.0, 46.0


class Kind(Struct, frozen=True):
    """One kind of thing that is counted: its name, how it looks (a role of `marks.LOOKS`)."""

    name: str
    role: str


class Column(Struct, frozen=True):
    """One period: what it is called, how many of each kind, where it leads."""

    label: str
    counts: dict[str, int]
    href: str
    here: bool = False


def stacks(
    title: str, kinds: Sequence[Kind], columns: Sequence[Column], *, mode: Mode = "page", width: int = 960
) -> Markup:
    """Bars from the first kind below to the last above; the kinds' names, coloured, with their sums, are the legend."""
    pen = Pen(mode)
    narrow = width < 600
    left, right = 34, 4
    legend = _legend(pen, kinds, columns, width)
    top = 20 + 18 * legend[1]
    bottom = top + TALL
    most = max((sum(c.counts.values()) for c in columns), default=0) or 1
    step = (width - left - right) / max(len(columns), 1)
    bar = max(THIN, min(THICK, step * 0.78))
    parts = [*legend[0], *_grid(pen, most, left, width - right, top, bottom)]
    every = max(1, round((44 if narrow else 52) / step + 0.5))
    for n, column in enumerate(columns):
        x = left + (n + 0.5) * step
        parts.append(_bar(pen, kinds, column, x - bar / 2, bar, bottom, TALL / most))
        if n % every == 0 or column.here:
            role = "say" if column.here else "label"
            parts.append(pen.el("text", role, column.label, x=x, y=bottom + 16, text_anchor="middle"))
    told = "; ".join(f"{kind.name} {sum(c.counts.get(kind.name, 0) for c in columns):,}" for kind in kinds)
    return pen.svg(width, bottom + 22, title, told, parts, class_="chart")


def _legend(pen: Pen, kinds: Sequence[Kind], columns: Sequence[Column], width: int) -> tuple[list[Markup], int]:
    """The names of kinds that occur, each behind a patch of its colour, and on how many lines they stand."""
    parts, x, row = [], 0.0, 0
    for kind in kinds:
        count = sum(c.counts.get(kind.name, 0) for c in columns)
        if not count:
            continue
        words = f"{kind.name} {count:,}"
        long = 22 + 7.2 * len(words)
        if x and x + long > width:
            x, row = 0.0, row + 1
        parts.append(pen.el("rect", kind.role, x=x, y=2.0 + 18 * row, width=11, height=11, rx=2))
        parts.append(pen.el("text", "label", words, x=x + 16, y=12.0 + 18 * row))
        x += long
    return parts, row + 1


def _grid(pen: Pen, most: int, left: float, right: float, top: float, bottom: float) -> list[Markup]:
    step = next(n for power in range(12) for n in (10**power, 2 * 10**power, 5 * 10**power) if most / n <= 4)
    parts = []
    for value in range(0, most + 1, step):
        y = bottom - (bottom - top) * value / most
        parts.append(pen.el("line", "zero" if value == 0 else "grid", x1=left, x2=right, y1=y, y2=y))
        parts.append(pen.el("text", "label", f"{value:,}", x=left - 6, y=y + 4, text_anchor="end"))
    return parts


def _bar(
    pen: Pen, kinds: Sequence[Kind], column: Column, x: float, wide: float, bottom: float, unit: float
) -> Markup:  # fmt: skip
    parts, y = [], bottom
    for kind in kinds:
        tall = column.counts.get(kind.name, 0) * unit
        if tall:
            y -= tall
            parts.append(pen.el("rect", kind.role, x=x, y=y, width=wide, height=max(tall - 0.5, 0.5)))
    told = ", ".join(f"{column.counts[k.name]:,} {k.name}" for k in kinds if column.counts.get(k.name))
    words = f"{column.label}: {told or plural(0, 'entry', 'entries')}"
    mark = pen.el("g", None, Markup("").join([pen.el("title", None, words), *parts]))
    return pen.el("a", None, mark, href=column.href, tabindex=-1) if pen.mode == "page" and parts else mark
