"""A panel in, where each dyad stands in each period out: the log ratio of cooperation to conflict, with its interval.

0 is as much conflict as cooperation, +0.69 twice as much cooperation, -0.69 twice as much conflict. The share of
conflict among the acts of the last months has a beta distribution (discounted counts, a little of the usual share mixed
in); the level is its log odds. A month of many reports of one affair is not many months: acts of one period count less
the more of them there are, by how much the dyad's share has been seen to jump. Past-only, unless smoothed.
"""

from datetime import date

import numpy as np
from msgspec import Struct

from detente.relations.acts import Acts, Dyad, Floats, Period
from detente.relations.filtering import HALF_LIFE, discount
from detente.relations.panel import ROWS, Direction, Panel, chunks

PRIOR = (0.72, 0.28)
"""Cooperation and conflict mixed in: one act, shared as acts between states usually are (ICEWS 2005-2015)."""
FLOOR = 3.0
"""Effective acts below which there is insufficient data, and no level."""
SPAN = 0.8
"""What part of the distribution the interval holds."""
CLUSTERING = 0.1
"""How alike acts of one period are before a dyad has shown its own: an intraclass correlation."""
CLUSTERING_WEIGHT = 5.0
BOUNDS = (0.02, 0.6)


class Levels(Struct, kw_only=True, frozen=True):
    """Levels by dyad (rows) and period (columns); NaN where there is insufficient data.

    `coop` and `conf` are the effective acts behind each level, the parameters of its beta distribution less the prior.
    """

    dyads: list[Dyad]
    period: Period
    starts: list[date]
    level: Floats
    low: Floats
    high: Floats
    coop: Floats
    conf: Floats
    smoothed: bool = False

    def effective(self, at: int) -> Floats:
        """How many acts the levels of one period rest on, discounted by age and clustering."""
        return self.coop[:, at] + self.conf[:, at]


def levels_of(panel: Panel, *, half_life: float = HALF_LIFE, smoothed: bool = False) -> Levels:
    """Levels of a panel.

    smoothed: use what came after each period too; for looking back, never for what was known then.
    """
    weight = _weights(panel)
    keep = discount(panel.period, half_life)
    coop, conf = (_discounted(counts * weight, keep, smoothed) for counts in (panel.coop, panel.conf))
    enough = coop + conf >= FLOOR
    level, low, high = (np.full(coop.shape, np.nan) for _ in range(3))
    level[enough], low[enough], high[enough] = quantiles(
        coop[enough], conf[enough], 0.5, (1 - SPAN) / 2, (1 + SPAN) / 2
    )
    return Levels(
        dyads=panel.dyads, period=panel.period, starts=panel.starts, level=level, low=low, high=high, coop=coop,
        conf=conf, smoothed=smoothed,
    )  # fmt: skip


def levels(
    acts: Acts,
    period: Period = "month",
    *,
    since: date | None = None,
    until: date | None = None,
    way: Direction = "both",
    half_life: float = HALF_LIFE,
    smoothed: bool = False,
) -> Levels:
    """Levels of all dyads of `acts`, counted and filtered some hundred dyads at a time."""
    parts = [
        levels_of(part, half_life=half_life, smoothed=smoothed)
        for part in chunks(acts, period, since=since, until=until, way=way, rows=ROWS)
    ]
    whole = {
        name: np.concatenate([getattr(p, name) for p in parts]) for name in ("level", "low", "high", "coop", "conf")
    }
    dyads = [dyad for part in parts for dyad in part.dyads]
    return Levels(dyads=dyads, period=period, starts=parts[0].starts, smoothed=smoothed, **whole)


def quantiles(coop: Floats, conf: Floats, *shares: float) -> list[Floats]:
    """Levels below which the given parts of the distribution lie, from effective acts."""
    from scipy.special import betaincinv, logit

    found = []
    for share in shares:
        odds = betaincinv(conf + PRIOR[1], coop + PRIOR[0], 1 - share)
        found.append(-logit(np.clip(odds, 1e-6, 1 - 1e-6)))
    return found


def draws(coop: Floats, conf: Floats, number: int, seed: int = 0) -> Floats:
    """Levels drawn from the distribution, of the shape (number, …)."""
    from scipy.special import logit

    odds = np.random.default_rng(seed).beta(conf + PRIOR[1], coop + PRIOR[0], (number, *coop.shape))
    return -logit(np.clip(odds, 1e-6, 1 - 1e-6))  # type: ignore[no-any-return]


def _weights(panel: Panel) -> Floats:
    """What an act of each period counts: 1 of a single one, less where a dyad's acts of one period tend to be alike."""
    total, weight = panel.total, np.ones(panel.coop.shape)
    coop, conf = (np.full(len(total), value * 4) for value in PRIOR)
    excess, room = np.zeros(len(total)), np.zeros(len(total))
    keep = discount(panel.period)
    for t in range(total.shape[1]):
        alike = (excess + CLUSTERING_WEIGHT * CLUSTERING) / (room + CLUSTERING_WEIGHT)
        many = np.maximum(total[:, t] - 1, 0)
        weight[:, t] = 1 / (1 + many * np.clip(alike, *BOUNDS))
        share = conf / (conf + coop)
        spread = share * (1 - share)
        excess += (panel.conf[:, t] - total[:, t] * share) ** 2 - total[:, t] * spread
        room += total[:, t] * many * spread
        coop = keep * coop + panel.coop[:, t] * weight[:, t] + (1 - keep) * PRIOR[0]
        conf = keep * conf + panel.conf[:, t] * weight[:, t] + (1 - keep) * PRIOR[1]
    return weight


def _discounted(counts: Floats, keep: float, smoothed: bool) -> Floats:
    """Sums of what was counted, each period's part fading with its distance."""
    forward = _fading(counts, keep)
    return forward + _fading(counts[:, ::-1], keep)[:, ::-1] - counts if smoothed else forward


def _fading(counts: Floats, keep: float) -> Floats:
    out = np.zeros(counts.shape)
    so_far = np.zeros(len(counts))
    for t in range(counts.shape[1]):
        so_far = keep * so_far + counts[:, t]
        out[:, t] = so_far
    return out
