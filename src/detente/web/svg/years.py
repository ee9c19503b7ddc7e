"""One measure of slow structure by year in, a row of thin bars on a common axis of years out."""

from collections.abc import Sequence

from markupsafe import Markup

from detente.relations.structure import Fact
from detente.web.svg.marks import Mode, Pen

TALL = 34


def year_bars(
    name: str, facts: Sequence[Fact], first: int, last: int, top: float | None, words: Sequence[str], *, mode: Mode = "page",
    width: int = 460,
) -> Markup:  # fmt: skip
    """Bars from `first` to `last`, as high as the value is of `top` (of the largest, where None); a thin line holds 80 %."""
    pen = Pen(mode)
    step = width / max(last - first + 1, 1)
    most = top or max((fact.high or fact.value for fact in facts), default=1.0) or 1.0
    parts = [pen.el("line", "grid", x1=0, x2=width, y1=TALL, y2=TALL)]
    for fact, told in zip(facts, words, strict=True):
        x, y = (fact.year - first) * step, TALL * (1 - min(fact.value / most, 1.0))
        bar = pen.el(
            "rect",
            "years",
            pen.el("title", None, told),
            x=x,
            y=min(y, TALL - 1),
            width=max(step - 1, 1),
            height=max(TALL - y, 1),
        )
        parts.append(bar)
        if fact.low is not None and fact.high is not None:
            low, high = (TALL * (1 - min(max(v, 0.0) / most, 1.0)) for v in (fact.low, fact.high))
            parts.append(pen.el("line", "span", x1=x + step / 2, x2=x + step / 2, y1=low, y2=high))
    parts += [
        pen.el("text", "label", str(year), x=x, y=TALL + 14, text_anchor=anchor)
        for year, x, anchor in ((first, 0, "start"), (last, width, "end"))
    ]
    return pen.svg(width, TALL + 18, f"{name}, {first} to {last}", words[-1] if words else name, parts, class_="chart")
