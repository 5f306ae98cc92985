"""Judging, whatever the votes: what holds for every rule with conditions, ranks and rounds."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from primaire.rules.judging import ELECTED, ELIMINATED, QUALIFIED, TIED, Counted, judge
from primaire.rules.parts import Condition
from primaire.rules.rule import Elected, Qualified, Round, Rule

shares = st.fractions(min_value=Fraction(1, 100), max_value=Fraction(99, 100), max_denominator=100)
conditions = st.builds(Condition, st.booleans(), shares, st.sampled_from(["valid", "registered"]))


@st.composite
def cases(draw):
    """A rule of two rounds, and votes."""
    qualified = draw(
        st.builds(Qualified, condition=conditions, if_one=st.none() | st.just(2), if_none=st.none() | st.just(2))
        | st.builds(Qualified, first=st.integers(2, 4))
    )
    elected = draw(st.builds(Elected, conditions=st.lists(conditions, min_size=1, max_size=2).map(tuple)))
    votes = draw(st.lists(st.integers(0, 40), min_size=1, max_size=8))
    valid = sum(votes)
    registered = valid + draw(st.integers(0, 40))
    rule = Rule("rule", "Rule", (Round(elected, qualified), Round(Elected())))
    return rule, Counted(votes, {"valid": valid, "voters": valid, "registered": registered})


def words(judgement):
    return [fate.word for fate in judgement.fates]


@given(cases(), st.integers(1, 2))
def test_everybody_has_one_fate_and_more_votes_never_a_worse_one(case, number):
    rule, counted = case
    judgement = judge(rule, number, counted)
    assert len(judgement.fates) == len(counted.votes)
    # From the best to the worst; who is tied stands between those who are in and those who are out.
    order = {word: place for place, word in enumerate([ELECTED, QUALIFIED, TIED])}
    ranked = [
        order.get(fate.word, len(order))
        for _, fate in sorted(zip(counted.votes, judgement.fates, strict=True), key=lambda pair: -pair[0])
    ]
    assert ranked == sorted(ranked)
    by_votes = dict(zip(counted.votes, judgement.fates, strict=True))
    assert all(by_votes[votes] == fate for votes, fate in zip(counted.votes, judgement.fates, strict=True))


@given(cases(), st.integers(1, 2), st.randoms())
def test_the_order_of_candidates_says_nothing(case, number, random):
    rule, counted = case
    places = list(range(len(counted.votes)))
    random.shuffle(places)
    shuffled = Counted([counted.votes[place] for place in places], counted.totals)
    assert judge(rule, number, shuffled).fates == tuple(judge(rule, number, counted).fates[place] for place in places)


@given(cases(), st.integers(2, 9))
def test_a_country_that_votes_alike_many_times_over_has_the_same_fates(case, times):
    # Not so where a single vote decides: conditions are asked exactly, so that multiples meet them alike.
    rule, counted = case
    many = Counted(
        [votes * times for votes in counted.votes],
        {base: total and total * times for base, total in counted.totals.items()},
    )
    assert words(judge(rule, 1, many)) == words(judge(rule, 1, counted))


@given(cases())
def test_a_condition_is_met_exactly_from_the_count_that_is_needed_on(case):
    rule, counted = case
    for condition in rule.rounds[0].elected.conditions:
        total = counted.totals[condition.base]
        needed = condition.needed(total)
        for votes in (needed - 1, needed):
            met = (
                Fraction(votes) > condition.part * total
                if condition.strictly
                else Fraction(votes) >= condition.part * total
            )
            assert met == (votes >= needed) or votes == 0


@given(cases())
def test_margins_are_what_would_have_to_change(case):
    rule, counted = case
    judgement = judge(rule, 1, counted)
    for votes, fate in zip(counted.votes, judgement.fates, strict=True):
        if fate.margin is not None and fate.word in (ELECTED, QUALIFIED):
            assert fate.margin >= 0
        if fate.margin is not None and fate.word == ELIMINATED and votes:
            assert fate.margin < 0


@given(cases())
def test_a_second_round_elects_one_or_is_tied(case):
    rule, counted = case
    found = words(judge(rule, 2, counted))
    if any(counted.votes):
        assert (found.count(ELECTED), min(found.count(TIED), 2)) in {(1, 0), (0, 2)}
