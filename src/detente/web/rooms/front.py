"""The front page: what turned lately, what is due, what was said, how fresh the record is."""

from datetime import date, timedelta

from detente.types import Turn
from detente.web.asking import Answer, Ask, Page
from detente.web.finding import due, statements, told
from detente.web.params import choice
from detente.web.templating import render
from detente.web.wording import actor_name, adjective, month, plural

LATELY = timedelta(92)
CARDS = 9
STALE = timedelta(21)
SAID = 8
WEEK = 7
AHEAD = 60


def front(ask: Ask) -> Answer:
    """The front page."""
    sight, today = ask.sight, ask.today
    last = sight.last
    edge = min(today, last) if last else today
    turned = lately(sight.turns, edge)
    week = due(sight, today, WEEK)
    return render(
        ask,
        "front.html",
        headline=headline(turned, edge),
        turned=told(sight, turned if ask.params["all"] else turned[:CARDS]),
        more=0 if ask.params["all"] else len(turned) - CARDS,
        since=edge - LATELY,
        edge=edge,
        week=week,
        later=[] if week else due(sight, today, AHEAD)[:5],
        said=statements(sight, SAID),
        stale=last if last and today - last > STALE and ask.as_of is None else None,
        measured=len(sight.levels.dyads),
        empty=not sight.names and not sight.status.documents,
    )


def lately(turns: list[Turn], edge: date) -> list[Turn]:
    """The turns of the last three months, the clearest first; where there are none, the last ones that there are."""
    recent = [turn for turn in turns if edge - LATELY <= turn.alarm_date <= edge]
    if recent:
        return sorted(recent, key=lambda turn: -turn.score)
    return sorted(turns, key=lambda turn: turn.alarm_date, reverse=True)[:CARDS]


def headline(turned: list[Turn], edge: date) -> str:
    """The page's finding in one line."""
    if not turned:
        return "No relation has turned yet"
    first = turned[0]
    name = f"{actor_name(first.a)} – {actor_name(first.b)}"
    recent = [turn for turn in turned if turn.alarm_date >= edge - LATELY]
    if len(recent) > 1:
        cooled = sum(turn.direction == "cool" for turn in recent)
        parts = [f"{n} {word}" for n, word in ((cooled, "cooled"), (len(recent) - cooled, "warmed")) if n]
        found = ", ".join(parts) if len(parts) > 1 else f"{'both' if len(recent) == 2 else 'all'} {parts[0].split()[1]}"
        return f"{plural(len(recent), 'relation')} turned in three months: {found}"
    return f"{name} {adjective(first.direction)} in {month(first.month)}"


PAGES = [Page(path="/", make=front, params={"all": choice("1")}, nav="Front", order=0)]
