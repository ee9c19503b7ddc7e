"""The network: who stands with whom in a month, with the uncertainty shown."""

from typing import Any

from detente import actors
from detente.errors import BadInput
from detente.web.actors import actor_of
from detente.web.asking import Answer, Ask, Page
from detente.web.files import as_csv, as_png, as_svg
from detente.web.groups import Groups, groups, month_at, slow
from detente.web.params import choice, listed, number, words
from detente.web.params import day as month_param
from detente.web.svg.network import SURE, heat_chart, network_chart
from detente.web.templating import render
from detente.web.wording import actor_name, month, plural

TOP = 25
WIDE, NARROW, HEAT = 720, 380, 560
LISTED = 60


def network(ask: Ask) -> Answer:
    """The page of one month."""
    made, at = asked(ask)
    sure = [tie for tie in made.ties if abs(tie.mean) >= SURE * tie.sd]
    starts = slow(ask.sight).starts if at >= 0 else []
    charts = [network_chart(made.blocs, made.ties, made.weight, link(ask), width=w) for w in (WIDE, NARROW)]
    return render(
        ask,
        "network.html",
        headline=headline(made),
        made=made,
        charts=charts if len(made.blocs.states) > 1 else [],
        heat=heat_chart(made.blocs, width=HEAT),
        ties=sorted(sure, key=lambda tie: -abs(tie.mean))[:LISTED],
        known=len(sure),
        every=len(made.ties),
        before=starts[at - 12] if at >= 12 else None,
        after=starts[at + 12] if 0 <= at < len(starts) - 12 else None,
        top=ask.params["top"] or TOP,
    )


def asked(ask: Ask) -> tuple[Groups, int]:
    """The groups of the month and the states asked for."""
    named = tuple(dict.fromkeys(actor_of(ask.sight, name) for name in ask.params["actors"] or []))
    for name in named:
        entry = actors.lookup(name)
        if entry is None or entry.kind != "state":
            raise BadInput(f"Blocs are of states; {name} is none.")
    if len(named) == 1:
        raise BadInput("A network needs two states or more; name them as actors=RUS,IND,CHN.")
    at = month_at(ask.sight, ask.params["month"])
    return groups(ask.sight, at, ask.params["top"] or TOP, named, relative=ask.params["beside"] != "zero"), at


def link(ask: Ask) -> Any:
    """The address of a state or of a pair."""
    return lambda a, b: ask.to(f"/{a}/{b}" if b else f"/{a}")


def headline(made: Groups) -> str:
    """The finding: how many blocs there are, and who is in the largest."""
    found = made.blocs
    when = f" in {month(made.month)}" if made.month else ""
    if len(found.states) < 2:
        return f"Too few ties of known strength to tell blocs{when}"
    large = [bloc for bloc in found.blocs if len(bloc.members) > 1]
    if not large:
        return f"No bloc stands out among {plural(len(found.states), 'state')}{when}"
    first = sorted(large[0].members, key=lambda s: -made.weight.get(s, 0.0))[:3]
    names = ", ".join(actor_name(s) for s in first)
    rest = len(large[0].members) - len(first)
    told = f"{names}{f' and {rest} more' if rest else ''} stand together{when}"
    return f"{told}; {plural(len(large) - 1, 'other bloc')}" if len(large) > 1 else told


def file(ask: Ask) -> Answer:
    """What the page shows, as a file: network.svg, .png; blocs.svg, .png, .csv; ties.csv."""
    made, _ = asked(ask)
    name = ask.places["file"]
    kind, _, ending = name.partition(".")
    if kind in {"network", "blocs"} and ending in {"svg", "png"}:
        drawn = (
            network_chart(made.blocs, made.ties, made.weight, link(ask), mode="file", width=960)
            if kind == "network"
            else heat_chart(made.blocs, mode="file", width=760)
        )
        return as_svg(drawn, name) if ending == "svg" else as_png(drawn, name)
    if name == "blocs.csv":
        found = made.blocs
        rows = [
            {"a": a, "b": b, "same_bloc": found.same[i][j], "decided": found.decided[i][j]}
            for i, a in enumerate(found.states)
            for j, b in enumerate(found.states)
            if i < j
        ]
        return as_csv(["a", "b", "same_bloc", "decided"], rows, name)
    if name == "ties.csv":
        rows = [
            {"a": t.a, "b": t.b, "mean": t.mean, "sd": t.sd, "sign_known": abs(t.mean) >= SURE * t.sd}
            for t in made.ties
        ]
        return as_csv(["a", "b", "mean", "sd", "sign_known"], rows, name)
    raise BadInput(
        f"There is no file {name[:40]!r} here; there are network.svg, .png, blocs.svg, .png, .csv and ties.csv."
    )


PARAMS = {
    "month": month_param,
    "top": number(5, 40),
    "actors": listed(words(60), 40),
    "beside": choice("usual", "zero"),
}
PAGES = [
    Page(path="/network", make=network, params=PARAMS, nav="Network", order=20),
    Page(path="/network/{file:str}", make=file, params=PARAMS),
]
