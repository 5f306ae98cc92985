"""How well a table explains the units: a Gaussian quasi-likelihood of what is counted after, given what was before.

A unit has x_r voters of each option before. Those of option r spread over the options after with probabilities p_r, with
more variance than a multinomial: a Dirichlet part (rho, neighbours alike) and a logistic-normal part (sigma, places that
differ). What the unit counts has the mean sum x_r p_r and the covariance

    V = 0.1 K + sum_r (a_r J_r + g_r J_r^2),    J = diag(p) - p p',    K = I - 1 1' / C,

a = x (1 + rho (x - 1)), g = sigma x (x - 1); a = x and g = 0 for one voter or none. V is used without its last row and
column, whichever option that is: what is lost is a constant, since a unit's counts add up to its total.
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
def misfit(
    before: Floats, after: Floats, weights: Floats, odds: Floats, rho: Floats, sigma: Floats
) -> tuple[float, Floats, Floats, Floats]:
    """Return half the sum over units of log det V + e' V^-1 e, and its gradients.

    Args:
        before: (n, R), the voters of each option before.
        after: (n, C), those of each option after; each unit's total is the same.
        weights: (n, C), what the place multiplies the odds of each option after with.
        odds: (R, C), those of the table: p_irk is proportional to odds_rk weights_ik.
        rho, sigma: (R,), the overdispersion of each row.

    Returns:
        the value; its gradient by log odds (R, C); by rho (R,); by sigma (R,).
    """
    units, rows = before.shape
    columns = after.shape[1]
    free = columns - 1
    value = 0.0
    by_odds = np.zeros((rows, columns))
    by_rho = np.zeros(rows)
    by_sigma = np.zeros(rows)
    p = np.empty((rows, columns))
    squares = np.empty(rows)
    a = np.empty(rows)
    g = np.empty(rows)
    v = np.empty((columns, columns))
    q = np.zeros((columns, columns))
    z = np.zeros(columns)
    qp = np.empty(columns)
    qpp = np.empty(columns)
    h = np.empty(columns)
    for i in range(units):
        for k in range(free):
            z[k] = after[i, k]
            for l in range(k + 1):
                v[k, l] = -LEAST_VARIANCE / columns
            v[k, k] += LEAST_VARIANCE
        for r in range(rows):
            x = before[i, r]
            if x <= 0:
                continue
            total = 0.0
            for k in range(columns):
                p[r, k] = odds[r, k] * weights[i, k]
                total += p[r, k]
            s = 0.0
            for k in range(columns):
                p[r, k] /= total
                s += p[r, k] * p[r, k]
            squares[r] = s
            if x > 1:
                a[r] = x * (1 + rho[r] * (x - 1))
                g[r] = sigma[r] * x * (x - 1)
            else:
                a[r] = x
                g[r] = 0.0
            for k in range(free):
                pk = p[r, k]
                z[k] -= x * pk
                v[k, k] += pk * (a[r] + g[r] * pk)
                t = a[r] + g[r] * (pk - s)
                for l in range(k + 1):
                    v[k, l] -= pk * p[r, l] * (t + g[r] * p[r, l])
        # V = L L' in place; log det V, then V^-1 e by two substitutions, and V^-1 = L'^-1 L^-1.
        logdet = 0.0
        for k in range(free):
            for l in range(k + 1):
                t = v[k, l]
                for m in range(l):
                    t -= v[k, m] * v[l, m]
                if l < k:
                    v[k, l] = t / v[l, l]
                else:
                    v[k, k] = np.sqrt(t)
                    logdet += np.log(t)
        # L^-1 over L.
        for k in range(free):
            v[k, k] = 1 / v[k, k]
            for l in range(k):
                t = 0.0
                for m in range(l, k):
                    t += v[k, m] * v[m, l]
                v[k, l] = -t * v[k, k]
        quadratic = 0.0
        for k in range(free):
            t = 0.0
            for l in range(k + 1):
                t += v[k, l] * z[l]
            h[k] = t
            quadratic += t * t
        for k in range(free):
            t = 0.0
            for l in range(k, free):
                t += v[l, k] * h[l]
            z[k] = t
        value += 0.5 * (logdet + quadratic)
        # q = (V^-1 - z z') / 2: the derivative by V.
        for k in range(free):
            for l in range(k + 1):
                t = 0.0
                for m in range(k, free):
                    t += v[m, k] * v[m, l]
                t = 0.5 * (t - z[k] * z[l])
                q[k, l] = t
                q[l, k] = t
        for r in range(rows):
            x = before[i, r]
            if x <= 0:
                continue
            by_a = 0.0
            by_g = 0.0
            pqp = 0.0
            for k in range(free):
                t = 0.0
                tt = 0.0
                for l in range(free):
                    pl = p[r, l]
                    t += q[k, l] * pl
                    tt += q[k, l] * pl * pl
                qp[k] = t
                qpp[k] = tt
                pk = p[r, k]
                pqp += pk * t
                by_a += q[k, k] * pk
                by_g += pk * pk * (q[k, k] - 2 * t)
            by_a -= pqp
            by_g += squares[r] * pqp
            if x > 1:
                by_rho[r] += by_a * x * (x - 1)
                by_sigma[r] += by_g * x * (x - 1)
            mean = 0.0
            for k in range(columns):
                pk = p[r, k]
                if k < free:
                    t = a[r] * (q[k, k] - 2 * qp[k]) - x * z[k]
                    t += 2 * g[r] * (pk * (q[k, k] - 2 * qp[k] + pqp) - qpp[k] + squares[r] * qp[k])
                else:
                    t = 2 * g[r] * pk * pqp
                h[k] = t
                mean += pk * t
            for k in range(columns):
                by_odds[r, k] += p[r, k] * (h[k] - mean)
    return value, by_odds, by_rho, by_sigma
