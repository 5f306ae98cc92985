"""Seats shared out stage by stage: bonuses, thresholds, roundings, ties. Every expected number is counted in the comment."""

from __future__ import annotations

from fractions import Fraction

import pytest

from primaire.apportionment import Tie
from primaire.errors import NotHeldError
from primaire.rules.parts import Rounding, parse_condition
from primaire.rules.rule import Elected, Round, Seats, Stage
from primaire.rules.sharing import share, unmet

FRENCH = (Rounding("down", below=4), Rounding("up"))
FIVE = parse_condition("at least 5 % of valid")


def council(
    bonus: Fraction | int = Fraction(1, 2), rounding=FRENCH, tie=("most votes", "the elder"), threshold=FIVE, **rest
):
    """The rule of French councils, or one like it."""
    return Seats(
        (
            Stage(seats=bonus, rounding=rounding, to="first", tie=("higher average age",)),
            Stage(method="dhondt", threshold=threshold, tie=tie, **rest),
        )
    )


def shared(rule, votes, number, **totals):
    return share(rule, votes, {"valid": sum(votes), "voters": None, "registered": None, **totals}, number)


def seats(rule, votes, number, **totals):
    sharing = shared(rule, votes, number, **totals)
    assert sharing.low == sharing.high, "a tie"
    return sharing.low


@pytest.mark.parametrize(
    ("number", "first"),
    # The bonus, then of the rest by averages of 60 and 40. 1: 0 + 1. 3: 1 + 60 40 / 30. 4: 2 + 60 40. 5: 3 + 60 40.
    # 7: 4 + 60 40 / 30. 15: 8 + 60 40 30 20 20 15 13.3, of which the second list has 40, 20 and 13.3: 8 + 4 and 3.
    [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (7, 6), (15, 12)],
)
def test_the_bonus_of_an_odd_number_of_seats(number, first):
    assert seats(council(), (60, 40), number) == (first, number - first)


def test_a_list_with_exactly_five_per_cent_shares_and_one_with_less_does_not():
    # 1,000 valid: 50 are needed. 40 seats: 20, and 20 by averages of 500 450 50: 500/10 = 50, 450/9 = 50, 50: 20 in all.
    assert seats(council(), (500, 450, 50), 40) == (30, 9, 1)
    # 49 of 1,000: the 20 are of 500 and 451: 500/10 = 50, 451/9 = 50.1; then 500/11 = 45.5 before 451/10 = 45.1.
    assert seats(council(), (500, 451, 49), 40) == (31, 9, 0)


def test_a_threshold_is_of_its_base():
    # 10 % of 2,000 registered are 200, of 500 valid 50: the last list shares by the one and not by the other.
    for phrase, last in (("at least 10 % of registered", 0), ("at least 10 % of valid", 1)):
        rule = Seats((Stage(method="dhondt", threshold=parse_condition(phrase)),))
        assert seats(rule, (400, 100), 5, registered=2000)[1] == last  # 400/4 = 100 = 100/1; five seats have both


def test_more_than_asks_for_more():
    rule = Seats((Stage(method="hare", threshold=parse_condition("more than 5 % of valid")),))
    assert seats(rule, (95, 5), 20) == (20, 0)
    assert seats(Seats((Stage(method="hare", threshold=FIVE),)), (95, 5), 20) == (19, 1)


def test_bonus_seats_out_of_the_averages_or_in_them():
    # 10 seats, 60 and 40 votes. Out: 5, and 60 40 30 20 20: 5 + 3 and 2.
    assert seats(council(), (60, 40), 10) == (8, 2)
    # In, of 9 seats: the first has 5, and 60/6 = 10; the other 40 20 13.3 10: level for the fourth, more votes come first.
    sharing = shared(council(count_earlier=True), (60, 40), 9)
    assert (sharing.low, sharing.high, sharing.common[1].broken) == ((6, 3), (6, 3), Tie((0, 1), 1))


def test_who_has_more_than_its_share_keeps_it():
    # A bonus of 8 of 10: 50/9 is less than 50/1 and 50/2.
    assert seats(council(bonus=8, rounding=(), count_earlier=True), (51, 49), 10) == (8, 2)


def test_a_bonus_of_a_fixed_number():
    # Corsica's 11, of 63 seats; the rest by averages of 3 to 1: 39 and 13.
    assert seats(council(bonus=11, rounding=()), (3000, 1000), 63) == (50, 13)
    with pytest.raises(NotHeldError, match="11 seats at once, and there are 10"):
        shared(council(bonus=11, rounding=()), (3000, 1000), 10)


@pytest.mark.parametrize(
    ("part", "way", "number", "bonus"),
    [
        (Fraction(1, 4), "up", 163, 41),  # Paris
        (Fraction(1, 4), "down", 163, 40),
        (Fraction(1, 4), "nearest", 6, 2),  # 1.5
        (Fraction(1, 4), "nearest", 5, 1),  # 1.25
        (Fraction(1, 3), "up", 19, 7),
        (Fraction(1, 3), "up", 18, 6),
        (Fraction(1, 5), "up", 51, 11),
    ],
)
def test_every_rounding_of_a_bonus(part, way, number, bonus):
    sharing = shared(council(bonus=part, rounding=(Rounding(way),)), (60, 40), number)
    assert sharing.of_stage(0) == ((bonus, 0), (bonus, 0))
    assert sum(sharing.low) == number


