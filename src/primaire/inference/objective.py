"""What is minimised for some units, with its parameters in one row, as optimisers take them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.inference.beforehand import Beforehand
from primaire.inference.context import FORWARD, REVERSE, Regression, context, unlikeness
from primaire.inference.density import density

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Parameters:
    """What is estimated.

    Attributes:
        theta: (R, C), log odds of each option after, given the option before.
        base: (C,), what theta is near to, beforehand.
        rows, columns: (R,) and (C,), how much more overdispersed than others each option is: after given before, and
            before given after.
    """

    theta: Floats
    base: Floats
    rows: Floats
    columns: Floats

    def packed(self) -> Floats:
        """Return all of them in one row."""
        return np.concatenate([self.theta.ravel(), self.base, self.rows, self.columns])

    @classmethod
    def unpacked(cls, values: Floats, shape: tuple[int, int]) -> Parameters:
        """Return the parameters of a table of this shape from what :meth:`packed` gives."""
        rows, columns = shape
        ends = np.cumsum([rows * columns, columns, rows])
        return cls(
            values[: ends[0]].reshape(shape), values[ends[0] : ends[1]], values[ends[1] : ends[2]], values[ends[2] :]
        )


class Objective:
    """Minus the log of the posterior density of a table, up to a constant; called with packed parameters.

    Attributes:
        shape: (R, C).
        counts: (n, R) and (n, C).
        voters: (R, C), how many would be in each cell, if all voters behaved alike.
        places: (n, R, C), what each unit multiplies the odds of each option after with.
        beforehand: what is thought of the table before the units are looked at.
    """

    def __init__(self, before: Floats, after: Floats, strength: float = 1.0) -> None:
        """Take (n, R) and (n, C) counts, in which no unit and no option is empty, and what the context is multiplied by."""
        self.shape = (before.shape[1], after.shape[1])
        self.counts = (before, after)
        self.voters = np.outer(before.sum(axis=0), after.sum(axis=0)) / before.sum()
        line = Regression.of(before, after)
        strength *= unlikeness(line, before)
        self.places = np.exp(strength * context(line, before, after, FORWARD))
        self._backwards = np.exp(strength * context(Regression.of(after, before), after, before, REVERSE))
        self.beforehand = Beforehand.of(line, before)

    def near(self, centre: Floats) -> Objective:
        """Return the same with a prior that tables are near the deviations of others, ``centre`` (R, C)."""
        other = copy(self)
        other.beforehand = self.beforehand.near(centre)
        return other

    def start(self) -> Floats:
        """Return the parameters at which all voters behave alike."""
        rows, columns = self.shape
        base = np.log(self.voters.sum(axis=0) / self.voters.sum())
        return Parameters(np.tile(base, (rows, 1)), base, np.zeros(rows), np.zeros(columns)).packed()

    def scale(self) -> Floats:
        """Return about how far each parameter goes: not far, where many voters speak for it."""
        rows, columns = self.shape
        theta = (1 + self.voters / 20) ** -0.25
        return Parameters(theta, np.full(columns, 0.7), np.ones(rows), np.ones(columns)).packed()

    def __call__(self, values: Floats) -> tuple[float, Floats]:
        """Return the value and its gradient."""
        at = Parameters.unpacked(values, self.shape)
        b = self.beforehand
        value, *gradients = density(
            at.theta,
            at.base,
            (at.rows, at.columns),
            self.counts,
            (self.places, self._backwards),
            b.rho,
            b.sigma,
            b.pull,
            b.centre,
            b.tail,
        )
        return value, Parameters(*gradients).packed()
