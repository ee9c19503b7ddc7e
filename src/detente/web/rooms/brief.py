"""The brief of a pair: two to four pages to keep or to send, made of what the record holds between two days."""

from datetime import timedelta

from detente.errors import BadInput
from detente.web.actors import dyad_of
from detente.web.asking import Answer, Ask, Page
from detente.web.brief import Brief, OfSight, as_html, as_markdown, as_pdf, compose, telling
from detente.web.brief.page import chart
from detente.web.params import day
from detente.web.serving import redirect
from detente.web.templating import render

YEARS = 5
KINDS = {"pdf": "application/pdf", "md": "text/markdown", "html": "text/html"}


def brief(ask: Ask) -> Answer:
    """The brief as a page of the site."""
    a, b = dyad_of(ask.sight, ask.places["a"], ask.places["b"])
    if (a, b) != (ask.places["a"], ask.places["b"]):
        return redirect(f"/brief/{a}/{b}", **ask.given)
    made = gathered(ask, a, b)
    return render(
        ask,
        "brief.html",
        a=a,
        b=b,
        brief=made,
        telling=telling,
        chart=chart(made, "page", 960),
    )


def file(ask: Ask) -> Answer:
    """The brief as brief.pdf, brief.md or brief.html."""
    a, b = dyad_of(ask.sight, ask.places["a"], ask.places["b"])
    stem, _, ending = ask.places["file"].partition(".")
    if stem != "brief" or ending not in KINDS:
        raise BadInput(
            f"There is no file {ask.places['file'][:40]!r} here; there are brief.pdf, brief.md and brief.html."
        )
    made = gathered(ask, a, b)
    body: str | bytes = as_pdf(made) if ending == "pdf" else as_markdown(made) if ending == "md" else as_html(made)
    return Answer(body=body, media=KINDS[ending], filename=f"{a}-{b}-{made.since}-{made.until}.{ending}")


def gathered(ask: Ask, a: str, b: str) -> Brief:
    """The brief between the days asked for; else the last years that the record tells of."""
    last = ask.params["until"] or min(ask.sight.last or ask.today, ask.today)
    first = ask.params["since"] or last - timedelta(round(365.25 * YEARS))
    return compose(
        OfSight(ask.sight, a, b, ask.today), a, b, since=first, until=last, as_of=ask.as_of,
        today=ask.today,
    )  # fmt: skip


PARAMS = {"since": day, "until": day}
PAGES = [
    Page(path="/brief/{a:str}/{b:str}", make=brief, params=PARAMS),
    Page(path="/brief/{a:str}/{b:str}/{file:str}", make=file, params=PARAMS),
]
