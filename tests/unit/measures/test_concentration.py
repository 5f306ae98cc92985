"""Effective numbers and concentration, against values worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from primaire.measures.concentration import golosov, herfindahl, laakso_taagepera

MEASURES = (golosov, herfindahl, laakso_taagepera)


def test_three_parties_by_hand():
    # Shares 1/2, 3/10, 1/5. Squares: 25/100 + 9/100 + 4/100 = 38/100.
    assert herfindahl([50, 30, 20]) == Fraction(38, 100)
    assert laakso_taagepera([50, 30, 20]) == Fraction(100, 38)
    # p + p₁² - p²: 0.5 + 0.25 - 0.25 = 0.5; 0.3 + 0.25 - 0.09 = 0.46; 0.2 + 0.25 - 0.04 = 0.41.
    assert golosov([50, 30, 20]) == 1 + Fraction(30, 46) + Fraction(20, 41)


TAIL = [1] * 15
PUBLISHED = [
    ([75, 25], 1.60, 1.33),
    ([75, 10, *TAIL], 1.74, 1.42),
    ([55, 45], 1.98, 1.82),
    ([55, 10, 10, 10, *TAIL], 2.99, 2.24),
    ([35, 35, 30], 2.99, 2.90),
    ([35, *[10] * 5, *TAIL], 5.75, 4.49),
    ([15, *[10] * 7, *TAIL], 10.64, 11.85),
]


@pytest.mark.parametrize(("shares", "laakso", "golosovs"), PUBLISHED)
def test_constellations_of_golosovs_paper(shares, laakso, golosovs):
    """Golosov 2010, where his number is set against that of Laakso and Taagepera."""
    assert sum(shares) == 100
    assert (round(float(laakso_taagepera(shares)), 2), round(float(golosov(shares)), 2)) == (laakso, golosovs)


@pytest.mark.parametrize(("measure", "limit"), [(herfindahl, 0.34), (laakso_taagepera, 1 / 0.34), (golosov, None)])
def test_what_is_not_listed_is_the_limit_of_many_small_ones(measure, limit):
    """Of 100,000 votes, 50,000 and 30,000 are listed: the rest as 20,000 candidates of one vote is near the limit."""
    spread = measure([50_000, 30_000, *[1] * 20_000])
    assert float(measure([50, 30], 100)) == pytest.approx(float(spread), rel=1e-3)
    if limit is not None:
        assert float(measure([50, 30], 100)) == pytest.approx(limit)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(("counts", "total"), [([], None), ([0, 0], None), ([-1, 3], None), ([3, 4], 6)])
def test_counts_that_make_no_shares_are_refused(measure, counts, total):
    with pytest.raises(ValueError, match="shares"):
        measure(counts, total)


@pytest.mark.parametrize("measure", [golosov, laakso_taagepera])
def test_nobody_with_votes_has_no_effective_number(measure):
    with pytest.raises(ValueError, match="above zero"):
        measure([0, 0], 5)
