"""Margin: what is told of each contest, and what becomes of it when ballots are annulled or not known."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.margin import margin
from primaire.errors import NameUnknownError, NotHeldError
from primaire.margins.found import MARGINS
from primaire.rules.rule_file import parse_rule
from tests.elections import line, returns_of, said, unit

RULE = parse_rule(
    """
rules = 1
title = "Our vote"
[[round]]
elected = { conditions = ["more than 1/2 of valid", "at least 1/4 of registered"], article = "art. 3" }
qualified = { condition = "at least 12.5 % of registered", if_one = 2, if_none = 2, article = "art. 4" }
[[round]]
elected = { article = "art. 5" }
[expenses]
condition = "at least 5 % of valid"
article = "art. 9"
""",
    "ours",
)
WHOLE = {"coverage": "whole", "level": "station"}


def told(*units, **options):
    return margin(returns_of(*units), rules=[RULE], **options)


def leads(table):
    return [str(section.lead) for section in table.sections]


def ballots(table, margin_of, candidate):
    return line(table, margin_of=margin_of, candidate=candidate)[["deduct", "add"]].tolist()


def test_who_is_second_by_rank_falls_behind_the_third_not_below_the_bar():
    # 12.5 % of 1,600 are 200: A alone has them, and B is in as one of the two first, 30 ahead of C. 40 for C make 200.
    table = told(unit({"A": 300, "B": 190, "C": 160}, registered=1600, **WHOLE))
    row = line(table, margin_of="qualification", candidate="B")
    assert row[["against", "bar", "margin", "deduct", "add"]].tolist() == ["C", 160, 30, 30, 30]
    assert ballots(table, "qualification", "C") == [30, 30]


def test_two_above_the_bar_keep_the_third_out_until_it_is_there_or_level_with_the_second():
    # The bar is 200. C lacks 20; B, at 210, would have to lose 30 to be level with C, and A alone would be above the bar.
    table = told(unit({"A": 300, "B": 210, "C": 180}, registered=1600, **WHOLE))
    row = line(table, margin_of="qualification", candidate="C")
    assert row[["bar", "margin", "deduct", "add"]].tolist() == [200, -20, 30, 20]
    # Nothing that others are given puts B out, who has what it takes.
    assert ballots(table, "qualification", "B") == [30, pd.NA]


def test_five_percent_are_counted_anew_with_every_ballot():
    # 50 of 1,000 are 5 %. Without one of them, 49 of 999 are less; with 1 more for others, 50 of 1,001 are less.
    # C, at 45: with 5 + 1 more, 51 of 1,006 are 5.07 %, and 50 of 1,005 are not 5 % (50.25); 45 are 5 % of 900, with 100 less.
    table = told(unit({"A": 905, "B": 50, "C": 45}, registered=1500, valid=1000, **WHOLE), of=["reimbursement"])
    assert table.frame["candidate"].tolist() == ["B", "C"]
    assert ballots(table, "reimbursement", "B") == [1, 1]
    assert ballots(table, "reimbursement", "C") == [100, 6]


def test_a_quarter_decides_nothing_while_the_majority_is_lacking():
    table = told(unit({"A": 400, "B": 350, "C": 300}, registered=1640, **WHOLE))
    decides = dict(zip(table.frame["margin_of"] + " " + table.frame["candidate"], table.frame["decides"], strict=True))
    # A has 410 not (10 short) and 526 not (1,050 valid): the majority is farther.
    assert decides["absolute majority A"]
    assert not decides["a quarter of the registered A"]
    assert not decides["first against second A"]


def test_rows_and_contests_come_closest_first():
    near = unit({"A": 30, "B": 29}, contest="Near", round=2, registered=99, **WHOLE)
    far = unit({"A": 50, "B": 20}, contest="Far", round=2, registered=99, **WHOLE)
    assert told(far, near).frame["contest"].tolist() == ["Near", "Far"]
    first = told(unit({"A": 300, "B": 190, "C": 160}, registered=1600, **WHOLE)).frame["ballots"].tolist()
    assert first == sorted(first)


def test_many_contests_are_one_list():
    many = [unit({"A": 50 + n, "B": 50}, contest=f"C{n}", round=2, registered=999, **WHOLE) for n in range(14, 0, -1)]
    table = told(*many)
    assert len(table.parts()) == 1
    assert table.column("contest").place == "body"
    assert table.frame["margin"].tolist() == list(range(1, 15))
    assert leads(table) == [
        "The closest of 14 contests and rounds: C1: Here. 1 ballot would be enough to change who comes first."
    ]
    asked = told(*many, deduct=3)
    assert leads(asked) == ["In 3 of 14 contests and rounds, the outcome would not stand."]
    assert asked.frame["stands"].tolist() == [False] * 3 + [True] * 11


def test_a_tie_needs_no_ballot():
    table = told(unit({"A": 40, "B": 40}, round=2, registered=99, **WHOLE))
    assert ballots(table, "first against second", "A") == [0, 0]
    assert leads(table) == ["A tie: A, B have 40 votes each."]


def test_ballots_deducted_and_added_work_together():
    # A lead of 10: 4 taken from A and 6 given to B make it a tie, 4 and 5 do not.
    second = unit({"A": 60, "B": 50}, round=2, registered=200, **WHOLE)
    assert told(second, deduct=4, add=6).frame["stands"].tolist() == [False]
    assert leads(told(second, deduct=4, add=6)) == [
        "With 4 ballots deducted and 6 added, A has 56 votes and B 56: enough to change who comes first."
    ]
    assert leads(told(second, deduct=4, add=5)) == ["With 4 ballots deducted and 5 added, everything here stands."]


def test_more_ballots_than_there_are_cannot_be_deducted():
    with pytest.raises(NotHeldError, match="111 ballots cannot be deducted from 110 valid votes"):
        told(unit({"A": 60, "B": 50}, round=2, registered=200, **WHOLE), deduct=111)


def two_stations(**more):
    here = {"registered": 500, "voters": 100, "valid": 100, "contest": "Town", "level": "station", "coverage": "whole"}
    one = unit({"A": 60, "B": 40}, unit="North", round=2, **{**here, **more})
    return one, unit({"A": 45, "B": 55}, unit="South", round=2, **{**here, **more})


def test_without_a_station_its_voters_stay_on_the_roll():
    # 105 against 95; without North, 45 against 55.
    table = told(*two_stations(), annul=["north"])
    row = line(table)
    assert row[["candidate", "votes", "margin", "registered", "valid"]].tolist() == ["B", 55, 10, 1000, 100]
    assert leads(table) == [
        "Without these units: “Elected: B, 10 votes ahead of A.” Before: “Elected: A, 10 votes ahead of B.” 10 ballots would be enough to change who comes first."
    ]
    assert any(
        sentence.startswith("Without the ballots of north (1 unit); its registered voters stay")
        for sentence in said(table)
    )


def test_what_annulling_does_not_change_is_said_to_be_the_same():
    table = told(*two_stations(), annul=["South"])
    assert line(table)[["margin", "margin_before", "deduct_before"]].tolist() == [20, 10, 10]
    assert leads(table)[0].startswith("Without these units, the outcome is the same. Elected: A, 20 votes ahead of B.")


def test_seats_that_move_are_said_though_the_same_lists_share_them():
    # 5 seats by highest averages: 60 and 40 share them 3 to 2, and 45 and 9 share them 4 to 1 (45 / 4 = 11.25, 9 / 1 = 9).
    # Together 105 and 49: 105, 52.5, 49, 35, 26.25 against 24.5: 4 to 1.
    rule = parse_rule(
        """
