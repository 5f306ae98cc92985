"""What is minimised: its gradient against differences, and what its parts weigh."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference.objective import Objective, Parameters


def counts(rows: int = 4, columns: int = 3, units: int = 12):
    random = np.random.default_rng(3)
    x = random.integers(5, 200, (units, rows)).astype(float)
    table = random.dirichlet(np.ones(columns), rows)
    y = np.array([sum(random.multinomial(int(n), p) for n, p in zip(row, table, strict=True)) for row in x])
    return x, y.astype(float)


@pytest.mark.parametrize("strength", [1.0, 0.0])
def test_the_gradient_is_that_of_differences(strength):
    x, y = counts()
    objective = Objective(x, y, strength)
    at = objective.start() + np.random.default_rng(4).normal(0, 0.5, len(objective.start()))
    gradient, step = objective(at)[1], 1e-5
    for place, one in enumerate(np.eye(len(at))):
        difference = (objective(at + step * one)[0] - objective(at - step * one)[0]) / (2 * step)
        assert gradient[place] == pytest.approx(difference, rel=1e-5, abs=1e-5)


def test_parameters_are_packed_and_unpacked():
    values = np.arange(3 * 2 + 2 + 3 + 2, dtype=float)
    at = Parameters.unpacked(values, (3, 2))
    assert at.theta.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert [at.base.tolist(), at.rows.tolist(), at.columns.tolist()] == [[6, 7], [8, 9, 10], [11, 12]]
    assert at.packed().tolist() == values.tolist()


def test_all_behave_alike_at_the_start():
    x, y = counts()
    objective = Objective(x, y)
    theta = Parameters.unpacked(objective.start(), objective.shape).theta
    assert np.exp(theta) == pytest.approx(np.tile(y.sum(axis=0) / y.sum(), (4, 1)))


def test_scales_of_many_voters_are_shorter():
    x, y = counts()
    x[:, 0] += 10_000
    y[:, 0] += 10_000
    scale = Parameters.unpacked(Objective(x, y).scale(), (4, 3))
    assert scale.theta[0, 0] < scale.theta[1, 1] < 1
    assert (scale.packed() > 0).all()
