"""Many tests at once: how many of what they find may be chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def discovered(chances: Floats, level: float) -> npt.NDArray[np.bool_]:
    """Tell which tests find something if, on average, at most a share ``level`` of the finds may be chance.

    Args:
        chances: the p-value of each test.
        level: the false discovery rate allowed, 0 to 1.

    Source: Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate", Journal of the Royal Statistical
    Society B 57, 289-300: the largest k for which the k-th smallest p-value is at most level x k / tests.

    >>> discovered(np.array([0.01, 0.9, 0.02, 0.2]), 0.05).tolist()  # limits 0.0125, 0.025, 0.0375, 0.05
    [True, False, True, False]
    """
    order = np.sort(chances)
    limits = level * np.arange(1, len(order) + 1) / max(len(order), 1)
    below = np.flatnonzero(order <= limits)
    return np.asarray(chances <= order[below[-1]]) if len(below) else np.zeros(len(chances), dtype="bool")
