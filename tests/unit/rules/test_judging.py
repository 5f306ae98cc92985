"""Judging: the edges of each kind of rule, worked out by hand."""

from __future__ import annotations

import pytest

from primaire.rules.judging import (
    BONUS,
    ELECTED,
    ELIMINATED,
    MAY_MERGE,
    NO_SEATS,
    NOT_ELECTED,
    QUALIFIED,
    SHARES,
    TIED,
    Counted,
    LackingError,
    judge,
)
from primaire.rules.rule_file import parse_rule

TWO_ROUNDS = parse_rule(
    """
rules = 1
[[round]]
elected = { conditions = ["more than 1/2 of valid", "at least 1/4 of registered"], article = "first" }
qualified = { condition = "at least 12.5 % of registered", if_one = 2, if_none = 2, article = "onward" }
[[round]]
elected = { tie = ["the elder"], article = "second" }
""",
    "two rounds",
)
PRESIDENT = parse_rule(
    """
rules = 1
[[round]]
elected = { conditions = ["more than 1/2 of valid"] }
qualified = { first = 2 }
[[round]]
elected = {}
""",
    "president",
)
COUNCIL = parse_rule(
    """
rules = 1
[[round]]
elected = { conditions = ["more than 1/2 of valid"] }
qualified = { condition = "at least 10 % of valid" }
may_merge = { condition = "at least 5 % of valid" }
[[round]]
[[seats.stage]]
seats = "1/2"
rounding = ["up"]
to = "first"
tie = ["higher average age"]
[[seats.stage]]
seats = "rest"
method = "dhondt"
threshold = "at least 5 % of valid"
""",
    "council",
)
NAMES = parse_rule(
    """
rules = 1
votes_for = "names"
[[round]]
elected = { conditions = ["more than 1/2 of valid"], first = "seats" }
qualified = { condition = "at least 1 % of valid" }
[[round]]
elected = { first = "seats", tie = ["the elder"] }
""",
    "names",
)


def counted(*votes, registered=None, valid=None, seats=None):
    totals = {"valid": sum(votes) if valid is None else valid, "registered": registered, "voters": None}
    return Counted(votes, totals, seats)


def fates(judgement):
    return [(fate.word, fate.margin) for fate in judgement.fates]


def test_exactly_half_is_no_majority_and_one_more_is():
    # Dannemarie 2014: 468 each. 937 votes: 469 is the smallest count whose double is above 937.
    assert fates(judge(PRESIDENT, 1, counted(468, 468))) == [(QUALIFIED, None), (QUALIFIED, None)]
    assert judge(PRESIDENT, 1, counted(469, 468)).settled
    assert fates(judge(PRESIDENT, 1, counted(469, 468))) == [(ELECTED, 0), (NOT_ELECTED, -1)]


