"""The map: how the world stands with a chosen state in a month, with places in dispute drawn as such."""

from datetime import date
from typing import Any

import numpy as np

from detente.errors import BadInput
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv, as_png, as_svg
from detente.web.finding import levels_of
from detente.web.map import disputed
from detente.web.map.disputed import Dispute
from detente.web.map.tiles import tiles
from detente.web.params import choice, words
from detente.web.params import day as month_param
from detente.web.svg.worldmap import Stand, shape_map, tile_map
from detente.web.templating import render
from detente.web.wording import actor_name, month

COLUMNS = ["id", "name", "month", "level", "low", "high", "recent_acts"]


def world(ask: Ask) -> Answer:
    """The page of one state in one month."""
    chosen, at = asked(ask)
    starts = ask.sight.levels.starts
    found = standing(ask, chosen, at)
    known = [(state, stand) for state, stand in found.items() if stand.level is not None]
    when = starts[at] if at >= 0 else None
    return render(
        ask,
        "map.html",
        headline=headline(chosen, found, when),
        chosen=chosen,
        when=when,
        at=at,
        first=starts[0] if starts else None,
        last=len(starts) - 1,
        before=starts[at - 1] if at > 0 else None,
        after=starts[at + 1] if 0 <= at < len(starts) - 1 else None,
        drawn=drawing(ask, chosen, found, when),
        shapes=ask.settings.world is not None,
        kind=kind(ask),
        view=view(ask),
        claimant=ask.params["by"],
        table=sorted(known, key=lambda pair: -(pair[1].level or 0)),
        unknown=len(found) - len(known),
        disputes=disputed.at(when or ask.today),
        claimants=sorted({c for d in disputed.disputes() for c in d.claimed}, key=actor_name),
        states=sorted(tiles(), key=actor_name),
    )


def asked(ask: Ask) -> tuple[str, int]:
    """The state and the place of the month asked for."""
    sight = ask.sight
    default = next((name for name in sight.names if name in tiles()), "USA")
    chosen = actor_of(sight, ask.params["of"]) if ask.params["of"] else default
    starts = sight.levels.starts
    wanted: date | None = ask.params["month"]
    if wanted is None or not starts:
        return chosen, len(starts) - 1
    return chosen, next((n for n in reversed(range(len(starts))) if starts[n] <= wanted), 0)


def standing(ask: Ask, chosen: str, at: int) -> dict[str, Stand]:
    """How the chosen state stood with each other that it had to do with."""
    sight = ask.sight
    found: dict[str, Stand] = {}
    if at < 0:
        return found
    rows = sight.once(
        f"map {chosen}", lambda: np.array([n for n, dyad in enumerate(sight.levels.dyads) if chosen in dyad], int)
    )
    for row in rows.tolist():
        a, b = sight.levels.dyads[row]
        level, low, high = levels_of(sight, row, at, at + 1)[0]
        found[b if a == chosen else a] = Stand(level, low, high, sight.effective(row, at))
    return found


def drawing(ask: Ask, chosen: str, found: dict[str, Stand], when: date | None, mode: Any = "page") -> Any:
    """The map as asked for."""

    def link(state: str) -> str:
        return ask.to(f"/{chosen}/{state}") if state != chosen else ask.to(f"/{chosen}")

    open_ = disputed.at(when or ask.today)
    if kind(ask) == "tiles" or ask.settings.world is None:
        return tile_map(chosen, found, link, open_, mode=mode)
    return shape_map(ask.settings.world, chosen, found, link, open_, lambda one: whose(ask, one), mode=mode)


def kind(ask: Ask) -> str:
    """Which map: shapes where there are some, unless tiles are asked for."""
    return "tiles" if ask.settings.world is None else ask.params["map"] or "shapes"


def view(ask: Ask) -> str:
    """Whose view of places in dispute: nobody's, the holder's, or one claimant's."""
    return ask.params["view"] or "apart"


def whose(ask: Ask, one: Dispute) -> str | None:
    """By whose relation a place in dispute is coloured; None: by nobody's."""
    if view(ask) == "held":
        return one.held[0] if one.held else None
    by = ask.params["by"]
    if view(ask) == "claimed" and by:
        return actor_of(ask.sight, by) if actor_of(ask.sight, by) in {*one.claimed, *one.held} else None
    return None


def headline(chosen: str, found: dict[str, Stand], when: date | None) -> str:
    """The finding: with whom it stood best and worst."""
    name = f"{actor_name(chosen)}, {month(when)}" if when else actor_name(chosen)
    known = [(state, stand) for state, stand in found.items() if stand.level is not None and state in tiles()]
    if not known:
        return f"{name}: too few acts to say how it stands with others"
    weighty = sorted(known, key=lambda pair: -pair[1].acts)[:25]
    best, worst = (pick(weighty, key=lambda pair: pair[1].level or 0) for pick in (max, min))
    told = f"best with {actor_name(best[0])}"
    return (
        f"{name}: {told}, worst with {actor_name(worst[0])}"
        if (worst[1].level or 0) < 0 and worst != best
        else f"{name}: {told}"
    )


def file(ask: Ask) -> Answer:
    """What the page shows, as a file: map.svg, map.png, map.csv."""
    chosen, at = asked(ask)
    found = standing(ask, chosen, at)
    when = ask.sight.levels.starts[at] if at >= 0 else None
    name = ask.places["file"]
    if name in {"map.svg", "map.png"}:
        drawn = drawing(ask, chosen, found, when, "file")
        return (as_svg if name.endswith("svg") else as_png)(drawn, name)
    if name == "map.csv":
        rows = [
            {
                "id": s,
                "name": actor_name(s),
                "month": when,
                "level": v.level,
                "low": v.low,
                "high": v.high,
                "recent_acts": v.acts,
            }
            for s, v in sorted(found.items())
        ]
        return as_csv(COLUMNS, rows, f"{chosen}-{when}.csv")
    raise BadInput(f"There is no file {name[:40]!r} here; there are map.svg, map.png and map.csv.")


PARAMS = {
    "of": words(60),
    "month": month_param,
    "map": choice("tiles", "shapes"),
    "view": choice("apart", "held", "claimed"),
    "by": words(60),
}
PAGES = [
    Page(path="/map", make=world, params=PARAMS, nav="Map", order=10),
    Page(path="/map/{file:str}", make=file, params=PARAMS),
]
