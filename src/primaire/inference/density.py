"""Minus the log of the posterior density of a table, up to a constant, and its gradient: compiled, since it is asked for often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.inference.compiled import compiled
from primaire.inference.likelihood import misfit

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_FORWARD: Final = 0.65
_REVERSE: Final = 0.27
"""What the two quasi-likelihoods count: units are not independent, and both look at the same counts."""

_SPREAD: Final = 0.75
"""Standard deviation of the log of the overdispersion, from one option to another."""

_SCALE: Final = 2.2
_AVERSION: Final = 0.3
"""Of the prior of deviations d: tail log(1 + (d / scale)^2), which lets few cells be far away; and, since that nearly nobody
goes one way is rare, aversion d^2 below 0."""

_MOST: Final = 8.0
"""Of the log of an overdispersion: beyond, exp would say nothing more."""


@compiled
def density(  # noqa: PLR0913, PLR0917  two directions, and what is thought beforehand
    theta: Floats,
    base: Floats,
    spread: tuple[Floats, Floats],
    counts: tuple[Floats, Floats],
    places: tuple[Floats, Floats],
    rho: tuple[Floats, Floats],
    sigma: tuple[Floats, Floats],
    pull: Floats,
    centre: Floats,
    tail: Floats,
) -> tuple[float, Floats, Floats, Floats, Floats]:
    """Return the value, and its gradients by theta, base and the two of spread.

    Args:
        theta: (R, C), log odds of each option after, given the option before.
        base: (C,), what theta is near to, beforehand.
        spread: (R,) and (C,), how much more overdispersed than others each option is, in standard deviations of its log.
        counts: (n, R) and (n, C).
        places: (n, R, C) and (n, C, R), what units multiply odds with: of after given before, of before given after.
        rho, sigma: (R,) and (C,), overdispersion where spread is 0.
        pull, centre, tail: (R, C); see :class:`primaire.inference.beforehand.Beforehand`.
    """
    rows, columns = theta.shape
    odds, joint = np.empty((rows, columns)), np.empty((columns, rows))
    row_totals = counts[0].sum(axis=0)
    value = 0.0
    by_theta, by_base = np.zeros((rows, columns)), np.zeros(columns)
    for r in range(rows):
        most = theta[r].max()
        for k in range(columns):
            odds[r, k] = np.exp(theta[r, k] - most)
        total = odds[r].sum()
        for k in range(columns):
            # The same table read backwards: who those are that chose an option after.
            joint[k, r] = row_totals[r] * odds[r, k] / total
            value -= pull[r, k] * np.log(odds[r, k] / total)
    for k in range(columns):
        joint[k] /= joint[k].max()
    forward, by_odds, by_rows = direction(counts[0], counts[1], places[0], odds, rho[0], sigma[0], _SPREAD * spread[0])
    reverse, by_joint, by_columns = direction(
        counts[1], counts[0], places[1], joint, rho[1], sigma[1], _SPREAD * spread[1]
    )
    value += _FORWARD * forward + _REVERSE * reverse
    value += ((spread[0] ** 2).sum() + (spread[1] ** 2).sum()) / 2
    for r in range(rows):
        total = odds[r].sum()
        along = 0.0
        for k in range(columns):
            along += _REVERSE * by_joint[k, r] - pull[r, k]
        for k in range(columns):
            far = theta[r, k] - base[k] - centre[r, k]
            ratio, below = (far / _SCALE) ** 2, min(far, 0.0)
            value += tail[r, k] * np.log1p(ratio) + _AVERSION * below * below
            slope = 2 * tail[r, k] * far / (_SCALE**2 * (1 + ratio)) + 2 * _AVERSION * below
            by_base[k] -= slope
            by_theta[r, k] = _FORWARD * by_odds[r, k] + _REVERSE * by_joint[k, r] - pull[r, k]
            by_theta[r, k] += slope - odds[r, k] / total * along
    by_rows = spread[0] + _FORWARD * _SPREAD * by_rows
    by_columns = spread[1] + _REVERSE * _SPREAD * by_columns
    return value, by_theta, by_base, by_rows, by_columns


@compiled
def direction(  # noqa: PLR0913, PLR0917  see misfit
    given: Floats, counted: Floats, places: Floats, odds: Floats, rho: Floats, sigma: Floats, logs: Floats
) -> tuple[float, Floats, Floats]:
    """Return the misfit, and its gradients by log odds and by ``logs``, those of what multiplies rho and sigma."""
    factor = np.exp(np.minimum(np.maximum(logs, -_MOST), _MOST))
    value, by_odds, by_rho, by_sigma = misfit(given, counted, places, odds, rho * factor, sigma * factor)
    inside = (np.abs(logs) < _MOST).astype(np.float64)
    return value, by_odds, inside * factor * (by_rho * rho + by_sigma * sigma)
