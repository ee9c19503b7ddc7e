"""A pair's level, its turns and its acts in, the same chart as `svg.level` out, as a Vega-Lite specification that can be zoomed.

Colours are written as the style sheet's variables (`var(--coop)`); the page's script puts in what they are at the moment.
Widths are left to it too. Days are milliseconds since 1970, UTC.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from math import log
from typing import Any

from detente.types import Relation, Turn
from detente.web.svg.level import RATIOS, STRIP, Act, Line, level_near, reach_of, said, singles, thinned, turn_words
from detente.web.svg.marks import FONT, LOOKS

Spec = dict[str, Any]
TALL, OVERVIEW = 292, 34
NAMES, BENEATH, BENEATH_ACTS = 76, 96, 112
"""Pixels that names beside the chart take, and what is drawn beneath it: the script gives the chart the rest of the picture's size."""
SLOTS = 160
FLUSH = 28
"""Pixels from an end of the axis within which a label is turned inwards: what is zoomed in must not be cut off."""
DASHES = [[int(n) for n in LOOKS[f"other{k}"]["stroke-dasharray"].split()] for k in (1, 2, 3)]
X: Spec = {"field": "d", "type": "temporal", "scale": {"type": "utc", "domain": {"param": "span"}}}
TIMES = "utcFormat(datum.value, '%m%d') == '0101' ? utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%d') == '01' ? utcFormat(datum.value, '%b %Y') : utcFormat(datum.value, '%d %b %Y')"
TIME: Spec = {
    "title": None,
    "ticks": False,
    "domain": False,
    "labelOverlap": True,
    "labelFlush": FLUSH,
    "labelExpr": TIMES,
}
HINT = "Drag here to choose a stretch of time"


def level_spec(name: str, series: Sequence[Relation], turns: Sequence[Turn], acts: Sequence[Act] = (), others: Sequence[Line] = ()) -> Spec:  # fmt: skip
    """The chart: level with band and turns, beneath it the acts, beneath those an overview that chooses the time shown."""
    series = thinned(series)
    reach = reach_of(series)
    single = singles([p.level for p in series])
    points = [_point(p) | ({"single": True} if one else {}) for p, one in zip(series, single, strict=True)]
    views = [_level(name, points, series, turns, others, reach, alone=not acts)]
    views += [_strip(acts)] if acts else []
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": f"{name}: level of cooperation against conflict",
        "vconcat": [
            {"vconcat": views, "spacing": 14, "resolve": {"scale": {"x": "shared"}}},
            _overview(points, acts),
        ],
        "spacing": 14,
        "padding": {"left": 8, "right": 8, "top": 8, "bottom": 2},
        "usermeta": {"beside": NAMES if others else 0, "beneath": BENEATH + (BENEATH_ACTS if acts else 0)},
        "config": _config(),
    }


def _ms(when: date) -> int:
    return round(datetime.combine(when, time(), UTC).timestamp() * 1000)


def _point(p: Relation) -> Spec:
    parts = (None,) * 4 if p.low is None or p.high is None else (max(p.low, 0), max(p.high, 0), min(p.low, 0), min(p.high, 0))  # fmt: skip
    return {"d": _ms(p.period), "v": p.level, "words": said(p)} | dict(zip(("c0", "c1", "n0", "n1"), parts, strict=True))  # fmt: skip


def _level(
    name: str, points: list[Spec], series: Sequence[Relation], turns: Sequence[Turn], others: Sequence[Line], reach: float,
    *, alone: bool,
) -> Spec:  # fmt: skip
    ticks = [0.0, *(sign * log(ratio) for ratio in RATIOS if log(ratio) < reach for sign in (1, -1))]
    y: Spec = {"type": "quantitative", "scale": {"domain": [-reach, reach]}, "title": None}
    axis = {"values": ticks, "labelExpr": _labels(reach), "labelAlign": "left", "labelPadding": -2, "labelBaseline": "bottom",
            "labelOffset": -3, "ticks": False, "domain": False, "offset": 0,
            "gridColor": {"condition": {"test": "datum.value == 0", "value": "var(--faint)"}, "value": "var(--rule)"}}  # fmt: skip
    x = X | {"axis": TIME | {"labels": alone}}
    line = {"mark": {"type": "line", "color": "var(--ink)", "strokeWidth": 2}, "encoding": {"x": x, "y": y | {"field": "v", "axis": axis}}}  # fmt: skip
    return {
        "height": TALL,
        "data": {"values": points},
        "layer": [
            *(
                {"mark": {"type": "area", "color": f"var(--{role})", "opacity": 0.22}, "encoding": {"x": x, "y": y | {"field": low}, "y2": {"field": high}}}
                for role, low, high in (("coop", "c0", "c1"), ("conf", "n0", "n1"))
            ),
            *(part for n, other in enumerate(others) for part in _other(n, other.name, thinned(other.series), x, y)),
            line,
            {"transform": [{"filter": "datum.single"}], "mark": {"type": "point", "filled": True, "opacity": 1, "size": 14, "color": "var(--ink)"}, "encoding": {"x": x, "y": y | {"field": "v"}}},
            *([_end(name, "var(--ink)", x, y)] if others else []),
            _near(x, y),
            *_turned(turns, series, x, y),
        ],
    }  # fmt: skip


