"""Units that are said to be unknown or annulled, in margins: what stays of their ballots, and what is compared."""

from __future__ import annotations

import pytest

from primaire.analysis.margin import margin
from primaire.errors import NameUnknownError, NotHeldError
from primaire.rules.rule_file import parse_rule
from tests.elections import line, returns_of, said, unit

RULE = parse_rule(
    """
rules = 1
title = "Our vote"
[[round]]
elected = {}
""",
    "ours",
)
TOWN = {"contest": "Town", "level": "station", "coverage": "whole"}


def told(*units, **options):
    return margin(returns_of(*units), rules=[RULE], **options)


def leads(table):
    return [str(section.lead) for section in table.sections]


def three():
    # 150 against 120 of 300 registered voters each; 90 against 60 without South.
    return (
        unit({"A": 50, "B": 20}, unit="North", registered=300, voters=75, valid=70, **TOWN),
        unit({"A": 40, "B": 40}, unit="West", registered=300, voters=85, valid=80, **TOWN),
        unit({"A": 60, "B": 60}, unit="South", registered=300, voters=125, valid=120, **TOWN),
    )


def test_some_electors_of_a_unit_leave_its_published_ballots_where_they_are():
    table = told(*three(), unknown=[("South", 29)])
    assert line(table)[["votes", "bar", "open_from", "stands"]].tolist() == [150, 120, 30, True]
    assert "The published ballots of South stay: the electors in doubt are supposed to be others than those." in said(
        table
    )
    assert line(told(*three(), unknown=[("South", 30)]))["stands"] == False  # noqa: E712  a nullable flag


@pytest.mark.parametrize("electors", [None, 300])
def test_all_electors_of_a_unit_leave_its_published_ballots_out_and_that_is_said(electors):
    table = told(*three(), unknown=[("South", electors)])
    assert line(table)[["votes", "bar", "open_from", "stands"]].tolist() == [90, 60, 30, False]
    assert "The 125 published ballots of South are left out: they are supposed not to be known." in said(table)


def test_a_number_of_electors_is_that_of_all_units_that_are_meant():
    city = [
        unit({"A": 50 + n, "B": 20}, unit=f"City {n}", commune="City", registered=100, valid=70 + n, **TOWN)
        for n in (1, 2)
    ]
    # (51 + 52) - 40 = 63 in the city, and 150 - 120 = 30 besides: 93. 150 electors of the 200 in the city are in doubt.
    table = told(*city, *three(), unknown=[("City", 150)])
    assert line(table)[["margin", "open_from", "stands"]].tolist() == [93, 93, False]
    with pytest.raises(NotHeldError, match="“City” has 200 registered voters, and 201 are said to be unknown"):
        told(*city, *three(), unknown=[("City", 201)])


def test_a_unit_that_is_not_counted_yet_has_as_many_electors_as_are_said():
    north, west, _ = three()
    south = unit({"A": None, "B": None}, unit="South", registered=300, **TOWN)
    # Without it 90 against 60.
    assert leads(told(north, west, south))[0].startswith("Open: of the 300 electors in 1 unit that is not counted")
    assert leads(told(north, west, south, unknown=[("South", 29)])) == [
        "Settled: it would take 30 electors to change who comes first, and there are 29 in South."
    ]


def test_a_unit_with_voters_and_no_votes_is_not_counted_yet():
    north, west, _ = three()
    south = unit({"A": None, "B": None}, unit="South", registered=300, voters=29, **TOWN)
    assert leads(told(north, west, south)) == [
        "Settled: it would take 30 electors to change who comes first, and there are 29 in 1 unit that is not counted."
    ]


def test_of_a_partial_count_the_same_part_is_compared():
    north, west, _ = three()
    south = unit({"A": None, "B": None}, unit="South", registered=300, **TOWN)
    # 90 against 60; without West 50 against 20: both are 30.
    table = told(north, west, south, annul=["West"])
    assert line(table)[["margin", "margin_before"]].tolist() == [30, 30]


def test_a_unit_is_named_once():
    with pytest.raises(NameUnknownError, match="“South” and “south” name a unit twice"):
        told(*three(), unknown=[("South", 3), ("south", 4)])
    with pytest.raises(NameUnknownError, match="“East” and “East” name a unit twice"):
        told(*three(), unknown=[("East", 3), ("East", None)])
    assert line(told(*three(), unknown=[("East", 3), ("east", 3)]))["stands"] == True  # noqa: E712  a nullable flag


def test_everything_cannot_be_unknown():
    with pytest.raises(NotHeldError, match="nothing is left"):
        told(*three(), unknown=[("North", None), ("West", None), ("South", None)])


def test_units_with_other_candidates_may_be_several_contests():
    here = {"contest": "Two", "level": "constituency", "coverage": "whole"}
    one, other = unit({"A": 5, "B": 3}, unit="78-1", **here), unit({"C": 4, "D": 2}, unit="78-2", **here)
    with pytest.raises(NotHeldError, match="if they are several contests, a column “contest” tells them apart"):
        told(one, other)
    with pytest.raises(NotHeldError, match="The votes of every candidate are not known"):
        told(one, unit({"A": None, "B": 2}, unit="78-2", **here))
