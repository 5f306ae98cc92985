"""The context: how voters of one option differ from unit to unit, as far as the units' counts let one expect it.

Where an option is strong, those who did not choose it before are also more inclined to it than their like elsewhere. Tables
that leave this out are wrong by what is called aggregation bias; how large it is cannot be seen in the counts, and the
constants here are those with which tables come nearest to the truth where it was counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Strength:
    """How much context counts in one direction.

    Attributes:
        slope: of log odds on the log of what is expected, for an option whose log varies by 0.3 from unit to unit and half
            of whose variance is explained.
        by_spread: the power of that variation that the slope grows with.
        by_fit: how it grows with the part that is explained: exp(by_fit (R2 - 0.5)).
        others: how far what is expected of voters of one option leaves out what their own number lets one expect.
        seen: how much counts what the unit shows beyond what is expected of it.
    """

    slope: float
    by_spread: float
    by_fit: float
    others: float
    seen: float


FORWARD: Final = Strength(slope=0.43, by_spread=0.5, by_fit=0.5, others=0.75, seen=1.0)
REVERSE: Final = Strength(slope=0.39, by_spread=0.3, by_fit=0.0, others=0.9, seen=0.5)

_USUAL_SPREAD: Final = 0.3
_SPREADS: Final = (0.02, 0.5)
_RIDGE: Final = 0.1
"""Of each option's variance, added to it: what shrinks the slopes of the regression that leaves out the voters themselves."""

_NO_RIDGE: Final = 1e-6
"""Of the mean variance: just enough to solve where two options go together."""

_DOUBT: Final = 300
"""Voters' worth of doubt about what a unit shows."""


@dataclass(frozen=True)
class Regression:
    """The shares of units after on those before, weighted by voters.

    Attributes:
        deviations: (n, R) and (n, C), shares of the units' voters less those of the whole.
        variance, covariance, of_after: (R, R), (R, C) and (C,), of the shares, times the voters of all.
        share: (C,), of each option after in the whole.
    """

    deviations: tuple[Floats, Floats]
    variance: Floats
    covariance: Floats
    of_after: Floats
    share: Floats

    @classmethod
    def of(cls, given: Floats, counted: Floats) -> Regression:
        """Return that of (n, C) counts on (n, R) counts of the same voters, none of which are 0."""
        voters = given.sum(axis=1, keepdims=True)
        x, y = (side / voters - side.sum(axis=0) / voters.sum() for side in (given, counted))
        weighted = voters * x
        share = counted.sum(axis=0) / voters.sum()
        return cls((x, y), weighted.T @ x, weighted.T @ y, (voters * y**2).sum(axis=0), share)

    def slopes(self, ridge: Floats) -> Floats:
        """Return (R, C) slopes, with ``ridge`` (R,) added to the variances."""
        return np.asarray(np.linalg.solve(self.variance + np.diag(ridge), self.covariance))

    def correlation(self) -> Floats:
        """Return (R, C), how the share of each option before goes with that of each after, from -1 to 1."""
        scale = np.sqrt(np.outer(np.diag(self.variance), self.of_after))
        return np.divide(self.covariance, scale, out=np.zeros_like(scale), where=scale > 0)


def unlikeness(line: Regression, before: Floats) -> float:
    """Return from 0 to 1 how far units differ more than they would by chance, if all voters of an option were alike.

    The residuals of the regression have a variance that is compared with that of multinomials: 0 where it is no larger, as
    in a textbook's simulation; 1 from one and a half times as large on, as in nearly all real elections, whose median is three.
    Context is a way for units to differ: where they do not, there is none.
    """
    voters = before.sum(axis=1, keepdims=True)
    x, y = line.deviations
    slopes = line.slopes(_tiny(line))
    shares = line.share + slopes - (before.sum(axis=0) / voters.sum()) @ slopes
    shares = np.clip(shares, 0, None)
    shares /= shares.sum(axis=1, keepdims=True)
    by_chance = (before @ (shares * (1 - shares)) / voters).sum()
    free = len(before) - before.shape[1]
    if free <= 0 or by_chance <= 0:  # the regression fits whatever the units are
        return 1.0
    ratio = (voters * (y - x @ slopes) ** 2).sum() / by_chance * len(before) / free
    return float(np.clip((ratio - 1) / 0.5, 0, 1))


def _tiny(line: Regression) -> Floats:
    variances = np.diag(line.variance)
    return np.full(len(variances), _NO_RIDGE * variances.mean() + np.finfo("float64").tiny)


def context(line: Regression, given: Floats, counted: Floats, strength: Strength) -> Floats:
    """Return (n, R, C): what is added to the log odds of each option counted, among the unit's voters of each given.

    Args:
        line: the regression of ``counted`` on ``given``.
        given: (n, R) counts; counted: (n, C) counts of the same voters. No unit and no option is empty.
        strength: of the direction.
    """
    voters, share = given.sum(axis=1, keepdims=True), line.share
    x, y = line.deviations
    least = np.minimum(np.maximum(0.002, 0.1 * share), share)
    tiny = _tiny(line)
    plain = share + x @ line.slopes(tiny)
    expected = np.maximum(plain, least)
    shrunk = line.slopes(tiny + _RIDGE * (np.diag(line.variance) + tiny))
    of_all = share + x @ shrunk
    of_others = of_all[:, None, :] - x[:, :, None] * shrunk
    seen = np.log((counted + _DOUBT * expected) / (voters + _DOUBT) / expected)
    log = (1 - strength.others) * np.log(np.maximum(of_all, least) / share) + strength.seen * seen
    log = log[:, None, :] + strength.others * np.log(np.maximum(of_others, least) / share)
    varying = np.sqrt((voters * np.log(expected / share) ** 2).sum(axis=0) / voters.sum())
    left = (voters * (plain - share - y) ** 2).sum(axis=0)
    explained = 1 - np.divide(left, line.of_after, out=np.zeros_like(left), where=line.of_after > 0)
    slope = strength.slope * (np.clip(varying, *_SPREADS) / _USUAL_SPREAD) ** strength.by_spread
    return np.asarray(slope * np.exp(strength.by_fit * (explained - 0.5)) * log)
