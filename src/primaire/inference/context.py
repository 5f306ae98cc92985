"""The context of each unit: what its options on one side let one expect of its options on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_RIDGE: Final = 1e-6
"""Of the mean diagonal: enough to solve where two options go together, too little to shrink anything."""


def context(before: Floats, after: Floats) -> Floats:
    """Return how far above the whole each unit is expected to be, for each option after, as log ratios.

    The shares of a unit's options after are regressed on those before, over all units weighted by their totals. What is
    fitted is divided by the share in the whole; a share below a tenth of it, or below 0.2 %, is taken as that.

    Args:
        before: (n, R) counts; after: (n, C) counts, with the same totals, none of them 0.

    Returns:
        (n, C): log(expected share / share in the whole).
    """
    totals = before.sum(axis=1)
    whole = totals.sum()
    x = before / totals[:, None] - before.sum(axis=0) / whole
    share = after.sum(axis=0) / whole
    y = after / totals[:, None] - share
    weighted = x * totals[:, None]
    normal = weighted.T @ x
    ridge = _RIDGE * np.trace(normal) / len(normal) + np.finfo("float64").tiny
    slopes = np.linalg.solve(normal + ridge * np.eye(len(normal)), weighted.T @ y)
    c = np.log(np.maximum(share + x @ slopes, np.maximum(0.002, 0.1 * share)) / share)
    return np.ascontiguousarray(np.broadcast_to(c[:, None], (*before.shape, after.shape[1])))
