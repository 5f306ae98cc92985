"""Which shares are so far from what is expected of them that it is not chance: the figures, without the words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import by_appearance, numbered
from primaire.checks.earlier import from_earlier
from primaire.checks.neighbours import NEEDED, neighbours
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

WORTH_TELLING: Final = 15.0
"""So many votes or voters off at least: that 8 of the 32 voters of a village chose a small candidate is rare and tells nothing."""

_WORTH_A_LOOK: Final = 3.0  # standard deviations: below, no exact tail is small enough to be found among many


@dataclass(frozen=True)
class Compared:
    """All shares that were compared, with what is expected of them.

    Attributes:
        shares: those that something was expected of.
        mean: the expected share of each, above 0 and below 1.
        level: what it is expected from: a number in :data:`LEVELS`, 0 being all that was read, or :data:`EARLIER`.
        others: of how many other units; 0 where it is from the previous round.
        dispersion: how much shares differ from what is expected.
    """

    shares: Shares
    mean: Floats
    level: Wholes
    others: Wholes
    dispersion: Dispersion


@dataclass(frozen=True)
class Judged(Compared):
    """The same, and how likely each share is.

    Attributes:
        chance: the two-sided p-value of each; 1 for those that are near what is expected.
        of_unit: by row of ``ballots``, the smallest of its p-values times the number of its shares, at most 1; 1 for units
            that were not compared.
        found: the rows of ``ballots`` of the units that are not as expected.
    """

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
    counted = shares(known)
    compared = compare(counted, known, np.zeros(0, dtype="int64"))
    counted, mean, spread = compared.shares, compared.mean, compared.dispersion
    few = _far(counted, mean, spread)
    chance = np.ones(len(counted))
    exact = two_sided(counted.count[few], counted.base[few], mean[few], spread.rho[few])
    chance[few] = allowing_for(exact, spread.freedom[few])
    size = np.bincount(counted.unit, minlength=len(known.ballots))
    least = np.ones(len(known.ballots))
    np.minimum.at(least, counted.unit[few], chance[few])
    of_unit = np.minimum(1, least * np.maximum(size, 1))
    found = _found(known.ballots, of_unit, size > 0)
    return Judged(counted, mean, compared.level, compared.others, spread, chance=chance, of_unit=of_unit, found=found)


def compare(counted: Shares, known: Returns, silent: Wholes) -> Compared:
    """Say what is expected of each share, and how far the others are from what is expected of them.

    Neighbours differ as all units of the round differ from theirs, whichever way each is judged: the only unit without a
    previous round would have nobody to learn from. Where there are not :data:`NEEDED` others even so, it is left out.

    Args:
        counted: the shares.
        known: what they are of.
        silent: rows of ``ballots`` that nothing is expected from, and nothing of.
    """
    heard = np.ones(len(known.ballots), dtype="bool")
    heard[silent] = False
    heard = heard[counted.unit]
    near = neighbours(replace(counted, count=counted.count * heard, base=counted.base * heard), known.ballots)
    earlier, of_earlier = from_earlier(counted, known)
    held, vote = ~np.isnan(earlier), _vote(known.ballots)[counted.unit]
    possible = (near.mean > 0) & (near.mean < 1) & heard  # nobody expects anything of nobody, or of a single candidate
    mixed = np.bincount(vote[possible & ~held], minlength=int(vote.max(initial=-1)) + 1) > 0
    mean, level = np.where(held, earlier, near.mean), np.where(held, EARLIER, near.level)
    rho, freedom, pooled = (np.full(len(counted), np.nan) for _ in range(3))
    for wanted, some, its_mean, its_level, place in (
        (~held, np.flatnonzero(possible & mixed[vote]), near.mean, near.level, near.place),
        (held, np.flatnonzero(held & heard & (earlier > 0) & (earlier < 1)), earlier, level, of_earlier),
    ):
        rows = some[_enough(counted.unit[some], its_level[some], vote[some])]
        spread = _spread(counted.only(rows), vote[rows], its_mean[rows], its_level[rows], place[rows])
        told = wanted[rows]
        for values, of in ((rho, spread.rho), (freedom, spread.freedom), (pooled, spread.pooled)):
            values[rows[told]] = of[told]
    kept = np.flatnonzero(~np.isnan(rho))
    return Compared(
        counted.only(kept),
        mean[kept],
        level[kept],
        np.where(held, 0, near.others)[kept],
        Dispersion(rho[kept], freedom[kept], pooled[kept]),
    )


def _enough(unit: Wholes, level: Wholes, vote: Wholes) -> npt.NDArray[np.bool_]:
    """Tell which shares are of a round and a kind of comparison that has :data:`NEEDED` other units."""
    kind = vote * (EARLIER + 1) + level
    stands = np.zeros((int(kind.max(initial=-1)) + 1, int(unit.max(initial=-1)) + 1), dtype="bool")
    stands[kind, unit] = True
    return np.asarray(stands.sum(axis=1)[kind] > NEEDED)


def _spread(counted: Shares, vote: Wholes, mean: Floats, level: Wholes, place: Wholes) -> Dispersion:
    pool = by_appearance(counted.option * (EARLIER + 1) + level)
    family = by_appearance((vote * 3 + np.minimum(counted.figure, 0) + 2) * (EARLIER + 1) + level)
    return dispersion(counted.count, counted.base, mean, family, pool, by_appearance(place))


def _far(counted: Shares, mean: Floats, spread: Dispersion) -> Wholes:
    """Return the shares that are far from what is expected, for which alone exact tails are computed."""
    variance = counted.base * mean * (1 - mean) * variance_factor(counted.base, spread.rho)
    off = np.abs(counted.count - counted.base * mean)
    return np.flatnonzero((off >= WORTH_TELLING) & (off > _WORTH_A_LOOK * np.sqrt(variance)))


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
