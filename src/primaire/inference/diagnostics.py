"""What tells how far an estimated table can be trusted: numbers only, each of which can be computed by hand.

Throughout, ``before`` is (n, R) and ``after`` (n, C): whole numbers of voters of n units, by option before and after; each
unit's total is the same on both sides. Units without voters count for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

COLLINEAR: Final = 30.0
"""The condition number from which Belsley, Kuh and Welsch (1980, page 105) call collinearity moderate to strong. The 285
real districts whose table was counted have 5 to 29, small options put together: beyond, nobody has compared estimates with the truth. The error grows
with it: 5.7 % of the votes in the fifth that has least, 9.0 % in that which has most."""

FAR: Final = 6.0
"""Deviations of :func:`departures` from which a unit is worth being named: beside the true tables of the same districts, one
unit in 650 is so far."""

AS_WIDE: Final = 0.8
"""The part of the width of its bounds from which a cell's interval says little more than they do."""

_MEDIAN_OF_SQUARE: Final = 0.454936
"""The median of the square of a standard normal variable."""

_TINY: Final = 1e-12
"""What is as good as 0 beside 1."""

_MOST_RHO: Final = 0.9
_HALVINGS: Final = 30


class Size(NamedTuple):
    """How much there is to learn from, and how much to learn.

    Attributes:
        units: those that have a voter.
        cells: the cells of the table that its margins leave free, (R - 1)(C - 1), of the options that have a voter.
    """

    units: int
    cells: int


def size(before: Wholes, after: Wholes) -> Size:
    """Return the number of units beside that of the free cells.

    Each unit tells C - 1 numbers, and the free cells are (R - 1)(C - 1): with fewer than R - 1 units, many tables explain
    the units equally well even if all voters behaved alike everywhere.
    """
    rows, columns = (int((side.sum(axis=0) > 0).sum()) for side in (before, after))
    return Size(int((before.sum(axis=1) > 0).sum()), max(rows - 1, 0) * max(columns - 1, 0))


def spread(before: Wholes) -> Floats:
    """Return (R,) how much each option's share of a unit's voters differs between units: standard deviations, 0 to 0.5.

    Units are weighted by their voters. 0 means that the units are all alike: nothing can be learnt from comparing them.
    """
    share, weight = _shares(before)
    return np.asarray(np.sqrt(weight @ (share - weight @ share) ** 2))


def collinearity(before: Wholes) -> Floats:
    """Return (R,) which part of each option's shares the others foretell, 0 to 1; NaN for an option without voters.

    It is R squared of the regression of the option's shares on those of the other options over the units, weighted by
    voters, without a constant and not centred (with a constant it would always be 1, since shares add up to 1). 1 means
    that the option cannot be told from a mixture of others: they are too alike in all units. The variance of a row of
    Goodman's regression is proportional to 1 / (1 - R squared). Chance makes it small where an option has few voters in each
    unit.

    Source: D. A. Belsley, E. Kuh and R. E. Welsch (1980), "Regression Diagnostics", Wiley, chapter 3; of regressions that
    need no constant, L. A. Goodman (1953), "Ecological regressions and behavior of individuals", American Sociological
    Review 18, 663-664.
    """
    found = np.full(before.shape[1], np.nan)
    scaled = _scaled(before)
    alike = scaled.T @ scaled + _TINY * np.eye(scaled.shape[1])
    found[before.sum(axis=0) > 0] = 1 - 1 / np.diag(np.linalg.inv(alike))
    return np.asarray(np.clip(found, 0, 1))


def condition(before: Wholes) -> float:
    """Return how near the options before are to being mixtures of each other: 1 (not at all) to infinity.

    It is the ratio of the largest to the smallest singular value of the units' shares (n, R), rows weighted by the root of
    their voters, each column then scaled to length 1; options without voters are left out. From :data:`COLLINEAR` on, some
    mixture of the options can hardly be told from another: the units are too alike.

    Source: Belsley, Kuh and Welsch (1980), as for :func:`collinearity`.
    """
    scaled = _scaled(before)
    units, rows = scaled.shape
    if not rows:
        return 1.0
    singular = np.linalg.svd(scaled, compute_uv=False)
    return float(singular[0] / singular[-1]) if units >= rows and singular[-1] > _TINY * singular[0] else np.inf


