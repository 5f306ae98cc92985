"""What is minimised: how badly a table explains the units, in both directions, and what is thought of tables beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.inference.context import context
from primaire.inference.likelihood import misfit

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.inference.settings import Settings

    Floats = npt.NDArray[np.float64]

_MOST_SPREAD: Final = 8.0
"""Of the log of an overdispersion: beyond, exp would say nothing more."""


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
        theta, base, of_rows, of_columns = np.split(values, np.cumsum([rows * columns, columns, rows]))
        return cls(theta.reshape(shape), base, of_rows, of_columns)


@dataclass(frozen=True)
class _Direction:
    """One side of the counts, given the other."""

    given: Floats
    counted: Floats
    places: Floats  # what each place multiplies the odds with
    rho: float
    sigma: float
    spread: float
    weight: float

    @classmethod
    def of(
        cls,
        given: Floats,
        counted: Floats,
        slope: float,
        overdispersion: tuple[float, float],
        spread: float,
        weight: float,
    ) -> _Direction:
        return cls(given, counted, np.exp(slope * context(given, counted)), *overdispersion, spread, weight)

    def misfit(self, odds: Floats, deviations: Floats) -> tuple[float, Floats, Floats]:
        """Return the value, and its gradients by log odds and by the deviations of the overdispersion."""
        factor = np.exp(np.clip(self.spread * deviations, -_MOST_SPREAD, _MOST_SPREAD))
        rho, sigma = self.rho * factor, self.sigma * factor
        value, by_odds, by_rho, by_sigma = misfit(self.given, self.counted, self.places, odds, rho, sigma)
        inside = np.abs(self.spread * deviations) < _MOST_SPREAD
        by_deviations = np.where(inside, self.spread * (by_rho * rho + by_sigma * sigma), 0.0)
        return self.weight * value, self.weight * by_odds, self.weight * by_deviations


class Objective:
    """Minus the log of the posterior density of a table, up to a constant; called with packed parameters.

    Attributes:
        shape: (R, C).
        places: (n, C), what each unit multiplies the odds of each option after with.
    """

    def __init__(self, before: Floats, after: Floats, settings: Settings) -> None:
        """Take (n, R) and (n, C) counts, in which no unit and no option is empty."""
        self.settings = settings
        self.shape = (before.shape[1], after.shape[1])
        self._total = before.sum()
        self._row_shares, self._column_shares = before.sum(axis=0) / self._total, after.sum(axis=0) / self._total
        self._forward = _Direction.of(
            before,
            after,
            settings.context * settings.forward_slope,
            (settings.rho, settings.sigma),
            settings.spread,
            settings.forward_weight,
        )
        self._reverse = _Direction.of(
            after,
            before,
            settings.context * settings.reverse_slope,
            (settings.reverse_rho, settings.reverse_sigma),
            settings.spread,
            settings.reverse_weight,
        )
        self.places = self._forward.places

    def start(self) -> Floats:
        """Return the parameters at which all voters behave alike."""
        rows, columns = self.shape
        base = np.log(self._column_shares)
        return Parameters(np.tile(base, (rows, 1)), base, np.zeros(rows), np.zeros(columns)).packed()

    def scale(self) -> Floats:
        """Return about how far each parameter goes: not far, where many voters speak for it."""
        rows, columns = self.shape
        voters = self._total * np.outer(self._row_shares, self._column_shares)
        theta = (1 + voters / 20) ** -0.25
        return Parameters(theta, np.full(columns, 0.7), np.ones(rows), np.ones(columns)).packed()

    def __call__(self, values: Floats) -> tuple[float, Floats]:
        """Return the value and its gradient."""
        at = Parameters.unpacked(values, self.shape)
        odds = np.exp(at.theta - at.theta.max(axis=1, keepdims=True))
        shares = odds / odds.sum(axis=1, keepdims=True)
        forward, theta, rows = self._forward.misfit(odds, at.rows)
        # The same table read backwards: who those are that chose an option after.
        joint = (self._row_shares[:, None] * shares).T
        reverse, by_joint, columns = self._reverse.misfit(joint / joint.max(axis=1, keepdims=True), at.columns)
        pull = self.settings.pull * self._column_shares
        by_log_shares = by_joint.T - pull
        theta += by_log_shares - shares * by_log_shares.sum(axis=1, keepdims=True)
        prior, by_distance = self._prior(at.theta - at.base)
        value = forward + reverse + prior - float((pull * np.log(shares)).sum())
        value += float(at.rows @ at.rows + at.columns @ at.columns) / 2
        gradient = Parameters(theta + by_distance, -by_distance.sum(axis=0), rows + at.rows, columns + at.columns)
        return value, gradient.packed()

    def _prior(self, distance: Floats) -> tuple[float, Floats]:
        s = self.settings
        ratio, below = (distance / s.scale) ** 2, np.minimum(distance, 0)
        value = float((s.tail * np.log1p(ratio) + s.aversion * below**2).sum())
        return value, 2 * s.tail * distance / (s.scale**2 * (1 + ratio)) + 2 * s.aversion * below
