"""Which shares are so far from what is expected of them that it is not chance: the figures, without the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import by_appearance, numbered
from primaire.checks.earlier import from_earlier
from primaire.checks.neighbours import neighbours
from primaire.checks.shares import Shares, shares
from primaire.schema import LEVELS
from primaire.stats.beta_binomial import two_sided, variance_factor
from primaire.stats.discoveries import discovered
from primaire.stats.dispersion import Dispersion, dispersion
from primaire.stats.student import allowing_for

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from primaire.schema import Returns

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

RATE: Final = 0.01
"""The false discovery rate: of what is found, one in a hundred may be chance. Lower than is usual in research, since real
units differ somewhat more than any model of them, and whoever reads the list has to look at each by hand."""

EARLIER: Final = len(LEVELS)
"""In place of the number of a level: expected from the previous round."""

_WORTH_A_LOOK: Final = 3.0  # standard deviations: below, no exact tail is small enough to be found among many


@dataclass(frozen=True)
class Judged:
    """All shares that were compared, and how likely each is.

    Attributes:
        shares: those that something was expected of.
        mean: the expected share of each, above 0 and below 1.
        level: what it is expected from: a number in :data:`LEVELS`, 0 being all that was read, or :data:`EARLIER`.
        others: of how many other units; 0 where it is from the previous round.
        dispersion: how much shares differ from what is expected.
        chance: the two-sided p-value of each; 1 for those that are near what is expected.
        of_unit: by row of ``ballots``, the smallest of its p-values times the number of its shares, at most 1; 1 for units
            that were not compared.
        found: the rows of ``ballots`` of the units that are not as expected.
    """

    shares: Shares
    mean: Floats
    level: Wholes
    others: Wholes
    dispersion: Dispersion
    chance: Floats
    of_unit: Floats
    found: Wholes

    @property
    def variance(self) -> Floats:
        """The variance of each count."""
        trials = self.shares.base
        return np.asarray(trials * self.mean * (1 - self.mean) * variance_factor(trials, self.dispersion.rho))


def judge(known: Returns) -> Judged:
    """Judge the shares of all units: expected value, overdispersion, exact tails, and what is left among so many tests.

    1. Expected: from the previous round (:func:`from_earlier`), else from the neighbours (:func:`neighbours`).
    2. Overdispersion: for each figure and kind of expectation, place by place (:func:`dispersion`).
    3. The two-sided tail of the beta-binomial distribution, allowing for the spread being estimated (Student).
    4. By unit the smallest p-value times the number of its shares (Bonferroni); over the units of one election, round and
       level :func:`discovered` at :data:`RATE`.
    """
    counted, mean, level, place, others = _expected(known)
    pool = by_appearance(counted.option * (EARLIER + 1) + level)
    family = by_appearance(
        (_vote(known.ballots)[counted.unit] * 3 + np.minimum(counted.figure, 0) + 2) * (EARLIER + 1) + level
    )
    spread = dispersion(counted.count, counted.base, mean, family, pool, place)
    few = _far(counted, mean, spread)
    chance = np.ones(len(counted))
    exact = two_sided(counted.count[few], counted.base[few], mean[few], spread.rho[few])
    chance[few] = allowing_for(exact, spread.freedom[few])
    size = np.bincount(counted.unit, minlength=len(known.ballots))
    least = np.ones(len(known.ballots))
    np.minimum.at(least, counted.unit[few], chance[few])
    of_unit = np.minimum(1, least * np.maximum(size, 1))
    return Judged(counted, mean, level, others, spread, chance, of_unit, _found(known.ballots, of_unit, size > 0))


def _expected(known: Returns) -> tuple[Shares, Floats, Wholes, Wholes, Wholes]:
    """Return the shares that something is expected of, with the mean, its level, the place and its other units."""
    counted = shares(known)
    near = neighbours(counted, known.ballots)
    earlier, of_earlier = from_earlier(counted, known)
    held = ~np.isnan(earlier)
    mean, level = np.where(held, earlier, near.mean), np.where(held, EARLIER, near.level)
    first = int(of_earlier.max(initial=-1)) + 1
    place = np.where(held, of_earlier, near.place + first)
    kept = np.flatnonzero((mean > 0) & (mean < 1))  # nobody expects anything of nobody, or of a single candidate
    others = np.where(held, 0, near.others)[kept]
    return counted.only(kept), mean[kept], level[kept], by_appearance(place[kept]), others


def _far(counted: Shares, mean: Floats, spread: Dispersion) -> Wholes:
    """Return the shares that are far from what is expected, for which alone exact tails are computed."""
    variance = counted.base * mean * (1 - mean) * variance_factor(counted.base, spread.rho)
    return np.flatnonzero(np.abs(counted.count - counted.base * mean) > _WORTH_A_LOOK * np.sqrt(variance))


def _found(ballots: pd.DataFrame, chance: Floats, compared: npt.NDArray[np.bool_]) -> Wholes:
    vote = _vote(ballots)
    found = [
        units[discovered(chance[units], RATE)]
        for number in range(int(vote.max(initial=-1)) + 1)
        for units in (np.flatnonzero(compared & (vote == number)),)
    ]
    return np.sort(np.concatenate([np.zeros(0, dtype="int64"), *found]))


def _vote(ballots: pd.DataFrame) -> Wholes:
    """Return the number of the election, round and level that each unit is of."""
    return numbered(ballots, ("election", "round", "level"))
