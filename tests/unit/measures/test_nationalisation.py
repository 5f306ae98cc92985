"""Scores of nationalisation, against the definition of the Gini coefficient by all pairs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from primaire.measures.nationalisation import gini, gini_weighted, party_score, party_score_weighted, system_score

VOTES, TOTALS = [10, 90, 40, 0], [100, 300, 50, 150]  # shares 0.1, 0.3, 0.8, 0


def by_pairs(votes, totals, weights):
    """The mean difference of all pairs over twice the mean: the Gini coefficient by its definition."""
    shares = [Fraction(cast, total) for cast, total in zip(votes, totals, strict=True)]
    units = list(zip(shares, weights, strict=True))
    apart = sum(abs(one - other) * here * there for one, here in units for other, there in units)
    mean = sum(share * weight for share, weight in units) / sum(weights)
    return apart / (2 * sum(weights) ** 2 * mean)


def test_each_unit_the_same():
    assert gini(VOTES, TOTALS) == pytest.approx(float(by_pairs(VOTES, TOTALS, [1] * 4)))
    # By hand: shares 0, 1, 3, 8 tenths: (-3·0 - 1·1 + 1·3 + 3·8) / (4 · 12) = 26/48.
    assert party_score(VOTES, TOTALS) == pytest.approx(1 - 26 / 48)


def test_each_unit_by_its_valid_votes():
    assert gini_weighted(VOTES, TOTALS) == by_pairs(VOTES, TOTALS, TOTALS)
    assert party_score_weighted(VOTES, TOTALS) == 1 - by_pairs(VOTES, TOTALS, TOTALS)


def test_a_unit_without_valid_votes_counts_for_nothing():
    assert gini([*VOTES, 0], [*TOTALS, 0]) == gini(VOTES, TOTALS)
    assert gini_weighted([*VOTES, 0], [*TOTALS, 0]) == gini_weighted(VOTES, TOTALS)


def test_a_system_is_the_mean_of_its_parties_by_votes():
    assert system_score([0.9, 0.4], [300, 100]) == pytest.approx(0.775)
    assert system_score([0.9, 0.4], [300, 100], 500) == pytest.approx(0.62)


@pytest.mark.parametrize("measure", [gini, gini_weighted])
@pytest.mark.parametrize(("votes", "totals"), [([0, 0], [1, 2]), ([3], [2]), ([-1, 2], [3, 3]), ([], [])])
def test_votes_without_shares_are_refused(measure, votes, totals):
    with pytest.raises(ValueError, match="no shares"):
        measure(votes, totals)
