"""Forecasts with their fate in, the record of those who made them out: Brier and log scores against a base rate."""

from collections import defaultdict
from collections.abc import Iterable
from math import log
from typing import Literal

from msgspec import Struct

from detente.relations.forecasts import Forecast

SURE = 0.01  # no forecast counts as surer than this, so that one failure does not cost an infinite log score


class Score(Struct, kw_only=True):
    """How one speaker or outlet did. Scores are None where nothing is resolved; lower is better in both.

    `base_brier` is what saying the base rate each time would have got; `skill` = 1 - brier / base_brier, above 0 where
    the forecasts say more than the base rate does.
    """

    name: str
    resolved: int
    came_true: int
    open: int
    due: int
    uncheckable: int
    brier: float | None
    base_brier: float | None
    log_score: float | None
    base_log_score: float | None
    skill: float | None


def scores(forecasts: Iterable[Forecast], by: Literal["speaker", "outlet"], *, suggested: bool = False) -> list[Score]:
    """Scores of each speaker or outlet, those with most resolved forecasts first.

    The base rate is the share of resolved forecasts, of all speakers together, that came true. suggested: count an
    open forecast with a suggested event as one that came true; without it only what people resolved counts.
    """
    of: dict[str, list[Forecast]] = defaultdict(list)
    for forecast in forecasts:
        name = forecast.speaker if by == "speaker" else forecast.outlet
        of[name or "(unnamed)"].append(forecast)
    known = [o for f in of.values() for o in (outcome(x, suggested) for x in f) if o is not None]
    base = sum(known) / len(known) if known else 0.5
    made = [score(name, group, base, suggested) for name, group in of.items()]
    return sorted(made, key=lambda s: (-s.resolved, -(s.open + s.due), s.name))


def outcome(forecast: Forecast, suggested: bool) -> int | None:
    """1 came true, 0 did not, None not resolved."""
    if forecast.state in {"true", "false"}:
        return int(forecast.state == "true")
    return 1 if suggested and forecast.suggestion is not None else None


def score(name: str, group: list[Forecast], base: float, suggested: bool) -> Score:
    """The score of one group of forecasts against a base rate."""
    pairs = [(f.probability, o) for f in group if (o := outcome(f, suggested)) is not None]
    brier, base_brier = (mean([(p - o) ** 2 for p, o in ps]) for ps in (pairs, [(base, o) for _, o in pairs]))
    return Score(
        name=name,
        resolved=len(pairs),
        came_true=sum(o for _, o in pairs),
        open=sum(f.state == "open" and outcome(f, suggested) is None for f in group),
        due=sum(f.state == "due" and outcome(f, suggested) is None for f in group),
        uncheckable=sum(f.state == "uncheckable" for f in group),
        brier=brier,
        base_brier=base_brier,
        log_score=mean([surprise(p, o) for p, o in pairs]),
        base_log_score=mean([surprise(base, o) for _, o in pairs]),
        skill=None if brier is None or not base_brier else round(1 - brier / base_brier, 4),
    )


def surprise(probability: float, outcome: int) -> float:
    """Minus the logarithm (natural) of the probability given to what came out."""
    p = min(max(probability, SURE), 1 - SURE)
    return -log(p if outcome else 1 - p)


def mean(values: list[float]) -> float | None:
    """The mean, to four places; None of nothing."""
    return round(sum(values) / len(values), 4) if values else None
