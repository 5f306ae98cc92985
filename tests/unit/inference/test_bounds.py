"""The bounds of Duncan and Davis: by hand, and by trying all tables that a unit can have."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from primaire.inference.bounds import bounds


def tables(before, after):
    """Return all tables of whole numbers with these margins."""
    rows = [[row for row in product(range(sum(after) + 1), repeat=len(after)) if sum(row) == x] for x in before]
    return np.array([each for each in product(*rows) if np.sum(each, axis=0).tolist() == list(after)])


@pytest.mark.parametrize(
    ("before", "after"),
    [([3, 1], [2, 2]), ([2, 1, 1], [1, 3]), ([0, 4], [1, 3]), ([2, 2], [0, 1, 3]), ([0, 0], [0, 0])],
)
def test_one_unit_has_the_least_and_the_most_of_all_its_tables(before, after):
    every = tables(before, after)
    low, high = bounds(np.array([before]), np.array([after]))
    assert low.tolist() == every.min(axis=0).tolist()
    assert high.tolist() == every.max(axis=0).tolist()


def test_units_add_up():
    """By hand. Of 60, at least 60 + 70 - 100 = 30 did both, at most 60; in the second unit 0 (10 + 5 < 20), at most 5."""
    low, high = bounds(np.array([[60, 40], [10, 10]]), np.array([[70, 30], [5, 15]]))
    assert (low[0, 0], high[0, 0]) == (30 + 0, 60 + 5)
    assert (low[1, 1], high[1, 1]) == (0 + 5, 30 + 10)


def test_groups_have_bounds_of_their_own():
    before, after = np.array([[60, 40], [10, 10], [1, 2], [0, 0]]), np.array([[70, 30], [5, 15], [3, 0], [0, 0]])
    low, high = bounds(before, after, np.array([2, 0, 2, 0]))
    for group, units in enumerate(([1, 3], [], [0, 2])):
        alone = bounds(before[units], after[units])
        assert low[group].tolist() == alone[0].tolist()
        assert high[group].tolist() == alone[1].tolist()


def test_many_units_are_the_sum_of_their_parts():
    """More than are held at once; the sums of each tenth, found one unit after another in plain Python."""
    drawn = np.random.default_rng(3)
    after = drawn.integers(0, 40, (30_000, 3))
    before = drawn.multivariate_hypergeometric([500] * 4, 100, 30_000)
    after = np.column_stack([after, np.zeros((30_000, 1), dtype="int64")])
    after[:, 3] = 120 - after[:, :3].sum(axis=1)
    before[:, 0] += 20
    after, before = after[after[:, 3] >= 0], before[after[:, 3] >= 0]
    group = drawn.integers(0, 10, len(before))
    low, high = bounds(before, after, group)
    least, most = [0] * 10, [0] * 10
    for x, y, of in zip(before[:, 1].tolist(), after[:, 2].tolist(), group.tolist(), strict=True):
        least[of] += max(0, x + y - 120)
        most[of] += min(x, y)
    assert low[:, 1, 2].tolist() == least
    assert high[:, 1, 2].tolist() == most
    assert [side.tolist() for side in bounds(before, after)] == [low.sum(axis=0).tolist(), high.sum(axis=0).tolist()]


def test_large_counts_are_exact():
    million = 10**15 + 1
    low, high = bounds(np.array([[million, million]] * 3), np.array([[million, million]] * 3))
    assert (low[0, 0], high[0, 0]) == (0, 3 * million)


def test_no_unit_has_no_voters():
    nothing = np.zeros((0, 2), dtype="int64")
    assert bounds(nothing, nothing)[1].tolist() == [[0, 0], [0, 0]]
    assert bounds(nothing, nothing, np.zeros(0, dtype="int64"))[1].shape == (0, 2, 2)


@pytest.mark.parametrize(
    ("after", "groups", "said"),
    [
        ([[1, 1], [2, 2]], None, "unit 1: 3 and 4"),
        ([[1, 1]], None, "2 units before and 1 after"),
        ([[1, 1], [1, 2]], [0], "groups are 2 whole numbers"),
        ([[1, 1], [1, 2]], [[0, 1]], "groups are 2 whole numbers"),
    ],
)
def test_what_does_not_fit_is_refused(after, groups, said):
    with pytest.raises(ValueError, match=said):
        bounds(np.array([[1, 1], [2, 1]]), np.array(after), None if groups is None else np.array(groups))
