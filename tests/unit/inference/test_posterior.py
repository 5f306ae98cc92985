"""The most probable value, the curvature there, and draws around it, on functions whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import rosen, rosen_der

from primaire.inference.posterior import curvature, draws, mode


def test_the_smallest_value_of_rosenbrocks_function():
    start = np.array([-1.2, 1.0])
    found = mode(lambda at: (float(rosen(at)), rosen_der(at)), start, np.ones(2), 1e-9)
    assert found == pytest.approx([1, 1], abs=0.02)  # at (1, 1), as published by Rosenbrock (1960)


def test_scales_change_the_way_and_not_where_it_leads():
    matrix = np.diag([1.0, 1e4])
    found = mode(lambda at: (float(at @ matrix @ at) / 2, matrix @ at), np.array([3.0, 3.0]), np.array([1, 0.01]), 1e-9)
    assert found == pytest.approx([0, 0], abs=1e-4)


def test_curvature_is_that_of_a_parabola():
    matrix = np.array([[3.0, 1.0], [1.0, 2.0]])
    found = curvature(lambda at: (at @ matrix @ at / 2, matrix @ at), np.array([0.3, -0.7]))
    assert found == pytest.approx(matrix, rel=1e-6)


def test_draws_have_the_mean_and_the_covariance_asked_for():
    matrix, at = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([5.0, -5.0])
    found = draws(at, matrix, 0.5, 40_000, np.random.default_rng(1))
    assert found.shape == (80_000, 2)
    assert found.mean(axis=0) == pytest.approx(at, abs=1e-12)  # in pairs of opposite ones
    # The inverse is [[2, -1], [-1, 3]] / 5. Of 40,000 pairs, the standard error of a variance of 0.6 is 0.6 sqrt(2 / 40,000).
    assert np.cov(found.T) == pytest.approx(np.array([[0.4, -0.2], [-0.2, 0.6]]), abs=5 * 0.6 * np.sqrt(2 / 40_000))


def test_a_direction_that_nothing_speaks_for_is_not_wider_than_allowed():
    found = draws(np.zeros(2), np.diag([-4.0, 2.0]), 0.5, 40_000, np.random.default_rng(1))
    # 1 / 0.5 = 2 in place of a negative variance, and 1 / 2.
    assert found.var(axis=0) == pytest.approx([2, 0.5], rel=5 * np.sqrt(2 / 40_000))
