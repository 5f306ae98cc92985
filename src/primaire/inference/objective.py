"""What is minimised for some units, with its parameters in one row, as optimisers take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.inference.beforehand import Beforehand
from primaire.inference.context import FORWARD, REVERSE, context
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
        places: (n, R, C), what each unit multiplies the odds of each option after with.
    """

    def __init__(self, before: Floats, after: Floats, strength: float = 1.0) -> None:
        """Take (n, R) and (n, C) counts, in which no unit and no option is empty, and what the context is multiplied by."""
        self.shape = (before.shape[1], after.shape[1])
        self.places = np.exp(strength * context(before, after, FORWARD))
        backwards = np.exp(strength * context(after, before, REVERSE))
        self._voters = np.outer(before.sum(axis=0), after.sum(axis=0)) / before.sum()
        self._column_shares = after.sum(axis=0) / after.sum()
        self._counts, self._places = (before, after), (self.places, backwards)
        self._beforehand = Beforehand.of(before, after)

    def start(self) -> Floats:
        """Return the parameters at which all voters behave alike."""
        rows, columns = self.shape
        base = np.log(self._column_shares)
        return Parameters(np.tile(base, (rows, 1)), base, np.zeros(rows), np.zeros(columns)).packed()

    def scale(self) -> Floats:
        """Return about how far each parameter goes: not far, where many voters speak for it."""
        rows, columns = self.shape
        theta = (1 + self._voters / 20) ** -0.25
        return Parameters(theta, np.full(columns, 0.7), np.ones(rows), np.ones(columns)).packed()

    def __call__(self, values: Floats) -> tuple[float, Floats]:
        """Return the value and its gradient."""
        at = Parameters.unpacked(values, self.shape)
        b = self._beforehand
        value, *gradients = density(
            at.theta,
            at.base,
            (at.rows, at.columns),
            self._counts,
            self._places,
            b.rho,
            b.sigma,
            b.pull,
            b.centre,
            b.tail,
        )
        return value, Parameters(*gradients).packed()
