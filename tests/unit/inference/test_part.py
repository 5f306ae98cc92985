"""Parts: their order, those in which nothing is left to estimate, and what they have in common."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference import bounds, fit
from primaire.inference.part import Part, together

X = np.array([[50.0, 30, 0, 20], [10, 80, 0, 10], [70, 10, 0, 20], [25, 25, 0, 50]])
Y = np.array([[60.0, 40], [20, 80], [75, 25], [55, 45]])
ALL = np.arange(4)


def test_options_come_by_size_and_those_without_votes_are_left_out():
    part = Part.of(X, Y, ALL, 1.0)
    assert part.rows.tolist() == [0, 1, 3]  # 155, 145, 100 and none
    assert part.columns.tolist() == [0, 1]  # 210 and 190
    assert part.objective.counts[0].sum(axis=0).tolist() == [155, 145, 100]


def test_nothing_is_left_to_estimate_of_one_option():
    part = Part.of(X, X.sum(axis=1, keepdims=True), ALL, 1.0)
    assert part.settled
    assert part.searched() is part
    assert not part.errors(np.random.default_rng(1)).any()
    assert part.local(np.zeros(4, dtype="int64"), 1)[0][:, 0].tolist() == [155, 145, 100]


def test_what_parts_have_in_common_is_their_weighted_mean():
    one, other = (Part.of(X[units], Y[units], np.arange(2), 1.0).searched() for units in ([0, 1], [2, 3]))
    settled = Part.of(X, X.sum(axis=1, keepdims=True), ALL, 1.0)
    found = together((one, other, settled), (4, 2))
    assert found[2].tolist() == [0, 0]  # nobody chose it
    (near, voters), (far, others) = one.deviations(), other.deviations()
    place = (
        [part.rows.tolist().index(0) for part in (one, other)],
        [part.columns.tolist().index(0) for part in (one, other)],
    )
    first, second = (place[0][0], place[1][0]), (place[0][1], place[1][1])
    mean = (voters[first] * near[first] + others[second] * far[second]) / (voters[first] + others[second])
    assert found[0, 0] == pytest.approx(mean)


def test_intervals_are_never_beyond_the_bounds():
    found = fit(X, Y)
    low, high = bounds(X, Y)
    voters = X.sum(axis=0)[:, None]
    some = voters[:, 0] > 0
    assert (found.lower[some] * voters[some] >= low[some] - 1e-9).all()
    assert (found.upper[some] * voters[some] <= high[some] + 1e-9).all()
    assert np.isnan(found.lower[2]).all()


def test_what_arithmetic_settles_has_no_width():
    before, after = np.array([[900, 0], [0, 500]]), np.array([[900, 0], [0, 500]])
    found = fit(before, after)
    assert found.votes.tolist() == [[900, 0], [0, 500]]
    assert found.lower.tolist() == found.upper.tolist() == [[1, 0], [0, 1]]


def test_another_seed_moves_intervals_and_not_the_estimate():
    one, other = fit(X, Y, seed=1), fit(X, Y, seed=2)
    assert (one.votes == other.votes).all()
    assert (one.upper != other.upper)[[0, 1, 3]].any()


def test_many_units_are_divided_where_nobody_says_how():
    random = np.random.default_rng(5)
    before = random.integers(10, 60, (620, 3))
    after = np.column_stack([before[:, 0] + before[:, 1], before[:, 2]])
    assert fit(before, after, intervals=False).parts == 5  # 620 / 120
    assert fit(before[:500], after[:500], intervals=False).parts == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"context": -0.1}, "context is from 0 to 4"),
        ({"context": 5}, "context is from 0 to 4"),
        ({"context": float("nan")}, "context is from 0 to 4"),
        ({"parts": [1, 2]}, "parts are 4 labels"),
        ({"seed": -1}, "a seed is a whole number"),
        ({"seed": 0.5}, "a seed is a whole number"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused(asked, said):
    with pytest.raises(ValueError, match=said):
        fit(X, Y, **asked)


@pytest.mark.parametrize("groups", [[0, 1], [-1, 0, 0, 0], [0.5, 0, 0, 0], ["a", "b", "c", "d"]])
def test_groups_are_numbers_of_units(groups):
    with pytest.raises(ValueError, match="groups are 4 whole numbers"):
        fit(X, Y, intervals=False).predict(groups)
    with pytest.raises(ValueError, match="groups are 4 whole numbers"):
        bounds(X, Y, groups)
