"""A pair's level, its turns and its acts in, one chart on one time axis out."""

from collections.abc import Callable, Sequence
from datetime import date
from math import log

import msgspec
from markupsafe import Markup
from msgspec import Struct

from detente.types import Relation, Turn
from detente.web.svg.marks import Mode, Pen, area, line, month_ticks, scale, year_ticks
from detente.web.wording import adjective, day, ratio_words, signed

Scale = Callable[[float], float]
Days = Callable[[date], float]
REACH = 3.2
FARTHEST = 5.0
RATIOS = {30: "30 to 1", 10: "10 to 1", 3: "3 to 1"}
MOST_POINTS = 1200
MOST_DOTS = 160
STRIP = 64


class Act(Struct, frozen=True):
    """One act as the strip shows it: `side` +1 cooperation, -1 conflict; `count` more than 1 where acts are summed."""

    day: date
    side: int
    label: str
    href: str
    count: int = 1


class Line(Struct, frozen=True):
    """Another pair drawn for comparison."""

    name: str
    series: Sequence[Relation]


def level_chart(
    name: str, series: Sequence[Relation], turns: Sequence[Turn], acts: Sequence[Act] = (), others: Sequence[Line] = (),
    *, mode: Mode = "page", width: int = 960, title: str = ""
) -> Markup:  # fmt: skip
    """The chart: an 80 % band that is blue-green above zero and orange-red below, the level as a line, turns as
    triangles with their month, other pairs as broken lines with their names, and beneath it the acts."""
    pen = Pen(mode)
    narrow = width < 600
    tall = 240 if narrow else 320
    left, right, top = 8, (8 if not others else 70 if narrow else 130), 26
    bottom = top + tall
    height = bottom + 26 + (STRIP + 22 if acts else 0)
    series = thinned(series)
    days = [p.period for p in series] + [p.period for other in others for p in other.series] or [date(2000, 1, 1)]
    first, last = min(days), max([*days, *(act.day for act in acts)])
    reach = reach_of(series)
    x, y = scale(first.toordinal(), last.toordinal(), left, width - right), scale(-reach, reach, bottom, top)

    def at(when: date) -> float:
        return x(when.toordinal())

    lines, labels = _grid(pen, y, left, width - right, reach)
    parts = [*lines, *_time(pen, first, last, at, top, height - 20, narrow)]
    band = [None if p.low is None or p.high is None else (at(p.period), y(p.low), y(p.high)) for p in series]
    shape = area(band)
    for role, low, high in (("band-coop", top, y(0)), ("band-conf", y(0), bottom)):
        key = f"{role}-{width}"
        clip = pen.el("clipPath", None, pen.el("rect", None, x=0, y=low, width=width, height=high - low), id=key)
        parts += [clip, pen.el("path", role, d=shape, clip_path=f"url(#{key})")]
    for n, other in enumerate(others, 1):
        points = [None if p.level is None else (at(p.period), y(p.level)) for p in thinned(other.series)]
        parts.append(pen.el("path", f"other{n}", d=line(points)))
    parts.append(
        pen.el("path", "line", d=line([None if p.level is None else (at(p.period), y(p.level)) for p in series]))
    )
    single = singles([p.level for p in series])
    parts += [
        pen.el("circle", "point", cx=at(p.period), cy=y(p.level or 0), r=2)
        for p, alone in zip(series, single, strict=True)
        if alone
    ]
    parts += _names(pen, name, series, others, at, y) if others else []
    parts += labels
    parts += _turns(pen, turns, series, at, y, width - right, narrow)
    if acts:
        parts += _strip(pen, acts, at, bottom + 26, left, mode)
    told = [(round(at(p.period), 1), None if p.level is None else round(y(p.level), 1), said(p)) for p in series]
    extra = {"data_points": msgspec.json.encode(told).decode(), "data_bottom": bottom} if mode == "page" else {}
    head = title or f"{name}: level of cooperation against conflict"
    return pen.svg(width, height, head, _described(name, series, turns), parts, class_="chart", **extra)


