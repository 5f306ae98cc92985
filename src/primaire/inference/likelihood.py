"""How badly a table explains the units: a Gaussian quasi-likelihood of what is counted after, given what was before.

A unit has x_r voters of each option before. Those of option r spread over the options after with probabilities p_r, with
more variance than a multinomial: a Dirichlet part (rho: neighbours behave alike) and a logistic-normal part (sigma: places
differ). What the unit counts has the mean sum x_r p_r and the covariance

    V = 0.1 K + sum_r (a_r J_r + g_r J_r^2),    J_r = diag(p_r) - p_r p_r',    K = I - 1 1' / C,

a = x (1 + rho (x - 1)), g = sigma x (x - 1); a = x and g = 0 for one voter or less. V is used without its last row and
column, whichever option that is: what is lost is a constant, since a unit's counts add up to its total.

The four steps below are compiled, and so small that each can be checked by itself. Arrays named ``out`` are filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.inference.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LEAST_VARIANCE: Final = 0.1
"""Of a unit's count: what keeps V regular where a unit has few voters."""


@compiled
def misfit(  # noqa: PLR0913, PLR0917  counts, a table, and two measures of overdispersion
    before: Floats, after: Floats, places: Floats, odds: Floats, rho: Floats, sigma: Floats
) -> tuple[float, Floats, Floats, Floats]:
    """Return half the sum over units of log det V + e' V^-1 e, and its gradients.

    Args:
        before: (n, R), the voters of each option before.
        after: (n, C), those of each option after; each unit's total is the same.
        places: (n, R, C), what the unit multiplies the odds with.
        odds: (R, C), those of the table: p_irk is proportional to odds_rk places_irk.
        rho, sigma: (R,), the overdispersion of each row.

    Returns:
        the value; its gradient by log odds (R, C); by rho (R,); by sigma (R,).
    """
    units, rows = before.shape
    columns = after.shape[1]
    by_odds, by_rho, by_sigma = np.zeros((rows, columns)), np.zeros(rows), np.zeros(rows)
    p, squares, work = np.empty((rows, columns)), np.empty(rows), np.empty((4, columns))
    v, q, e = np.empty((columns, columns)), np.empty((columns, columns)), np.empty(columns)
    value = 0.0
    for i in range(units):
        probabilities(odds, places[i], p, squares)
        moments(before[i], after[i], p, squares, rho, sigma, e, v)
        value += solved(e, v, q, work[0])
        slopes(before[i], p, squares, rho, sigma, e, q, work, by_odds, by_rho, by_sigma)
    return value, by_odds, by_rho, by_sigma


@compiled
def probabilities(odds: Floats, places: Floats, p_out: Floats, squares_out: Floats) -> None:
    """Fill in a unit's probabilities p (R, C), and the sum of the squares of each row (R,)."""
    rows, columns = odds.shape
    for r in range(rows):
        total = 0.0
        for k in range(columns):
            p_out[r, k] = odds[r, k] * places[r, k]
            total += p_out[r, k]
        square = 0.0
        for k in range(columns):
            p_out[r, k] /= total
            square += p_out[r, k] * p_out[r, k]
        squares_out[r] = square


@compiled
def moments(  # noqa: PLR0913, PLR0917  see misfit
    x: Floats, y: Floats, p: Floats, squares: Floats, rho: Floats, sigma: Floats, e_out: Floats, v_out: Floats
) -> None:
    """Fill in a unit's residuals e = y - sum x_r p_r, and the lower triangle of V."""
    rows, columns = p.shape
    free = columns - 1
    for k in range(free):
        e_out[k] = y[k]
        for m in range(k):
            v_out[k, m] = -LEAST_VARIANCE / columns
        v_out[k, k] = LEAST_VARIANCE - LEAST_VARIANCE / columns
    for r in range(rows):
        if x[r] > 0:
            others = max(x[r] - 1, 0.0)
            a, g = x[r] * (1 + rho[r] * others), sigma[r] * x[r] * others
            for k in range(free):
                pk = p[r, k]
                e_out[k] -= x[r] * pk
                v_out[k, k] += pk * (a + g * pk)
                both, one = pk * (a + g * (pk - squares[r])), pk * g
                for m in range(k + 1):
                    v_out[k, m] -= p[r, m] * (both + one * p[r, m])


