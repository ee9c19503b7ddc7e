"""Results in, Altair charts out; and a chart in, an SVG, PNG or HTML file out that needs no network."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import BadInput
from detente.files import started

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from detente.relations.blocs import Blocs
    from detente.relations.partners import Partner
    from detente.relations.results import RelationSeries
    from detente.relations.structure import Structure
    from detente.types import Relation, Turn

COOP, CONF, GREY = "#1b7f8c", "#c8502a", "#8a8f98"
WIDTH, HEIGHT = 720, 300
MOST = 40
"""Turns that one chart shows, the strongest."""
FAR = 5.0
"""Levels beyond this are drawn at it: e to the 5th, 150 times as much of the one as of the other, is as far as a picture needs."""
AXIS = "← more conflict     level     more cooperation →"


def inline(rows: list[dict[str, Any]]) -> Any:
    """Rows as a chart's data."""
    import altair as alt

    return alt.InlineData(values=rows)


def named(actor: str) -> str:
    """The actor's usual name, or its id where the catalogue has none."""
    from detente import actors

    known = actors.lookup(actor)
    return known.name if known else actor


def _drawn(point: "Relation") -> dict[str, float | None]:
    """A level with its band as far as it is drawn."""
    values = {"level": point.level, "low": point.low, "high": point.high}
    return {name: None if value is None else max(-FAR, min(FAR, value)) for name, value in values.items()}


def time_axis(period: str) -> Any:
    """An axis of time; of years where the period is a year."""
    import altair as alt

    return alt.Axis(grid=False, tickCount="year", format="%Y") if period == "year" else alt.Axis(grid=False)


def relation_chart(found: "RelationSeries", slow: "Structure | None" = None) -> "alt.LayerChart | alt.VConcatChart":
    """One pair: level, 80 % band, zero line, turns as triangles; beneath it, on the same axis, its slow structure."""
    import altair as alt

    rows = [{"period": p.period.isoformat(), "n": p.effective_n, **_drawn(p)} for p in found.series]
    at = {row["period"]: row["level"] for row in rows}
    marks = [
        {
            "period": t.month.isoformat(),
            "level": at.get(t.month.isoformat()),
            "direction": t.direction,
            "raised": str(t.alarm_date),
        }
        for t in found.turns
        if at.get(t.month.isoformat()) is not None
    ]
    x = alt.X("period:T", title=None, axis=time_axis(found.period))
    y = alt.Y("level:Q", title=AXIS, axis=alt.Axis(gridOpacity=0.4, tickCount=5))
    zero = alt.Chart(inline([{"level": 0}])).mark_rule(color=GREY, strokeDash=[3, 3]).encode(y="level:Q")
    band = (
        alt.Chart(inline(rows))
        .mark_area(color=COOP, opacity=0.18)
        .encode(x=x, y=alt.Y("low:Q", title=AXIS), y2="high:Q")
    )
    line = (
        alt.Chart(inline(rows))
        .mark_line(color=COOP, strokeWidth=2)
        .encode(x=x, y=y, tooltip=["period:T", "level:Q", "n:Q"])
    )
    turned = (
        alt.Chart(inline(marks))
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("direction:N", scale=alt.Scale(domain=["warm", "cool"], range=["triangle-up", "triangle-down"]),
                            title="turn"),
            color=alt.Color("direction:N", scale=alt.Scale(domain=["warm", "cool"], range=[COOP, CONF]), title="turn"),
            tooltip=["direction:N", "raised:T"],
        )
    )  # fmt: skip
    title = f"{named(found.a)} and {named(found.b)}: level of relations by {found.period}"
    title += ", smoothed" if found.smoothed else ""
    layers = [zero, band, line, *([turned] if marks else [])]
    below = "80 % band; 0 = as much conflict as cooperation"
    if not slow or not found.series:
        return _finish(alt.layer(*layers), title, below)
    first, last = found.series[0].period, found.series[-1].period
    within = [fact for fact in slow if first.year <= fact.year <= last.year]
    level = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    from detente.relations.slowcharts import panels, stacked

    return stacked([level, *panels(within, found.a, found.b, 1 if found.period == "year" else 7)], title, below)


def levels_chart(many: "Sequence[RelationSeries]", title: str) -> "alt.LayerChart":
    """Several pairs on one axis, each named at its end."""
    import altair as alt

    rows = [{"pair": f"{s.a}–{s.b}", "period": p.period.isoformat(), **_drawn(p)} for s in many for p in s.series]
    last = {row["pair"]: row for row in rows if row["level"] is not None}
    scale = alt.Scale(range=[COOP, CONF, "#6b5aa0", "#6f7d1c"])
    color = alt.Color("pair:N", scale=scale, legend=None)
    x = alt.X("period:T", title=None, axis=time_axis(many[0].period if many else "month"))
    band = (
        alt.Chart(inline(rows))
        .mark_area(opacity=0.12)
        .encode(x=x, y=alt.Y("low:Q", title=AXIS), y2="high:Q", color=color)
    )
    line = alt.Chart(inline(rows)).mark_line(strokeWidth=2).encode(x=x, y=alt.Y("level:Q", title=AXIS), color=color)
    names = (
        alt.Chart(inline(list(last.values())))
        .mark_text(align="left", dx=6)
        .encode(x=x, y="level:Q", text="pair:N", color=color)
    )
    return _finish(alt.layer(band, line, names), title, "80 % bands; 0 = as much conflict as cooperation")


