"""Whole numbers behind published percentages, on elections and on cases that can be worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest

from primaire.reconstruction import reconstruct

CONFLANS = ("35.68", "35.07", "16.06", "6.16", "4.51", "1.65", "0.87")  # psconflans.fr, 22 January 2017
COUNTRY = (596_647, 521_238, 290_070, 112_718, 63_430, 33_067, 16_869)  # Haute autorité, 25 January 2017
AT_NIGHT = ("36.35", "31.11", "17.52", "6.85", "3.88", "1.97", "1.01")  # the organisers, 23 January 2017, 0:45


def fractions(*shares: str | int | None) -> list[Fraction | None]:
    return [None if share is None else Fraction(share) for share in shares]


def half_up(count: int, total: int, decimals: int) -> Fraction:
    return Fraction((2 * 100 * 10**decimals * count + total) // (2 * total), 10**decimals)


# Elections


def test_conflans_has_one_solution_among_all_totals_up_to_the_voters():
    found = reconstruct(fractions(*CONFLANS), 2, at_most=1165)
    assert (found.outcome, found.total, found.rest) == ("unique", 1152, 0)
    assert found.counts == (411, 404, 185, 71, 52, 19, 10)
    assert found.ranges == tuple((count, count) for count in (411, 404, 185, 71, 52, 19, 10))
    assert (found.totals, found.total_range, found.rest_range) == (1, (1152, 1152), (0, 0))
    assert (found.solutions, found.exact, found.contradiction, found.smallest) == (1, True, (), True)


def test_the_percentages_of_conflans_are_not_of_the_voters():
    # 35.68 % of 1165 is 415.7, but 415 are 35.62 % and 416 are 35.71 %: the first percentage alone says so.
    found = reconstruct(fractions(*CONFLANS), 2, at_least=1165, at_most=1165, rest=(0, None))
    assert (found.outcome, found.contradiction, found.smallest) == ("none", (0,), True)


def test_percentages_published_at_night_are_not_of_the_valid_votes():
    # They add up to 98.69, and rounding seven numbers to two decimals makes up for 0.035 at most.
    found = reconstruct(fractions(*AT_NIGHT), 2, at_most=1_249_126)
    assert found.outcome == "none"
    assert (found.contradiction, found.smallest) == (tuple(range(7)), True)
    assert (found.totals, found.total_range, found.ranges, found.rest_range) == (0, None, (), None)
    assert (found.solutions, found.exact) == (0, True)
    assert (found.counts, found.total, found.rest) == (None, None, None)


def test_percentages_published_at_night_are_of_the_voters():
    found = reconstruct(fractions(*AT_NIGHT), 2, at_least=1_249_126, at_most=1_249_126, rest=(0, None))
    assert found.outcome == "several"
    # 36.345 % of 1,249,126 is 453,994.8 and 36.355 % is 454,119.8; 31.105 % is 388,540.6 and 31.115 % is 388,665.6.
    assert found.ranges[:2] == ((453_995, 454_119), (388_541, 388_665))
    assert found.ranges[0][0] <= 454_041 <= found.ranges[0][1]  # Hamon, from the press
    assert found.ranges[1][0] <= 388_603 <= found.ranges[1][1]  # Valls, from the press
    # Blank and null votes take what is left: every choice of the seven counts is a solution.
    assert found.solutions == prod(high - low + 1 for low, high in found.ranges)
    assert found.exact


def test_the_country_has_many_solutions_and_the_true_one_within_their_ranges():
    valid = sum(COUNTRY)
    found = reconstruct([half_up(count, valid, 2) for count in COUNTRY], 2, at_most=1_655_919)
    assert (found.outcome, found.exact) == ("several", False)
    assert found.total_range is not None
    assert found.total_range[0] < valid < found.total_range[1] == 1_655_919
    assert all(low < count < high for count, (low, high) in zip(COUNTRY, found.ranges, strict=True))
    assert found.solutions > found.totals


def test_six_decimals_tell_the_counts_of_the_country():
    # A vote is 0.000061 points: of another total, a count has the first share with a chance of 1 in 60 at most, and all
    # seven counts in 60^7, which is two million times the number of totals.
    valid = sum(COUNTRY)
    found = reconstruct([half_up(count, valid, 6) for count in COUNTRY], 6, at_most=1_655_919)
    assert (found.outcome, found.total, found.counts) == ("unique", valid, COUNTRY)


@pytest.mark.parametrize("decimals", [12, 16, 20])
def test_more_decimals_than_machine_integers_hold(decimals):
    # Two shares of totals up to 2,000 that are not equal differ by 100/2000^2 at least; and 411/1152 and the others, which
    # have no common factor, are equal to those of multiples of 1152 only.
    counts = (411, 404, 185, 71, 52, 19, 10)
    found = reconstruct([half_up(count, 1152, decimals) for count in counts], decimals, at_most=2000)
    assert (found.outcome, found.counts) == ("unique", counts)


# Ties


@pytest.mark.parametrize(
    ("shares", "counts"),
    [
        ((13, 88), (1, 7)),  # 12.5 and 87.5, half up
        ((12, 88), (1, 7)),  # half to even
        ((38, 63), (3, 5)),  # 37.5 and 62.5, half up
        ((38, 62), (3, 5)),  # half to even
        ((25, 75), (2, 6)),  # no tie: one solution, though both habits lead to it
    ],
)
def test_either_habit_rounds_a_tie(shares, counts):
    found = reconstruct(fractions(*shares), 0, at_least=8, at_most=8)
    assert (found.outcome, found.counts, found.solutions) == ("unique", counts, 1)


@pytest.mark.parametrize("shares", [(13, 87), (12, 87), (37, 63), (37, 62)])
def test_no_habit_rounds_down_to_an_odd_digit(shares):
    assert reconstruct(fractions(*shares), 0, at_least=8, at_most=8).outcome == "none"


def test_a_publication_does_not_change_its_habit_midway():
    # 1, 1 and 6 of 8 are 12.5, 12.5 and 75 %: 13 and 12 would each be right alone, not together.
    assert reconstruct(fractions(13, 13, 75), 0, at_least=8, at_most=8).counts == (1, 1, 6)
    assert reconstruct(fractions(12, 12, 75), 0, at_least=8, at_most=8).counts == (1, 1, 6)
    found = reconstruct(fractions(13, 12, 75), 0, at_least=8, at_most=8)
    assert (found.outcome, found.contradiction, found.smallest) == ("none", (0, 1), True)


def test_ties_of_the_last_published_digit():
    # 1 and 31 of 32 are 3.125 and 96.875 %: 3.13 half up, 3.12 half to even; 96.88 either way.
    for low in ("3.13", "3.12"):
        assert reconstruct(fractions(low, "96.88"), 2, at_least=32, at_most=32).counts == (1, 31)


# Shares of nothing and of everything


def test_a_share_of_zero_is_not_a_count_of_zero():
    # 1 of 200 is 0.5 %: 1 half up, 0 half to even; 199 of 200 are 99.5 %: 100 either way.
    found = reconstruct(fractions(0, 100), 0, at_least=200, at_most=200)
    assert (found.outcome, found.solutions, found.ranges) == ("several", 2, ((0, 1), (199, 200)))
    # 1 of 199 is 0.503 %, which is 1 %.
    assert reconstruct(fractions(0, 100), 0, at_least=199, at_most=199).counts == (0, 199)


def test_a_share_above_a_hundred_contradicts_itself():
    found = reconstruct(fractions(20, 101), 0, at_most=500)
    assert (found.outcome, found.contradiction) == ("none", (1,))


# What is known besides


def test_a_known_count_tells_the_total():
    # 3 is 50 % of no total but 6: of 5 it is 60 %, of 7 it is 43 %.
    found = reconstruct(fractions(50, 50), 0, at_most=1000, counts=[3, None])
    assert (found.outcome, found.total, found.counts) == ("unique", 6, (3, 3))


def test_a_known_count_must_be_rounded_to_its_share():
    found = reconstruct(fractions(20, 50), 0, at_least=10, at_most=10, counts=[None, 3], rest=(0, None))
    assert (found.outcome, found.contradiction, found.smallest) == ("none", (1,), True)


def test_a_known_count_above_the_bound_contradicts_itself():
    for count in (101, 10**30):
        assert reconstruct([None, None], 0, at_most=100, counts=[None, count]).contradiction == (1,)


def test_counts_without_shares_add_up():
    found = reconstruct([None, None], 0, at_most=100, counts=[3, 4])
    assert (found.outcome, found.total, found.counts) == ("unique", 7, (3, 4))


def test_an_option_without_share_takes_what_is_left():
    found = reconstruct(fractions(25, None), 0, at_least=4, at_most=4)
    assert (found.outcome, found.counts) == ("unique", (1, 3))


def test_a_known_remainder():
    # The two are 79 to 81 % of T, hence 2 are 19 to 21 %, and T is 10.
    found = reconstruct(fractions(40, 40), 0, at_most=100, rest=(2, 2))
    assert (found.outcome, found.total, found.counts, found.rest) == ("unique", 10, (4, 4), 2)


def test_a_remainder_between_bounds():
    # Of 100, 40 % are 40, and the other has what the remainder leaves: 53, 54 or 55.
    found = reconstruct(fractions(40, None), 0, at_least=100, at_most=100, rest=(5, 7))
    assert (found.ranges, found.rest_range) == (((40, 40), (53, 55)), (5, 7))
    assert (found.solutions, found.exact) == (3, True)


def test_nothing_known_allows_every_total():
    found = reconstruct([None], 0, at_least=0, at_most=2)
    assert (found.totals, found.total_range, found.ranges, found.solutions) == (3, (0, 2), ((0, 2),), 3)


def test_totals_with_shares_begin_with_one():
    assert reconstruct(fractions(100), 0, at_least=0, at_most=1).total_range == (1, 1)
    assert reconstruct(fractions(0), 0, at_least=0, at_most=0).outcome == "none"


# Bounds


def test_bounds_that_leave_no_total():
    for bounds in (
        {"at_least": 11, "at_most": 10},
        {"at_most": 10, "rest": (11, None)},
        {"at_most": 10, "rest": (5, 3)},
    ):
        found = reconstruct(fractions(50, 50), 0, **bounds)
        assert (found.outcome, found.contradiction, found.smallest) == ("none", (), True)


def test_the_bound_contradicts_a_share_that_is_too_precise():
    # The smallest share of 99 votes but 0 is 1.01 %.
    found = reconstruct(fractions("50.00", "0.99"), 2, at_most=99)
    assert (found.outcome, found.contradiction) == ("none", (1,))
    assert reconstruct(fractions("99.01", "0.99"), 2, at_most=101).counts == (100, 1)


def test_a_bound_of_hundreds_of_millions():
    # Halves: every even total. Of an odd one, (T+1)/2 is 50 + 50/T %, which is 50 if T is above 100: 1 to 99 are out.
    # 186,850,000 is exactly 50.5 % of the largest: half to even makes 50 of it, and 50 of the other's 49.5.
    found = reconstruct(fractions(50, 50), 0, at_most=370_000_000)
    assert (found.totals, found.total_range) == (370_000_000 - 50, (2, 370_000_000))
    assert found.ranges == ((1, 186_850_000), (1, 186_850_000))


# Contradictions


def test_shares_that_are_short_of_the_total_contradict_each_other_all_together():
    found = reconstruct(fractions(40, 40), 0, at_most=1000)
    assert (found.contradiction, found.smallest) == ((0, 1), True)


def test_shares_that_exceed_the_total_contradict_each_other_without_the_others():
    found = reconstruct(fractions(1, 60, 3, 60), 0, at_most=1000)
    assert (found.contradiction, found.smallest) == ((1, 3), True)


def test_what_is_left_to_the_remainder_counts_in_a_contradiction():
    # 92 of 100 leave no room for a remainder of 10.
    found = reconstruct(fractions(2, 92, 1), 0, at_least=100, at_most=100, rest=(10, 10))
    assert (found.contradiction, found.smallest) == ((1,), True)


def test_of_many_options_a_set_of_which_none_can_be_left_out():
    found = reconstruct(fractions(60, 60, *[1] * 12), 0, at_most=1000)
    assert (found.contradiction, found.smallest) == ((0, 1), False)


def test_of_many_options_all_together_are_the_smallest_set_if_none_can_be_left_out():
    found = reconstruct(fractions(*[7] * 13), 0, at_most=1000)  # at most 13 times 7.5
    assert (found.contradiction, found.smallest) == (tuple(range(13)), True)


def test_of_many_options_one_that_is_impossible_is_the_smallest_set():
    found = reconstruct(fractions(*[7] * 12, 101), 0, at_most=1000)
    assert (found.contradiction, found.smallest) == ((12,), True)


# Mistakes of the caller


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"counts": [1]}, "2 shares and 1 counts"),
        ({"shares": fractions("12.34", "87.66")}, "more than 1 decimals"),
        ({"shares": [Fraction(1, 3), None]}, "more than 1 decimals"),
        ({"shares": fractions(-1, None)}, "negative"),
        ({"counts": [-1, None]}, "negative"),
        ({"decimals": -1}, "negative"),
        ({"at_most": -1}, "negative"),
        ({"at_least": -1}, "negative"),
        ({"rest": (-1, 0)}, "negative"),
        ({"rest": (0, -1)}, "negative"),
    ],
)
def test_what_cannot_be_asked(arguments, message):
    with pytest.raises(ValueError, match=message):
        reconstruct(**{"shares": fractions(20, 80), "decimals": 1, "at_most": 10, **arguments})
