"""Shares that stay put: January 2017 against a simulation of another kind, and what cannot be tested."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from primaire.publications.constancy import constant_counts, constant_shares, unchanged
from primaire.publications.signature import of_counts
from primaire.publications.update import Line, Update, half_up

SHARES = ("36.35", "31.11", "17.52", "6.85", "3.88", "1.97", "1.01")
BEFORE, AFTER = 1_249_126, 1_601_138


def january(decimals: int = 2, before: int = BEFORE, after: int = AFTER) -> Update:
    shares = [Fraction(text) for text in SHARES]
    return Update(tuple(Line(None, None, one, one) for one in shares), {"voters": (before, after)}, "voters", decimals)


def simulated(decimals: int, spread: float) -> float:
    """How often all seven stay, with normal deviations of the earlier shares around the later ones."""
    made = np.random.default_rng(7)
    share = np.array([float(text) for text in SHARES]) / 100
    covariance = (np.diag(share) - np.outer(share, share)) * spread
    drawn = made.multivariate_normal(share, covariance, size=100_000)
    unit = 100 * 10**decimals
    return float((np.floor(drawn * unit + 0.5) == np.floor(share * unit + 0.5 + 1e-9)).all(axis=1).mean())


@pytest.mark.parametrize("decimals", [1, 2])
def test_printed_shares_stay_as_often_as_normal_deviations_leave_them(decimals):
    found = constant_shares(january(), decimals)
    # Of a random part of the ballots: p (1 - p) (N1 - N0) / (N0 N1).
    expected = simulated(decimals, (AFTER - BEFORE) / (BEFORE * AFTER))
    assert found[0].value == pytest.approx(expected, rel=0.15)


def test_the_published_figures_are_of_ballots_drawn_at_the_old_shares():
    """0.4 % at two decimals: taking the old shares for those of the country leaves out that they are uncertain themselves."""
    added = AFTER - BEFORE
    assert simulated(2, added / AFTER**2) == pytest.approx(0.004, abs=0.001)
    assert 0.001 < constant_shares(january(), 2)[0].value < 0.004
    assert 0.18 < constant_shares(january(), 1)[0].value < 0.30


def test_the_larger_the_clusters_the_rarer():
    chances = [one.value for one in constant_shares(january(), 2)]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < 1e-6


def test_few_added_ballots_leave_shares_where_they_are():
    assert constant_shares(january(after=BEFORE + 20), 2)[0].value > 0.9


def test_shares_that_move_as_counting_moves_them_are_no_wonder():
    made = np.random.default_rng(3)
    after = np.array([5_000, 3_000, 2_000])
    before = made.multivariate_hypergeometric(after, 6_000)
    lines = tuple(Line(int(one), int(other)) for one, other in zip(before, after, strict=True))
    found = constant_counts(Update(lines, {"voters": (6_000, 10_000)}))
    assert found[0].value > 0.01


def test_a_constant_ratio_is_one():
    lines = (Line(30_000, 60_000), Line(20_000, 40_000), Line(10_000, 20_000))
    found = constant_counts(Update(lines, {"voters": (61_000, 122_000)}))
    assert found[0].value < 1e-5


def test_the_same_event_has_one_probability():
    """No distance at all is the exact ratio, whose probability is counted; with clusters there is less room by their density."""
    lines = (Line(300, 600), Line(200, 400), Line(100, 200))
    update = Update(lines, {"voters": (700, 1400)})
    found, ratio = constant_counts(update), of_counts(update)
    assert ratio is not None
    # Three counts are free; of the 700 ballots that were added, 35 are clusters of 20 and only 7 of 100.
    assert [one.value for one in found] == pytest.approx([ratio.chance.value / effect**1.5 for effect in (1, 5, 20)])


@pytest.mark.parametrize(
    ("lines", "totals"),
    [
        ((Line(1, 2), Line(1, 2)), {"valid": (2, 4)}),  # of two, one is free
        ((Line(1, 2), Line(1, 2), Line(1, 2)), {}),
        ((Line(1, 2), Line(1, 2), Line(1, 2)), {"voters": (9, 9)}),
        ((Line(1, 2), Line(1, 2), Line(1, 2)), {"voters": (9, 8)}),
        ((Line(8, 9), Line(1, 2), Line(1, 2)), {"voters": (9, 12)}),  # more votes than voters
    ],
)
def test_what_cannot_be_tested_is_not(lines, totals):
    assert constant_counts(Update(lines, totals)) == ()


def test_the_order_of_candidates_is_nothing():
    update = Update((Line(30, 61), Line(21, 40), Line(9, 20), Line(5, 9)), {"voters": (70, 140)})
    turned = update.reordered([3, 1, 0, 2])
    assert constant_counts(update) == constant_counts(turned)


def test_unchanged_needs_two_shares():
    assert unchanged(january(), 2)
    assert not unchanged(Update((Line(None, None, Fraction(5), Fraction(5)),), {}, "voters", 0), 0)


@pytest.mark.parametrize("decimals", [None, 2])
def test_ballots_at_random_raise_no_more_alarms_than_asked_for(decimals):
    """Nothing honest leaves shares nearer to where they were: of 300 draws, at a level of 10 %, 30 and three deviations."""
    made = np.random.default_rng(11)
    after = np.array([52_000, 41_000, 9_000, 3_000])
    alarms = 0
    for _ in range(300):
        before = made.multivariate_hypergeometric(after, 80_000)
        sides = [
            [(int(votes), half_up(Fraction(10_000 * int(votes), int(side.sum())))) for votes in side[:-1]]
            for side in (before, after)
        ]
        lines = tuple(
            Line(one, other) if decimals is None else Line(None, None, Fraction(old, 100), Fraction(new, 100))
            for (one, old), (other, new) in zip(*sides, strict=True)
        )
        update = Update(lines, {"voters": (80_000, 105_000)}, "voters", decimals)
        found = constant_counts(update) if decimals is None else constant_shares(update, decimals)
        alarms += found[0].value <= 0.1
    assert alarms <= 30 + 3 * (300 * 0.1 * 0.9) ** 0.5
