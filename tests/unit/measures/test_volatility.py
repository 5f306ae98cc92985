"""Pedersen's volatility by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from primaire.measures.volatility import pedersen


def test_by_hand():
    # 50, 30, 20, 0 per cent to 40, 30, 0, 30: changes of 10, 0, 20 and 30 points.
    assert pedersen([50, 30, 20, 0], [4, 3, 0, 3]) == 30


def test_what_is_not_listed_is_others_on_either_side():
    # 80 and 90 of 100 listed, the same people: 10 points gained by those listed, 20 lost and 10 won by others.
    assert pedersen([80], [90], 100, 100) == Fraction(10 + 20 + 10, 2)


@pytest.mark.parametrize(("before", "after"), [([0], [1]), ([1], [0]), ([1, 2], [1]), ([-1, 2], [1, 2])])
def test_what_makes_no_shares_is_refused(before, after):
    with pytest.raises(ValueError, match=r"shares|zip"):
        pedersen(before, after)
