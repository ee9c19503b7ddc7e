"""A Brief in, one web page out that needs nothing else: for a file, or as a part of the site's page."""

from functools import cache
from importlib.resources import files

from markupsafe import Markup

from detente.web.brief import telling
from detente.web.brief.model import Brief
from detente.web.svg.level import level_chart
from detente.web.svg.marks import Mode
from detente.web.templating import environment


def as_html(brief: Brief) -> str:
    """The brief as a whole page with its own style, to be kept or sent."""
    return environment().get_template("brief_file.html").render(brief=brief, telling=telling, chart=chart(brief, "file"), style=_style())  # fmt: skip


def chart(brief: Brief, mode: Mode = "file", width: int = 760) -> Markup | None:
    """The level between the days of the brief; None where no level is known."""
    if not any(point.level is not None for point in brief.series.series):
        return None
    return level_chart(telling.title(brief), brief.series.series, brief.series.turns, mode=mode, width=width)


@cache
def _style() -> Markup:
    return Markup((files("detente.web") / "brief" / "brief.css").read_text(encoding="utf-8"))  # noqa: S704  (ours)
