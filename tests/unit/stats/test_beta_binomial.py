"""The beta-binomial distribution against fractions worked out by hand's rule, and against scipy."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from scipy import stats

from primaire.stats.beta_binomial import at_least, log_probability, two_sided, variance_factor


def probabilities(n, p, rho):
    """Exactly, as Pólya's urn: each draw puts back its ball and one more."""
    a, b = p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho

    def rising(start, steps):
        product = Fraction(1)
        for step in range(steps):
            product *= start + step
        return product

    return [comb(n, k) * rising(a, k) * rising(b, n - k) / rising(a + b, n) for k in range(n + 1)]


CASES = [
    (6, Fraction(1, 3), Fraction(1, 4)),
    (9, Fraction(1, 50), Fraction(1, 10)),
    (7, Fraction(9, 10), Fraction(1, 100)),
    (5, Fraction(1, 2), Fraction(2, 3)),
]


def arrays(n, p, rho):
    size = n + 1
    return np.arange(size), np.full(size, n), np.full(size, float(p)), np.full(size, float(rho))


@pytest.mark.parametrize(("n", "p", "rho"), CASES)
def test_probabilities_tails_and_variance_are_those_of_an_urn(n, p, rho):
    exact = probabilities(n, p, rho)
    assert sum(exact) == 1
    assert np.exp(log_probability(*arrays(n, p, rho))) == pytest.approx([float(one) for one in exact])
    above = [sum(exact[k:]) for k in range(n + 1)]
    assert at_least(*arrays(n, p, rho)) == pytest.approx([float(one) for one in above])
    below = [sum(exact[: k + 1]) for k in range(n + 1)]
    twice = [min(1, 2 * min(low, high)) for low, high in zip(below, above, strict=True)]
    assert two_sided(*arrays(n, p, rho)) == pytest.approx([float(one) for one in twice])
    mean = sum(k * one for k, one in enumerate(exact))
    variance = sum(k * k * one for k, one in enumerate(exact)) - mean**2
    assert mean == n * p
    assert float(variance / (n * p * (1 - p))) == pytest.approx(float(variance_factor(np.array([n]), float(rho))[0]))


def test_without_correlation_it_is_the_binomial():
    # 3 heads of 3: 1/8, and as many or more of either side 2/8; 2 or more: 4/8, so anything is as far.
    count, trials, half, none = np.array([3, 2]), np.array([3, 3]), np.array([0.5, 0.5]), np.zeros(2)
    assert at_least(count, trials, half, none).tolist() == pytest.approx([1 / 8, 1 / 2])
    assert two_sided(count, trials, half, none).tolist() == pytest.approx([1 / 4, 1])


def test_it_is_what_scipy_has_it_from_one_to_a_thousand_votes():
    drawn = np.random.default_rng(7)
    n, p, rho = drawn.integers(1, 1500, 400), drawn.uniform(0.001, 0.999, 400), drawn.choice([0.001, 0.02, 0.3], 400)
    x = np.minimum(n, drawn.binomial(n, np.minimum(1, p * drawn.uniform(0.3, 1.7, 400))))
    a, b = p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho
    low, high = stats.betabinom.cdf(x, n, a, b), stats.betabinom.sf(x - 1, n, a, b)
    # scipy's tails are 1 less the other tail: true to about 1e-9.
    assert two_sided(x, n, p, rho) == pytest.approx(np.minimum(1, 2 * np.minimum(low, high)), rel=1e-6, abs=1e-8)


def test_a_tail_far_out_in_a_million_is_summed_to_its_end():
    # With a = b = 1 every count from 0 to n is as likely: P(x or more) = (n + 1 - x) / (n + 1).
    n, x = 1_000_000, 250_000
    tail = at_least(np.array([x]), np.array([n]), np.array([0.5]), np.array([1 / 3]))
    assert tail[0] == pytest.approx((n + 1 - x) / (n + 1), rel=1e-6)
