"""Counts by dyad and period in, what to expect of the next period out: a discounted gamma-Poisson filter.

The rate of each dyad's acts has a gamma distribution. Each period, what is known of it loses a part of its weight (a
power discount, as in West and Harrison's dynamic models), then the period's count is added. What one expects of the
next period is a negative binomial count; how much more it varies than the filter alone says is learnt from the dyad's
own past. Nothing that comes after a period enters its value.
"""

import numpy as np
from msgspec import Struct

from detente.relations.acts import Floats, Period

DAYS: dict[Period, float] = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}
HALF_LIFE = 180.0
"""Days after which an act counts half."""
PRIOR_COUNT = 0.3
"""Acts that every dyad is taken to have had in the month before its first."""
DISPERSION = 0.6
"""Variance beyond Poisson that is expected before a dyad has shown its own."""
DISPERSION_WEIGHT = 2.0
MEMORY = 0.97
"""What a month's deviation still counts in the next, when the dispersion is learnt."""
LEVELS = np.linspace(0.0, 0.2, 9)


class Filtered(Struct, kw_only=True, frozen=True):
    """By dyad and period: what was expected before the period (`mean` in acts, negative binomial of that `shape`), and
    the gamma distribution of the rate after it (`alpha` acts in `beta` periods)."""

    mean: Floats
    shape: Floats
    alpha: Floats
    beta: Floats


def discount(period: Period, half_life: float = HALF_LIFE) -> float:
    """What of the weight is left after one period, 0..1."""
    return float(0.5 ** (DAYS[period] / half_life))


def filtered(counts: Floats, period: Period, half_life: float = HALF_LIFE, exposure: Floats | None = None) -> Filtered:
    """Filter counts of the shape (dyads, periods); `exposure` (same shape) multiplies the expected counts."""
    keep, memory = discount(period, half_life), MEMORY ** (DAYS[period] / DAYS["month"])
    prior = PRIOR_COUNT, DAYS["month"] / DAYS[period]
    alpha, beta = (np.full(len(counts), value) for value in prior)
    excess, squares = np.zeros(len(counts)), np.zeros(len(counts))
    found: list[tuple[Floats, Floats, Floats, Floats]] = []
    for t in range(counts.shape[1]):
        seen = counts[:, t]
        due = np.ones(len(counts)) if exposure is None else exposure[:, t]
        mean = alpha / beta * due
        extra = np.maximum((excess + DISPERSION_WEIGHT * DISPERSION) / (squares + DISPERSION_WEIGHT), 0.02)
        shape = 1 / (1 / alpha + extra)
        excess = memory * excess + (seen - mean) ** 2 - mean - mean**2 / alpha
        squares = memory * squares + mean**2
        alpha = keep * alpha + seen + (1 - keep) * prior[0]
        beta = keep * beta + due + (1 - keep) * prior[1]
        found.append((mean, shape, alpha, beta))
    if not found:
        return Filtered(**{name: np.zeros(counts.shape) for name in ("mean", "shape", "alpha", "beta")})
    mean, shape, alpha, beta = (np.stack(columns, 1) for columns in zip(*found, strict=True))
    return Filtered(mean=mean, shape=shape, alpha=alpha, beta=beta)


def interval(mean: Floats, shape: Floats, share: float = 0.8) -> tuple[Floats, Floats]:
    """The shortest span of counts, both ends included, that holds at least `share` of the expected distribution."""
    from scipy.stats import nbinom

    chance = shape / (shape + mean)
    best_low, best_high = np.zeros(mean.shape), nbinom.ppf(share, shape, chance)
    for below in LEVELS[1:] * (1 - share) / 0.2:
        low = nbinom.ppf(below, shape, chance)
        high = nbinom.ppf(min(below + share, 1 - 1e-12), shape, chance)
        held = nbinom.cdf(high, shape, chance) - nbinom.cdf(low - 1, shape, chance)
        shorter = (held >= share - 1e-9) & (high - low < best_high - best_low)
        best_low, best_high = np.where(shorter, low, best_low), np.where(shorter, high, best_high)
    return best_low, best_high
