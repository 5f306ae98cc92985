"""How much counts differ from what was expected of them, beyond chance: estimated place by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

FARTHEST: Final = 16.0
"""A squared deviation counts for at most that many variances (four standard deviations): what is wrong must not hide
itself by making all seem uncertain."""

OWN: Final = 20
"""How many counts the pool weighs beside those of a place: places differ in how mixed they are, yet a few counts tell
little. On the 69,242 stations of 2017, 10 to 40 make no difference worth having."""

_LEAST_OF_POOL, _MOST, _ROUNDS = 0.25, 0.9, 10


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


def dispersion(count: Wholes, trials: Wholes, mean: Floats, pool: Wholes, place: Wholes) -> Dispersion:
    """Estimate rho by moments: for each count from the others of its place, shrunk towards those of its pool.

    The squared deviation (x - n p)^2 / (n p (1 - p)) is on average 1 + (n - 1) rho; so rho is the sum of these less 1,
    over the sum of n - 1. Deviations beyond :data:`FARTHEST` are cut to it; the mean is held to be known, so that the
    uncertainty of the mean is in rho.

    Args:
        count, trials, mean: of each count, as for :func:`primaire.stats.beta_binomial.log_probability`.
        pool: the number of the counts that are alike (of one candidate, say), 0 or more.
        place: the number of the place within the pool; no place is in two pools.

    Source: J. C. Kleinman (1973), "Proportions with extraneous variance", Journal of the American Statistical Association
    68, 46-54; D. A. Williams (1982), "Extra-binomial variation in logistic linear models", Applied Statistics 31, 144-148.
    """
    square = (count - trials * mean) ** 2 / (trials * mean * (1 - mean))
    more = trials - 1.0
    weight = np.bincount(pool, more)
    # From chance alone upwards: the smallest rho that agrees with itself is the one least moved by what is wrong.
    excess = np.minimum(square, FARTHEST) - 1
    for _ in range(_ROUNDS):
        rho = np.clip(np.bincount(pool, excess) / np.maximum(weight, 1), 0, _MOST)
        excess = np.minimum(square, FARTHEST * (1 + more * rho[pool])) - 1
    size = np.bincount(pool)
    pooled = np.clip(_others(excess, pool) / np.maximum(_others(more, pool), 1), 0, _MOST)
    prior = OWN * (weight / np.maximum(size, 1))[pool]
    own = (_others(excess, place) + prior * pooled) / np.maximum(_others(more, place) + prior, 1)
    of_place = np.bincount(place)[place] - 1
    freedom = np.minimum(OWN + of_place, size[pool] - 1)
    return Dispersion(np.clip(own, _LEAST_OF_POOL * pooled, _MOST), np.maximum(freedom, 1.0), pooled)


def _others(values: Floats, group: Wholes) -> Floats:
    """Return for each value the sum of the others of its group."""
    return np.asarray(np.bincount(group, values)[group] - values)
