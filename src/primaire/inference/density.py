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
    odds, joint = softmax(theta), np.empty((columns, rows))
    forward, by_odds, by_rows = direction(counts[0], counts[1], places[0], odds, rho[0], sigma[0], spread[0])
    # The same table read backwards: who those are that chose an option after.
    voters = np.zeros(rows)
    for unit in range(len(counts[0])):
        for r in range(rows):
            voters[r] += counts[0][unit, r]
    for k in range(columns):
        most = 0.0
        for r in range(rows):
            joint[k, r] = voters[r] * odds[r, k]
            most = max(most, joint[k, r])
        for r in range(rows):
            joint[k, r] /= most
    reverse, by_joint, by_columns = direction(counts[1], counts[0], places[1], joint, rho[1], sigma[1], spread[1])
    value = _FORWARD * forward + _REVERSE * reverse
    by_theta, by_base = np.zeros((rows, columns)), np.zeros(columns)
    for r in range(rows):
        value += spread[0][r] ** 2 / 2
        by_rows[r] = spread[0][r] + _FORWARD * by_rows[r]
        along = 0.0
        for k in range(columns):
            along += _REVERSE * by_joint[k, r] - pull[r, k]
        for k in range(columns):
            far = theta[r, k] - base[k] - centre[r, k]
            ratio, below = (far / _SCALE) ** 2, min(far, 0.0)
            value += tail[r, k] * np.log1p(ratio) + _AVERSION * below * below - pull[r, k] * np.log(odds[r, k])
            slope = 2 * tail[r, k] * far / (_SCALE**2 * (1 + ratio)) + 2 * _AVERSION * below
            by_base[k] -= slope
            by_theta[r, k] = _FORWARD * by_odds[r, k] + _REVERSE * by_joint[k, r] - pull[r, k]
            by_theta[r, k] += slope - odds[r, k] * along
    for k in range(columns):
        value += spread[1][k] ** 2 / 2
        by_columns[k] = spread[1][k] + _REVERSE * by_columns[k]
    return value, by_theta, by_base, by_rows, by_columns


@compiled
def softmax(theta: Floats) -> Floats:
    """Return shares from log odds, row by row."""
    rows, columns = theta.shape
    shares = np.empty((rows, columns))
    for r in range(rows):
        most, total = theta[r, 0], 0.0
        for k in range(columns):
            most = max(most, theta[r, k])
        for k in range(columns):
            shares[r, k] = np.exp(theta[r, k] - most)
            total += shares[r, k]
        for k in range(columns):
            shares[r, k] /= total
    return shares


@compiled
def direction(  # noqa: PLR0913, PLR0917  see misfit
    given: Floats, counted: Floats, places: Floats, odds: Floats, rho: Floats, sigma: Floats, spread: Floats
) -> tuple[float, Floats, Floats]:
    """Return the misfit, and its gradients by log odds and by ``spread``, which multiplies rho and sigma."""
    size = len(spread)
    more_rho, more_sigma = np.empty(size), np.empty(size)
    for r in range(size):
        factor = np.exp(min(max(_SPREAD * spread[r], -_MOST), _MOST))
        more_rho[r], more_sigma[r] = rho[r] * factor, sigma[r] * factor
    value, by_odds, by_rho, by_sigma = misfit(given, counted, places, odds, more_rho, more_sigma)
    for r in range(size):
        inside = abs(_SPREAD * spread[r]) < _MOST
        by_rho[r] = _SPREAD * (by_rho[r] * more_rho[r] + by_sigma[r] * more_sigma[r]) if inside else 0.0
    return value, by_odds, by_rho
