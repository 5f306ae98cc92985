"""Tables with given margins: iterative proportional fitting (Deming and Stephan, Annals of Mathematical Statistics 11, 1940)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.inference.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

_SWEEPS: Final = 200
_NEAR: Final = 1e-9  # of all votes of the table
_LEAST: Final = 1e-13  # odds of what nearly nobody does, so that there is something to scale up where margins demand it


@compiled
def raked(  # noqa: PLR0913, PLR0917  counts, a table, and what is added up
    before: Floats, after: Floats, places: Floats, odds: Floats, groups: Wholes, size: int
) -> Floats:
    """Return the units' tables, added up by groups.

    A unit's table begins as before_ir p_irk, with p_irk proportional to odds_rk places_irk, and is balanced to the margins
    before_i and after_i.

    Args:
        before, after: (n, R) and (n, C) counts; each unit has the same total on both sides.
        places: (n, R, C), what units multiply the odds with.
        odds: (R, C).
        groups: (n,), from 0 to ``size`` - 1.
        size: how many groups there are.

    Returns:
        (size, R, C).
    """
    tables = np.zeros((size, odds.shape[0], odds.shape[1]))
    table, sums = np.empty(odds.shape), np.empty(odds.shape[1])
    for i in range(len(before)):
        for r in range(odds.shape[0]):
            total = 0.0
            for k in range(odds.shape[1]):
                table[r, k] = max(odds[r, k], _LEAST) * places[i, r, k]
                total += table[r, k]
            for k in range(odds.shape[1]):
                table[r, k] *= before[i, r] / total
        balance(table, before[i], after[i], sums)
        for r in range(odds.shape[0]):
            for k in range(odds.shape[1]):
                tables[groups[i], r, k] += table[r, k]
    return tables


@compiled
def balance(table: Floats, rows: Floats, columns: Floats, off: Floats) -> None:
    """Scale the columns and the rows of a table in turn, until it has these margins; what is left then is carried over.

    Args:
        table: (R, C), whose rows add up to ``rows``; it is changed.
        rows, columns: with the same total.
        off: (C,), room to work in.
    """
    near = 0.0
    for r in range(len(rows)):
        near += _NEAR * rows[r]
    for _ in range(_SWEEPS):
        if surplus(table, columns, off) <= near:
            break
        for r in range(len(rows)):
            total = 0.0
            for k in range(len(columns)):
                held = columns[k] + off[k]
                table[r, k] *= columns[k] / held if held > 0 else 0.0
                total += table[r, k]
            for k in range(len(columns)):
                table[r, k] *= rows[r] / total if total > 0 else 0.0
    surplus(table, columns, off)
    carry(table, off)


@compiled
def surplus(table: Floats, columns: Floats, off_out: Floats) -> float:
    """Fill in how much each column has too much, and return the largest, whichever its sign."""
    largest = 0.0
    for k in range(len(columns)):
        off_out[k] = -columns[k]
        for r in range(len(table)):
            off_out[k] += table[r, k]
        largest = max(largest, abs(off_out[k]))
    return largest


@compiled
def carry(table: Floats, off: Floats) -> None:
    """Move within rows what columns have too much to those that have too little, as long as there is some."""
    for r in range(len(table)):
        for k in range(len(off)):
            for other in range(len(off)):
                moved = min(table[r, k], off[k], -off[other])
                if moved > 0:
                    table[r, k] -= moved
                    table[r, other] += moved
                    off[k] -= moved
                    off[other] += moved
