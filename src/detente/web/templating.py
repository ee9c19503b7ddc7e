"""A template's name and its values in, HTML out: the one Jinja environment, always escaping."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from detente.web import wording
from detente.web.asking import Answer, Ask
from detente.web.assets import asset
from detente.web.finding import corrected
from detente.web.svg import figures


@cache
def environment() -> Environment:
    """The environment with the site's filters and functions."""
    made = Environment(
        loader=PackageLoader("detente.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "counted": wording.counted, "day": wording.day, "month": wording.month, "number": wording.number, "ago": wording.ago,
        "safe_link": wording.safe_link, "safe_html": _cleaned, "signed": wording.signed, "plural": wording.plural, "between": wording.between, "shorten": wording.shorten,
    }  # fmt: skip
    made.globals |= {
        "asset": asset, "actor_name": wording.actor_name, "adjective": wording.adjective, "tone": wording.tone,
        "tone_words": wording.tone_words, "ratio_words": wording.ratio_words, "type_words": wording.type_words,
        "figures": figures, "corrections_of": corrected,
    }  # fmt: skip
    return made


def _cleaned(html: str) -> Markup:
    """HTML that the desk made of a comment's Markdown and cleaned: the only text that is not escaped."""
    return Markup(html)  # noqa: S704


def render(ask: Ask, template: str, **values: Any) -> Answer:
    """A page of the site as an answer. Values every template has: `ask`, `nav` (label, address, current), `sight`."""
    from detente.web.rooms import navigation

    text = (
        environment()
        .get_template(template)
        .render(ask=ask, sight=ask.sight, nav=navigation(), site_title=ask.settings.title, **values)
    )
    return Answer(body=text)
