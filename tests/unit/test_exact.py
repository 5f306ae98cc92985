"""Exact arithmetic: the majority, and what rounds to what."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.exact import majority, published_share, rounds_to


@pytest.mark.parametrize(
    ("total", "more_than_half"),
    [(0, 1), (1, 1), (2, 2), (3, 2), (100, 51), (101, 51), (936, 469)],  # 468 of 936 is exactly half: not a majority
)
def test_majority_is_more_than_half(total, more_than_half):
    assert majority(total) == more_than_half


@given(st.integers(0, 10**12))
def test_majority_is_the_smallest_count_above_half(total):
    least = majority(total)
    assert 2 * least > total
    assert 2 * (least - 1) <= total


def test_a_negative_total_has_no_majority():
    with pytest.raises(ValueError, match="-1"):
        majority(-1)


@given(st.integers(0, 10**7), st.integers(0, 6))
def test_a_published_share_is_the_decimal_number_that_was_printed(digits, decimals):
    printed = Fraction(digits, 10**decimals)
    assert published_share(float(printed), decimals) == printed


@pytest.mark.parametrize(
    ("part", "whole", "share", "decimals", "fits"),
    [
        (842, 1453, "57.95", 2, True),  # 57.9491...
        (842, 1453, "57.94", 2, False),
        (1, 3, "33", 0, True),
        (2, 3, "66", 0, False),
        (1, 8, "12.5", 1, True),
        (1, 8, "12", 0, True),  # 12.5 exactly: half to even
        (1, 8, "13", 0, True),  # 12.5 exactly: half up
        (3, 8, "37", 0, True),  # 37.5 exactly: rounded down is a habit too
        (1001, 8000, "12", 0, False),  # 12.5125: beyond half
        (0, 5, "0.00", 2, True),
    ],
)
def test_what_rounds_to_a_published_share(part, whole, share, decimals, fits):
    assert rounds_to(part, whole, Fraction(share), decimals) is fits
