"""Facts of slow structure in, panels of a chart out, on one axis of years."""

from typing import TYPE_CHECKING, Any

from detente.relations.charts import CONF, COOP, GREY, WIDTH, inline, styled, time_axis
from detente.relations.structure import MEASURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from detente.relations.structure import Fact, Structure

LINES = (
    (("votes",), "UN General Assembly: share of votes alike", 1),
    (("ideal points",), "UN General Assembly: distance of ideal points", None),
    (("organisations",), "International organisations: share that both belong to", 1),
    (("arms", "arms back"), "Share of arms imports that comes from the other", 1),
)
"""Panels of slow structure that are lines: measures, title, the top of the scale."""


def structure_chart(found: "Structure") -> "alt.VConcatChart":
    """Slow structure alone, one panel a measure."""
    return stacked(panels(found), "Slow structure", "by year, from imported files")


def panels(found: "Sequence[Fact]", a: str = "A", b: str = "B", month: int = 7) -> list[Any]:
    """Lines of shares and distances, and a strip of what was in force. month: where in its year a value is drawn."""
    import altair as alt

    made: list[Any] = []
    labels = {"arms": f"{a}'s", "arms back": f"{b}'s"}
    day = f"-{month:02d}-01"
    x = alt.X("year:T", title=None, axis=time_axis("year"))
    for names, title, top in LINES:
        rows = [
            {
                "year": f"{f.year}{day}",
                "value": f.value,
                "low": f.low,
                "high": f.high,
                "measure": labels.get(f.measure, ""),
            }
            for f in found
            if f.measure in names
        ]
        if any(row["value"] for row in rows):
            scale = alt.Scale(domain=[0, top]) if top else alt.Scale(zero=True)
            y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(gridOpacity=0.4, tickCount=3))
            color = alt.Color("measure:N", scale=alt.Scale(range=[COOP, "#6b5aa0"]), legend=None)
            last = list({row["measure"]: row for row in rows}.values())
            area = (
                alt.Chart(inline(rows))
                .mark_area(opacity=0.15)
                .encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q", color=color)
            )
            line = (
                alt.Chart(inline(rows))
                .mark_line(strokeWidth=2)
                .encode(x=x, y=y, color=color, tooltip=["year:T", "value:Q"])
            )
            name = (
                alt.Chart(inline(last))
                .mark_text(align="left", dx=5)
                .encode(x=x, y="value:Q", text="measure:N", color=color)
            )
            layers = [area, line, *([name] if len(names) > 1 else [])]
            made.append(alt.layer(*layers).properties(width=WIDTH, height=70, title=_small(title)))
    held = [
        {
            "year": f"{f.year}{day}",
            "what": MEASURES[f.measure],
            "note": f.note or "in force",
            "conflict": f.measure != "alliance",
        }
        for f in found
        if f.measure in {"alliance", "rivalry", "dispute"}
    ]
    if held:
        marks = alt.Chart(inline(held)).mark_square(size=70, opacity=0.9).encode(
            x=x, y=alt.Y("what:N", title=None),
            color=alt.Color("conflict:N", scale=alt.Scale(domain=[False, True], range=[COOP, CONF]), legend=None),
            tooltip=["year:T", "what:N", "note:N"],
        )  # fmt: skip
        made.append(marks.properties(width=WIDTH, title=_small("In force")))
    return made


def _small(title: str) -> Any:
    import altair as alt

    return alt.TitleParams(title, anchor="start", fontSize=11, color=GREY)


def stacked(charts: list[Any], title: str, below: str) -> "alt.VConcatChart":
    """Charts beneath each other on one axis of time, under one title."""
    import altair as alt

    whole = alt.vconcat(*charts, spacing=14).resolve_scale(x="shared", color="independent")
    made: alt.VConcatChart = styled(whole, title, below)
    return made
