"""Levels: the right sign, honest intervals, silence where data are few, and nothing from the future."""

from datetime import date

import numpy as np
import pytest

from acting import make, steady
from detente.relations.filtering import filtered, interval
from detente.relations.levels import levels
from detente.relations.results import relation, ties

START = date(2008, 1, 1)


def test_sign_and_interval() -> None:
    acts = make(steady("RUS", "IND", "AID", START, 24) + steady("RUS", "GEO", "ACCUSE", START, 24))
    found = levels(acts)
    at = {dyad: (found.low[i, -1], found.level[i, -1], found.high[i, -1]) for i, dyad in enumerate(found.dyads)}
    assert 0 < at["IND", "RUS"][0] < at["IND", "RUS"][1] < at["IND", "RUS"][2]
    assert at["GEO", "RUS"][0] < at["GEO", "RUS"][1] < at["GEO", "RUS"][2] < 0


def test_too_few_acts_give_no_level() -> None:
    found = relation(make(steady("RUS", "PAK", "AID", START, 1)), "RUS", "PAK")
    assert [p.level for p in found.series] == [None]
    assert 0 < found.series[0].effective_n < 3
    assert ties(levels(make(steady("RUS", "PAK", "AID", START, 1)))) == []


def test_what_comes_later_changes_nothing_before() -> None:
    rows = steady("RUS", "PAK", "AID", START, 24)
    later = rows + steady("RUS", "PAK", "ASSAULT", date(2010, 1, 1), 12, each=5)
    then, now = (relation(make(r), "RUS", "PAK").series for r in (rows, later))
    assert then == now[:24]
    smooth = relation(make(later), "RUS", "PAK", smoothed=True)
    assert smooth.smoothed
    assert smooth.series[22].level < then[22].level  # type: ignore[operator]


def test_a_burst_is_not_many_months() -> None:
    calm = levels(make(steady("RUS", "PAK", "AID", START, 12) + steady("RUS", "PAK", "CONSULT", START, 12)))
    rows = [(date(2008, 12, d), "RUS", "PAK", kind) for d in range(1, 25) for kind in ("AID", "CONSULT")]
    burst = levels(make(rows))
    assert burst.effective(-1)[0] < 0.7 * calm.effective(-1)[0]


def test_names_in_either_order_and_ways() -> None:
    acts = make(steady("RUS", "GEO", "ACCUSE", START, 24) + steady("GEO", "RUS", "AID", START, 24))
    assert relation(acts, "RUS", "GEO", way="forth").series[-1].level < 0  # type: ignore[operator]
    assert relation(acts, "GEO", "RUS", way="forth").series[-1].level > 0  # type: ignore[operator]
    assert relation(acts, "RUS", "CHN").series == []


def test_forgotten_acts_fade() -> None:
    acts = make([*steady("RUS", "IND", "AID", START, 6), (date(2012, 1, 1), "USA", "IND", "AID")])
    found = relation(acts, "IND", "RUS").series
    assert found[5].level is not None
    assert found[-1].level is None


def test_eighty_per_cent_intervals_hold_about_as_much_and_the_filter_beats_a_flat_mean() -> None:
    from scipy.stats import nbinom, poisson

    source = np.random.default_rng(3)
    rate = np.exp(np.cumsum(source.normal(0, 0.15, (200, 72)), 1) + source.normal(1, 0.8, (200, 1)))
    counts = source.negative_binomial(2, 2 / (2 + rate)).astype(float)
    found = filtered(counts, "month")
    mean, shape, seen = found.mean[:, 24:], found.shape[:, 24:], counts[:, 24:]
    low, high = interval(mean, shape)
    assert 0.78 <= np.mean((seen >= low) & (seen <= high)) <= 0.9
    trailing = np.stack([counts[:, t - 12 : t].mean(1) for t in range(24, 72)], 1) + 0.05
    assert nbinom.logpmf(seen, shape, shape / (shape + mean)).mean() > poisson.logpmf(seen, trailing).mean()


@pytest.mark.parametrize("period", ["day", "week", "month", "year"])
def test_every_period(period: str) -> None:
    found = relation(make(steady("RUS", "IND", "AID", START, 24)), "RUS", "IND", period)  # type: ignore[arg-type]
    assert found.series[-1].level > 0  # type: ignore[operator]
    assert found.to_polars().height == len(found.series)