rules = 1
title = "Our council"
[[round]]
[[seats.stage]]
seats = "rest"
method = "dhondt"
""",
        "council",
    )
    here = {"contest": "Town", "level": "station", "coverage": "whole"}
    one, other = unit({"A": 60, "B": 40}, unit="North", **here), unit({"A": 45, "B": 9}, unit="South", **here)
    table = margin(returns_of(one, other), rules=[rule], seats=5, annul=["South"])
    assert leads(table)[0].startswith("Without these units, seats are others: A 3, B 2. Before: A 4, B 1.")
    unsaid = margin(returns_of(one, other), rules=[rule], annul=["South"])
    assert leads(unsaid)[0].startswith("Without these units, the same lists share the seats.")


def test_a_number_means_a_code_and_no_part_of_a_name():
    here = {"contest": "Town", "level": "station", "coverage": "whole", "round": 2, "registered": 500}
    stations = [unit({"A": 60 + n, "B": 40}, unit=f"31555 {n:04}", station_code=f"{n:04}", **here) for n in (3, 31, 12)]
    # 63 + 91 + 72 = 226 against 120; without the third station of the city 163 against 80.
    assert line(told(*stations, annul=["3"]))[["votes", "bar"]].tolist() == [163, 80]


def test_a_unit_that_nobody_voted_in_may_not_be_counted_yet():
    north, _ = two_stations()
    south = unit(
        {"A": 0, "B": 0},
        unit="South",
        round=2,
        registered=500,
        voters=0,
        valid=0,
        contest="Town",
        level="station",
        coverage="whole",
    )
    assert "1 unit has registered voters and not one voter. If it is not counted yet, name it with --unknown." in said(
        told(north, south)
    )


def test_a_station_that_is_not_there_cannot_be_annulled():
    with pytest.raises(NotHeldError, match="No unit is called “Nort h” here") as refused:
        told(*two_stations(), annul=["Nort h"])
    assert str(refused.value).endswith("There are: North, South. Did you mean “North”?")
    with pytest.raises(NotHeldError, match="nothing is left"):
        told(*two_stations(), annul=["North", "South"])
    with pytest.raises(NameUnknownError, match="“South” cannot be annulled and unknown at once"):
        told(*two_stations(), annul=["South"], unknown=[("south", 3)])


def test_electors_of_a_station_that_is_not_in_the_data_settle_it_up_to_the_lead():
    assert leads(told(*two_stations(), unknown=[("West", 9)])) == [
        "Settled: it would take 10 electors to change who comes first, and there are 9 in West."
    ]
    table = told(*two_stations(), unknown=[("West", 10)])
    assert line(table)[["stands", "open_from"]].tolist() == [False, 10]
    assert leads(table) == ["Open: of the 10 electors in West, 10 would be enough to change who comes first."]
    assert "To come level, B would need 10 votes more there than A: 100% of these 10 electors." in said(table)
    unsaid = told(*two_stations(), unknown=[("West", None)])
    assert line(unsaid)["stands"] is pd.NA
    assert leads(unsaid) == [
        "Open: how many electors there are in West is not published, and 10 would be enough to change who comes first."
    ]


def test_a_station_of_the_data_that_is_unknown_has_its_registered_voters_left():
    table = told(*two_stations(), unknown=[("South", None)])
    # North alone: 60 against 40; the 500 of South are on the roll already.
    assert line(table)[["margin", "registered", "open_from", "stands"]].tolist() == [20, 1000, 20, False]
    with pytest.raises(NotHeldError, match="“South” has 500 registered voters, and 501 are said to be unknown"):
        told(*two_stations(), unknown=[("South", 501)])


def test_new_electors_raise_the_bar_that_is_a_part_of_the_registered():
    # 12.5 % of 1,600 are 200, and of 1,601 too little: 200 x 8 = 1,600. C at 190 is far below.
    first = unit({"A": 500, "B": 400, "C": 200, "D": 190}, registered=1600, contest="Town", **WHOLE)
    table = told(first, unknown=[("West", 1)], of=["qualification"])
    assert line(table, candidate="C")[["open_from", "stands"]].tolist() == [1, False]


def test_a_partial_count_is_open_while_the_rest_can_change_it():
    counted = {"contest": "Town", "coverage": "whole", "level": "station", "round": 2}
    north = unit({"A": 300, "B": 200}, unit="North", registered=900, voters=500, valid=500, **counted)
    south = unit({"A": None, "B": None}, unit="South", registered=99, **counted)
    table = told(north, south)
    assert leads(table) == [
        "Settled: it would take 100 electors to change who comes first, and there are 99 in 1 unit that is not counted."
    ]
    assert "1 unit is not counted yet, with 99 electors in doubt." in said(table)
    larger = told(north, unit({"A": None, "B": None}, unit="South", registered=400, **counted))
    assert line(larger)[["stands", "open_from", "registered"]].tolist() == [False, 100, 1300]
    assert "To come level, B would need 100 votes more there than A: 25% of these 400 electors." in said(larger)


def test_an_unknown_unit_needs_one_contest_to_belong_to():
    both = [unit({"A": 3, "B": 2}, contest=name, round=2, registered=9, **WHOLE) for name in "XY"]
    with pytest.raises(NotHeldError, match="“West” is no unit here, and could belong to 2 contests"):
        told(*both, unknown=[("West", 3)])


def test_on_a_part_of_a_contest_there_is_a_lead_and_nothing_else():
    part = unit({"A": 60, "B": 50}, coverage="part", registered=200)
    table = told(part)
    assert table.frame["margin_of"].tolist() == ["first against second"]
    assert leads(table) == [
        "Here is only a part of Contest. A leads by 10 votes here: 10 irregular ballots are enough for a tie."
    ]
    assert "elected" not in " ".join(said(table))


def test_a_rule_without_what_it_asks_for_is_refused():
    with pytest.raises(NotHeldError, match="registered voters, and their number is not published"):
        told(unit({"A": 60, "B": 50}, **WHOLE))


def test_somebody_who_is_not_listed_may_be_the_second():
    with pytest.raises(NotHeldError):
        told(unit({"A": 60, "B": 5}, coverage="part", valid=100))


def test_only_the_margins_asked_for():
    first = unit({"A": 300, "B": 190, "C": 160}, registered=1600, **WHOLE)
    assert set(told(first, of=["qualification"]).frame["margin_of"]) == {"qualification"}
    with pytest.raises(NotHeldError, match="Nothing here hangs on: last seat"):
        told(first, of=["last seat"])
    assert set(told(first).frame["margin_of"]) <= set(MARGINS)