def _labels(reach: float) -> str:
    """The expression that names a tick: '3 to 1 cooperation', '10 to 1', 'even'."""
    told = "'even'"
    for n, ratio in enumerate(r for r in RATIOS if log(r) < reach):
        near = f"abs(abs(datum.value) - {log(ratio):.4f}) < 0.001"
        words = f"'{RATIOS[ratio]}' + (datum.value > 0 ? ' cooperation' : ' conflict')" if n == 0 else f"'{RATIOS[ratio]}'"  # fmt: skip
        told = f"{near} ? {words} : {told}"
    return told


def _other(n: int, name: str, series: Sequence[Relation], x: Spec, y: Spec) -> list[Spec]:
    data = {"values": [{"d": _ms(p.period), "v": p.level} for p in series]}
    colour = f"var(--other{n + 1})"
    mark = {"type": "line", "color": colour, "strokeWidth": 1.75, "strokeDash": DASHES[n]}
    end = _end(name, colour, x, y)
    return [{"data": data, "mark": mark, "encoding": {"x": x, "y": y | {"field": "v"}}}, end | {"data": data}]


def _end(name: str, colour: str, x: Spec, y: Spec) -> Spec:
    """A line's name at the end of what is shown of it."""
    return {
        "transform": [
            {"filter": "isValid(datum.v)"}, {"filter": {"param": "span"}},
            {"aggregate": [{"op": "argmax", "field": "d", "as": "end"}]},
            {"calculate": "datum.end.d", "as": "d"}, {"calculate": "datum.end.v", "as": "v"},
        ],
        "mark": {"type": "text", "align": "left", "dx": 6, "text": name, "color": colour, "fontWeight": 600, "fontSize": 12, "clip": False},
        "encoding": {"x": x, "y": y | {"field": "v"}},
    }  # fmt: skip


def _near(x: Spec, y: Spec) -> Spec:
    """What the pointer finds: the nearest month, with a line and its words."""
    shown = {
        "condition": {"test": {"and": [{"param": "near", "empty": False}, "isValid(datum.v)"]}, "value": 1},
        "value": 0,
    }
    return {
        "layer": [
            {
                "params": [{"name": "near", "select": {"type": "point", "encodings": ["x"], "nearest": True, "on": "pointermove", "clear": "pointerout"}}],
                "transform": [{"calculate": "isValid(datum.v) ? datum.v : 0", "as": "at"}],
                "mark": {"type": "point", "filled": True, "size": 60, "color": "var(--ink)"},
                "encoding": {"x": x, "y": y | {"field": "at"}, "opacity": shown, "tooltip": {"field": "words"}},
            },
            {
                "transform": [{"filter": {"param": "near", "empty": False}}],
                "mark": {"type": "rule", "color": "var(--faint)", "strokeDash": [2, 2]},
                "encoding": {"x": x},
            },
        ]
    }  # fmt: skip


def _turned(turns: Sequence[Turn], series: Sequence[Relation], x: Spec, y: Spec) -> list[Spec]:
    """Triangles over a turn for the better, under one for the worse, each a link to what is said of it below."""
    known = [(p.period, p.level) for p in series if p.level is not None]
    rows: list[Spec] = []
    for turn in turns if known else ():
        words, alarm = turn_words(turn)
        told = f"{words}; {alarm}. Click for the sentences."
        rows.append({"d": _ms(turn.month), "v": level_near(known, turn.month), "warm": turn.direction == "warm", "short": words, "words": told, "to": f"#turn-{turn.month}", "edge": _edge(turn.month, series)})  # fmt: skip
    made: list[Spec] = []
    for warm, role, shape, sign in ((True, "coop", "triangle-up", -1), (False, "conf", "triangle-down", 1)):
        place = {"x": x, "y": y | {"field": "v"}}
        own = {"data": {"values": [row for row in rows if row["warm"] is warm]}}
        hit = place | {"tooltip": {"field": "words"}, "href": {"field": "to"}}
        mark = {"type": "point", "shape": shape, "filled": True, "size": 110, "opacity": 1, "color": f"var(--{role})", "yOffset": 12 * sign, "cursor": "pointer"}  # fmt: skip
        text = {"type": "text", "color": f"var(--{role})", "fontSize": 12, "fontWeight": 600, "yOffset": 27 * sign, "baseline": "middle", "align": {"expr": "datum.edge"}}  # fmt: skip
        near = {"name": f"words-{role}", "transform": [{"filter": {"param": "span"}}], "mark": text, "encoding": place | {"text": {"field": "short"}}}  # fmt: skip
        made += [own | {"mark": mark, "encoding": hit}, own | near]
    return made


