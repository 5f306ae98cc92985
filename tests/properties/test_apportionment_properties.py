"""What holds for every way of sharing seats out, whatever the votes; and the answer by brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.apportionment import METHODS
from primaire.rules.parts import Condition, Rounding
from primaire.rules.rule import Seats, Stage
from primaire.rules.sharing import share

AVERAGES = [name for name, method in METHODS.items() if method.compensates]
# Few different numbers make ties; large ones are as those of a country.
counted = st.one_of(st.integers(0, 12), st.integers(0, 40_000_000))
votes = st.lists(counted, min_size=1, max_size=8).filter(any)
seats = st.integers(1, 90)
methods = st.sampled_from(list(METHODS))
each_method = pytest.mark.parametrize("name", METHODS)
each_average = pytest.mark.parametrize("name", AVERAGES)


def ends(allocation):
    """The fewest and the most seats of each list."""
    level = allocation.tie.claimants if allocation.tie else ()
    return allocation.seats, tuple(seats + (place in level) for place, seats in enumerate(allocation.seats))


@each_method
@given(votes, seats)
def test_all_seats_are_given_out(name, votes, seats):
    allocation = METHODS[name].allocate(votes, seats)
    tied = allocation.tie.seats if allocation.tie else 0
    assert sum(allocation.seats) + tied + allocation.unfilled == seats
    assert allocation.tie is None or 0 < tied < len(allocation.tie.claimants)
    assert name == "droop" or allocation.unfilled == 0


@each_method
@given(votes, seats, st.randoms(use_true_random=False))
def test_the_order_of_lists_does_not_matter(name, votes, seats, random):
    order = list(range(len(votes)))
    random.shuffle(order)
    low, high = ends(METHODS[name].allocate(votes, seats))
    other = ends(METHODS[name].allocate([votes[place] for place in order], seats))
    assert other == (tuple(low[place] for place in order), tuple(high[place] for place in order))


@pytest.mark.parametrize(
    "name", [name for name in METHODS if name != "droop"]
)  # whose quota is a whole number of votes
@given(votes, seats, st.integers(2, 1000))
def test_only_the_proportions_of_votes_matter(name, votes, seats, times):
    assert ends(METHODS[name].allocate(votes, seats)) == ends(METHODS[name].allocate([times * v for v in votes], seats))


@each_method
@given(votes, seats)
def test_more_votes_never_have_fewer_seats(name, votes, seats):
    low, high = ends(METHODS[name].allocate(votes, seats))
    pairs = [(one, other) for one in range(len(votes)) for other in range(len(votes)) if votes[one] > votes[other]]
    assert all(low[one] >= low[other] and high[one] >= high[other] for one, other in pairs)
    equals = [(one, other) for one in range(len(votes)) for other in range(len(votes)) if votes[one] == votes[other]]
    assert all((low[one], high[one]) == (low[other], high[other]) for one, other in equals)


@each_average
@given(votes, seats)
def test_a_larger_house_takes_no_seat_away(name, votes, seats):
    low, high = ends(METHODS[name].allocate(votes, seats))
    low_after, high_after = ends(METHODS[name].allocate(votes, seats + 1))
    assert all(after >= before for before, after in zip((*low, *high), (*low_after, *high_after), strict=True))


@given(votes, seats)
def test_hare_keeps_to_the_quota(votes, seats):
    low, high = ends(METHODS["hare"].allocate(votes, seats))
    total = sum(votes)
    for cast, fewest, most in zip(votes, low, high, strict=True):
        assert seats * cast // total <= fewest <= most <= -(-seats * cast // total)


@given(votes, seats)
def test_dhondt_gives_no_less_than_the_whole_quotas(votes, seats):
    low, _ = ends(METHODS["dhondt"].allocate(votes, seats))
    assert all(fewest >= seats * cast // sum(votes) for cast, fewest in zip(votes, low, strict=True))


DIVISORS = {
    "dhondt": lambda: count(1),
    "sainte-lague": lambda: count(1, 2),
    "modified-sainte-lague": lambda: iter([Fraction(7, 5), *range(3, 400, 2)]),
    "danish": lambda: count(1, 3),
    "imperiali-averages": lambda: count(Fraction(1), Fraction(1, 2)),
}


@each_average
@given(votes, seats)
def test_averages_by_brute_force(name, votes, seats):
    """All quotients in one list: those above the last are certain, and those as high as the last are tied."""
    quotients = sorted(
        (
            (Fraction(cast) / divisor, place)
            for place, cast in enumerate(votes)
            if cast
            for divisor in islice(DIVISORS[name](), seats)
        ),
        reverse=True,
    )
    last = quotients[seats - 1][0]
    above = [place for quotient, place in quotients if quotient > last]
    level = [place for quotient, place in quotients if quotient == last]
    certain = above if len(above) + len(level) > seats else above + level
    low, high = ends(METHODS[name].allocate(votes, seats))
    assert low == tuple(certain.count(place) for place in range(len(votes)))
    assert high == tuple((above + level).count(place) for place in range(len(votes)))


@each_method
@given(votes, st.integers(1, 30))
def test_steps_add_up_to_the_seats(name, votes, seats):
    allocation = METHODS[name].allocate(votes, seats)
    taken, number = [0] * len(votes), 1
    for step in allocation.steps():
        assert step.first == number
        number += step.seats
        if len(step.lists) == 1:
            taken[step.lists[0]] += step.seats
    assert list(allocation.steps())[-1:] == ([] if allocation.last() is None else [allocation.last()])
    assert tuple(taken) == allocation.seats
    assert number - 1 + allocation.unfilled == seats


@each_method
@given(votes, st.integers(1, 30), st.booleans())
def test_who_was_short_of_votes_gets_the_seat_with_them_and_not_with_one_less(name, votes, seats, by_votes):
    def shared_out(cast):
        found = METHODS[name].allocate(cast, seats)
        return found.with_most_votes() if by_votes else found

    allocation = shared_out(votes)
    last = allocation.last()
    if allocation.tie or last is None:
        return
    for rival in last.rivals[:3]:
        before = allocation.seats[rival.place]
        gained = [
            shared_out([v + more * (place == rival.place) for place, v in enumerate(votes)]).seats[rival.place]
            for more in (rival.short, rival.short - 1)
        ]
        assert gained[0] > before  # of very few votes, one more may be worth several seats
        assert gained[1] == before


@pytest.mark.parametrize("name", ["hare", "droop", "hagenbach-bischoff"])
@given(st.lists(st.integers(0, 60), min_size=2, max_size=5), st.integers(1, 12))
def test_no_fewer_votes_would_have_won_the_last_remainder(name, votes, seats):
    allocation = METHODS[name].allocate(votes, seats)
    last = allocation.last()
    for rival in last.rivals if last else ():
        for more in range(rival.short):
            cast = [v + more * (place == rival.place) for place, v in enumerate(votes)]
            assert METHODS[name].allocate(cast, seats).seats[rival.place] <= allocation.seats[rival.place]


fractions = st.integers(2, 6).flatmap(lambda whole: st.integers(1, whole - 1).map(lambda part: Fraction(part, whole)))


@given(votes, seats, fractions, st.sampled_from(["up", "down", "nearest"]), fractions, st.booleans(), methods)
def test_a_bonus_goes_to_the_first_and_the_rest_to_who_meets_the_threshold(
    votes, seats, part, way, share_of_valid, strictly, method
):
    threshold = Condition(strictly, share_of_valid, "valid")
    rule = Seats((Stage(seats=part, rounding=(Rounding(way),), to="first"), Stage(method=method, threshold=threshold)))
    sharing = share(rule, votes, {"valid": sum(votes)}, seats)
    first, rest = sharing.common
    assert abs(first.seats - part * seats) < 1
    assert first.seats + rest.seats == seats
    for place, cast in enumerate(votes):
        of_valid = Fraction(cast, sum(votes))
        shares = of_valid > share_of_valid if strictly else of_valid >= share_of_valid
        assert rest.most[place] == 0 or shares
        assert first.most[place] == (first.seats if cast == max(votes) else 0)
        assert 0 <= sharing.low[place] <= sharing.high[place] <= seats
    assert sum(sharing.low) <= seats - sharing.unfilled <= sum(sharing.high)