def thinned(series: Sequence[Relation]) -> Sequence[Relation]:
    """A series of at most `MOST_POINTS`, its newest among them."""
    step = -(-len(series) // MOST_POINTS)
    return series[(len(series) - 1) % step :: step] if len(series) > MOST_POINTS else series


def reach_of(series: Sequence[Relation]) -> float:
    """How far from zero the scale of a chart goes either way."""
    return min(max([REACH, *(abs(p.level) + 0.2 for p in series if p.level is not None)]), FARTHEST)


def level_near(known: Sequence[tuple[date, float]], month: date) -> float:
    """The level of the month nearest to one, of those that have a level."""
    return min(known, key=lambda p: abs((p[0] - month).days))[1]


def turn_words(turn: Turn) -> tuple[str, str]:
    """What a turn is called, and when it was noticed."""
    return f"{adjective(turn.direction)} {day(turn.month, 'month')}", f"alarm on {day(turn.alarm_date)}"


def singles(levels: Sequence[float | None]) -> list[bool]:
    """Which months stand alone between gaps: a line through them has no length, so they are drawn as points."""
    around = [None, *levels, None]
    return [now is not None and around[n] is None and around[n + 2] is None for n, now in enumerate(levels)]


def said(point: Relation) -> str:
    """What a month's level says, in words."""
    when = day(point.period, "month" if point.period.day == 1 else "day")
    if point.level is None:
        return f"{when}: too few acts to say"
    return f"{when}: {ratio_words(point.level)} ({signed(point.level)}; 80 % between {signed(point.low)} and {signed(point.high)})"


def _described(name: str, series: Sequence[Relation], turns: Sequence[Turn]) -> str:
    known = [p for p in series if p.level is not None]
    if not known:
        return f"The record holds too few acts between {name} to say how they stand."
    turned = "; ".join(f"{adjective(t.direction)} in {day(t.month, 'month')}" for t in turns[-8:])
    return f"Last known {said(known[-1])}." + (f" Turns: {turned}." if turned else " No turns.")


def _grid(pen: Pen, y: Scale, left: float, right: float, reach: float) -> tuple[list[Markup], list[Markup]]:
    """The lines of the scale, and their labels, which are drawn over all else."""
    lines = [pen.el("line", "zero", x1=left, x2=right, y1=y(0), y2=y(0))]
    labels = [pen.el("text", "label", "even", x=left, y=y(0) - 4)]
    shown = [ratio for ratio in RATIOS if log(ratio) < reach]
    for ratio in shown:
        for sign, kind in ((1, "cooperation"), (-1, "conflict")):
            at = y(sign * log(ratio))
            lines.append(pen.el("line", "grid", x1=left, x2=right, y1=at, y2=at))
            text = f"{RATIOS[ratio]} {kind}" if ratio == shown[0] else RATIOS[ratio]
            labels.append(pen.el("text", "label", text, x=left, y=at - 4))
    return lines, labels


def _time(pen: Pen, first: date, last: date, at: Days, top: float, bottom: float, narrow: bool) -> list[Markup]:
    years = (last - first).days / 365.25
    ticks = (
        year_ticks(first, last, 5 if narrow else 12) if years > 2.5 else month_ticks(first, last, 4 if narrow else 10)
    )
    parts = []
    for tick in ticks:
        words = str(tick.year) if years > 2.5 else day(tick, "month")
        parts.append(pen.el("line", "grid", x1=at(tick), x2=at(tick), y1=top, y2=bottom))
        parts.append(pen.el("text", "label", words, x=at(tick) + 3, y=bottom + 14))
    return parts


def _turns(
    pen: Pen, turns: Sequence[Turn], series: Sequence[Relation], at: Days, y: Scale, right: float, narrow: bool
) -> list[Markup]:
    parts: list[Markup] = []
    known = [(p.period, p.level) for p in series if p.level is not None]
    labelled: list[tuple[float, float]] = []
    for turn in reversed(turns):
        if not known or not series[0].period <= turn.month <= series[-1].period:
            continue
        px, py = at(turn.month), y(level_near(known, turn.month))
        warm = turn.direction == "warm"
        role, tip = ("coop", -8) if warm else ("conf", 8)
        base = py - 6 if warm else py + 6
        shape = f"M{px - 6:.1f} {base:.1f}L{px + 6:.1f} {base:.1f}L{px:.1f} {base + tip * 1.25:.1f}Z"
        words, alarm = turn_words(turn)
        mark = pen.el("path", role, pen.el("title", None, f"{words}; {alarm}"), d=shape)
        parts.append(pen.el("a", None, mark, href=f"#turn-{turn.month}", tabindex=-1) if pen.mode == "page" else mark)
        ly = base + (-14 if warm else 22)
        lx = min(max(px, 4), right - 112)
        if all(abs(lx - ox) > (104 if not narrow else 110) or abs(ly - oy) > 14 for ox, oy in labelled):
            labelled.append((lx, ly))
            parts.append(pen.el("text", f"say-{role}", words, x=lx, y=ly))
    return parts


def _names(pen: Pen, name: str, series: Sequence[Relation], others: Sequence[Line], at: Days, y: Scale) -> list[Markup]:
    """The names of the lines at their ends, moved apart where they would touch."""
    ends: list[tuple[float, float, str, str]] = []
    for n, (words, points) in enumerate([(name, series), *((o.name, o.series) for o in others)]):
        known = [(p.period, p.level) for p in points if p.level is not None]
        if known:
            ends.append((y(known[-1][1]), at(known[-1][0]), words, f"say-other{n}" if n else "say"))
    told, lowest = [], -1e9
    for py, px, words, role in sorted(ends):
        lowest = max(py, lowest + 15)
        told.append(pen.el("text", role, words, x=px + 6, y=lowest + 4))
    return told


def _strip(pen: Pen, acts: Sequence[Act], at: Days, top: float, left: float, mode: Mode) -> list[Markup]:
    """The acts: cooperation above a line, conflict below; each a dot, or where they are many a bar a period."""
    middle = top + STRIP / 2 + 8
    words = "acts" if all(act.count == 1 for act in acts) else "acts a month"
    parts = [
        pen.el("line", "zero", x1=left, x2=at(max(act.day for act in acts)), y1=middle, y2=middle),
        pen.el("text", "label", f"{words}: cooperation above, conflict below", x=left, y=top + 4),
    ]
    most = max(act.count for act in acts)
    taken: dict[tuple[int, int], int] = {}
    for act in acts:
        px, role = at(act.day), "coop" if act.side > 0 else "conf"
        if most == 1:
            slot = (round(px / 6), act.side)
            taken[slot] = level = taken.get(slot, 0) + 1
            py = middle - act.side * (2 + min(level, 5) * 5.5)
            mark = pen.el("circle", role, pen.el("title", None, act.label), cx=px, cy=py, r=2.8)
        else:
            tall = max(1.5, act.count / most * (STRIP / 2 - 4))
            top_y = middle - tall if act.side > 0 else middle
            mark = pen.el("rect", role, pen.el("title", None, act.label), x=px, y=top_y, width=3, height=tall)
        parts.append(pen.el("a", None, mark, href=act.href, tabindex=-1) if mode == "page" and act.href else mark)
    return parts