@compiled
def solved(e: Floats, v: Floats, q_out: Floats, work: Floats) -> float:
    """Return (log det V + e' V^-1 e) / 2.

    ``e`` becomes z = V^-1 e, the lower triangle of ``v`` L^-1 where V = L L', and ``q_out`` the derivative by V,
    (V^-1 - z z') / 2.
    """
    free = len(e) - 1
    value: float = inverted(v, free)
    for k in range(free):
        work[k] = 0.0
        for m in range(k + 1):
            work[k] += v[k, m] * e[m]
        value += work[k] * work[k]
    for k in range(free):
        e[k] = 0.0
        for m in range(k, free):
            e[k] += v[m, k] * work[m]
    for k in range(free):
        for m in range(k + 1):
            t = -e[k] * e[m]
            for j in range(k, free):
                t += v[j, k] * v[j, m]
            q_out[k, m] = q_out[m, k] = t / 2
    return value / 2


@compiled
def inverted(v: Floats, size: int) -> float:
    """Put L^-1 in the place of the lower triangle of V = L L', of the first ``size`` rows, and return log det V."""
    logarithm = 0.0
    for k in range(size):
        for m in range(k + 1):
            t = v[k, m]
            for j in range(m):
                t -= v[k, j] * v[m, j]
            if m < k:
                v[k, m] = t * v[m, m]  # whose inverse is kept
            else:
                logarithm += np.log(t)
                v[k, k] = 1 / np.sqrt(t)
    for k in range(size):
        for m in range(k):
            t = 0.0
            for j in range(m, k):
                t += v[k, j] * v[j, m]
            v[k, m] = -t * v[k, k]
    return logarithm


@compiled
def slopes(  # noqa: PLR0913, PLR0917  see misfit
    x: Floats,
    p: Floats,
    squares: Floats,
    rho: Floats,
    sigma: Floats,
    z: Floats,
    q: Floats,
    work: Floats,
    by_odds_out: Floats,
    by_rho_out: Floats,
    by_sigma_out: Floats,
) -> None:
    """Add a unit's gradients to those of the units before it, given what :func:`solved` left in ``z`` and ``q``."""
    rows, columns = p.shape
    free = columns - 1
    qp, qpp, by_p = work[0], work[1], work[2]
    for r in range(rows):
        if x[r] <= 0:
            continue
        others = max(x[r] - 1, 0.0)
        a, g = x[r] * (1 + rho[r] * others), sigma[r] * x[r] * others
        pqp = by_a = by_g = 0.0
        for k in range(free):
            once = twice = 0.0
            for m in range(free):
                t = q[k, m] * p[r, m]
                once += t
                twice += t * p[r, m]
            qp[k], qpp[k] = once, twice
            pqp += p[r, k] * once
            by_a += p[r, k] * q[k, k]
            by_g += p[r, k] * p[r, k] * (q[k, k] - 2 * once)
        by_rho_out[r] += (by_a - pqp) * x[r] * others
        by_sigma_out[r] += (by_g + squares[r] * pqp) * x[r] * others
        by_p[free] = 2 * g * p[r, free] * pqp
        mean = p[r, free] * by_p[free]
        for k in range(free):
            straight = q[k, k] - 2 * qp[k]
            by_p[k] = a * straight - x[r] * z[k]
            by_p[k] += 2 * g * (p[r, k] * (straight + pqp) - qpp[k] + squares[r] * qp[k])
            mean += p[r, k] * by_p[k]
        for k in range(columns):
            by_odds_out[r, k] += p[r, k] * (by_p[k] - mean)
