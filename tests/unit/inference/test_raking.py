"""Tables with the margins of their units."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference.raking import raked

ONE = np.zeros(1, dtype="int64")


def table(before, after, odds):
    x, y = np.array([before], float), np.array([after], float)
    odds = np.array(odds, float)
    return raked(x, y, np.ones((1, *odds.shape)), odds, ONE, 1)[0]


def test_where_all_behave_alike_it_is_the_product_of_the_margins():
    assert table([30, 70], [60, 40], [[1, 1], [1, 1]]) == pytest.approx(np.array([[18, 12], [42, 28]]))


def test_the_odds_ratio_stays_as_it_was():
    found = table([30, 70], [60, 40], [[4, 1], [1, 2]])
    assert found.sum(axis=1) == pytest.approx([30, 70])
    assert found.sum(axis=0) == pytest.approx([60, 40])
    assert found[0, 0] * found[1, 1] / (found[0, 1] * found[1, 0]) == pytest.approx(8)  # 4 x 2 / (1 x 1)


def test_what_a_unit_forces_is_done_however_improbable():
    # All 10 voters of the first option, and nobody else, are there to have chosen the second.
    assert table([10, 0], [0, 10], [[1, 0], [1, 1]]) == pytest.approx(np.array([[0, 10], [0, 0]]))


def test_groups_add_up_units():
    x, y = np.array([[10.0, 10], [20, 0], [5, 5]]), np.array([[10.0, 10], [15, 5], [10, 0]])
    odds = np.exp(np.random.default_rng(1).normal(size=(2, 2)))
    places = np.ones((3, 2, 2))
    each = raked(x, y, places, odds, np.arange(3), 3)
    pairs = raked(x, y, places, odds, np.array([1, 0, 1]), 2)
    assert pairs == pytest.approx(np.array([each[1], each[0] + each[2]]))
    assert each.sum(axis=2) == pytest.approx(x)
    assert each.sum(axis=1) == pytest.approx(y)


def test_margins_are_exact_where_scaling_alone_would_take_forever():
    """Nobody of the second row is inclined to the second column, so both rows must cross: scaling goes there as 1 / sweeps."""
    found = table([1, 1], [1, 1], [[1, 1], [1, 0]])
    assert found.sum(axis=0) == pytest.approx([1, 1], rel=1e-12)
    assert found.sum(axis=1) == pytest.approx([1, 1], rel=1e-12)
    assert found == pytest.approx(np.array([[0, 1], [1, 0]]), abs=0.01)
    found = table([1000, 1], [999, 2], [[1, 0], [1, 0]])
    assert found.sum(axis=0) == pytest.approx([999, 2], rel=1e-12)
    assert (found >= 0).all()
