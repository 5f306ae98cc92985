"""What the units let one expect: regressions, and how far units differ more than by chance."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference.context import FORWARD, REVERSE, Regression, context, unlikeness


def counts(units=40, seed=1):
    random = np.random.default_rng(seed)
    x = random.integers(20, 300, (units, 3)).astype(float)
    p = random.dirichlet(np.ones(2), 3)
    y = np.array([sum(random.multinomial(int(n), q) for n, q in zip(row, p, strict=True)) for row in x])
    return x, y.astype(float)


def unlikeness_of(x, y):
    return unlikeness(Regression.of(x, y), x)


def test_slopes_are_those_of_weighted_least_squares():
    x, y = counts()
    x, voters = x[:, :2], x[:, :2].sum(axis=1, keepdims=True)
    y = y * (voters / y.sum(axis=1, keepdims=True))
    design = x / voters  # two shares that add up to 1: one is enough, with a constant
    constant = np.column_stack([np.ones(len(x)), design[:, 0]]) * np.sqrt(voters)
    expected = np.linalg.lstsq(constant, y / voters * np.sqrt(voters))[0][1]
    slopes = Regression.of(x, y).slopes(np.full(2, 1e-9))
    assert slopes[0] - slopes[1] == pytest.approx(expected, rel=1e-6)


def test_correlations_are_those_of_weighted_shares():
    x, y = counts()
    voters = x.sum(axis=1)
    shares = np.column_stack([x / voters[:, None], y / voters[:, None]])
    expected = np.cov(shares.T, aweights=voters)
    expected /= np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
    assert Regression.of(x, y).correlation() == pytest.approx(expected[:3, 3:])


def test_nothing_is_expected_where_all_units_are_alike():
    x, y = np.tile([[30.0, 70]], (5, 1)), np.tile([[60.0, 40]], (5, 1))
    assert context(Regression.of(x, y), x, y, FORWARD) == pytest.approx(np.zeros((5, 2, 2)), abs=1e-9)
    assert context(Regression.of(y, x), y, x, REVERSE) == pytest.approx(np.zeros((5, 2, 2)), abs=1e-9)
    assert Regression.of(x, y).correlation().tolist() == [[0, 0], [0, 0]]


def test_an_option_is_expected_to_do_better_among_others_where_its_friends_are_many():
    """Voters of the first option go to the first, as those of the second do, and the third to the second."""
    random = np.random.default_rng(2)
    x = random.integers(50, 500, (60, 3)).astype(float)
    y = np.column_stack([x[:, 0] + x[:, 1], x[:, 2]])
    found = context(Regression.of(x, y), x, y, FORWARD)
    share = x / x.sum(axis=1, keepdims=True)
    assert (
        np.corrcoef(found[:, 0, 0], share[:, 1])[0, 1] > 0.5
    )  # among the first, it goes with the number of the second
    assert np.corrcoef(found[:, 0, 0], share[:, 2])[0, 1] < -0.5


def test_units_that_differ_by_chance_alone_have_no_context():
    assert np.mean([unlikeness_of(*counts(400, seed)) for seed in range(10)]) < 0.1


def test_units_that_differ_have_it():
    x, _ = counts()
    y = np.round(np.column_stack([x.sum(axis=1) * np.linspace(0.1, 0.9, len(x)), np.zeros(len(x))]))
    y[:, 1] = x.sum(axis=1) - y[:, 0]
    assert unlikeness_of(x, y) == 1


def test_too_few_units_to_tell_count_as_differing():
    x, y = counts(3)
    assert unlikeness_of(x, y) == 1
