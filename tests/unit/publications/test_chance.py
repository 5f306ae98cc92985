"""How often chance does something: against what can be counted by hand, and against draws made another way."""

from __future__ import annotations

from itertools import combinations
from math import comb, sqrt

import numpy as np
import pytest

from primaire.publications.chance import EFFECTS, FEW, MANY, Chance, Draw


def test_one_outcome_is_as_likely_as_the_ways_to_draw_it():
    ballots = "AAABBC"
    ways = [tuple(sorted(ballots[at] for at in drawn)) for drawn in combinations(range(6), 3)]
    expected = sum(way == ("A", "A", "B") for way in ways) / comb(6, 3)
    assert Draw(np.array([3, 2, 1]), 3).exactly(np.array([2, 1, 0])) == pytest.approx(expected)


@pytest.mark.parametrize("before", [[4, -1, 0], [1, 1, 2]])
def test_what_cannot_be_drawn_is_never(before):
    assert Draw(np.array([3, 2, 1]), 3).exactly(np.array(before)) == 0


def test_draws_show_something_as_often_as_it_happens():
    # Of 20 ballots, 10 of A, 10 are drawn: exactly 5 of A in C(10, 5)² of C(20, 10) ways, 34.4 %.
    draw = Draw(np.array([10, 10]), 10)
    found = draw.often(lambda votes: votes[:, 0] == 5, (1.0,) * len(EFFECTS))
    assert found[0].value == pytest.approx(comb(10, 5) ** 2 / comb(20, 10), abs=4 * sqrt(0.25 / FEW))
    assert not found[0].at_most


def test_what_no_draw_shows_is_at_most_one_in_all_draws_or_what_bounds_it():
    draw = Draw(np.array([200, 200]), 200)
    bounds = (1.0, 1e-9, 1.0, 1.0)
    # What 100,000 draws do not show is at most 3 in 100,000: (1 - 0.00003) ** 100,000 is 5 %.
    assert draw.often(lambda votes: np.zeros(len(votes)), bounds) == (Chance(3 / MANY, True), Chance(1e-9, True))


@pytest.mark.parametrize(("added", "effects"), [(20, 1), (149, 1), (150, 2), (600, 3), (2_999, 3), (3_000, 4)])
def test_design_effects_are_told_from_thirty_clusters_on(added, effects):
    draw = Draw(np.array([added + 2_000, 2_000]), 4_000)
    assert len(draw.often(lambda votes: votes[:, 0] > 0, (1.0,) * len(EFFECTS))) == effects


def test_an_electorate_too_large_to_draw_from_is_only_bounded():
    bounds = (0.1, 0.01, 0.001, 0.0001)
    found = Draw(np.array([10**9, 10**9]), 10**9).often(lambda votes: votes[:, 0] > 0, bounds)
    assert found == tuple(Chance(bound, at_most=True) for bound in bounds)


def test_a_design_effect_spreads_counts_as_clusters_of_ballots_do():
    """4,000 ballots in clusters of 5 alike, 1,000 drawn: against a draw of 200 of the 800 clusters."""
    draw = Draw(np.array([2_000, 2_000]), 1_000)
    found = draw.often(lambda votes: np.abs(votes[:, 0] - 500) <= 22.5, (1.0,) * len(EFFECTS))
    drawn = 5 * np.random.default_rng(1).hypergeometric(400, 400, 200, size=50_000)
    assert found[EFFECTS.index(5)].value == pytest.approx((np.abs(drawn - 500) <= 22.5).mean(), abs=0.05)


@pytest.mark.parametrize("widths", [(0.0, 0.0), (1.0, 1.0), (5.0, 2.0)])
def test_the_bound_of_a_box_is_above_the_exact_probability(widths):
    """Every whole number in a box around the middle is added up, exactly."""
    after, size = np.array([600, 300, 100]), 500
    exact = sum(
        Draw(after, size).exactly(np.array([a, b, size - a - b]))
        for a in range(1000)
        for b in range(1000)
        if abs(a - 300) <= widths[0] / 2 and abs(b - 150) <= widths[1] / 2
    )
    bound = Draw(after, size).bound_in_box(np.array(widths))[0]
    assert exact <= bound * 1.01
    assert bound <= 5 * exact  # up to one whole number more on each side


def test_the_bound_of_a_distance_is_above_the_exact_probability():
    after, size = np.array([600, 300, 100]), 500
    draw = Draw(after, size)
    for distance in (0.0, 0.01, 0.1, 0.5):
        exact = sum(
            draw.exactly(np.array([a, b, size - a - b]))
            for a in range(200, 401)
            for b in range(100, 201)
            if ((np.array([a, b, size - a - b]) - draw.expected) ** 2 / draw.variances).sum() <= distance
        )
        assert exact <= draw.bound_within(distance)[0]


def test_bounds_shrink_with_the_design_effect():
    draw = Draw(np.array([600, 300, 100]), 500)
    for bounds in (draw.bound_in_box(np.array([1.0, 1.0])), draw.bound_within(0.1)):
        # Two counts are free: the density falls by the effect.
        assert bounds == pytest.approx([bounds[0] / effect for effect in EFFECTS])


def test_of_small_counts_nothing_is_bounded():
    assert set(Draw(np.array([600, 300, 2]), 500).bound_within(0.1)) == {1.0}