def turns_chart(found: "Sequence[Turn]") -> "alt.LayerChart":
    """Turns by pair and time, the strongest of many."""
    import altair as alt

    shown = sorted(found, key=lambda turn: -turn.score)[:MOST]
    rows = [
        {
            "pair": f"{t.a}–{t.b}",
            "day": t.alarm_date.isoformat(),
            "direction": t.direction,
            "score": t.score,
            "kind": "lasting" if t.confirmed else "alarm only",
        }
        for t in shown
    ]
    chart = (
        alt.Chart(inline(rows))
        .mark_point(filled=True, size=90)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(grid=False)),
            y=alt.Y("pair:N", title=None, sort="ascending"),
            color=alt.Color("direction:N", scale=alt.Scale(domain=["warm", "cool"], range=[COOP, CONF]), title=None),
            shape=alt.Shape(
                "direction:N",
                scale=alt.Scale(domain=["warm", "cool"], range=["triangle-up", "triangle-down"]),
                title=None,
            ),
            opacity=alt.Opacity(
                "kind:N", scale=alt.Scale(domain=["lasting", "alarm only"], range=[1, 0.45]), title=None
            ),
            tooltip=["pair:N", "day:T", "direction:N", "score:Q", "kind:N"],
        )
    )
    few = (
        f"{len(rows)} turning points"
        if len(rows) == len(found)
        else f"The {len(rows)} strongest of {len(found)} turning points"
    )
    return _finish(alt.layer(chart), few, "by the day on which the alarm could be raised", None)


def partners_chart(found: "Sequence[Partner]", top: int = 15) -> "alt.LayerChart":
    """The closest partners, with intervals."""
    import altair as alt

    rows = [{"partner": p.partner, "net": p.net, "low": p.low, "high": p.high, "rank": p.rank} for p in found[:top]]
    y = alt.Y("partner:N", title=None, sort=alt.EncodingSortField("rank"))
    title = "cooperation less conflict, acts a month"
    bars = (
        alt.Chart(inline(rows))
        .mark_rule(color=COOP, strokeWidth=3, opacity=0.4)
        .encode(y=y, x=alt.X("low:Q", title=title), x2="high:Q")
    )
    dots = (
        alt.Chart(inline(rows))
        .mark_point(filled=True, size=70, color=COOP, opacity=1)
        .encode(y=y, x=alt.X("net:Q", title=title))
    )
    head = (
        f"{named(found[0].actor)}: its closest partners, {found[0].period:%B %Y}"
        if found
        else "No partners with enough data"
    )
    return _finish(alt.layer(bars, dots), head, "80 % intervals", None)


def blocs_chart(found: "Blocs", title: str) -> "alt.LayerChart":
    """P(same bloc) of every pair, in an order that shows the groups."""
    import altair as alt

    rows = [
        {"a": a, "b": b, "same": same}
        for i, a in enumerate(found.states)
        for b, same in zip(found.states, found.same[i], strict=True)
        if same is not None and a != b
    ]
    scale = alt.Scale(domain=[0, 0.5, 1], range=[CONF, "#f3f1ec", COOP])
    chart = (
        alt.Chart(inline(rows))
        .mark_rect()
        .encode(
            x=alt.X("a:N", sort=found.states, title=None, scale=alt.Scale(domain=found.states)),
            y=alt.Y("b:N", sort=found.states, title=None, scale=alt.Scale(domain=found.states)),
            color=alt.Color("same:Q", scale=scale, title="P(same bloc)"),
            tooltip=["a:N", "b:N", alt.Tooltip("same:Q", format=".2f")],
        )
    )
    size = max(320, 13 * len(found.states))
    return _finish(alt.layer(chart), title, "empty: the data do not say", size, size)


def _finish(chart: Any, title: str, below: str, height: int | None = HEIGHT, width: int = WIDTH) -> "alt.LayerChart":
    sized = chart.properties(width=width)
    made: alt.LayerChart = styled(sized if height is None else sized.properties(height=height), title, below)
    return made


def styled(chart: Any, title: str, below: str) -> Any:
    """A chart with the title, margin and axes that all of ours have; `below` is what stands under the title."""
    import altair as alt

    head = alt.TitleParams(title, subtitle=below, anchor="start", subtitleColor=GREY, fontSize=15)
    titled = chart.properties(title=head, padding=12)
    return titled.configure_view(stroke=None).configure_axis(domainColor=GREY, tickColor=GREY, titleColor=GREY)


def save(chart: "alt.TopLevelMixin", out: Path) -> None:
    """Write a chart; the ending says how. Raises BadInput for another ending or a folder that is not there."""
    import vl_convert

    ending = out.suffix.lower()
    if ending not in {".svg", ".png", ".html"}:
        raise BadInput(f"{out}: a chart is written as .svg, .png or .html")
    part = started(out)
    drawing = chart.to_json()
    if ending == ".svg":
        made = vl_convert.vegalite_to_svg(drawing).encode()
    elif ending == ".png":
        made = vl_convert.vegalite_to_png(drawing, scale=2)
    else:
        made = vl_convert.vegalite_to_html(drawing, bundle=True).encode()
    part.write_bytes(made)
    part.replace(out)
