"""SVG elements as text, and what each looks like: by a class on a page (light and dark), by attributes in a file."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from markupsafe import Markup, escape

Mode = Literal["page", "file"]
INK, FAINT, PAPER, GRID, COOP, CONF, NONE = "#1c2430", "#5b6472", "#ffffff", "#dfe3e8", "#0f7482", "#c04a1f", "#8a8f98"
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
LOOKS: dict[str, dict[str, str]] = {
    "paper": {"fill": PAPER},
    "grid": {"stroke": GRID, "stroke-width": "1"},
    "zero": {"stroke": FAINT, "stroke-width": "1"},
    "label": {"fill": FAINT, "font-size": "12"},
    "say": {"fill": INK, "font-size": "13", "font-weight": "600"},
    "line": {"fill": "none", "stroke": INK, "stroke-width": "2", "stroke-linejoin": "round"},
    "point": {"fill": INK},
    "band-coop": {"fill": COOP, "fill-opacity": "0.22"},
    "band-conf": {"fill": CONF, "fill-opacity": "0.22"},
    "band": {"fill": NONE, "fill-opacity": "0.22"},
    "coop": {"fill": COOP},
    "conf": {"fill": CONF},
    "coop-pale": {"fill": COOP, "fill-opacity": "0.45"},
    "coop-faint": {"fill": COOP, "fill-opacity": "0.2"},
    "conf-pale": {"fill": CONF, "fill-opacity": "0.45"},
    "none-pale": {"fill": NONE, "fill-opacity": "0.4"},
    "even": {"fill": NONE},
    "none": {"fill": NONE},
    "say-coop": {"fill": COOP, "font-size": "12", "font-weight": "600"},
    "say-conf": {"fill": CONF, "font-size": "12", "font-weight": "600"},
    "other1": {"fill": "none", "stroke": "#6b4fa0", "stroke-width": "1.75", "stroke-dasharray": "7 3"},
    "other2": {"fill": "none", "stroke": "#7a5c10", "stroke-width": "1.75", "stroke-dasharray": "2 3"},
    "other3": {"fill": "none", "stroke": "#4a5a8a", "stroke-width": "1.75", "stroke-dasharray": "10 3 2 3"},
    "say-other1": {"fill": "#6b4fa0", "font-size": "12", "font-weight": "600"},
    "say-other2": {"fill": "#7a5c10", "font-size": "12", "font-weight": "600"},
    "say-other3": {"fill": "#4a5a8a", "font-size": "12", "font-weight": "600"},
    "conf-faint": {"fill": CONF, "fill-opacity": "0.2"},
    "chosen": {"fill": INK},
    "tile": {"fill": INK, "font-size": "10.5"},
    "tile-full": {"fill": PAPER, "font-size": "10.5", "font-weight": "600"},
    "corner": {"fill": "none", "stroke": INK, "stroke-width": "1.5"},
    "hatch": {"stroke": INK, "stroke-width": "1"},
    "disputed": {"stroke": INK, "stroke-width": "1"},
    "years": {"fill": FAINT},
    "span": {"stroke": INK, "stroke-width": "1"},
    "node": {"fill": INK, "fill-opacity": "0.85"},
    "dot": {"fill": PAPER, "stroke": INK, "stroke-width": "2"},
    "tie-coop": {"stroke": COOP},
    "tie-conf": {"stroke": CONF, "stroke-dasharray": "6 4"},
    "sign": {"fill": "none", "stroke": PAPER, "stroke-width": "2"},
}
"""What each role looks like in a file; on a page `site.css` says so, under the same names with `m-` before them."""


class Pen:
    """Writes elements in one mode."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self._looks = {} if mode == "page" else _ATTRIBUTES

    def el(self, name: str, role: str | None = None, inner: str | Markup = "", /, **given: object) -> Markup:
        """One element; attribute names with _ for -; `inner` is escaped unless it is markup."""
        told = [name]
        if role is not None:
            told.append(self._looks[role] if role in self._looks else f'class="m-{escape(role)}"')
        told += [f'{_NAMES.get(key, key)}="{_value(value)}"' for key, value in given.items() if value is not None]
        if not inner:
            return Markup(f"<{' '.join(told)}/>")  # noqa: S704  (every value above went through _value)
        return Markup(f"<{' '.join(told)}>{escape(inner)}</{name}>")  # noqa: S704

    def svg(self, width: int, height: int, title: str, desc: str, parts: Sequence[Markup], **given: object) -> Markup:
        """A whole drawing that says what it shows to those who do not see it."""
        role = "group" if any("<a " in part for part in parts) else "img"  # what is in a picture cannot be gone to
        own: dict[str, object] = {"viewBox": f"0 0 {width} {height}", "role": role, "width": width, "height": height}
        if self.mode == "file":
            own |= {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT}
            parts = [self.el("rect", "paper", width=width, height=height), *parts]
        inner = Markup("").join([self.el("title", None, title), self.el("desc", None, desc or title), *parts])
        return self.el("svg", None, inner, **own, **given)


_NAMES = {name: name.rstrip("_").replace("_", "-") for name in (
    "class_", "clip_path", "stroke_width", "stroke_opacity", "fill_opacity", "data_bottom", "data_points", "text_anchor", "font_family", "aria_hidden",
)}  # fmt: skip
_ATTRIBUTES = {role: " ".join(f'{name}="{value}"' for name, value in look.items()) for role, look in LOOKS.items()}


def _value(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.1f}"
    return value if isinstance(value, int) else escape(value)


def scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """A linear scale; values beyond are put on its ends."""
    width = (high - low) or 1.0

    def place(value: float) -> float:
        return start + (min(max(value, min(low, high)), max(low, high)) - low) / width * (end - start)

    return place


def line(points: Sequence[tuple[float, float] | None]) -> str:
    """A path through points, broken where one is missing; a lone point becomes a short dash."""
    told, pen_down = [], False
    for n, point in enumerate(points):
        if point is None:
            pen_down = False
            continue
        told.append(f"{'L' if pen_down else 'M'}{point[0]:.1f} {point[1]:.1f}")
        alone = not pen_down and (n + 1 == len(points) or points[n + 1] is None)
        if alone:
            told.append("h1.5")
        pen_down = True
    return "".join(told)


def area(points: Sequence[tuple[float, float, float] | None]) -> str:
    """The area between two lines given as (x, lower, upper), broken where one is missing."""
    told: list[str] = []
    run: list[tuple[float, float, float]] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
        elif run:
            if len(run) == 1:
                run.append((run[0][0] + 1.5, *run[0][1:]))
            there = "L".join(f"{x:.1f} {upper:.1f}" for x, _, upper in run)
            back = "L".join(f"{x:.1f} {lower:.1f}" for x, lower, _ in reversed(run))
            told.append(f"M{there}L{back}Z")
            run = []
    return "".join(told)


def year_ticks(first: date, last: date, most: int) -> list[date]:
    """First days of years between two days, at most so many, evenly spaced."""
    years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if len(years) / s <= most), 100)
    return [date(year, 1, 1) for year in years if year % step == 0 or step == 1]


def month_ticks(first: date, last: date, most: int) -> list[date]:
    """The same by months, for a span of less than about three years."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in (1, 2, 3, 6, 12) if count / s <= most), 12)
    found = [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)]
    return [day for day in found if day >= first and (day.month - 1) % step == 0]
