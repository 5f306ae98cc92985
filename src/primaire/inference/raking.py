"""Tables of units, each with the unit's own margins: iterative proportional fitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.inference.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

_SWEEPS: Final = 2000
_NEAR: Final = 1e-11  # of a unit's total
_LEAST: Final = 1e-13  # odds of what nearly nobody does, so that there is something to scale up where a unit demands it


@compiled
def raked(before: Floats, after: Floats, places: Floats, odds: Floats, groups: Wholes, size: int) -> Floats:
    """Return the units' tables, added up by groups, in the mean over several tables of odds.

    A unit's table begins as before_ir p_irk, with p_irk proportional to odds_rk places_irk, and its columns and rows are
    scaled in turn until it has the margins before_i and after_i.

    Args:
        before, after: (n, R) and (n, C) counts; each unit has the same total on both sides.
        places: (n, R, C).
        odds: (D, R, C), each a table.
        groups: (n,), from 0 to ``size`` - 1.
        size: how many groups there are.

    Returns:
        (size, R, C).

    Source: Deming and Stephan, Annals of Mathematical Statistics 11 (1940), 427-444.
    """
    units, rows = before.shape
    columns = after.shape[1]
    tables = np.zeros((size, rows, columns))
    t = np.empty((rows, columns))
    sums = np.empty(columns)
    many = odds.shape[0]
    for i in range(units):
        total = 0.0
        for k in range(columns):
            total += after[i, k]
        for d in range(many):
            for r in range(rows):
                s = 0.0
                for k in range(columns):
                    t[r, k] = max(odds[d, r, k], _LEAST) * places[i, r, k]
                    s += t[r, k]
                for k in range(columns):
                    t[r, k] *= before[i, r] / s
            for _ in range(_SWEEPS):
                for k in range(columns):
                    sums[k] = 0.0
                for r in range(rows):
                    for k in range(columns):
                        sums[k] += t[r, k]
                off = 0.0
                for k in range(columns):
                    off = max(off, abs(after[i, k] - sums[k]))
                    sums[k] = after[i, k] / sums[k] if sums[k] > 0 else 0.0
                if off <= _NEAR * total:
                    break
                for r in range(rows):
                    s = 0.0
                    for k in range(columns):
                        t[r, k] *= sums[k]
                        s += t[r, k]
                    if s > 0:
                        for k in range(columns):
                            t[r, k] *= before[i, r] / s
            for r in range(rows):
                for k in range(columns):
                    tables[groups[i], r, k] += t[r, k] / many
    return tables
