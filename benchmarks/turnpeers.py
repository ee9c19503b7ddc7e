"""What others use to find turning points, on the same counts: a panel in, scores out.

z-score: the month's mean intensity against the two years before, in standard deviations. BOCPD: Bayesian online
change-point detection (Adams and MacKay 2007) on the monthly counts of conflict and of cooperation, gamma-Poisson,
hazard 1/24. GLR: a generalised likelihood ratio scan over the negative-binomial rate and the share of conflict, windows
of 1-6 months against the 24 before, with an offset for how much is written of the two countries.
"""

import warnings

import numpy as np
from scipy.special import gammaln, xlogy

from detente.relations.panel import Panel
from turnrules import Scores


def z_score(intensity: np.ndarray, counts: np.ndarray) -> Scores:
    """intensity: sum of the month's intensities, counts: of its acts."""
    mean = np.divide(intensity, counts, out=np.full(counts.shape, np.nan), where=counts > 0)
    score, cooling = np.zeros(mean.shape), np.zeros(mean.shape, bool)
    for month in range(6, mean.shape[1]):
        past = mean[:, max(0, month - 24) : month]
        enough = (~np.isnan(past)).sum(1) >= 3
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of dyads without an act in two years
            usual, spread = np.nanmean(past, 1), np.nanstd(past, 1)
        z = (mean[:, month] - usual) / np.maximum(spread, 0.5)
        valid = enough & ~np.isnan(z)
        score[valid, month], cooling[valid, month] = np.abs(z[valid]), z[valid] < 0
    return Scores("z-score of mean intensity", score, cooling)


def bocpd(panel: Panel, hazard: float = 1 / 24, longest: int = 60) -> Scores:
    """The probability that a run began in the last two months, for conflict (cool) and for cooperation (warm)."""
    chances = []
    for counts in (panel.conf, panel.coop):
        dyads, months = counts.shape
        run = np.zeros((dyads, longest))
        run[:, 0] = 1
        alpha, beta = np.full((dyads, longest), 0.5), np.full((dyads, longest), 1.0)
        score = np.zeros((dyads, months))
        for month in range(months):
            seen = counts[:, [month]]
            rate, due = alpha / beta, np.log(beta / (beta + 1))
            logp = gammaln(alpha + seen) - gammaln(alpha) - gammaln(seen + 1) + alpha * due - seen * np.log(beta + 1)
            grown = run * np.exp(logp)
            new = (grown * hazard).sum(1)
            run[:, 1:] = (grown * (1 - hazard))[:, :-1]
            run[:, 0] = new
            run /= np.maximum(run.sum(1, keepdims=True), 1e-300)
            alpha[:, 1:], beta[:, 1:] = alpha[:, :-1] + seen, beta[:, :-1] + 1
            alpha[:, 0], beta[:, 0] = 0.5, 1.0
            rising = seen[:, 0] > (run * rate).sum(1)
            score[:, month] = run[:, :3].sum(1) * rising * (month >= 6)
        chances.append(score)
    return Scores("BOCPD", np.maximum(*chances), chances[0] >= chances[1])


def glr(panel: Panel, exposure: np.ndarray, dispersion: float = 0.5) -> Scores:
    """The scan that DESIGN names the baseline to beat."""
    total, conf = panel.total, panel.conf
    best, cooling = np.zeros(total.shape), np.zeros(total.shape, bool)
    n, c, e = (np.cumsum(np.pad(x, ((0, 0), (1, 0))), 1) for x in (total, conf, exposure))
    shape = 1 / dispersion
    for month in range(6, total.shape[1]):
        for window in range(1, 7):
            start = month - window + 1
            before = max(0, start - 24)
            if start - before < 6:
                continue
            n1, c1, e1 = (x[:, month + 1] - x[:, start] for x in (n, c, e))
            n0, c0, e0 = (x[:, start] - x[:, before] for x in (n, c, e))
            due = (n0 + 0.5) / (e0 + 0.5) * e1

            def fit(mean: np.ndarray, seen: np.ndarray = n1) -> np.ndarray:
                return xlogy(seen, mean / (mean + shape)) + shape * np.log(shape / (mean + shape))

            was, now = (c0 + 0.5) / (n0 + 1), np.divide(c1, n1, out=np.zeros(len(n1)), where=n1 > 0)
            share = xlogy(c1, np.clip(now, 1e-9, 1) / was) + xlogy(n1 - c1, np.clip(1 - now, 1e-9, 1) / (1 - was))
            value = np.where(n1 > 0, fit(np.maximum(n1, 1e-9)) - fit(due) + share, 0)
            higher = value > best[:, month]
            best[higher, month], cooling[higher, month] = value[higher], (now > was)[higher]
    return Scores("GLR scan", best, cooling)
