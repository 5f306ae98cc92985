"""Outcome: what becomes of each candidate, contest by contest, and what is said where nobody can be declared elected."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.outcome import outcome
from primaire.errors import NotHeldError
from primaire.rules.rule_file import parse_rule
from tests.elections import line, returns_of, said, unit

RULE = parse_rule(
    """
rules = 1
title = "Our vote"
note = "Members only."
[[round]]
elected = { conditions = ["more than 1/2 of valid", "at least 1/4 of registered"], article = "art. 3" }
qualified = { condition = "at least 12.5 % of registered", if_one = 2, if_none = 2, article = "art. 4" }
[[round]]
elected = { tie = ["the elder"], article = "art. 5" }
[expenses]
condition = "at least 5 % of valid"
article = "art. 9"
""",
    "ours",
)
WHOLE = {"coverage": "whole", "level": "nation"}


def judged(*units, **options):
    return outcome(returns_of(*units), rules=[RULE], **options)


def leads(table):
    return [str(section.lead) for section in table.sections]


def test_who_lacks_a_quarter_of_the_registered_is_short_by_so_many():
    # Argentan-1, 2021: 9,200 registered, so that 2,300 are needed; 2,293 are 82.2 % of 2,790 valid votes.
    table = judged(unit({"A": 2293, "B": 400, "C": 97}, registered=9200, valid=2790, **WHOLE))
    assert leads(table) == [
        "Nobody is elected in round 1; closest: A, 2,293 votes, 7 short of a quarter of registered (2,300). Through to round 2: A, B."
    ]
    assert line(table, candidate="A")[["needed_elected", "needed_next", "needed_expenses"]].tolist() == [
        2300,
        1150,
        140,
    ]
    assert table.frame["fate"].tolist() == ["qualified", "qualified", "eliminated"]
    assert table.frame["margin"].tolist() == [2293 - 1150, 400 - 97, 97 - 400]
    assert table.frame["article"].tolist() == ["art. 4"] * 3


def test_five_percent_exactly_is_reimbursed_and_one_vote_less_is_not():
    table = judged(unit({"A": 851, "B": 50, "C": 49, "D": 50}, registered=1500, **WHOLE))
    assert table.frame[["candidate", "expenses", "expenses_margin"]].to_numpy().tolist() == [
        ["A", "reimbursable", 801],
        ["B", "reimbursable", 0],
        ["D", "reimbursable", 0],
        ["C", "not reimbursable", -1],
    ]
    assert leads(table) == ["Elected in round 1: A, with 851 votes, 350 more than needed."]


def test_who_could_stand_and_did_not_has_withdrawn_and_the_second_round_says_nothing_of_expenses():
    first = unit({"A": 400, "B": 300, "C": 200}, registered=1600, **WHOLE)
    table = judged(first, unit({"A": 500, "C": 200}, round=2, registered=1600, **WHOLE))
    assert line(table, round=1, candidate="B")["fate"] == "withdrawn"
    assert line(table, round=1, candidate="B")["stood_next"] == False  # noqa: E712  a nullable flag
    assert line(table, round=2, candidate="A")[["fate", "margin", "article"]].tolist() == ["elected", 300, "art. 5"]
    assert table.frame.loc[table.frame["round"] == 2, "expenses"].isna().all()
    assert leads(table)[0].endswith("Through to round 2: A, C. Withdrawn since: B.")


def test_a_tie_waits_for_what_the_law_names_and_the_sources_mark_is_evidence():
    second = {"round": 2, "registered": 5000, **WHOLE}
    tie = unit({"A": 1947, "B": 1947}, **second)
    table = judged(tie)
    assert table.frame["fate"].tolist() == ["tied", "tied"]
    assert leads(table) == [
        "A tie: A, B have 1,947 votes each. The rule favours the elder; these figures do not tell who that is."
    ]
    marked = judged(unit({"A": {"votes": 1947, "elected": False}, "B": {"votes": 1947, "elected": True}}, **second))
    assert marked.frame["fate"].tolist() == ["tied", "tied"]
    assert leads(marked)[0].endswith("The source marks B as elected.")


def test_a_mark_that_the_votes_contradict_is_said():
    figures = {"A": {"votes": 10, "elected": False}, "B": {"votes": 9, "elected": True}}
    table = judged(unit(figures, round=2, registered=99, **WHOLE))
    assert line(table, candidate="A")["fate"] == "elected"
    assert "The source marks otherwise than the votes and this rule say: A, B." in said(table)


@pytest.mark.parametrize(
    ("ballot", "why"),
    [
        ({"coverage": "part"}, "Here is only a part of Contest. A comes first, with 3 votes."),
        ({"status": "frozen", **WHOLE}, "This count is frozen"),
        ({"status": "annulled", **WHOLE}, "This count is annulled"),
        ({"registered": None, **WHOLE}, "registered voters, and their number is not published"),
        ({"round": 3, **WHOLE}, "“Our vote” has 2 rounds, and this is round 3."),
    ],
)
def test_where_nobody_can_be_told_elected_the_reason_is_the_answer(ballot, why):
    with pytest.raises(NotHeldError) as refused:
        judged(unit({"A": 3, "B": 2}, **{"registered": 9, **ballot}))
    assert why in str(refused.value)


def test_votes_that_are_not_all_known_elect_nobody():
    with pytest.raises(NotHeldError, match="votes of every candidate are not known"):
        judged(unit({"A": 3, "B": None}, registered=9, valid=9, **WHOLE))


def test_of_several_contests_those_that_can_be_judged_are():
    good = unit({"A": 3, "B": 2}, contest="X", registered=9, **WHOLE)
    bad = unit({"C": 3, "D": 2}, contest="Y", registered=None, **WHOLE)
    table = judged(good, bad)
    assert line(table, candidate="A")["fate"] == "elected"
    assert pd.isna(line(table, candidate="C")["fate"])
    assert leads(table)[1].startswith("The rule asks for a share of the registered voters")


def test_what_is_assumed_is_repeated_in_each_row_and_in_words():
    table = judged(unit({"A": 3, "B": 2}, registered=9, coverage="part"), assume_whole=True)
    assert table.frame["assumed_whole"].tolist() == [True, True]
    assert "Assumed, as asked for, and not known: these units are the whole of the contest." in said(table)
    assert not judged(unit({"A": 3, "B": 2}, registered=9, **WHOLE)).frame["assumed_whole"].any()


def test_where_the_source_does_not_say_that_it_is_all_the_answer_hangs_on_it():
    table = judged(unit({"A": 3, "B": 2}, unit="1", registered=9), unit({"A": 1, "B": 0}, unit="2", registered=9))
    assert any("does not say whether this is the whole of Contest (2 units)" in one for one in said(table))


def test_what_the_rule_says_stands_below_once():
    notes = [str(note) for note in judged(unit({"A": 3, "B": 2}, registered=9, **WHOLE)).notes]
    assert notes == [
        "Rule “ours”, applied to Vote: Our vote.",
        "To be elected in round 1: more than half of valid and at least a quarter of registered (art. 3).",
        "To go on: at least 12.5% of registered; the first 2 in any case (art. 4).",
        "To be elected in round 2: the most votes (art. 5).",
        "Campaign expenses are reimbursed from round 1: at least 5% of valid (art. 9).",
        "Members only.",
    ]


def test_seats_left_by_the_first_round_are_filled_in_the_second():
    names = parse_rule(
        'rules = 1\nvotes_for = "names"\n[[round]]\nelected = { conditions = ["more than 1/2 of valid"], first = "seats" }\n'
        'qualified = { everyone = true }\n[[round]]\nelected = { first = "seats" }',
        "names",
    )
    first = unit({"A": 80, "B": 40, "C": 30}, valid=100, **WHOLE)
    table = outcome(returns_of(first, unit({"B": 50, "C": 40}, round=2, valid=90, **WHOLE)), rules=[names], seats=2)
    assert line(table, candidate="A")["fate"] == "elected"
    assert line(table, round=1, candidate="B")["fate"] == "qualified"
    assert table.frame.loc[table.frame["round"] == 2, "fate"].tolist() == ["elected", "not elected"]


def test_what_was_taken_for_granted_in_choosing_the_rule_stands_below():
    council = {"election": "Municipales 2020", "commune_code": "78172", "coverage": "whole", "level": "commune"}
    taken = (
        "Judged as an election by lists, since the votes do not outnumber the valid ballots. --rules chooses otherwise."
    )
    lists = outcome(returns_of(unit({"A": 60, "B": 40}, valid=100, registered=200, **council)))
    assert taken in said(lists)
    assert set(lists.frame["rule"]) == {"municipales-2014"}
    # 60 and 50 votes on 100 ballots: names, of which a ballot may bear several.
    names = outcome(returns_of(unit({"A": 60, "B": 50}, valid=100, registered=200, **council)), seats=2)
    assert taken not in said(names)
    assert set(names.frame["rule"]) == {"municipales-names-2014"}


def test_candidates_who_are_nuances_are_nobody_in_particular():
    with pytest.raises(NotHeldError, match="added up by nuance"):
        judged(unit({"DVG": {"votes": 3, "label": "DVG"}, "LR": {"votes": 2, "label": "LR"}}, registered=9, **WHOLE))


def test_without_candidates_there_is_nobody():
    with pytest.raises(NotHeldError, match="names no candidates"):
        judged(unit({}, registered=9, voters=5))


def test_votes_of_nobody_listed_that_could_change_the_outcome_leave_it_open():
    # 15,000 of 30,000 valid votes are for nobody listed: one more candidate may have come first.
    with pytest.raises(NotHeldError, match="15,000 of 30,000 valid votes are for nobody who is listed") as refused:
        judged(unit({"A": 9000, "B": 6000}, round=2, registered=60000, valid=30000, **WHOLE))
    assert "comes first" not in str(refused.value)
    # 999 votes change nothing: B has 6,000, and A is ahead of anybody.
    small = judged(unit({"A": 9000, "B": 6000}, round=2, registered=60000, valid=15999, **WHOLE))
    assert small.frame["fate"].tolist() == ["elected", "not elected"]


def test_equal_leaders_are_named_together():
    table = judged(unit({"A": 468, "B": 468}, registered=1500, **WHOLE))
    # 936 valid votes: 469 are more than half.
    assert leads(table)[0].startswith(
        "Nobody is elected in round 1; closest: A, B, 468 votes each, 1 short of the absolute"
    )


def test_a_vote_without_a_level_is_not_taken_for_the_country():
    national = parse_rule("rules = 1\ncontest = 'nation'\n[[round]]\nelected = {}", "national")
    votes = returns_of(unit({"A": 842, "B": 611}, contest="Vote", unit="Vote"))
    with pytest.raises(NotHeldError, match="Nothing shows these votes to be the whole of Vote"):
        outcome(votes, rules=[national])
    assert outcome(votes, rules=[national], assume_whole=True).frame["fate"].tolist() == ["elected", "not elected"]


def test_seats_that_stay_empty_are_said_and_a_number_without_effect_too():
    names = parse_rule('rules = 1\nvotes_for = "names"\n[[round]]\nelected = { first = "seats" }', "names")
    table = outcome(returns_of(unit({"A": 80, "B": 40}, valid=100, **WHOLE)), rules=[names], seats=5)
    assert leads(table) == ["Elected (2): A, B. 3 seats stay empty."]
    assert "no effect" in str(judged(unit({"A": 3, "B": 1}, registered=9, **WHOLE), seats=2).notes[0])


def test_a_tie_for_the_last_seats_fills_them():
    names = parse_rule(
        'rules = 1\nvotes_for = "names"\n[[round]]\nelected = { conditions = ["more than 1/2 of valid"], first = "seats" }\n'
        'qualified = { everyone = true }\n[[round]]\nelected = { first = "seats" }',
        "names",
    )
    first = unit({"A": 80, "B": 60, "C": 60, "D": 20}, valid=100, **WHOLE)
    table = outcome(returns_of(first, unit({"D": 50}, round=2, valid=50, **WHOLE)), rules=[names], seats=2)
    assert table.frame["fate"].tolist()[:4] == ["elected", "tied", "tied", "not elected"]
    assert leads(table)[1] == "By the rules, the round before has settled it."


def test_a_contest_that_is_settled_has_no_further_round():
    first = unit({"A": 60, "B": 40}, registered=200, **WHOLE)
    table = judged(first, unit({"A": 10, "B": 20}, round=2, registered=200, **WHOLE))
    assert table.frame.loc[table.frame["round"] == 1, "fate"].tolist() == ["elected", "not elected"]
    assert table.frame.loc[table.frame["round"] == 2, "fate"].isna().all()
    assert leads(table)[1] == "By the rules, the round before has settled it."
