"""Intervals that hold: the spread of the draws, widened to what was seen on elections whose true table is known."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import special

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LEVEL: Final = 0.9
_DEVIATE: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)
_WIDER: Final = 0.95
_AT_LEAST: Final = 0.15
"""What the spread of draws is multiplied by, and what is added to it in quadrature, for nine cells in ten to be held."""
_TOGETHER: Final = 0.3
"""How far the errors of parts go together: 0 not at all, 1 wholly."""
_LEAST: Final = 1e-9  # a share nearer to 0 or 1 is taken as this far from it


def logit(shares: Floats) -> Floats:
    """Return log odds of shares from 0 to 1, of which those at the ends are taken as near them."""
    return np.asarray(special.logit(np.clip(shares, _LEAST, 1 - _LEAST)))


def deviation(spread: Floats) -> Floats:
    """Return the standard error of logit(share) from the standard deviation of its draws."""
    return np.asarray(np.sqrt((_WIDER * spread) ** 2 + _AT_LEAST**2))


def of_sum(deviations: Floats) -> Floats:
    """Return the standard error of a sum from those of its terms, the first axis; their errors go together in part."""
    alone = (deviations**2).sum(axis=0)
    return np.asarray(np.sqrt(_TOGETHER * deviations.sum(axis=0) ** 2 + (1 - _TOGETHER) * alone))


def interval(shares: Floats, deviations: Floats, voters: Floats) -> tuple[Floats, Floats]:
    """Return the ends of 90 % intervals of shares.

    Args:
        shares: (R, C), of rows with ``voters`` (R, 1) voters.
        deviations: the standard errors of their log odds, were rows without end; the voters that there are add a
            binomial's own.

    Returns:
        the lower and the upper end, widened to the next whole voter.
    """
    expected = np.maximum(voters * shares * (1 - shares), 1)  # of less than one, nothing finer can be said
    half = _DEVIATE * np.sqrt(deviations**2 + 1 / expected)
    lower, upper = (voters * special.expit(logit(shares) + side * half) for side in (-1, 1))
    lower = np.floor(np.minimum(lower, shares * voters) + _LEAST)
    upper = np.ceil(np.maximum(upper, shares * voters) - _LEAST)
    return lower / voters, np.minimum(upper, voters) / voters