@pytest.mark.parametrize(
    ("votes", "registered", "valid", "word"),
    [
        pytest.param(3323, 13295, 6646, QUALIFIED, id="Boixe-et-Manslois: exactly half, and 3,324 are a quarter"),
        pytest.param(3047, 12000, 6093, ELECTED, id="Causses-Rougiers: one above half"),
        pytest.param(2231, 8927, 4000, QUALIFIED, id="Baïse-Armagnac: a quarter of 8,927 is 2,231.75"),
        pytest.param(2293, 9200, 2789, QUALIFIED, id="Argentan-1: 2,300 are needed"),
        pytest.param(2300, 9200, 2789, ELECTED, id="exactly a quarter"),
    ],
)
def test_majority_and_a_quarter_of_registered(votes, registered, valid, word):
    rest = valid - votes
    judgement = judge(TWO_ROUNDS, 1, counted(votes, rest // 2, rest - rest // 2, registered=registered, valid=valid))
    assert judgement.fates[0].word == word


def test_what_is_short_of_election_is_told_by_condition():
    judgement = judge(TWO_ROUNDS, 1, counted(2293, 400, 96, registered=9200))
    assert [count for _, count in judgement.needed] == [1395, 2300]
    assert not judgement.settled


@pytest.mark.parametrize(
    ("votes", "registered", "reached"),
    [
        pytest.param(1118, 8951, False, id="Monts du Réquistanais: 1,118.875"),
        pytest.param(1744, 13958, False, id="Le Fumélois: 1,744.75"),
        pytest.param(952, 7611, True, id="Saint-Pierre-le-Moûtier: 951.375"),
        pytest.param(728, 5822, True, id="Ahun: 727.75"),
        pytest.param(8109, 64357, True, id="Aube-1: 8,045 needed"),
        pytest.param(1000, 8000, True, id="exactly 12.5 %"),
        pytest.param(999, 8000, False, id="one short of it"),
    ],
)
def test_an_eighth_of_the_registered_goes_on(votes, registered, reached):
    # Two others have more than a quarter of the registered, so that neither fallback says anything of the third.
    others = registered // 3
    fate = judge(TWO_ROUNDS, 1, counted(others, others, votes, registered=registered, valid=registered)).fates[2]
    assert fate.word == (QUALIFIED if reached else ELIMINATED)
    # Of 8 equal parts, one more vote than the floor is needed unless the parts are whole.
    assert fate.margin == votes - (registered + 7) // 8


def test_one_alone_who_reaches_it_takes_the_next_along():
    judgement = judge(TWO_ROUNDS, 1, counted(1000, 900, 899, registered=8000))
    assert judgement.reached == 1
    assert fates(judgement) == [(QUALIFIED, 0), (QUALIFIED, 1), (ELIMINATED, -1)]


def test_where_nobody_reaches_it_the_two_first_go_on():
    # Bondy: 38,080 registered, 4,760 needed, the leader has 4,759.
    judgement = judge(TWO_ROUNDS, 1, counted(4759, 4000, 3999, registered=38080))
    assert judgement.reached == 0
    assert fates(judgement) == [(QUALIFIED, 760), (QUALIFIED, 1), (ELIMINATED, -1)]
    assert {fate.article for fate in judgement.fates} == {"onward"}


def test_a_tie_for_the_second_place_is_a_tie():
    # 65-1, départementales 2015: 1,248 each behind 2,252.
    judgement = judge(TWO_ROUNDS, 1, counted(1248, 2252, 796, 323, 1248, registered=20000))
    assert [fate.word for fate in judgement.fates] == [TIED, QUALIFIED, ELIMINATED, ELIMINATED, TIED]


def test_in_the_second_round_the_most_votes_elect_and_a_tie_waits_for_the_elder():
    # Haute-Garonne-6, 2022: 27,570 against 27,566. Alençon-2, 2015: 1,947 each.
    assert fates(judge(TWO_ROUNDS, 2, counted(27566, 27570))) == [(NOT_ELECTED, -4), (ELECTED, 4)]
    tie = judge(TWO_ROUNDS, 2, counted(1947, 1947))
    assert [fate.word for fate in tie.fates] == [TIED, TIED]
    assert tie.tie == ("the elder",)
    assert tie.settled


def test_the_only_candidate_of_a_second_round_is_ahead_of_nobody():
    assert fates(judge(TWO_ROUNDS, 2, counted(16013))) == [(ELECTED, None)]


def test_without_a_vote_nobody_is_elected_and_nobody_goes_on():
    for rule in (TWO_ROUNDS, PRESIDENT):
        judgement = judge(rule, 1, counted(0, 0, 0, registered=100))
        assert {fate.word for fate in judgement.fates} == {ELIMINATED}
    assert [fate.word for fate in judge(TWO_ROUNDS, 2, counted(0, 0)).fates] == [NOT_ELECTED, NOT_ELECTED]


def test_lists_stand_from_a_tenth_on_and_merge_from_a_twentieth_on():
    # 1,000 valid votes: 100 and 50 are needed, exactly.
    judgement = judge(COUNCIL, 1, counted(500, 301, 100, 50, 49))
    assert fates(judgement) == [(QUALIFIED, 400), (QUALIFIED, 201), (QUALIFIED, 0), (MAY_MERGE, 0), (ELIMINATED, -1)]


def test_one_list_alone_or_none_above_a_tenth_takes_nobody_along():
    votes = [91] * 10 + [90]
    assert QUALIFIED not in {fate.word for fate in judge(COUNCIL, 1, counted(*votes)).fates}
    assert [fate.word for fate in judge(COUNCIL, 1, counted(400, 99, valid=1000)).fates] == [QUALIFIED, MAY_MERGE]


def test_a_majority_of_lists_shares_out_the_seats_in_the_first_round():
    judgement = judge(COUNCIL, 1, counted(501, 400, 50, 49))
    assert judgement.settled
    # 501 of 1,000 are just enough for the majority: that is what is near, and not the 400 of the next list.
    assert fates(judgement) == [(BONUS, 0), (SHARES, 350), (SHARES, 0), (NO_SEATS, -1)]


def test_a_tie_for_the_bonus_is_a_tie():
    # Lescar, 2014: 2,670 each.
    judgement = judge(COUNCIL, 2, counted(2670, 2670))
    assert [fate.word for fate in judgement.fates] == [TIED, TIED]
    assert judgement.tie == ("higher average age",)


def test_names_are_elected_as_far_as_there_are_seats():
    # 100 valid ballots: 51 needed; three have that, two seats: the first two, 20 and 10 votes ahead of the third.
    judgement = judge(NAMES, 1, counted(80, 70, 60, 40, valid=100, seats=2))
    assert fates(judgement) == [(ELECTED, 20), (ELECTED, 10), (NOT_ELECTED, -10), (NOT_ELECTED, -11)]
    onward = judge(NAMES, 1, counted(80, 50, 40, valid=100, seats=2))
    assert [fate.word for fate in onward.fates] == [ELECTED, QUALIFIED, QUALIFIED]
    assert [fate.word for fate in judge(NAMES, 2, counted(30, 30, 40, seats=2)).fates] == [TIED, TIED, ELECTED]


def test_fewer_candidates_than_seats_are_all_elected():
    assert fates(judge(NAMES, 2, counted(30, 10, seats=5))) == [(ELECTED, None), (ELECTED, None)]


@pytest.mark.parametrize(
    ("rule", "missing", "given"),
    [
        (TWO_ROUNDS, "registered", counted(3, 2)),
        (TWO_ROUNDS, "valid", Counted((3, 2), {"valid": None, "registered": 9, "voters": 9})),
        (NAMES, "seats", counted(3, 2)),
    ],
)
def test_what_is_not_published_is_asked_for_and_never_guessed(rule, missing, given):
    with pytest.raises(LackingError) as lacking:
        judge(rule, 1, given)
    assert lacking.value.what == missing
