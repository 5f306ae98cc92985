"""Margins where several are elected by name, or share seats, each by hand in the comments."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.margin import margin
from primaire.errors import NotHeldError
from primaire.rules.shipped import rules_called
from tests.elections import line, returns_of, said, unit

VILLAGE = {"election": "Municipales 2020", "level": "commune", "coverage": "whole", "contest": "Village"}
COUNCIL = {"election": "Municipales 2020", "date": "2020-03-15", "level": "commune", "coverage": "whole"}
PRESIDENT = {"election": "Présidentielle 2022", "date": "2022-04-10", "level": "country", "coverage": "whole"}


def village(candidates, *, seats=2, round=1, registered=300, valid=100, **options):
    held = unit(candidates, date="2020-03-15", round=round, registered=registered, voters=150, valid=valid, **VILLAGE)
    return margin(returns_of(held), rules=rules_called("municipales-names-2014"), seats=seats, **options)


def kinds(table):
    return set(zip(table.frame["margin_of"], table.frame["candidate"], strict=True))


def test_the_last_place_is_between_the_last_elected_and_the_first_who_is_not():
    # 51 of 100 are a majority, and 75 a quarter of 300: A, B and C have both, and there are two places. B is 4 ahead of C.
    table = village({"A": 95, "B": 84, "C": 80, "D": 20})
    row = line(table, margin_of="last place")
    assert row[["candidate", "against", "votes", "bar", "margin", "deduct", "add"]].tolist() == [
        "B", "C", 84, 80, 4, 4, 4,
    ]  # fmt: skip
    assert kinds(table) == {("last place", "B"), ("absolute majority", "B"), ("a quarter of the registered", "B")}
    assert str(table.sections[0].lead) == "4 ballots would be enough to change who gets the last place."
    assert line(village({"A": 95, "B": 84, "C": 80}, deduct=4), margin_of="last place")["stands"] == False  # noqa: E712
    assert line(village({"A": 95, "B": 84, "C": 80}, deduct=3), margin_of="last place")["stands"] == True  # noqa: E712


def test_who_lacks_a_quarter_must_win_that_too():
    # C has 70 of the 75 that are a quarter, and B 76: 6 ballots for C are level with B. 2 from B leave 74, less than a quarter.
    table = village({"A": 95, "B": 76, "C": 70})
    assert line(table, margin_of="last place")[["deduct", "add"]].tolist() == [2, 6]
    assert line(table, margin_of="a quarter of the registered")[["candidate", "deduct"]].tolist() == ["B", 2]


def test_while_places_are_left_conditions_alone_decide():
    # Three places: A and B are elected, C lacks 5 votes of a quarter.
    table = village({"A": 95, "B": 80, "C": 70}, seats=3)
    assert line(table, margin_of="a quarter of the registered", candidate="C")[["margin", "add"]].tolist() == [-5, 5]
    assert "last place" not in set(table.frame["margin_of"])


def test_a_list_may_come_to_share_in_the_seats():
    # 30 of 600 are 5 %. C, at 29, has them with 2 more: 31 of 602 (30.1), and 30 of 601 are not (30.05). Of 99 seats 50 are
    # for A, and 49 are shared out: 31 votes are then worth more than two of them. One more
    # for C, or for A or B, moves none: 371 to 200, 372 to 200 and 371 to 201 all give 32 and 17 of the 49.
    table = margin(
        returns_of(unit({"A": 371, "B": 200, "C": 29}, valid=600, **COUNCIL)),
        rules=rules_called("municipales-2014"),
        seats=99,
    )
    assert line(table, margin_of="share in the seats", candidate="C")["add"] == 2
    assert line(table, margin_of="last seat")["add"] == 2


def test_no_last_seat_without_a_number_of_seats():
    held = returns_of(unit({"A": 371, "B": 229}, valid=600, **COUNCIL))
    with pytest.raises(NotHeldError, match="the number of seats is not given") as refused:
        margin(held, rules=rules_called("municipales-2014"), of=["last seat"])
    assert "--seats says it" in str(refused.value)
    notes = said(margin(held, rules=rules_called("municipales-2014")))
    assert any(note.startswith("The number of seats is not given") for note in notes)


def test_no_more_ballots_are_added_back_than_there_are():
    # 4 blank or null ballots: not enough for a lead of 5, and enough for one of 4.
    five = unit({"A": 55, "B": 50}, voters=109, valid=105, round=2, registered=400, **VILLAGE, date="2020-03-15")
    four = unit({"A": 54, "B": 50}, voters=108, valid=104, round=2, registered=400, **VILLAGE, date="2020-03-15")
    rules = rules_called("municipales-names-2014")
    assert line(margin(returns_of(five), rules=rules, seats=1))[["deduct", "add"]].tolist() == [5, pd.NA]
    assert line(margin(returns_of(four), rules=rules, seats=1))[["deduct", "add"]].tolist() == [4, 4]
    asked = said(margin(returns_of(five), rules=rules, seats=1, add=5))
    assert any(note.startswith("No more than 4 ballots can have been wrongly voided here") for note in asked)


def test_more_than_five_percent_of_an_election_of_a_president_are_for_the_full_rate():
    # 50 of 1,000 are not more than 5 %; one ballot less for others, and 50 of 999 are.
    held = returns_of(unit({"A": 500, "B": 450, "C": 50}, valid=1000, registered=2000, **PRESIDENT))
    table = margin(held, rules=rules_called("presidentielle-2012"), of=["reimbursement"])
    assert str(table.sections[0].lead) == "1 ballot would be enough to give C the full rate of reimbursement."


def test_nobody_without_votes_has_a_margin():
    nothing = unit({"A": 0, "B": 0}, unit="X", contest="X", round=2, valid=0)
    some = unit({"A": 5, "B": 3}, unit="Y", contest="Y", round=2, valid=8)
    assert set(margin(returns_of(nothing, some)).frame["contest"]) == {"Y"}
    with pytest.raises(NotHeldError):
        margin(returns_of(nothing))


def test_of_many_contests_those_of_the_named_units_are_shown():
    both = [unit({"A": 5, "B": 3}, unit=name, contest=place, round=2) for name, place in [("x", "X"), ("y", "Y")]]
    more = unit({"A": 2, "B": 4}, unit="z", contest="Y", round=2)
    table = margin(returns_of(*both, more), annul=["z"])
    assert table.frame["contest"].tolist() == ["Y"]
    assert "1 other contest or round is left out: none of these units is there." in said(table)
    with pytest.raises(NotHeldError, match="nothing is left of"):
        margin(returns_of(*both, more), annul=["x"])
    assert any("nothing is left of" in note for note in said(margin(returns_of(*both, more), annul=["x", "z"])))


def test_a_tie_for_the_last_seat_is_a_tie():
    # 3 seats, 300 votes each: 1 + 1, and both have 300 / 2 for the third. No ballot is needed for doubt.
    lists = unit(
        {"A": 300, "B": 300},
        election="Européennes 2024",
        date="2024-06-09",
        level="nation",
        coverage="whole",
        valid=600,
    )
    table = margin(returns_of(lists), rules=rules_called("europeennes-2024"), seats=3)
    row = line(table, margin_of="last seat")
    assert row[["candidate", "against", "margin", "deduct", "add"]].tolist() == ["A", "B", 0, 0, 0]
    assert str(table.sections[0].lead) == "A tie leaves open who gets the last seat: A, B."
