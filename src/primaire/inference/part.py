"""The estimate of one part: units that are taken to behave alike, but for their context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.inference.intervals import deviation, logit
from primaire.inference.objective import Objective, Parameters
from primaire.inference.posterior import curvature, draws, mode
from primaire.inference.raking import raked

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.inference.settings import Settings

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """What is known of a part.

    Attributes:
        units, rows, columns: which of all units and options it has; options without votes in it are left out.
        before, after: their counts.
        places: (n, C), what each unit multiplies the odds of each option after with.
        odds: (D, R, C), the tables of odds; the mean of the tables that follow is the estimate.
        error: (R, C), its standard error in votes, NaN where it was not asked for.
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


def estimated(
    before: Floats, after: Floats, units: Wholes, settings: Settings, seed: Sequence[int], *, errors: bool
) -> Part:
    """Return the estimate of these units; with their standard errors, if asked for.

    The order of units and options changes nothing: they are put into an order of their own first.
    """
    rows, columns = _by_size(before[units]), _by_size(after[units])
    units = units[np.lexsort(np.concatenate([after[np.ix_(units, columns)].T, before[np.ix_(units, rows)].T]))]
    x, y = np.ascontiguousarray(before[np.ix_(units, rows)]), np.ascontiguousarray(after[np.ix_(units, columns)])
    objective = Objective(x, y, settings)
    shape = objective.shape
    best = mode(objective, objective.start(), objective.scale()) if min(shape) > 1 else objective.start()
    odds = _odds(best[None], shape)
    mean = min(shape) > 1 and shape[0] * shape[1] <= settings.most_cells
    error = np.full(shape, np.nan)
    if mean or errors:
        random = np.random.default_rng(seed)
        curved = curvature(objective, best)
        drawn = _odds(draws(best, curved, settings.least_curvature, settings.pairs, random), shape)
        if errors:
            error = _error(x, y, objective.places, drawn)
        odds = drawn if mean else odds
    return Part(units, rows, columns, x, y, objective.places, odds, error)


def _error(before: Floats, after: Floats, places: Floats, drawn: Floats) -> Floats:
    """Return the standard error of each cell in votes."""
    nowhere, totals = np.zeros(len(before), dtype="int64"), before.sum(axis=0)[:, None]
    each = np.array([raked(before, after, places, one[None], nowhere, 1)[0] for one in drawn]) / totals
    shares = each.mean(axis=0)
    return deviation(logit(each).std(axis=0)) * shares * (1 - shares) * totals


def _by_size(counts: Floats) -> Wholes:
    """Return the options that have votes, the largest first."""
    totals = counts.sum(axis=0)
    order = np.lexsort((-(counts**2).sum(axis=0), -totals))
    return order[totals[order] > 0]


def _odds(parameters: Floats, shape: tuple[int, int]) -> Floats:
    theta = np.array([Parameters.unpacked(values, shape).theta for values in parameters])
    return np.exp(theta - theta.max(axis=2, keepdims=True))
