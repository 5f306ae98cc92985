"""Whole numbers in place of fractions, in tables whose margins are whole: controlled rounding.

Each cell becomes the whole number below or above it, and every row and column adds up as before. That can always be done
(M. Bacharach 1966, "Matrix rounding problems", Management Science 12, 732-742; B. D. Causey, L. H. Cox and L. R. Ernst
1985, "Applications of transportation theory to statistical problems", Journal of the American Statistical Association 80,
903-909). Of all ways, the nearest is taken: it is a transportation problem, solved here by shortest paths. Each row first
rounds up its largest fractions, which is nearest but for the columns; then what a column has too much goes to one that has
too little, on the way through other columns that loses least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.inference.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

_PARTS: Final = 1_000_000
"""Fractions are compared in millionths: what is nearer to a whole number than half of that is this number."""

_MOST: Final = 10**12
"""Beyond, doubles know no millionths."""

_OFF: Final = 0.01
"""How far a margin may be from a whole number: what raking leaves, not a table of another kind."""

_FAR: Final = np.iinfo(np.int64).max


def whole(tables: npt.ArrayLike) -> Wholes:
    """Return the nearest tables of whole numbers with the same margins: each cell is its floor or its ceiling.

    Nearest is least in the sum of absolute differences, which here is least in that of squares too. Of tables that are
    equally near (in millionths), it is one whose earlier rows round up earlier columns: the cells rounded up have the largest
    sum of row number times column number. The same table always gives the same.

    Args:
        tables: (..., R, C), 0 or more; each row and each column adds up to a whole number, within 0.01.

    Returns:
        the same shape. The margins are exact: those of the tables, rounded. A cell within half a millionth of a whole
        number is this number.

    Raises:
        ValueError: a number is negative, or more than a million millions, or a margin is not whole.

    >>> whole([[0.3, 1.7], [1.7, 0.3]]).tolist()
    [[0, 2], [2, 0]]
    >>> whole([[0.5, 0.5], [0.5, 0.5]]).tolist()
    [[1, 0], [0, 1]]
    """
    held = np.asarray(tables, dtype="float64")
    if not ((held >= -0.5 / _PARTS) & (held <= _MOST)).all():
        raise ValueError(f"a table of voters needs numbers from 0 to {_MOST:,}")
    rows, columns = held.sum(axis=-1), held.sum(axis=-2)
    if any((np.abs(margin - np.rint(margin)) > _OFF).any() for margin in (rows, columns)):
        raise ValueError("the rows and columns of a table need to add up to whole numbers")
    rounded = np.empty(held.shape, dtype="int64")
    flat = -1, *held.shape[-2:]
    if held.size and not _round_all(np.ascontiguousarray(held).reshape(flat), rounded.reshape(flat)):
        raise ValueError("the rows and columns of a table need to add up to the same total")
    return rounded


@compiled
def _round_all(tables: Floats, rounded: Wholes) -> bool:
    """Round one table after another into ``rounded``; False where one cannot be."""
    count, rows, columns = tables.shape
    gain = np.empty((rows, columns), dtype=np.int64)
    up = np.empty((rows, columns), dtype=np.bool_)
    for place in range(count):
        surplus = _start(tables[place], rounded[place], gain, up)
        if not _balance(surplus, gain, up):
            return False
        for row in range(rows):
            for column in range(columns):
                rounded[place, row, column] += up[row, column]
    return True


@compiled
def _start(table: Floats, floor: Wholes, gain: Wholes, up: Any) -> Wholes:
    """Round every row by itself, its largest fractions up, and return how many too many each column then has.

    ``floor`` becomes the cells rounded down; ``gain`` how much nearer each comes by being rounded up, -1 where it is whole;
    ``up`` which are rounded up.
    """
    rows, columns = table.shape
    cells = rows * columns
    surplus = np.zeros(columns, dtype=np.int64)
    for column in range(columns):
        total = 0.0
        for row in range(rows):
            total += table[row, column]
        surplus[column] = -np.int64(np.rint(total))
    for row in range(rows):
        total = 0.0
        for column in range(columns):
            total += table[row, column]
        missing = np.int64(np.rint(total))
        for column in range(columns):
            millionths = np.int64(np.rint(table[row, column] * _PARTS))
            floor[row, column] = millionths // _PARTS
            fraction = millionths % _PARTS
            gain[row, column] = fraction * cells**2 + row * column if fraction else -1
            up[row, column] = False
            missing -= floor[row, column]
            surplus[column] += floor[row, column]
        for _ in range(missing):
            best = -1
            for column in range(columns):
                if gain[row, column] >= 0 and not up[row, column] and (best < 0 or gain[row, column] > gain[row, best]):
                    best = column
            if best >= 0:
                up[row, best] = True
                surplus[best] += 1
    return surplus


@compiled
def _balance(surplus: Wholes, gain: Wholes, up: Any) -> bool:
    """Move what columns have too much to those that have too little, the shortest way first; False where there is none."""
    while _uneven(surplus):
        loss, by = _exchanges(gain, up)
        distance, previous = _ways(loss, surplus)
        end = -1
        for column in range(len(surplus)):
            if surplus[column] < 0 and distance[column] < _FAR and (end < 0 or distance[column] < distance[end]):
                end = column
        if end < 0:
            return False
        surplus[end] += 1
        while previous[end] >= 0:
            row = by[previous[end], end]
            up[row, end] = True
            end = previous[end]
            up[row, end] = False
        surplus[end] -= 1
    return True


@compiled
def _uneven(surplus: Wholes) -> bool:
    for each in surplus:  # noqa: SIM110  loops are what is compiled fast
        if each != 0:
            return True
    return False


@compiled
def _ways(loss: Wholes, surplus: Wholes) -> tuple[Wholes, Wholes]:
    """Return how far each column is from those that have too much, and the one before it on the way (Bellman and Ford)."""
    columns = len(surplus)
    distance, previous = np.empty(columns, dtype=np.int64), np.empty(columns, dtype=np.int64)
    for column in range(columns):
        distance[column], previous[column] = 0 if surplus[column] > 0 else _FAR, -1
    changed = True
    while changed:
        changed = False
        for one in range(columns):
            for other in range(columns):
                if distance[one] == _FAR or loss[one, other] == _FAR:
                    continue
                if distance[one] + loss[one, other] < distance[other]:
                    distance[other] = distance[one] + loss[one, other]
                    previous[other] = one
                    changed = True
    return distance, previous


@compiled
def _exchanges(gain: Wholes, up: Any) -> tuple[Wholes, Wholes]:
    """Return what it costs least to round up a cell of the second column for one of the first, and in which row."""
    rows, columns = gain.shape
    loss, by = np.empty((columns, columns), dtype=np.int64), np.empty((columns, columns), dtype=np.int64)
    for one in range(columns):
        for other in range(columns):
            loss[one, other], by[one, other] = _FAR, -1
    for row in range(rows):
        for one in range(columns):
            if not up[row, one]:
                continue
            for other in range(columns):
                if (
                    gain[row, other] >= 0
                    and not up[row, other]
                    and gain[row, one] - gain[row, other] < loss[one, other]
                ):
                    loss[one, other] = gain[row, one] - gain[row, other]
                    by[one, other] = row
    return loss, by
