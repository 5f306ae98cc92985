"""How much counts differ from what was expected of them, beyond chance: estimated place by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

FARTHEST: Final = 3.0
"""A deviation counts for at most that many standard deviations: what is wrong must not hide itself by making all seem
uncertain."""

OWN: Final = 20
"""How many counts the pool weighs beside those of a place: places differ in how mixed they are, yet a few counts tell
little. On the 69,242 stations of 2017, 10 to 40 make no difference worth having."""

_LEAST_OF_POOL, _MOST, _ROUNDS = 0.25, 0.9, 6


@dataclass(frozen=True)
class Dispersion:
    """The correlation of each count's beta-binomial distribution, estimated from the others alone.

    Attributes:
        rho: 0 to 0.9; 0 is chance alone.
        freedom: the degrees of freedom of the estimate: about as many as counts that it rests on.
        pooled: the correlation of each count's pool.
    """

    rho: Floats
    freedom: Floats
    pooled: Floats


def dispersion(  # noqa: PLR0913, PLR0917  three of a count, and three of what it is among
    count: Wholes, trials: Wholes, mean: Floats, family: Wholes, pool: Wholes, place: Wholes
) -> Dispersion:
    """Estimate rho by moments: for each count from the others of its place, shrunk to its pool, and that to its family.

    The squared deviation (x - n p)^2 / (n p (1 - p)) is on average 1 + (n - 1) rho; so rho is the sum of these less 1,
    over the sum of n - 1. The mean is held to be known, so that the uncertainty of the mean is in rho.

    Args:
        count, trials, mean: of each count, as for :func:`primaire.stats.beta_binomial.log_probability`.
        family: the number of the family of pools (of all candidates, say), 0 or more.
        pool: the number of the counts that are alike (of one candidate); no pool is in two families.
        place: the number of the place within the pool; no place is in two pools.

    Source: J. C. Kleinman (1973), "Proportions with extraneous variance", Journal of the American Statistical Association
    68, 46-54; D. A. Williams (1982), "Extra-binomial variation in logistic linear models", Applied Statistics 31, 144-148.
    """
    square = (count - trials * mean) ** 2 / (trials * mean * (1 - mean))
    more = (trials - 1).astype("float64")
    # From chance alone upwards: the smallest rho that agrees with itself is the one least moved by what is wrong.
    excess = _excess(square, trials, mean, 0.0)
    for _ in range(_ROUNDS):
        of_family = _within(excess, more, family)
        excess = _excess(square, trials, mean, _within(excess, more, pool, of_family))
    of_family = _among(excess, more, family)
    pooled = _among(excess, more, pool, of_family)
    own = np.clip(_among(excess, more, place, pooled), _LEAST_OF_POOL * pooled, _MOST)
    freedom = np.minimum(OWN + np.bincount(place)[place] - 1, np.bincount(pool)[pool] - 1)
    return Dispersion(own, np.maximum(freedom, 1.0), pooled)


def _within(excess: Floats, more: Floats, group: Wholes, prior: Floats | None = None) -> Floats:
    """Return for each count the rho of its group, with a prior one for each count counting as :data:`OWN` more."""
    total, weight = _sum(excess, group), _sum(more, group)
    if prior is not None:
        extra = OWN * weight / np.maximum(np.bincount(group), 1)
        first = np.zeros(len(total))
        first[group] = prior  # the same for all of a group
        total, weight = total + extra * first, weight + extra
    return np.asarray(np.clip(total / np.maximum(weight, 1), 0, _MOST)[group])


def _among(excess: Floats, more: Floats, group: Wholes, prior: Floats | None = None) -> Floats:
    """Return the same from the others of each count's group alone."""
    total, weight = _sum(excess, group), _sum(more, group)
    others, room = total[group] - excess, weight[group] - more
    if prior is not None:
        extra = (OWN * weight / np.maximum(np.bincount(group), 1))[group]
        others, room = others + extra * prior, room + extra
    return np.asarray(np.clip(others / np.maximum(room, 1), 0, _MOST))


def _sum(values: Floats, group: Wholes) -> Floats:
    return np.asarray(np.bincount(group, values), dtype="float64")


def _excess(square: Floats, trials: Wholes, mean: Floats, rho: Floats | float) -> Floats:
    """Return the squared deviations less 1, cut where the beta-binomial distribution has no more than one in 400.

    That is at three standard deviations, and farther out the more the distribution is skewed (Cornish and Fisher's first
    term): a candidate of few votes is often far above a small expectation.
    """
    factor = 1 + (trials - 1) * rho
    skewness = (1 - 2 * mean) * (1 + (2 * trials - 1) * rho) / (1 + rho)
    skewness /= np.sqrt(trials * mean * (1 - mean) * factor)
    farthest = FARTHEST + (FARTHEST**2 - 1) / 6 * np.abs(skewness)
    return np.asarray(np.minimum(square, factor * farthest**2) - 1)
