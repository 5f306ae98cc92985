"""Student's distribution: what an estimated spread adds to the uncertainty of a test."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_SMALLEST: Final = 1e-300
_NORMAL: Final = NormalDist()


def allowing_for(chances: Floats, freedom: Floats) -> Floats:
    """Return two-sided p-values that allow for a spread that was estimated, and is not known.

    A p-value is taken as that of a normal deviate, and the same deviate is judged by Student's distribution.

    Args:
        chances: two-sided p-values, 0 to 1, as if the spread were known.
        freedom: degrees of freedom of its estimate, 1 or more.

    Source: D. L. Wallace (1959), "Bounds on normal approximations to Student's and the chi-square distributions", Annals
    of Mathematical Statistics 30, 1121-1130; with 10 degrees of freedom or more, within 5 % up to a deviate of 6.

    >>> allowing_for(np.array([0.05]), np.array([10.0])).round(4).tolist()  # Student, 10: P(|t| > 1.96) = 0.0785
    [0.0785]
    """
    deviate = np.array([-_NORMAL.inv_cdf(max(one, _SMALLEST) / 2) for one in chances.tolist()])
    normal = (8 * freedom + 1) / (8 * freedom + 3) * np.sqrt(freedom * np.log1p(deviate**2 / freedom))
    return np.array([math.erfc(one / math.sqrt(2)) for one in normal.tolist()])
