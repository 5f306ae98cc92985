"""Intervals of shares, and the standard errors that they rest on."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import norm

from primaire.inference.intervals import deviation, interval, logit, of_sum


def ends(votes, voters, deviated=0.3):
    lower, upper = interval(np.array([[votes / voters]]), np.array([[deviated]]), np.array([[float(voters)]]))
    return lower[0, 0], upper[0, 0]


def test_of_many_voters_it_is_that_of_the_log_odds():
    # 30 % of a million: log odds of -0.8473, give or take 1.645 x 0.3; what a million voters add is nothing.
    lower, upper = ends(300_000, 1_000_000)
    half = norm.ppf(0.95) * 0.3
    assert lower == pytest.approx(expit(np.log(3 / 7) - half), abs=1e-4)
    assert upper == pytest.approx(expit(np.log(3 / 7) + half), abs=1e-4)


def test_of_few_voters_it_is_wider_and_goes_to_whole_ones():
    lower, upper = ends(5, 10, 0.0)
    # 1 / (10 x 0.5 x 0.5) = 0.4: log odds 0, give or take 1.645 x 0.632 = 1.04: 26 to 74 %, or 2 to 8 voters.
    assert (lower, upper) == (0.2, 0.8)


def test_it_does_not_grow_where_hardly_anybody_is_expected():
    uppers = [ends(votes, 1000)[1] for votes in (1, 0.1, 0.03, 0.01, 0.001, 0)]
    assert uppers == sorted(uppers, reverse=True)
    assert uppers[1] <= 0.002
    assert ends(1000, 1000)[1] == 1
    assert ends(1000, 1000)[0] > 0.99


def test_log_odds():
    assert logit(np.array([0.5, 0.75])) == pytest.approx([0, np.log(3)])
    assert np.isfinite(logit(np.array([0.0, 1.0]))).all()


def test_an_error_is_never_less_than_what_was_seen_where_the_truth_is_known():
    assert deviation(np.zeros(1)) == pytest.approx([0.15])
    assert deviation(np.array([1.0])) == pytest.approx([np.hypot(0.95, 0.15)])


def test_errors_of_parts_go_together_in_part():
    # Wholly, 3 + 4 = 7; not at all, 5: 0.3 x 49 + 0.7 x 25 = 32.2.
    assert of_sum(np.array([3.0, 4.0])) == pytest.approx(np.sqrt(32.2))
    assert of_sum(np.array([[3.0]])) == pytest.approx([3])  # a single part is itself