def _edge(month: date, series: Sequence[Relation]) -> str:
    """How a turn's words lie to its triangle, so that none hang over the ends of the chart."""
    first, last = series[0].period, series[-1].period
    share = (month - first).days / max(1, (last - first).days)
    return "left" if share < 0.06 else "right" if share > 0.94 else "center"


def _strip(acts: Sequence[Act]) -> Spec:
    """The acts: cooperation above a line, conflict below; each a dot, or where they are many a bar a month."""
    many = max(act.count for act in acts) > 1
    span = max(1, (max(a.day for a in acts) - min(a.day for a in acts)).days)
    taken: dict[tuple[int, int], int] = {}
    rows: list[Spec] = []
    for act in acts:
        slot = (act.day.toordinal() * SLOTS // span, act.side)
        taken[slot] = level = taken.get(slot, 0) + 1
        v = act.side * (act.count if many else min(level, 6) - 0.4)
        rows.append({"d": _ms(act.day), "v": v, "side": act.side, "words": act.label, "to": act.href})
    most = max(abs(row["v"]) for row in rows)
    mark: Spec = {"type": "bar", "width": 3} if many else {"type": "point", "filled": True, "size": 26, "opacity": 1}
    title = f"{'acts a month' if many else 'acts'}: cooperation above, conflict below"
    x = X | {"axis": TIME | {"grid": True, "gridColor": "var(--rule)"}}
    y = {"field": "v", "type": "quantitative", "axis": None, "stack": None, "scale": {"domain": [-most * 1.05, most * 1.05]}}  # fmt: skip
    colour = {"condition": {"test": "datum.side > 0", "value": "var(--coop)"}, "value": "var(--conf)"}
    return {
        "height": STRIP,
        "title": _title(title),
        "layer": [
            {"data": {"values": [{}]}, "mark": {"type": "rule", "color": "var(--faint)"}, "encoding": {"y": {"datum": 0, "type": "quantitative", "axis": None}}},
            {"data": {"values": rows}, "mark": mark | {"cursor": "pointer"},
             "encoding": {"x": x, "y": y, "color": colour, "tooltip": {"field": "words"}, "href": {"field": "to"}}},
        ],
    }  # fmt: skip


def _overview(points: list[Spec], acts: Sequence[Act]) -> Spec:
    """The whole time in small, where a stretch can be chosen."""
    ends = [{"d": _ms(pick(act.day for act in acts)), "v": None} for pick in (min, max)] if acts else []
    return {
        "height": OVERVIEW,
        "data": {"values": [*points, *ends]},
        "params": [{"name": "span", "select": {"type": "interval", "encodings": ["x"], "mark": {"fill": "var(--link)", "fillOpacity": 0.15, "stroke": "var(--link)", "cursor": "grab"}}}],
        "title": _title(HINT),
        "mark": {"type": "line", "color": "var(--faint)", "strokeWidth": 1},
        "encoding": {"x": {"field": "d", "type": "temporal", "scale": {"type": "utc"}, "axis": None}, "y": {"field": "v", "type": "quantitative", "axis": None}},
        "view": {"fill": "var(--sheet)", "cursor": "crosshair"},
    }  # fmt: skip


def _title(text: str) -> Spec:
    return {"text": text, "anchor": "start", "fontSize": 12, "fontWeight": "normal", "color": "var(--faint)", "offset": 2, "frame": "group"}  # fmt: skip


def _config() -> Spec:
    label = {"labelColor": "var(--faint)", "labelFontSize": 12, "gridColor": "var(--rule)"}
    return {
        "background": None, "font": FONT, "view": {"stroke": None},
        "axis": label, "line": {"clip": True}, "area": {"clip": True}, "point": {"clip": True}, "bar": {"clip": True},
    }  # fmt: skip
