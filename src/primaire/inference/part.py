"""The estimate of one part: units that are taken to behave alike, but for their context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.inference.intervals import deviation, logit
from primaire.inference.objective import Objective, Parameters
from primaire.inference.posterior import curvature, draws, mode
from primaire.inference.raking import raked

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

_PAIRS: Final = 60
"""Of opposite draws: the width of an interval is then sure within about a tenth."""

_LEAST_CURVATURE: Final = 0.5
"""Of the posterior in any direction: no draw is farther away than the prior alone would let it."""

_ROUGHLY, _NEARLY = 0.2, 0.02
"""How little a step must gain, in log density, for the search to end: of a first table, and of the one that is told."""


@dataclass(frozen=True)
class Part:
    """What is known of a part.

    Attributes:
        units, rows, columns: which of all units and options it has; options without votes in it are left out.
        objective: of its units' counts.
        best: the most probable parameters, packed.
    """

    units: Wholes
    rows: Wholes
    columns: Wholes
    objective: Objective
    best: Floats

    @classmethod
    def of(cls, before: Floats, after: Floats, units: Wholes, context: float) -> Part:
        """Return the part of these units, not yet estimated.

        The order of units and options changes nothing: they are put into an order of their own first.
        """
        kinds = np.array([before[units].sum(axis=1), (before[units] ** 2).sum(axis=1), (after[units] ** 2).sum(axis=1)])
        rows, columns = _by_size(before[units], kinds), _by_size(after[units], kinds)
        units = units[np.lexsort(np.concatenate([after[np.ix_(units, columns)].T, before[np.ix_(units, rows)].T]))]
        x, y = (np.ascontiguousarray(side[np.ix_(units, of)]) for side, of in ((before, rows), (after, columns)))
        objective = Objective(x, y, context)
        return cls(units, rows, columns, objective, objective.start())

    @property
    def settled(self) -> bool:
        """Whether nothing is left to estimate."""
        return 1 in self.objective.shape

    def searched(self, *, roughly: bool = False) -> Part:
        """Return it with the most probable parameters, searched for from those that it has."""
        if self.settled:
            return self
        near = _ROUGHLY if roughly else _NEARLY
        return replace(self, best=mode(self.objective, self.best, self.objective.scale(), near))

    def near(self, centre: Floats) -> Part:
        """Return it with another prior: its table is like that of other parts, whose deviations (R, C) these are."""
        return replace(self, objective=self.objective.near(centre[np.ix_(self.rows, self.columns)]))

    def deviations(self) -> tuple[Floats, Floats]:
        """Return theta - base (R, C) of its own options, and the voters that speak for each."""
        at = Parameters.unpacked(self.best, self.objective.shape)
        return at.theta - at.base, self.objective.voters

    def local(self, groups: Wholes, size: int) -> Floats:
        """Return the tables of its units, added up by ``groups``, a number for each of its units below ``size``."""
        before, after = self.objective.counts
        return np.asarray(raked(before, after, self.objective.places, self._odds(self.best), groups, size))

    def errors(self, random: np.random.Generator) -> Floats:
        """Return the standard error of each cell in votes (R, C), from random draws; 0 where nothing is left to estimate."""
        before, after = (side.sum(axis=0) for side in self.objective.counts)
        if self.settled:
            return np.zeros(self.objective.shape)
        drawn = draws(self.best, curvature(self.objective, self.best), _LEAST_CURVATURE, _PAIRS, random)
        # Of the whole: raked unit by unit, draws held about the same cells and took as many times as long as there are units.
        alike, one = np.ones((1, *self.objective.shape)), np.zeros(1, dtype="int64")
        tables = [raked(before[None], after[None], alike, self._odds(each), one, 1)[0] for each in drawn]
        shares = np.array(tables) / before[:, None]
        middle = shares.mean(axis=0)
        return np.asarray(deviation(logit(shares).std(axis=0)) * middle * (1 - middle) * before[:, None])

    def _odds(self, parameters: Floats) -> Floats:
        theta = Parameters.unpacked(parameters, self.objective.shape).theta
        return np.asarray(np.exp(theta - theta.max(axis=1, keepdims=True)))


def together(parts: tuple[Part, ...], shape: tuple[int, int]) -> Floats:
    """Return the mean deviations (R, C) of parts, weighted by the voters that speak for each; 0 for a cell of none."""
    total, weight = np.zeros(shape), np.zeros(shape)
    for part in parts:
        if part.settled:
            continue
        cells, (deviations, voters) = np.ix_(part.rows, part.columns), part.deviations()
        total[cells] += voters * deviations
        weight[cells] += voters
    return np.divide(total, weight, out=np.zeros(shape), where=weight > 0)


def _by_size(counts: Floats, kinds: Floats) -> Wholes:
    """Return the options that have votes, the largest first; of one size, by the kinds of units (., n) that they are in."""
    totals = counts.sum(axis=0)
    order = np.lexsort([*-(kinds @ counts), -(counts**2).sum(axis=0), -totals])
    return np.asarray(order[totals[order] > 0])
