"""A panel in, how surprising each dyad's months are out: the score by which turns are found.

For every month and every window that ends in it, what was counted is held against what the two years before the window
let expect. Three pieces of evidence, each on the scale of minus the tenth logarithm of a probability, add up:
acts of conflict (in number and in gravity), acts of cooperation that are more than talk, and the share of conflict. A month
without an act of the kind is no surprise, whatever the months before it brought.
"""

import numpy as np
from msgspec import Struct

from detente.relations.acts import Floats, Ints
from detente.relations.panel import Panel

BASELINE = 24
"""Months before the window that say what is usual."""
LEAST = 6
"""Months that must have gone by before anything can be a surprise."""
WINDOWS = (1, 2, 3)
SHARE_WINDOWS = (1, 2, 3, 4, 5, 6)
DISPERSION = 0.4
"""Variance of monthly counts beyond Poisson: variance = mean + DISPERSION × mean²."""
SHRINK = 6.0
"""Months' worth of what a dyad of this volume usually has, mixed into each baseline."""
SHARE_SHRINK = 8.0
"""Acts' worth of the usual share of conflict, mixed into each baseline."""
WARM = 0.4
"""What warm evidence counts beside cold: good news is reported on a schedule and is mostly talk."""
SHARE_COOL = 0.5
CAP = 10.0
FLOOR = 1e-30


class Surprise(Struct, kw_only=True, frozen=True):
    """Scores by dyad and month: `cool` and `warm` ≥ 0; `window` is the length, in months, of the window that gave each."""

    cool: Floats
    warm: Floats
    cool_window: Ints
    warm_window: Ints

    @property
    def score(self) -> Floats:
        """The larger of the two."""
        return np.maximum(self.cool, self.warm)

    @property
    def cooling(self) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
        """Whether the evidence points to conflict."""
        return self.cool >= self.warm


class Usual(Struct, kw_only=True, frozen=True):
    """What part of all acts is what, over many dyads; shrinks the baselines of those with few acts."""

    conf: float = 0.26
    strong: float = 0.46
    grave: float = 0.23


def surprise(panel: Panel, exposure: Floats | None = None, usual: Usual | None = None) -> Surprise:
    """Scores of a monthly panel.

    exposure: of the same shape, how much the press wrote of the two countries in each month (`volume.exposure`);
    without it every month counts alike. Only months before the window enter its baseline.
    """
    share = usual or Usual()
    exposure = np.ones(panel.coop.shape) if exposure is None else exposure
    total = panel.total
    conf, window = _tail(panel.conf, total, exposure, share.conf)
    grave, grave_window = _tail(panel.grave, total, exposure, share.grave)
    strong, strong_window = _tail(panel.strong, total, exposure, share.strong)
    more, less = _shares(panel.conf, total, share.conf)
    cool = (conf + grave) / 2 + SHARE_COOL * np.minimum(more, CAP)
    warm = WARM * (strong + np.minimum(less, CAP))
    return Surprise(
        cool=np.where(panel.conf > 0, cool, 0),
        warm=np.where(panel.coop > 0, warm, 0),
        cool_window=np.where(conf >= grave, window, grave_window),
        warm_window=strong_window,
    )


def _sums(values: Floats) -> Floats:
    return np.cumsum(np.pad(values, ((0, 0), (1, 0))), 1)


def _windows(months: int, length: int) -> tuple[Ints, Ints, Ints]:
    """For each month that ends a window of that length: where the window starts, where its baseline starts."""
    end = np.arange(LEAST + length - 1, months)
    start = end - length + 1
    return end, start, np.maximum(0, start - BASELINE)


def _tail(counts: Floats, total: Floats, exposure: Floats, share: float) -> tuple[Floats, Ints]:
    """-log10 of the chance to count so much or more, the best over the windows, and that window."""
    from scipy.special import betainc

    best, length = np.zeros(counts.shape), np.ones(counts.shape, np.int64)
    c, n, e = _sums(counts), _sums(total), _sums(exposure)
    shape = 1 / DISPERSION
    for window in WINDOWS:
        end, start, before = _windows(counts.shape[1], window)
        row, at = np.nonzero(c[:, end + 1] - c[:, start] > 0)
        i, s, b = end[at], start[at], before[at]
        seen, due = c[row, i + 1] - c[row, s], e[row, i + 1] - e[row, s]
        past, months = c[row, s] - c[row, b], e[row, s] - e[row, b]
        rate = (n[row, s] - n[row, b] + 0.3) / (months + 1)
        mean = (past + SHRINK * share * rate + 0.3) / (months + SHRINK + 1) * due
        # the upper tail of a negative binomial, also of the fractional counts that weights make
        chance = betainc(np.maximum(seen, 1e-9), shape, mean / (mean + shape))
        score = -np.log10(np.maximum(chance, FLOOR))
        higher = score > best[row, i]
        best[row[higher], i[higher]] = score[higher]
        length[row[higher], i[higher]] = window
    return best, length


def _shares(conf: Floats, total: Floats, usual: float) -> tuple[Floats, Floats]:
    """The log likelihood ratio (base 10) of another share of conflict than before: where it is more, where it is less."""
    from scipy.special import xlogy

    more, less = np.zeros(conf.shape), np.zeros(conf.shape)
    c, n = _sums(conf), _sums(total)
    for window in SHARE_WINDOWS:
        end, start, before = _windows(conf.shape[1], window)
        row, at = np.nonzero(n[:, end + 1] - n[:, start] > 0)
        i, s, b = end[at], start[at], before[at]
        bad, all_ = c[row, i + 1] - c[row, s], n[row, i + 1] - n[row, s]
        was = (c[row, s] - c[row, b] + SHARE_SHRINK * usual) / (n[row, s] - n[row, b] + SHARE_SHRINK)
        good = np.maximum(all_ - bad, 0)  # sums of fractions can miss zero by a hair
        now = bad / (bad + good)
        ratio = xlogy(bad, now / was) + xlogy(good, (1 - now) / (1 - was))
        ratio = np.maximum(ratio / np.log(10), 0)
        up = now > was
        np.maximum.at(more, (row[up], i[up]), ratio[up])
        np.maximum.at(less, (row[~up], i[~up]), ratio[~up])
    return more, less