def test_a_tie_for_the_bonus_leaves_it_open():
    sharing = shared(council(), (2670, 2670), 29)  # Lescar: 15, and 7 and 7
    assert (sharing.low, sharing.high) == ((7, 7), (22, 22))
    assert sharing.common[0].tie == Tie((0, 1), 15, each=15)
    assert len(sharing.ways) == 1  # the averages do not depend on it


def test_a_tie_for_the_bonus_on_which_the_rest_depends():
    # 4 of 8, and the rest with them: who has four has 50/5 = 10 against 50 25 16.7 12.5: both have four in the end.
    sharing = shared(council(count_earlier=True), (50, 50), 8)
    assert (sharing.low, sharing.high, len(sharing.ways)) == ((4, 4), (4, 4), 2)
    # 5 of 8 and 3 left: the other has three.
    sharing = shared(council(bonus=5, rounding=(), count_earlier=True), (50, 50), 8)
    assert (sharing.low, sharing.high) == ((3, 3), (5, 5))
    assert [[given.certain for given in way] for way in sharing.ways] == [[(5, 0), (0, 3)], [(0, 5), (3, 0)]]
    assert [given.tie for given in sharing.common] == [Tie((0, 1), 5, each=5)]


def test_very_many_ways_are_not_gone_through():
    rule = Seats((Stage(seats=9, method="dhondt"), Stage(method="dhondt", count_earlier=True)))
    with pytest.raises(NotHeldError, match="18 lists are level"):  # 48,620 choices of 9 of 18
        shared(rule, (10,) * 18, 20)


def test_a_tie_for_the_last_seat_goes_to_more_votes_only_where_the_rule_says_so():
    # 2 by averages of 60 and 20: 60, 30; with a fourth seat 60/3 = 20/1.
    rule = Seats((Stage(method="dhondt", tie=("most votes", "the elder")),))
    assert seats(rule, (60, 20), 3) == (3, 0)
    for ties in ((), ("the elder", "most votes"), ("lot",)):
        sharing = shared(Seats((Stage(method="dhondt", tie=ties),)), (60, 20), 3)
        assert (sharing.low, sharing.high) == ((2, 0), (3, 1))


def test_more_votes_may_break_a_part_of_a_tie():
    # 60/3, 20/1 and 20/1: two seats for three; the first has more votes, and the others are still level for one.
    rule = Seats((Stage(method="dhondt", tie=("most votes", "the elder")),))
    sharing = shared(rule, (60, 20, 20), 4)
    assert (sharing.low, sharing.high) == ((3, 0, 0), (3, 1, 1))
    assert (sharing.common[0].broken, sharing.common[0].tie) == (Tie((0, 1, 2), 2), Tie((1, 2), 1))


def test_equal_votes_stay_level():
    sharing = shared(council(), (50, 30, 30), 3)  # 1, and 50 and one of the two
    assert (sharing.low, sharing.high) == ((2, 0, 0), (2, 1, 1))
    assert sharing.common[1].broken is None


def test_places_are_those_of_all_lists():
    # The second has 4 % and no share: the tie is between the first and the third.
    sharing = shared(Seats((Stage(method="dhondt", threshold=FIVE),)), (48, 4, 48), 3)
    assert sharing.common[0].tie == Tie((0, 2), 1)
    assert (sharing.low, sharing.high) == ((1, 0, 1), (2, 0, 2))
    (first, *_) = sharing.common[0].steps((48, 4, 48))
    assert (first.lists, first.rivals[0].place) == ((0,), 2)


def test_nobody_meets_the_threshold():
    half = parse_condition("more than 1/2 of valid")
    sharing = shared(council(threshold=half), (40, 30, 30), 9)
    assert (sharing.low, sharing.unfilled) == ((5, 0, 0), 4)


def test_one_list_has_everything():
    assert seats(council(), (7,), 15) == (15,)


def test_no_votes_at_all():
    with pytest.raises(NotHeldError, match="no votes"):
        shared(council(), (0, 0), 9)


def test_a_total_that_is_not_known():
    rule = Seats((Stage(method="dhondt", threshold=parse_condition("at least 5 % of registered")),))
    with pytest.raises(NotHeldError, match="registered"):
        shared(rule, (60, 40), 9)


def test_the_bonus_step_says_what_the_second_was_short_of():
    (step,) = shared(council(), (60, 40), 9).common[0].steps((60, 40))
    assert (step.lists, step.seats, step.by, step.rivals[0].short) == ((0,), 5, "bonus", 21)


@pytest.mark.parametrize(
    ("votes", "registered", "missed"),
    [
        ((51, 49), 200, ()),
        ((50, 50), 200, (51,)),  # exactly half is not more
        ((51, 49), 205, (52,)),  # a quarter of 205 is 51.25
        ((49, 51), 204, ()),  # in any order
    ],
)
def test_what_a_first_round_asks_for(votes, registered, missed):
    phrases = ("more than 1/2 of valid", "at least 1/4 of registered")
    conditions = tuple(condition for phrase in phrases if (condition := parse_condition(phrase)))
    totals = {"valid": 100, "voters": None, "registered": registered}
    assert tuple(count for _, count in unmet(Round(Elected(conditions)), votes, totals)) == missed


def test_a_round_without_conditions_asks_for_nothing():
    assert unmet(Round(), (1, 2), {"valid": None}) == ()
