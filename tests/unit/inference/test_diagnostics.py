"""The numbers behind warnings: by hand, by plain regression, and on units drawn with what is to be found in them."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference.diagnostics import (
    FAR,
    against_bounds,
    collinearity,
    condition,
    departures,
    size,
    spread,
)

NOTHING = np.zeros((0, 2), dtype="int64")
TABLE = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3]])


def drawn_units(units: int = 400, seed: int = 5, precision: float | None = None):
    """Draw (before, after): voters of each unit who follow the table; with a precision, each unit has one of its own."""
    drawn = np.random.default_rng(seed)
    share = drawn.beta(4, 4, units)
    first = drawn.binomial(900, share)
    before = np.column_stack([first, 900 - first])
    after = np.zeros((units, 3), dtype="int64")
    for row, p in enumerate(TABLE):
        after += drawn.multinomial(before[:, row], p if precision is None else drawn.dirichlet(p * precision, units))
    return before, after


def test_size_counts_what_has_a_voter():
    before = np.array([[5, 0, 3], [0, 0, 0], [2, 0, 1]])
    after = np.array([[4, 4, 0, 0], [0, 0, 0, 0], [1, 1, 1, 0]])
    assert size(before, after) == (2, (2 - 1) * (3 - 1))
    assert size(before[:, :1] * 0, after * 0) == (0, 0)
    assert size(before[:, 1:], after) == (2, 0)


def test_spread_by_hand():
    """Shares 0.2, 0.2 and 0.8 of 100, 200 and 300 voters: mean 0.5, each 0.3 away from it. The empty unit is none."""
    before = np.array([[20, 80], [40, 160], [240, 60], [0, 0]])
    assert spread(before) == pytest.approx([0.3, 0.3])
    assert spread(np.array([[1, 3], [10, 30]])) == pytest.approx([0, 0], abs=1e-9)
    assert spread(NOTHING).tolist() == [0, 0]


def test_collinearity_is_that_of_plain_regressions():
    """Least squares on the shares times the root of the voters, without a constant: 1 - residual / total squares."""
    before = np.random.default_rng(1).integers(1, 500, (30, 4))
    total = before.sum(axis=1, keepdims=True)
    weighted = before / total * np.sqrt(total)
    expected = []
    for row in range(4):
        residual = np.linalg.lstsq(np.delete(weighted, row, axis=1), weighted[:, row])[1][0]
        expected.append(1 - residual / (weighted[:, row] ** 2).sum())
    assert collinearity(before) == pytest.approx(expected)


def test_collinearity_at_its_ends():
    apart = np.array([[10, 0, 0], [0, 7, 0]])
    assert collinearity(apart)[:2] == pytest.approx([0, 0], abs=1e-9)
    assert np.isnan(collinearity(apart)[2])
    assert collinearity(np.array([[1, 3], [10, 30], [2, 6]])) == pytest.approx([1, 1])  # all alike
    assert np.isnan(collinearity(NOTHING)).all()


def test_condition_is_that_of_the_scaled_shares():
    before = np.random.default_rng(2).integers(1, 500, (30, 4))
    total = before.sum(axis=1, keepdims=True)
    weighted = before / total * np.sqrt(total)
    assert condition(before) == pytest.approx(np.linalg.cond(weighted / np.linalg.norm(weighted, axis=0)))
    assert condition(np.column_stack([before, np.zeros(30, dtype="int64")])) == pytest.approx(condition(before))


def test_condition_at_its_ends():
    """By hand: two columns of length 1 whose product is c have the singular values of the roots of 1 + c and 1 - c.

    100 voters each: shares (0.5, 0.5) and (1, 0); the first column has the length of the root of 1.25 and the second 0.5.
    So c = 0.5 x 0.5 / (1.118 x 0.5) = 0.4472.
    """
    assert condition(np.array([[10, 0], [0, 7]])) == pytest.approx(1)
    assert condition(np.array([[50, 50], [100, 0]])) == pytest.approx((1.4472 / 0.5528) ** 0.5, rel=1e-4)
    assert condition(np.array([[1, 3], [10, 30], [2, 6]])) == np.inf
    assert condition(np.array([[1, 3, 4]])) == np.inf  # one unit cannot tell three options apart
    assert condition(NOTHING) == 1
    assert condition(np.zeros((2, 0), dtype="int64")) == 1


def test_intervals_beside_their_bounds_by_hand():
    """Of 200 voters, an interval from 0.1 to 0.3 is 40 wide: of bounds 50 apart it is 0.8."""
    lower, upper = np.array([[0.1, 0.5, np.nan]]), np.array([[0.3, 0.5, np.nan]])
    low, high = np.array([[10, 100, 0]]), np.array([[60, 100, 20]])
    found = against_bounds(lower, upper, low, high, np.array([200]))
    assert found[0, 0] == pytest.approx(0.8)
    assert np.isnan(found[0, 1:]).all()


@pytest.mark.parametrize("precision", [None, 20])
def test_half_of_the_units_are_within_two_thirds_of_a_deviation(precision):
    """Whether units differ by chance alone or by more: in each option, that is what a deviation is."""
    before, after = drawn_units(precision=precision)
    found = departures(before, after, TABLE)
    expected = before @ TABLE
    assert found.expected == pytest.approx(expected[np.arange(400), found.option])
    # The largest of three that add up to 0: half are below 1.2 or so if they were two independent ones.
    assert 0.9 < np.median(np.abs(found.deviations)) < 1.4
    assert np.abs(found.deviations).max() < FAR


def test_a_unit_that_went_elsewhere_is_named():
    """By hand: of 900, 450 each before, 360, 360 and 180 are expected; 180 of the first went to the last."""
    before, after = drawn_units(precision=200)
    before[17], after[17] = [450, 450], [180, 360, 360]
    before[18], after[18] = [0, 0], [0, 0, 0]
    found = departures(before, after, TABLE)
    assert np.flatnonzero(np.abs(found.deviations) > FAR).tolist() == [17]
    assert found.option[17] in (0, 2)
    assert found.expected[17] == pytest.approx({0: 360, 2: 180}[found.option[17]])
    assert np.sign(found.deviations[17]) == {0: -1, 2: 1}[found.option[17]]
    assert found.elsewhere[17] == pytest.approx(180 / 900)
    assert (found.deviations[18], found.expected[18], found.elsewhere[18]) == (0, 0, 0)


def test_a_vote_or_two_is_never_far():
    """Nobody was expected to do it, and everywhere else nobody did."""
    before, after = np.full((50, 1), 100), np.tile([100, 0], (50, 1))
    after[0] = [98, 2]
    found = departures(before, after, np.array([[1.0, 0.0]]))
    assert np.abs(found.deviations).max() == pytest.approx(2)


def test_departures_of_options_and_units_without_voters():
    before, after = np.array([[0, 10], [0, 0]]), np.array([[4, 6], [0, 0]])
    found = departures(before, after, np.array([[np.nan, np.nan], [0.4, 0.6]]))
    assert found.deviations == pytest.approx([0, 0])
    assert [len(part) for part in departures(NOTHING, NOTHING, TABLE[:, :2])] == [0] * 4
