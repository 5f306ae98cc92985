"""The estimate of one part: units that are taken to behave alike, but for their context."""

from __future__ import annotations

from dataclasses import dataclass
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


_PAIRS: Final = 15
_LEAST_CURVATURE: Final = 0.5


@dataclass(frozen=True)
class Part:
    """What is known of a part.

    Attributes:
        units, rows, columns: which of all units and options it has; options without votes in it are left out.
        before, after: their counts, (n, R) and (n, C).
        places: (n, R, C), what each unit multiplies the odds of each option after with.
        odds: (R, C), the most probable ones.
        error: (R, C), the standard error of each cell in votes, NaN where it was not asked for.
    """

    units: Wholes
    rows: Wholes
    columns: Wholes
    before: Floats
    after: Floats
    places: Floats
    odds: Floats
    error: Floats

    def local(self, groups: Wholes, size: int) -> Floats:
        """Return the tables of its units, added up by ``groups``, a number for each of its units below ``size``."""
        return np.asarray(raked(self.before, self.after, self.places, self.odds, groups, size))


def estimated(before: Floats, after: Floats, units: Wholes, context: float, random: np.random.Generator | None) -> Part:
    """Return the estimate of these units; with standard errors from random draws, if there is a generator.

    The order of units and options changes nothing: they are put into an order of their own first.
    """
    kinds = np.array([before[units].sum(axis=1), (before[units] ** 2).sum(axis=1), (after[units] ** 2).sum(axis=1)])
    rows, columns = _by_size(before[units], kinds), _by_size(after[units], kinds)
    units = units[np.lexsort(np.concatenate([after[np.ix_(units, columns)].T, before[np.ix_(units, rows)].T]))]
    x, y = np.ascontiguousarray(before[np.ix_(units, rows)]), np.ascontiguousarray(after[np.ix_(units, columns)])
    objective = Objective(x, y, context)
    shape, best = objective.shape, objective.start()
    error = np.full(shape, np.nan)
    if min(shape) == 1:  # nothing is left to estimate
        error = np.zeros(shape) if random else error
    else:
        best = mode(objective, best, objective.scale())
        if random:
            drawn = draws(best, curvature(objective, best), _LEAST_CURVATURE, _PAIRS, random)
            error = _error(x.sum(axis=0), y.sum(axis=0), np.array([_odds(one, shape) for one in drawn]))
    return Part(units, rows, columns, x, y, objective.places, _odds(best, shape), error)


def _by_size(counts: Floats, kinds: Floats) -> Wholes:
    """Return the options that have votes, the largest first; of one size, by the kinds of units (., n) that they are in."""
    totals = counts.sum(axis=0)
    order = np.lexsort([*-(kinds @ counts), -(counts**2).sum(axis=0), -totals])
    return np.asarray(order[totals[order] > 0])


def _odds(parameters: Floats, shape: tuple[int, int]) -> Floats:
    theta = Parameters.unpacked(parameters, shape).theta
    return np.asarray(np.exp(theta - theta.max(axis=1, keepdims=True)))


def _error(before: Floats, after: Floats, drawn: Floats) -> Floats:
    """Return the standard error of each cell in votes, from tables of odds (D, R, C) and the margins of the whole."""
    alike, one = np.ones((1, *drawn.shape[1:])), np.zeros(1, dtype="int64")
    tables = np.array([raked(before[None], after[None], alike, odds, one, 1)[0] for odds in drawn])
    shares = tables / before[:, None]
    middle = shares.mean(axis=0)
    return np.asarray(deviation(logit(shares).std(axis=0)) * middle * (1 - middle) * before[:, None])