def against_bounds(lower: Floats, upper: Floats, low: Wholes, high: Wholes, rows: Wholes) -> Floats:
    """Return (R, C) how wide each interval is beside the bounds of its cell, as a part of their width.

    From :data:`AS_WIDE` on, the interval says little more than the bounds. NaN where there is no interval, where the bounds
    leave nothing open, and in a row without voters.

    Args:
        lower, upper: (R, C), the ends of the intervals, as shares of the rows.
        low, high: (R, C), the bounds, in voters.
        rows: (R,), the voters of each option before.
    """
    return _parts((upper - lower) * rows[:, None], high - low)


class Departures(NamedTuple):
    """How far each unit is from what the table lets one expect of it.

    Attributes:
        option: (n,), the place of the option after that is farthest from what was expected; 0 for an empty unit.
        expected: (n,), the voters expected for that option: those of each row before, spread as in the table.
        deviations: (n,), how far what was counted is above (or below, negative) that: in standard deviations of the
            units of this vote, so that 0.67 is what half of the units exceed. 0 for an empty unit.
        elsewhere: (n,), the part of the unit's voters who would have to be of another option for all of its options to be
            as expected, 0 to 1: half the sum of the absolute differences over the unit's total. 0 for an empty unit.
    """

    option: Wholes
    expected: Floats
    deviations: Floats
    elsewhere: Floats


def departures(before: Wholes, after: Wholes, shares: Floats) -> Departures:
    """Return how far each unit is from what the table lets one expect; from :data:`FAR` on it is worth being named.

    A count y of N, of which e are expected, has the variance e (1 - e/N) (1 + (N - 1) rho) + 1: that of a beta-binomial
    variable, and a vote more or less that never matters. Each option after has its own rho, 0 or more: the one with which
    half of the units are within 0.67 standard deviations. So a few units that are far away do not hide themselves.

    Args:
        shares: (R, C), the table as shares of its rows; NaN only in rows without voters.
    """
    total = before.sum(axis=1, keepdims=True)
    expected = np.asarray(before, dtype="float64") @ np.nan_to_num(shares)
    above = np.asarray(after, dtype="float64") - expected
    binomial = expected * (1 - expected / np.maximum(total, 1))
    deviations = above / np.sqrt(binomial * (1 + (total - 1) * _rho(above**2, binomial, total)) + 1)
    option = np.abs(deviations).argmax(axis=1)
    at = np.arange(len(before)), option
    elsewhere = np.abs(above).sum(axis=1) / 2 / np.maximum(total[:, 0], 1)
    return Departures(option, expected[at], deviations[at], elsewhere)


def _rho(square: Floats, binomial: Floats, total: npt.NDArray[Any]) -> Floats:
    """Return (C,) the rho of :func:`departures`, by halving; 0 where the units differ less than by chance."""
    held = total[:, 0] > 0
    square, binomial, more = square[held], binomial[held], total[held] - 1
    low, high = np.zeros(square.shape[1]), np.full(square.shape[1], _MOST_RHO)
    if not held.any():
        return low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        wide = np.median(square / (binomial * (1 + more * middle) + 1), axis=0) > _MEDIAN_OF_SQUARE
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    return np.asarray((low + high) / 2)


def _shares(before: Wholes) -> tuple[Floats, Floats]:
    """Return the shares of the units that have voters, and the part of all voters that each unit has."""
    total = before.sum(axis=1)
    held = total > 0
    return before[held] / total[held, None], total[held] / max(total.sum(), 1)


def _scaled(before: Wholes) -> Floats:
    """Return the weighted shares of the options that have voters, each column of length 1."""
    share, weight = _shares(before[:, before.sum(axis=0) > 0])
    weighted = share * np.sqrt(weight)[:, None]
    return np.asarray(weighted / np.sqrt((weighted**2).sum(axis=0)))


def _parts(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Floats:
    """Return one over the other, NaN over 0."""
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0))
