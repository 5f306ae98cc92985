"""Beta-binomial: counts that vary more than chance alone would have them vary.

A count of n is beta-binomial if each is drawn with a probability that is itself drawn, from a beta distribution with mean
p; any two of the n are then correlated by rho. With rho = 0 it is the binomial distribution; its variance is
n p (1 - p) (1 + (n - 1) rho).

Source: J. G. Skellam (1948), "A probability distribution derived from the binomial distribution by regarding the
probability of success as variable between the sets of trials", Journal of the Royal Statistical Society B 10, 257-261;
in this parametrisation R. L. Prentice (1986), Journal of the American Statistical Association 81, 321-327.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

_NEGLIGIBLE: Final = 1e-20
_FIRST_BLOCK, _LARGEST_BLOCK = 64, 4_194_304
_LOG_GAMMA = np.frompyfunc(math.lgamma, 1, 1)  # exact enough, and no library is loaded for the few that are asked for


def variance_factor(trials: Wholes, rho: Floats | float) -> Floats:
    """Return by how much the variance of a count of ``trials`` is that of the binomial: 1 + (n - 1) rho."""
    return np.asarray(1.0 + (trials - 1) * rho)


def log_probability(count: Wholes, trials: Wholes, mean: Floats, rho: Floats) -> Floats:
    """Return the natural logarithm of the probability of each count.

    Args:
        count: 0 to ``trials``.
        trials: n, 1 or more.
        mean: p, above 0 and below 1.
        rho: correlation within the n, from 0 (binomial) to below 1.

    >>> one = np.array([1]), np.array([2]), np.array([0.5])
    >>> np.exp(log_probability(*one, np.array([0.0]))).round(4).tolist()  # 2 x 1/2 x 1/2
    [0.5]
    >>> np.exp(log_probability(*one, np.array([1 / 3]))).round(4).tolist()  # any p is as likely: 0, 1 or 2 are
    [0.3333]
    """
    rest = trials - count
    ways = _log_gamma(trials + 1) - _log_gamma(count + 1) - _log_gamma(rest + 1)
    binomial = count * np.log(mean) + rest * np.log1p(-mean)
    spread = np.where(rho > 0, rho, 0.5)
    a, b = mean * (1 - spread) / spread, (1 - mean) * (1 - spread) / spread
    mixed = _log_beta(count + a, rest + b) - _log_beta(a, b)
    return np.asarray(ways + np.where(rho > 0, mixed, binomial))


def at_least(count: Wholes, trials: Wholes, mean: Floats, rho: Floats) -> Floats:
    """Return the probability of each count or more, its terms added up one by one. Arguments as for the logarithm."""
    ratio_sum = np.ones(len(count))
    term, last = np.ones(len(count)), count.copy()
    going = np.flatnonzero(last < trials)
    block = _FIRST_BLOCK
    while len(going):
        steps = last[going, None] + np.arange(block)
        n, p, r = trials[going, None], mean[going, None], rho[going, None]
        # What each probability is of the one before; 0 from n on.
        ratios = np.maximum(n - steps, 0) * (p * (1 - r) + steps * r)
        ratios /= (steps + 1) * ((1 - p) * (1 - r) + np.maximum(n - steps - 1, 0) * r)
        terms = term[going, None] * np.cumprod(ratios, axis=1)
        ratio_sum[going] += terms.sum(axis=1)
        term[going] = terms[:, -1]
        last[going] += block
        going = going[(last[going] < trials[going]) & (term[going] > _NEGLIGIBLE * ratio_sum[going])]
        block = max(1, min(2 * block, _LARGEST_BLOCK // max(len(going), 1)))
    return np.asarray(np.minimum(np.exp(log_probability(count, trials, mean, rho)) * ratio_sum, 1.0))


def two_sided(count: Wholes, trials: Wholes, mean: Floats, rho: Floats) -> Floats:
    """Return twice the probability of what is at least as far out on the same side, at most 1: exact, no approximation.

    Args:
        count, trials, mean, rho: as for :func:`log_probability`.
    """
    high = count > trials * mean
    outer = at_least(np.where(high, count, trials - count), trials, np.where(high, mean, 1 - mean), rho)
    # Where the distribution is skewed, the side away from the mean may be the larger one.
    inner = 1 - outer + np.exp(log_probability(count, trials, mean, rho))
    return np.asarray(np.minimum(2 * np.minimum(outer, inner), 1.0))


def _log_gamma(values: Floats | Wholes) -> Floats:
    return np.asarray(_LOG_GAMMA(values), dtype="float64")


def _log_beta(a: Floats, b: Floats) -> Floats:
    return _log_gamma(a) + _log_gamma(b) - _log_gamma(a + b)
