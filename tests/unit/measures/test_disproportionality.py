"""Disproportionality, against values worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from math import inf, sqrt

import pytest

from primaire.measures.disproportionality import gallagher, loosemore_hanby, rae, sainte_lague

MEASURES = (gallagher, loosemore_hanby, rae, sainte_lague)
# Votes 50, 30, 20 per cent; seats 60, 40, 0 per cent: gaps of 10, 10 and 20 points.
VOTES, SEATS = [500, 300, 200], [6, 4, 0]


def test_by_hand():
    assert gallagher(VOTES, SEATS) == pytest.approx(sqrt((100 + 100 + 400) / 2))
    assert loosemore_hanby(VOTES, SEATS) == 20
    assert rae(VOTES, SEATS) == Fraction(40, 3)
    assert sainte_lague(VOTES, SEATS) == Fraction(100, 50) + Fraction(100, 30) + Fraction(400, 20)


@pytest.mark.parametrize(
    ("measure", "most"), [(gallagher, 100), (loosemore_hanby, 100), (rae, 100), (sainte_lague, inf)]
)
def test_all_seats_to_a_party_without_votes_is_the_upper_end(measure, most):
    # Rae leaves out the party without votes: the gap of the only other one is 100.
    assert measure([10, 0], [0, 3]) == most


def test_rae_leaves_out_parties_below_half_a_per_cent_and_keeps_one_at_it():
    assert rae([995, 5], [1, 0]) == Fraction(1, 2)  # both have 0.5 points too much or too little
    assert rae([996, 4], [1, 0]) == Fraction(4, 10)  # of the first alone


def test_rae_gets_smaller_the_more_parties_there_are_and_the_others_do_not():
    two, four = ([50, 50], [2, 0]), ([25, 25, 25, 25], [1, 1, 0, 0])
    assert rae(*two) == 50
    assert rae(*four) == 25
    assert loosemore_hanby(*two) == loosemore_hanby(*four) == 50


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_not_listed_is_many_small_parties_without_seats(measure):
    spread = measure([500, 300, *[1] * 200], [5, 5, *[0] * 200])
    # Of 1,000 votes, one is 0.1 %: too small for Rae, and small enough for the others.
    assert float(measure([500, 300], [5, 5], 1000)) == pytest.approx(float(spread), abs=0.1)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("votes", "seats", "total"),
    [([1, 2], [1], None), ([1, 2], [0, 0], None), ([0, 0], [1, 0], None), ([1, 2], [-1, 2], None), ([3, 4], [1, 1], 6)],
)
def test_what_cannot_be_compared_is_refused(measure, votes, seats, total):
    with pytest.raises(ValueError, match=r"shares|zip"):
        measure(votes, seats, total)


def test_rae_without_a_party_of_half_a_per_cent_is_refused():
    with pytest.raises(ValueError, match=r"0\.5"):
        rae([1], [1], 1000)
