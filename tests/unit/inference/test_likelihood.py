"""The quasi-likelihood against its formula written out with matrices, and its gradients against differences."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference.likelihood import LEAST_VARIANCE, inverted, misfit, probabilities, solved


def written_out(x, y, places, odds, rho, sigma):
    """Half the sum of log det V + e' V^-1 e, from whole matrices; numpy does the algebra."""
    columns = y.shape[1]
    total = 0.0
    for i in range(len(x)):
        p = odds * places[i]
        p /= p.sum(axis=1, keepdims=True)
        v = LEAST_VARIANCE * (np.eye(columns) - np.ones((columns, columns)) / columns)
        for r, voters in enumerate(x[i]):
            j = np.diag(p[r]) - np.outer(p[r], p[r])
            others = max(voters - 1, 0)
            v += voters * (1 + rho[r] * others) * j + sigma[r] * voters * others * j @ j
        e, v = (y[i] - x[i] @ p)[:-1], v[:-1, :-1]
        total += (np.linalg.slogdet(v)[1] + e @ np.linalg.solve(v, e)) / 2
    return total


def drawn(rows, columns, units=7):
    random = np.random.default_rng(rows * 10 + columns)
    x = random.integers(0, 200, (units, rows)).astype(float)
    x[0] = 0  # a unit without voters
    x[1, 0] = 1  # one voter: nothing can be overdispersed
    y = np.array([random.multinomial(int(n), random.dirichlet(np.ones(columns))) for n in x.sum(axis=1)]).astype(float)
    places = np.exp(random.normal(0, 0.3, (units, rows, columns)))
    odds = np.exp(random.normal(0, 1, (rows, columns)))
    return x, y, places, odds, random.uniform(0.001, 0.02, rows), random.uniform(0.01, 0.2, rows)


SHAPES = [(3, 4), (4, 2), (1, 3), (6, 5)]


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_the_formula(shape):
    counts = drawn(*shape)
    assert misfit(*counts)[0] == pytest.approx(written_out(*counts), rel=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_gradients_are_those_of_differences(shape):
    x, y, places, odds, rho, sigma = drawn(*shape)
    _, by_odds, by_rho, by_sigma = misfit(x, y, places, odds, rho, sigma)
    step = 1e-6

    def difference(moved):
        return (moved(step) - moved(-step)) / (2 * step)

    for r in range(shape[0]):
        one = np.eye(shape[0])[r]
        of_rho = difference(lambda h, one=one: written_out(x, y, places, odds, rho + h * one, sigma))
        of_sigma = difference(lambda h, one=one: written_out(x, y, places, odds, rho, sigma + h * one))
        assert by_rho[r] == pytest.approx(of_rho, rel=1e-5, abs=1e-4)
        assert by_sigma[r] == pytest.approx(of_sigma, rel=1e-5, abs=1e-4)
        for k in range(shape[1]):
            cell = np.outer(one, np.eye(shape[1])[k])
            moved = difference(lambda h, cell=cell: written_out(x, y, places, odds * np.exp(h * cell), rho, sigma))
            assert by_odds[r, k] == pytest.approx(moved, rel=1e-5, abs=1e-5)


def test_the_column_that_is_left_out_does_not_matter():
    x, y, places, odds, rho, sigma = drawn(3, 4)
    turned = [2, 3, 0, 1]
    one = misfit(x, y, places, odds, rho, sigma)
    other = misfit(x, y[:, turned], places[:, :, turned], odds[:, turned], rho, sigma)
    assert one[0] == pytest.approx(other[0], rel=1e-12)
    assert one[1][:, turned] == pytest.approx(other[1], rel=1e-9, abs=1e-9)


def test_probabilities_are_odds_times_what_the_place_adds():
    p, squares = np.empty((1, 2)), np.empty(1)
    probabilities(np.array([[1.0, 3.0]]), np.array([[3.0, 1.0]]), p, squares)
    assert p.tolist() == [[0.5, 0.5]]  # 1 x 3 to 3 x 1
    assert squares.tolist() == [0.5]  # 1/4 + 1/4


def test_inverse_and_determinant_are_numpys():
    v = np.array([[4.0, 0, 0], [2.0, 3.0, 0], [1.0, 0.5, 2.0]])
    whole = v + v.T - np.diag(np.diag(v))
    logarithm = inverted(v, 3)
    root = np.tril(v)
    assert logarithm == pytest.approx(np.linalg.slogdet(whole)[1])
    assert root.T @ root == pytest.approx(np.linalg.inv(whole))


def test_the_derivative_by_the_covariance():
    v, e = np.array([[2.0, 0, 0], [0.5, 1.0, 0], [0, 0, 0]]), np.array([1.0, -2.0, 1.0])
    whole, residuals = np.array([[2.0, 0.5], [0.5, 1.0]]), e[:2].copy()
    q = np.empty((3, 3))
    value = solved(e, v, q, np.empty(3))
    inverse = np.linalg.inv(whole)
    assert value == pytest.approx((np.log(1.75) + residuals @ inverse @ residuals) / 2)  # det = 2 x 1 - 0.5^2
    assert e[:2] == pytest.approx(inverse @ residuals)
    assert q[:2, :2] == pytest.approx((inverse - np.outer(e[:2], e[:2])) / 2)
