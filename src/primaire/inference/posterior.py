"""The most probable parameters, and draws around them: Laplace's approximation of the posterior."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Function = Callable[[Floats], tuple[float, Floats]]

_SEARCH: Final = {"maxcor": 15, "maxiter": 80, "maxfun": 120, "gtol": 1e-4}
_STEP: Final = 1e-4


def mode(objective: Function, start: Floats, scale: Floats, near: float) -> Floats:
    """Return where a function is smallest, as L-BFGS finds it from ``start``.

    Args:
        objective: gives the value and the gradient.
        start: the parameters to begin with.
        scale: how far each parameter may be expected to be from it, up to a factor; it halves the number of steps.
        near: the search ends when a step gains less than this.

    Raises:
        ArithmeticError: the value is not a number where the search ends.

    Source: Liu and Nocedal, Mathematical Programming 45 (1989), 503-528.
    """

    def scaled(steps: Floats) -> tuple[float, Floats]:
        value, gradient = objective(start + scale * steps)
        return value, scale * gradient

    least = near / max(abs(objective(start)[0]), 1)  # L-BFGS takes it as a part of the value
    found = minimize(scaled, np.zeros(len(start)), jac=True, method="L-BFGS-B", options={**_SEARCH, "ftol": least})
    if not np.isfinite(found.fun):
        raise ArithmeticError("the counts are too far apart for a most probable table to be found")
    return np.asarray(start + scale * found.x)


def curvature(objective: Function, at: Floats) -> Floats:
    """Return the matrix of second derivatives, by differences of the gradient over a small step forward."""
    here = objective(at)[1]
    moved = np.array([(objective(at + step)[1] - here) / _STEP for step in _STEP * np.eye(len(at))])
    return np.asarray((moved + moved.T) / 2)


def draws(at: Floats, curved: Floats, least: float, pairs: int, random: np.random.Generator) -> Floats:
    """Return draws of a normal distribution around ``at``, in pairs of opposite ones, (2 ``pairs``, parameters).

    Args:
        at: its mean.
        curved: the inverse of its covariance; of its eigenvalues, those below ``least`` are taken as that.
    """
    values, vectors = np.linalg.eigh(curved)
    # The symmetric root: the same whatever signs the eigenvectors come with.
    root = (vectors / np.sqrt(np.maximum(values, least))) @ vectors.T
    steps = random.standard_normal((pairs, len(at))) @ root
    return np.asarray(at + np.concatenate([steps, -steps]))
