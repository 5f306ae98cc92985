"""Margins against brute force: every way to take ballots from candidates, or to give them, tried one by one.

What becomes of somebody is asked of the judge of outcomes each time, with other votes and other totals.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement

from hypothesis import given
from hypothesis import strategies as st

from primaire.margins.found import PLACE, margins_of
from primaire.margins.last_seat import LastSeat
from primaire.margins.points import Bar, Lead, Onward, Shift, fewest_added, fewest_deducted
from primaire.rules.judging import ELECTED, QUALIFIED, TIED, Counted, judge
from primaire.rules.parts import Condition, Rounding
from primaire.rules.rule import Elected, Qualified, Round, Rule, Seats, Stage
from primaire.rules.sharing import share

shares = st.sampled_from(
    [Fraction(1, 20), Fraction(1, 8), Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(4, 5)]
)
conditions = st.builds(Condition, st.booleans(), shares, st.sampled_from(["valid", "registered"]))
ballots = st.lists(st.integers(0, 7), min_size=2, max_size=4)
TRIED = 7
"""Ballots up to which every way is tried."""


def ways(votes, number, sign):
    """Yield all votes that taking away (-1) or giving (+1) so many ballots can lead to."""
    for chosen in combinations_with_replacement(range(len(votes)), number):
        changed = [cast + sign * chosen.count(place) for place, cast in enumerate(votes)]
        if min(changed) >= 0:
            yield changed


def by_brute_force(answer, counted, place, sign):
    """Return the fewest ballots after which an answer can be another; None if none up to those tried do."""
    before = answer(counted)[place]
    for number in range(TRIED + 1):
        for votes in ways(counted.votes, number, sign):
            totals = {**counted.totals, "valid": counted.totals["valid"] + sign * number}
            after = answer(Counted(votes, totals))[place]
            if after != before or after == TIED:
                return number
    return None


def agrees(found, expected):
    return found == expected if expected is not None else found is None or found > TRIED


def counted(votes, registered):
    valid = sum(votes)
    return Counted(votes, {"valid": valid, "voters": valid, "registered": valid + registered})


@given(conditions, ballots, st.integers(0, 15), st.data())
def test_a_condition_is_overturned_by_as_few_ballots_as_brute_force_finds(condition, votes, registered, data):
    case, place = counted(votes, registered), data.draw(st.integers(0, len(votes) - 1))
    point = Bar(condition, votes[place], case.totals[condition.base], case.totals["valid"])

    def answer(altered):
        needed = condition.needed(altered.totals[condition.base])
        return ["met" if cast >= needed else "missed" for cast in altered.votes]

    assert agrees(fewest_deducted(point), by_brute_force(answer, case, place, -1))
    assert agrees(fewest_added(point), by_brute_force(answer, case, place, 1))


@given(ballots)
def test_a_lead_is_overturned_by_as_many_ballots_as_it_counts(votes):
    case, rule = counted(votes, 0), Rule("rule", "Rule", (Round(Elected()),))
    order = sorted(range(len(votes)), key=lambda place: -votes[place])
    if not votes[order[0]]:
        return
    point = Lead(votes[order[0]], votes[order[1]])

    def answer(altered):
        return [fate.word for fate in judge(rule, 1, altered).fates]

    assert agrees(fewest_deducted(point), by_brute_force(answer, case, order[0], -1))
    assert agrees(fewest_added(point), by_brute_force(answer, case, order[0], 1))
    assert answer(case)[order[0]] in {ELECTED, TIED}


@st.composite
def conditional(draw):
    """Who goes on by a condition, or by rank where one alone, or nobody, meets it."""
    places = draw(st.none() | st.integers(2, 3))
    return Qualified(condition=draw(conditions), if_one=places, if_none=places)


@given(
    conditional() | st.builds(Qualified, first=st.integers(2, 3)),
    ballots,
    st.integers(0, 15),
    st.data(),
)
def test_who_goes_on_is_overturned_by_as_few_ballots_as_brute_force_finds(qualified, votes, registered, data):
    case, place = counted(votes, registered), data.draw(st.integers(0, len(votes) - 1))
    rule = Rule("rule", "Rule", (Round(None, qualified), Round(Elected())))

    def answer(altered):
        words = [fate.word for fate in judge(rule, 1, altered).fates]
        return [word if word in {QUALIFIED, TIED} else "out" for word in words]

    inside = {QUALIFIED: True, TIED: None, "out": False}[answer(case)[place]]
    others = sorted((cast for other, cast in enumerate(votes) if other != place), reverse=True)
    total = case.totals[qualified.condition.base] if qualified.condition else 0
    point = Onward(qualified, votes[place], others, total, case.totals["valid"], inside)
    assert agrees(fewest_deducted(point), by_brute_force(answer, case, place, -1))
    assert agrees(fewest_added(point), by_brute_force(answer, case, place, 1))


@given(st.builds(Qualified, condition=conditions, if_one=st.just(2), if_none=st.just(2)), ballots, st.data())
def test_what_some_ballots_overturn_more_of_them_do(qualified, votes, data):
    place, registered = data.draw(st.integers(0, len(votes) - 1)), data.draw(st.integers(0, 15))
    case = counted(votes, registered)
    fate = judge(Rule("rule", "Rule", (Round(None, qualified), Round(Elected()))), 1, case).fates[place].word
    others = sorted((cast for other, cast in enumerate(votes) if other != place), reverse=True)
    total, valid = case.totals[qualified.condition.base], case.totals["valid"]
    point = Onward(qualified, votes[place], others, total, valid, {QUALIFIED: True, TIED: None}.get(fate, False))
    found = [point.overturned(Shift(added=number)) for number in range(60)]
    assert found == sorted(found)
    found = [point.overturned(Shift(deducted=number)) for number in range(point.most_deducted + 1)]
    assert found == sorted(found)


@given(
    st.lists(conditions, max_size=2),
    st.lists(st.integers(0, 9), min_size=2, max_size=4),
    st.integers(0, 15),
    st.integers(1, 3),
)
def test_who_is_elected_to_several_places_changes_with_as_few_ballots_as_brute_force_finds(
    asked, votes, registered, places
):
    case = counted(votes, registered)
    rule = Rule("rule", "Rule", (Round(Elected(conditions=tuple(asked), first="seats"), Qualified(everyone=True)),) * 2)
    case = Counted(votes, case.totals, places)

    def answer(altered):
        words = [fate.word for fate in judge(rule, 1, Counted(altered.votes, altered.totals, places)).fates]
        return [tuple(word if word in {ELECTED, TIED} else "out" for word in words)]

    found = [margin.counted() for margin in margins_of(rule, 1, case, judge(rule, 1, case), places)]
    for margin in found:
        if margin.of == PLACE and TIED in answer(case)[0]:
            assert (margin.deduct, margin.add) == (0, 0)
        elif margin.of == PLACE:
            assert agrees(margin.deduct, by_brute_force(answer, case, 0, -1))
            assert agrees(margin.add, by_brute_force(answer, case, 0, 1))
    elected = answer(case)[0].count(ELECTED)
    standing = sum(cast > 0 for cast in votes)
    assert bool([margin for margin in found if margin.of == PLACE]) == (
        TIED in answer(case)[0] or elected == places < standing
    )


stages = st.sampled_from(
    [
        (Stage(method="dhondt"),),
        (Stage(method="sainte-lague", tie=("most votes",)),),
        (Stage(method="hare"),),
        (
            Stage(Fraction(1, 2), (Rounding("up"),), to="first"),
            Stage(method="dhondt", threshold=Condition(False, Fraction(1, 20), "valid")),
        ),
        (Stage(method="dhondt", threshold=Condition(False, Fraction(1, 5), "valid"), tie=("most votes",)),),
    ]
)


@given(stages, st.lists(st.integers(1, 40), min_size=2, max_size=4), st.integers(1, 6))
def test_the_last_seat_moves_with_as_few_ballots_as_brute_force_finds(given_out, votes, number):
    rule = Seats(given_out)
    totals = {"valid": sum(votes), "voters": sum(votes), "registered": None}
    point = LastSeat(rule, votes, totals, number)

    def seats(changed):
        if not any(changed):
            return None
        found = share(rule, changed, {**totals, "valid": sum(changed)}, number)
        return found.low, found.high

    def moved(places, sign, most):
        """Return the fewest ballots, taken from one list or given to one, after which seats are others."""
        for ballots_ in range(1, most + 1):
            for place in places:
                changed = [cast + sign * ballots_ * (place == other) for other, cast in enumerate(votes)]
                if min(changed) >= 0 and seats(changed) != seats(votes):
                    return ballots_
        return None

    if point.open:
        assert point.overturned(Shift(deducted=1))
        return
    holders = [place for place, low in enumerate(seats(votes)[0]) if low]
    deducted, added = point.nearest_loser(), point.nearest_gainer()
    assert (deducted and deducted[1]) == moved(holders, -1, max(votes))
    assert (added and added[1]) == moved(range(len(votes)), 1, sum(votes))
    if added is not None:
        assert point.overturned(Shift(added=added[1]))


@given(
    st.fractions(Fraction(1, 10), Fraction(1, 3), max_denominator=10),
    st.lists(st.integers(0, 14), min_size=2, max_size=4),
    st.integers(1, 6),
)
def test_the_last_seat_behind_a_threshold_moves_with_as_few_ballots_as_every_way_to_share_them_out(part, votes, number):
    rule = Seats((Stage(method="dhondt", threshold=Condition(False, part, "valid"), tie=("most votes",)),))
    if not any(votes):
        return
    point = LastSeat(rule, votes, counted(votes, 0).totals, number)
    if point.open or not point.holders:
        return

    def answer(altered):
        if not any(altered.votes):
            return [None]
        found = share(rule, altered.votes, altered.totals, number)
        return [(found.low, found.high)]

    case = counted(votes, 0)
    deducted, added = point.nearest_loser(), point.nearest_gainer()
    assert agrees(deducted and deducted[1], by_brute_force(answer, case, 0, -1))
    assert agrees(added and added[1], by_brute_force(answer, case, 0, 1))
