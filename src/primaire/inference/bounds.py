"""What two margins of each unit alone say about the table inside: no assumption, and no estimate.

Source: O. D. Duncan and B. Davis (1953), "An alternative to ecological correlation", American Sociological Review 18,
665-666.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.inference.counts import checked, numbered

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]

_CELLS_TOGETHER: Final = 1 << 18
"""Cells of units that are held at once: few enough for a processor's cache, many enough for arrays."""


def bounds(before: npt.ArrayLike, after: npt.ArrayLike, groups: npt.ArrayLike | None = None) -> tuple[Wholes, Wholes]:
    """Return the fewest and the most voters that each cell can have: the sums of what is so in each unit.

    Of x who chose r before and y who chose k after, among N in a unit, at least max(0, x + y - N) did both, and at most
    min(x, y). Any number between the sums is possible for one cell by itself, not for all cells together.

    Args:
        before: (n, R) whole numbers, 0 or more: the voters of each unit by option before.
        after: (n, C), those by option after; each unit's total is the same.
        groups: (n,), the number of each unit's group, from 0: bounds are then given for each group by itself. All
            units are one group without it.

    Returns:
        two arrays of shape (R, C), or (G, R, C) with groups (0 in a group without a unit). Exact.

    Raises:
        ValueError: see :func:`primaire.inference.counts.checked`; groups are not numbers of 0 or more.

    >>> low, high = bounds(np.array([[60, 40], [10, 20]]), np.array([[70, 30], [30, 0]]))
    >>> low.tolist(), high.tolist()
    ([[40, 0], [30, 0]], [[70, 30], [60, 30]])
    """
    x, y = checked(before, after)
    total = x.sum(axis=1)
    group = np.zeros(len(x), dtype="int64") if groups is None else numbered(groups, len(x))
    shape = (int(group.max(initial=-1 if groups is not None else 0)) + 1, x.shape[1], y.shape[1])
    low, high = np.zeros(shape, dtype="int64"), np.zeros(shape, dtype="int64")
    ordered = np.argsort(group, kind="stable")
    step = max(_CELLS_TOGETHER // max(shape[1] * shape[2], 1), 1)
    for start in range(0, len(ordered), step):
        units = ordered[start : start + step]
        one, other, of = x[units, :, None], y[units, None, :], group[units]
        first = np.flatnonzero(np.diff(of, prepend=-1))
        low[of[first]] += np.add.reduceat(np.maximum(one + other - total[units, None, None], 0), first, axis=0)
        high[of[first]] += np.add.reduceat(np.minimum(one, other), first, axis=0)
    return (low[0], high[0]) if groups is None else (low, high)
