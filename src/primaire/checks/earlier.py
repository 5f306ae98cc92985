"""What is expected of a unit's shares from its own previous round."""

from __future__ import annotations

from dataclasses import replace
from itertools import count as numbers
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import by_appearance, numbered
from primaire.pairing import consecutive

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.checks.shares import Shares
    from primaire.schema import Returns

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

UNITS_EACH: Final = 5
"""So many units at least for every share of the previous round that is used: with fewer, a regression follows each of them."""

_LARGE: Final = 0.025
"""Candidates of the previous round with a smaller share of the votes tell nothing of the next round."""

_FAR: Final = 4.0  # standard deviations from which on a unit has no say in what is expected of others
_MEDIAN_TO_DEVIATION: Final = 1.4826  # of a normal deviate: its standard deviation for a median of 1
_PASSES: Final = 3
_MOST_LEVERAGE: Final = 0.9
_SURE: Final = 0.02


def from_earlier(shares: Shares, known: Returns) -> tuple[Floats, Wholes]:
    """Expect of each share what a linear regression on the shares of the previous round makes it, the unit itself left out.

    Within a departement, or a contest where that is smaller or units do not say theirs, all units count by their base.

    Args:
        shares: of all rounds.
        known: what they are of.

    Returns:
        the expected share, 0 to 1, and the number of the place (alike for the shares of one figure in one place, and for
        no others): NaN and -1 for units without a previous round, or with too few others beside them.
    """
    mean, place = np.full(len(shares), np.nan), np.full(len(shares), -1)
    if known.ballots["round"].nunique() < 2:  # noqa: PLR2004  two rounds make an earlier one
        return mean, place
    pairs = consecutive(known, "unit")
    where = numbered(known.ballots, ("election", "round", "contest", "level", "departement_code"))
    # The places in which the ballots of a next round are looked at, and for those of an earlier one, what they tell of.
    later, earlier, told = (np.full(len(known.ballots), -1) for _ in range(3))
    later[pairs.other] = earlier[pairs.one] = where[pairs.other]
    told[pairs.one] = pairs.other
    for number, rows, sources in zip(
        numbers(), _by_place(later[shares.unit]), _by_place(earlier[shares.unit]), strict=False
    ):
        if len(rows) and len(sources):
            expected = _regressed(shares.only(rows), replace(shares.only(sources), unit=told[shares.unit[sources]]))
            mean[rows], place[rows] = expected, number
    return mean, np.where(
        np.isnan(mean), -1, by_appearance((place + 1) * (int(shares.option.max()) + 1) + shares.option)
    )


def _by_place(place: Wholes) -> list[Wholes]:
    """Return the rows of each place, -1 being none."""
    order = np.argsort(place, kind="stable")
    return np.split(order, np.searchsorted(place[order], np.arange(int(place.max(initial=-1)) + 2)))[1:-1]


def _regressed(wanted: Shares, told: Shares) -> Floats:
    """Return what is expected of each share from those of an earlier round, which bear the numbers of the same units."""
    units = np.unique(wanted.unit)
    design = _design(told, units)
    whole = np.asarray(~np.isnan(design).any(axis=1))
    expected = np.full(len(wanted), np.nan)
    if whole.sum() < UNITS_EACH * design.shape[1]:
        return expected
    for option in np.unique(wanted.option):
        rows = np.flatnonzero(wanted.option == option)
        at = np.searchsorted(units, wanted.unit[rows])
        rows, at = rows[whole[at]], at[whole[at]]
        if len(rows) >= UNITS_EACH * design.shape[1]:
            expected[rows] = _left_out(design[at], wanted.count[rows] / wanted.base[rows], wanted.base[rows])
            expected[rows] = _held(expected[rows], wanted.count[rows].sum() / wanted.base[rows].sum())
    return expected


def _held(expected: Floats, overall: float) -> Floats:
    """Keep what is expected away from 0 and 1, which a straight line does not know."""
    return np.clip(expected, min(_SURE, overall / 4), 1 - min(_SURE, (1 - overall) / 4))


def _design(told: Shares, units: Wholes) -> Floats:
    """Return one row per unit: 1, and its shares of the earlier round; NaN where it has none."""
    _, option = np.unique(told.option, return_inverse=True)
    count, base = (np.bincount(option, counts)[option] for counts in (told.count, told.base))
    kept = told.only(np.flatnonzero((count >= _LARGE * base) | (told.figure < 0)))
    _, column = np.unique(kept.option, return_inverse=True)
    design = np.full((len(units), 1 + int(column.max(initial=-1)) + 1), np.nan)
    design[:, 0] = 1
    design[np.searchsorted(units, kept.unit), 1 + column] = kept.count / kept.base
    return design


def _left_out(design: Floats, share: Floats, weight: Wholes) -> Floats:
    """Return what a weighted regression on all other units expects of each; units far out have no say in it.

    Leaving a unit out changes its residual by 1 - h, h being its leverage: no regression has to be computed anew.
    """
    say = weight.astype("float64")
    residual = np.zeros(len(share))
    for _ in range(_PASSES):
        weighted = design * say[:, None]
        inverse = np.linalg.pinv(design.T @ weighted, hermitian=True)
        residual = share - design @ (inverse @ (weighted.T @ share))
        leverage = np.minimum((weighted @ inverse * design).sum(axis=1), _MOST_LEVERAGE)
        scaled = np.abs(residual) * np.sqrt(weight)
        say = np.where(scaled > _FAR * _MEDIAN_TO_DEVIATION * np.median(scaled), 0.0, weight)
    return np.asarray(share - residual / (1 - leverage))
