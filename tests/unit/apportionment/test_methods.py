"""Each method of sharing seats out, against counts by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from primaire.apportionment import METHODS, Tie

AVERAGES = [name for name, method in METHODS.items() if method.compensates]
REMAINDERS = [name for name in METHODS if name not in AVERAGES]

VOTES = (53_000, 24_000, 23_000)
BY_HAND = {
    # 53,000 / 1 to 4: 53,000 26,500 17,667 13,250; 24,000 / 1, 2: 24,000 12,000; 23,000 / 1, 2: 23,000 11,500.
    "dhondt": (4, 2, 1),
    # / 1, 3, 5, 7: 53,000 17,667 10,600 7,571; 24,000 8,000; 23,000 7,667. The seventh of them is 7,667.
    "sainte-lague": (3, 2, 2),
    # / 1.4, 3, 5: 37,857 17,667 10,600 7,571; 17,143 8,000; 16,429 7,667.
    "modified-sainte-lague": (3, 2, 2),
    # / 1, 4, 7, 10: 53,000 13,250 7,571 5,300; 24,000 6,000 3,429; 23,000 5,750 3,286. The seventh is 5,750.
    "danish": (3, 2, 2),
    # / 1, 1.5, 2, ... 3.5: 53,000 35,333 26,500 21,200 17,667 15,143; 24,000 16,000; 23,000 15,333. The seventh is 17,667.
    "imperiali-averages": (5, 1, 1),
    # Quota 14,285.7: 3 1 1, left over 10,143 9,714 8,714.
    "hare": (4, 2, 1),
    # Quota 12,501: 4 1 1, left over 2,996 11,499 10,499.
    "droop": (4, 2, 1),
    # Quota 12,500: 4 1 1, left over 3,000 11,500 10,500.
    "hagenbach-bischoff": (4, 2, 1),
    # Quota 11,111.1: 4 2 2 are eight; of 100,000 / 8 = 12,500: as above.
    "imperiali": (4, 2, 1),
}


@pytest.mark.parametrize("name", METHODS)
def test_seven_seats_by_hand(name):
    allocation = METHODS[name].allocate(VOTES, 7)
    assert (allocation.seats, allocation.tie, allocation.unfilled) == (BY_HAND[name], None, 0)


@pytest.mark.parametrize("name", METHODS)
def test_no_votes_fill_no_seat(name):
    allocation = METHODS[name].allocate((0, 0), 3)
    assert (allocation.seats, allocation.unfilled) == ((0, 0), 3)
    assert list(allocation.steps()) == []


@pytest.mark.parametrize("name", METHODS)
def test_a_list_alone_has_all_seats_and_one_without_votes_none(name):
    assert METHODS[name].allocate((90, 0), 4).seats == (4, 0)


@pytest.mark.parametrize("name", METHODS)
def test_no_seats(name):
    allocation = METHODS[name].allocate((5, 3), 0)
    assert (allocation.seats, allocation.tie, list(allocation.steps())) == ((0, 0), None, [])


@pytest.mark.parametrize("name", METHODS)
def test_equals_claim_the_last_seat_alike(name):
    allocation = METHODS[name].allocate((40, 40, 40), 4)
    assert (allocation.seats, allocation.tie) == ((1, 1, 1), Tie((0, 1, 2), 1))


def test_of_a_bonus_that_is_tied_one_claimant_is_preferred():
    assert (Tie((0, 1), 15, each=15).preferred, Tie((0, 1, 2), 2).preferred) == (1, 2)


def test_a_tie_of_averages_between_lists_of_different_votes():
    # 60 / 3 = 20 / 1: the fourth seat is either's; 30 / 1 and 60 / 2 are both above.
    allocation = METHODS["dhondt"].allocate((60, 30, 20), 4)
    assert (allocation.seats, allocation.tie) == ((2, 1, 0), Tie((0, 2), 1))


def test_a_tie_of_remainders_for_two_seats():
    # Quota 20: 1 1 1 0 0 and 5 left over of 25; 15 of 15 each: two seats left, of which all of 15 are two.
    assert METHODS["hare"].allocate((25, 25, 20, 15, 15), 5).seats == (1, 1, 1, 1, 1)
    # Quota 20: left over 5, 5, 5 and 5 for one seat of the four lists.
    assert METHODS["hare"].allocate((25, 25, 25, 5), 4).tie == Tie((0, 1, 2, 3), 1)


def test_quotas_that_would_fill_more_seats_than_there_are():
    # 100 / (2 + 2) = 25 goes twice into 50 and into 50; 100 / 3 once.
    assert METHODS["imperiali"].allocate((50, 50), 2).seats == (1, 1)
    # 90 / (2 + 1) = 30 goes three times into 30, 30 and 30; 45 not at all: three equal remainders for two seats.
    assert METHODS["hagenbach-bischoff"].allocate((30, 30, 30), 2).tie == Tie((0, 1, 2), 2)


def test_a_quota_that_is_rounded_up_can_leave_seats_to_nobody():
    # 3 votes for 9 seats: a seat costs 3 // 10 + 1 = 1 vote, and each list has one remainder (of nothing) at most.
    allocation = METHODS["droop"].allocate((2, 1), 9)
    assert (allocation.seats, allocation.unfilled) == ((3, 2), 4)


@pytest.mark.parametrize("name", AVERAGES)
def test_seats_held_before_count(name):
    # What a whole sharing gives, less what is held, as nobody holds more.
    method = METHODS[name]
    whole = method.allocate(VOTES, 7).seats
    held = (2, 0, 1)
    rest = method.allocate(VOTES, 4, held)
    assert tuple(map(sum, zip(held, rest.seats, strict=True))) == whole


def test_who_holds_more_than_its_share_gets_no_more_and_loses_none():
    # 50 / 9 is less than 50 / 4: after 8 seats of the first, the other has all four.
    assert METHODS["dhondt"].allocate((50, 50), 4, (8, 0)).seats == (0, 4)


@pytest.mark.parametrize("name", REMAINDERS)
def test_a_quota_has_no_use_for_seats_held_before(name):
    with pytest.raises(ValueError, match="held before"):
        METHODS[name].allocate((5, 3), 2, (1, 0))


def told(allocation):
    """Each step in one line, with the first of its rivals."""
    return [
        (step.lists, step.first, step.seats, step.by, step.figure, *((next_.place, next_.short) if next_ else ()))
        for step in allocation.steps()
        for next_ in (step.rivals or (None,))[:1]
    ]


def test_the_steps_of_averages():
    # 60 30 20 and 15 in five: 60, 30 (60 / 2), 30, 20 (60 / 3), 20; then 15, three times.
    allocation = METHODS["dhondt"].allocate((60, 30, 20, 15), 5)
    assert told(allocation) == [
        ((0,), 1, 1, "average", Fraction(60), 1, 31),  # 61 would be more than 60
        ((0,), 2, 1, "average", Fraction(30), 1, 1),
        ((1,), 3, 1, "average", Fraction(30), 0, 31),  # of 91 votes, a third is more than 30
        ((0,), 4, 1, "average", Fraction(20), 2, 1),
        ((2,), 5, 1, "average", Fraction(20), 0, 21),  # 81 / 4 is more than 20
    ]
    *_, last = allocation.steps()
    assert [(rival.place, rival.short) for rival in last.rivals] == [(0, 21), (1, 11), (3, 6)]  # 81 / 4, 41 / 2, 21 / 1


def test_the_steps_of_modified_divisors_have_their_averages():
    steps = told(METHODS["modified-sainte-lague"].allocate((70, 21), 3))
    assert [step[4] for step in steps] == [Fraction(50), Fraction(70, 3), Fraction(15)]  # 70 / 1.4, 70 / 3, 21 / 1.4


def test_the_steps_of_a_tie():
    # 30 / 2 is next: 41 / 2 is more than 20, by 11 votes.
    assert told(METHODS["dhondt"].allocate((60, 30, 20), 4))[-1] == ((0, 2), 4, 1, "average", Fraction(20), 1, 11)


def test_the_steps_of_remainders():
    # Quota 230 / 8 = 28.75.
    assert told(METHODS["hare"].allocate((100, 80, 30, 20), 8)) == [
        ((0,), 1, 3, "quota", Fraction(80, 23)),  # 100 / 28.75
        ((1,), 4, 2, "quota", Fraction(64, 23)),
        ((2,), 6, 1, "quota", Fraction(24, 23)),
        ((1,), 7, 1, "remainder", Fraction(45, 2)),  # 80 - 57.5
        # Of 110 votes, 240 / 8 = 30 leave 20 to each of the three; of 111, a quota of 30.125 leaves 20.6, 19.75 and 20.
        ((3,), 8, 1, "remainder", Fraction(20), 0, 11),
    ]


def test_an_equal_average_is_enough_where_more_votes_come_first():
    # 540 is first; 398 / 2 = 199 = 199 / 1, and 398 are more votes: 13 more than 385. 188 needs 200.
    allocation = METHODS["dhondt"].allocate((540, 385, 325, 247, 217, 199, 188), 7)
    last, plain = allocation.with_most_votes().last(), allocation.last()
    assert last
    assert plain
    assert (last.lists, [(rival.place, rival.short) for rival in last.rivals[:2]]) == ((5,), [(1, 13), (6, 12)])
    assert [(rival.place, rival.short) for rival in plain.rivals[:2]] == [(1, 14), (6, 12)]


def test_the_steps_of_tied_remainders():
    assert told(METHODS["hare"].allocate((25, 25, 25, 5), 4))[-1] == ((0, 1, 2, 3), 4, 1, "remainder", Fraction(5))


@pytest.mark.parametrize("name", METHODS)
def test_every_method_says_what_it_is(name):
    method = METHODS[name]
    assert method.label
    assert method.formula
    assert any(digit.isdigit() for digit in method.source)  # the year of a paper or of a law


def test_a_million_seats_take_no_loop_over_them():
    votes = (10**12, 10**12 // 3, 7)
    assert sum(METHODS["dhondt"].allocate(votes, 10**6).seats) == 10**6
