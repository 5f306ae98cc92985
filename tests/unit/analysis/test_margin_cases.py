"""Margins held against what judges of elections, and pages on real elections, say; each by hand in the comments."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.margin import margin
from primaire.rules.shipped import rules_called
from tests.elections import line, returns_of, unit

COMMUNE = {"election": "Municipales 2020", "date": "2020-03-15", "level": "commune", "coverage": "whole"}
CANTON = {"election": "Départementales 2021", "date": "2021-06-20", "level": "canton", "coverage": "whole"}


def margins(candidates, rules, *, seats=None, deduct=0, add=0, **ballot):
    return margin(
        returns_of(unit(candidates, **ballot)), rules=rules_called(rules), seats=seats, deduct=deduct, add=add
    )


def of(table, margin_of, **wanted):
    return line(table, margin_of=margin_of, **wanted)


def lead(table):
    return str(table.sections[0].lead)


def test_lezardrieux_one_ballot_without_a_signature_takes_the_majority():
    # TA Rennes, 17 September 2020, 2001316: 785 valid votes, 393 are more than half; 784, and 392 are exactly half.
    table = margins({"A": 393, "B": 392}, "municipales-2014", deduct=1, valid=785, **COMMUNE)
    row = of(table, "absolute majority")
    assert row[["votes", "bar", "margin", "deduct", "add"]].tolist() == [393, 393, 0, 1, 1]
    assert row["stands"] == False  # noqa: E712  a nullable flag
    assert lead(table) == "With 1 ballot deducted, A has 392 of 784, the majority is 393: nobody is elected in round 1."


@pytest.mark.parametrize(("first", "stands"), [(84, False), (85, True)])
def test_eight_ballots_added_raise_the_majority_from_81_to_85(first, stands):
    # CE, 10 July 2015, 382737: 160 + 8 = 168 valid votes; 81 were needed of 160, and 85 are of 168.
    table = margins({"A": first, "B": 160 - first}, "municipales-2014", add=8, valid=160, **COMMUNE)
    row = of(table, "absolute majority")
    assert (row["bar"], bool(row["stands"])) == (81, stands)
    assert ("of 168, the majority is 85" in lead(table)) is not stands


def test_hautefort_the_last_of_fifteen_seats():
    # CE, 30 January 2015, 382627: 8 seats for the first, 7 shared out: 362 / 5 = 72.4 takes the last, before 188 / 3 = 62.67.
    # (362 - 49) / 5 = 62.6 is less than that, 314 / 5 = 62.8 is not; (188 + 30) / 3 = 72.67 is more than 72.4, 217 / 3 is not.
    row = of(margins({"A": 362, "B": 188}, "municipales-2014", seats=15, **COMMUNE), "last seat")
    assert row[["candidate", "against", "deduct", "add"]].tolist() == ["A", "B", 49, 30]


def test_the_last_of_nineteen_seats():
    # 10 for the first, 9 shared out: 884 / 6 = 147.33 takes the last, before 544 / 4 = 136. With 816 / 6 = 136 A has more votes
    # and keeps it, so that 68 are not enough; (544 + 46) / 4 = 147.5, and 589 / 4 = 147.25 is too little.
    row = of(margins({"A": 884, "B": 544}, "municipales-2014", seats=19, **COMMUNE), "last seat")
    assert row[["candidate", "against", "deduct", "add"]].tolist() == ["A", "B", 69, 46]


def test_erdre_en_anjou_one_torn_ballot_is_enough():
    # 889 and 888 of 1,777: 889 are more than half. 889 and 889 of 1,778: 890 would be.
    table = margins({"A": 889, "B": 888}, "municipales-2014", add=1, valid=1777, **COMMUNE)
    assert of(table, "absolute majority")[["deduct", "add"]].tolist() == [1, 1]
    assert lead(table) == "With 1 ballot added, A has 889 of 1,778, the majority is 890: nobody is elected in round 1."


def test_argentan_seven_votes_short_of_a_quarter():
    # 9,200 / 4 = 2,300. No ballot that is deducted makes 2,293 votes a quarter of as many registered.
    table = margins({"A": 2293, "B": 400, "C": 97}, "departementales", registered=9200, valid=2790, **CANTON)
    row = of(table, "a quarter of the registered")
    assert row[["votes", "bar", "margin", "add"]].tolist() == [2293, 2300, -7, 7]
    assert row["deduct"] is pd.NA
    assert row["article"] == "L. 193"
    assert lead(table) == "7 ballots would be enough to bring A up to a quarter of the registered."


def test_magny_le_desert_a_hundred_and_eleven_votes_short():
    # 2,493 are a quarter of 9,972 registered voters; 2,493 - 2,382 = 111.
    table = margins({"A": 2382, "B": 600}, "departementales", registered=9972, **CANTON)
    assert of(table, "a quarter of the registered")[["bar", "margin", "add"]].tolist() == [2493, -111, 111]


def test_senators_the_last_of_five_seats():
    # 1,023 / 4 = 255.75 takes the last seat, and 258 the one before; 253 is next. With 5 ballots less, 253 and 253 are level;
    # from the first list 12 would be needed (1,012 / 4 = 253 keeps the seat, for more votes). 253 + 3 = 256.
    senate = {"election": "Sénatoriales 2020", "date": "2020-09-27", "level": "departement", "coverage": "whole"}
    table = margins({"A": 1023, "B": 258, "C": 253}, "senatoriales-lists-2014", seats=5, **senate)
    row = of(table, "last seat")
    assert row[["candidate", "against", "deduct", "add"]].tolist() == ["B", "C", 5, 3]


@pytest.mark.parametrize(("one", "other", "ahead"), [(87388, 87290, 98), (86911, 85959, 952)])
def test_a_party_without_rules_has_a_lead(one, other, ahead):
    # The presidency of the UMP, November 2012: 87,388 - 87,290 = 98, and as counted again 86,911 - 85,959 = 952.
    table = margin(returns_of(unit({"Copé": one, "Fillon": other}, election="Présidence de l'UMP", coverage="whole")))
    row = line(table)
    assert row[["margin_of", "margin", "deduct", "add"]].tolist() == ["first against second", ahead, ahead, ahead]
    assert f"Copé leads by {ahead} votes here: {ahead} irregular ballots are enough for a tie." in lead(table)
