"""Seats: each list's, by stage and round; what ties leave open; what is said of it; the steps."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from primaire.analysis.seats import seats
from primaire.errors import NameUnknownError, NotHeldError
from primaire.outcomes.councils import seats_of
from primaire.rules.parts import parse_condition
from primaire.rules.rule_file import parse_rule
from tests.elections import line, returns_of, said, unit

COUNCIL = parse_rule(
    """
rules = 1
title = "Councils"
law = "The law"
note = "Ages are on the lists."

[[round]]
elected = { conditions = ["more than 1/2 of valid"] }
qualified = { condition = "at least 10 % of valid" }

[[round]]

[[seats.stage]]
seats = "1/2"
rounding = ["down below 4 seats", "up"]
to = "first"
tie = ["higher average age"]
article = "L.262"

[[seats.stage]]
seats = "rest"
method = "dhondt"
threshold = "at least 5 % of valid"
tie = ["most votes", "the elder"]
article = "L.262"
""",
    "councils",
)
ANGERS = {"First": 17267, "Second": 5019, "Third": 4206, "Fourth": 1529, "Fifth": 1422, "Sixth": 419}


def council(candidates, **ballot):
    return seats(returns_of(unit(candidates, **ballot)), seats=9, rules=[COUNCIL])


def column(table, name):
    return dict(zip(table.frame["candidate"], table.frame[name], strict=True))


def notes(table, place=0):
    return [str(note) for note in table.sections[place].notes]


def lead(table, place=0):
    return str(table.sections[place].lead)


def test_a_real_council():
    table = seats(returns_of(unit(ANGERS, coverage="whole")), seats=59, rules=[COUNCIL])
    assert list(column(table, "seats").values()) == [49, 5, 4, 1, 0, 0]
    assert list(column(table, "stage_1").values()) == [30, 0, 0, 0, 0, 0]
    assert list(column(table, "stage_2").values()) == [19, 5, 4, 1, 0, 0]
    first = line(table, candidate="First")
    assert (first["seats_total"], first["votes_needed"], first["valid"]) == (59, 1494, 29862)  # 1,493.1 are 5 %
    assert first["seats_share"] == pytest.approx(100 * 49 / 59)
    assert lead(table) == "First gets 49 of the 59 seats: more than half."
    assert notes(table) == [
        "30 seats go to the first list (L.262).",
        "29 seats are shared out by highest averages (D'Hondt) among the lists with at least 5% of valid, 1,494 votes (L.262).",
        "First has 2,335 votes more than the majority that this round asks for.",  # 17,267 - 14,932
        # 17,267 / 19 = 908.8 is the last; 4206 / 5 is next, and 4,544 / 5 = 908.8; 1,818 / 2 = 909.
        "The last seat goes to First; Third is next, 338 votes short of it.",
        "Of the lists that share, Fourth is nearer to it in votes, 289 votes short.",
        "Fifth is 75 votes short of the threshold.",  # 1,497 of 29,937 are 5.0004 %, 1,496 of 29,936 are 4.997 %
        "Computed from the published figures: valid votes.",
    ]
    assert list(map(str, table.notes)) == [
        "Rule “councils”, applied to Vote: Councils (The law).",
        "Ages are on the lists.",
    ]


def test_a_first_round_that_settles_nothing_has_no_seats():
    table = seats(returns_of(unit({"A": 50, "B": 50}), unit({"A": 55, "B": 45}, round=2)), seats=9, rules=[COUNCIL])
    first, second = table.frame[table.frame["round"] == 1], table.frame[table.frame["round"] == 2]
    assert first[["seats", "seats_high", "stage_1", "seats_total", "seats_share"]].isna().all(axis=None)
    assert lead(table) == "No list has more than half of valid, 51 votes: seats are shared out in round 2."
    assert second["seats"].tolist() == [7, 2]  # 5, and four of 55 45 27.5 22.5


def test_a_round_after_one_that_settled_it_has_no_seats():
    table = seats(returns_of(unit({"A": 60, "B": 40}), unit({"A": 70, "B": 30}, round=2)), seats=9, rules=[COUNCIL])
    assert table.frame["seats"].isna().tolist() == [False, False, True, True]
    assert "round before" in lead(table, 1)


def test_each_contest_is_settled_by_itself():
    table = seats(
        returns_of(
            unit({"A": 60, "B": 40}, contest="One", unit="One"),
            unit({"C": 50, "D": 50}, contest="Two", unit="Two"),
            unit({"C": 60, "D": 40}, contest="Two", unit="Two", round=2),
        ),
        seats=4,
        rules=[COUNCIL],
    )
    # 2, and 60 40; none; 2, and 60 40.
    assert table.frame["seats"].astype("object").where(table.frame["seats"].notna(), None).tolist() == [
        3,
        1,
        None,
        None,
        3,
        1,
    ]


def test_a_round_that_the_rules_do_not_know():
    with pytest.raises(NotHeldError, match="has 2 rounds, and this is round 3"):
        council({"A": 60, "B": 40}, round=3)


def test_a_tie_for_the_bonus():
    table = seats(returns_of(unit({"A": 2670, "B": 2670}, round=2)), seats=29, rules=[COUNCIL])
    row = line(table, candidate="A")
    assert (row["seats"], row["seats_high"]) == (7, 22)
    assert (row["stage_1"], row["stage_1_high"], row["stage_2"], row["stage_2_high"]) == (0, 15, 7, 7)
    assert lead(table) == "A tie leaves open how many of the 29 seats go to A, B."
    how = "The rule favours the list whose candidates are older on average; these figures do not tell who that is."
    assert f"Level for the 15 seats of the first list: A, B. {how}" in notes(table)
    assert not any("last seat goes" in note for note in notes(table))


def test_a_tie_for_the_last_seat_that_votes_break():
    # 9 seats: 5, and four of 400 100 55: 400 200 133.3 100 = 100.
    table = council({"A": 400, "B": 100, "C": 55})
    assert column(table, "seats") == {"A": 9, "B": 0, "C": 0}
    assert "A, B had equal claims to the last seat: more votes come first." in notes(table)


def test_a_tie_for_the_last_seat_that_nothing_breaks():
    table = seats(returns_of(unit({"A": 40, "B": 30, "C": 30})), seats=2, method="dhondt")
    assert (column(table, "seats"), column(table, "seats_high")) == ({"A": 1, "B": 0, "C": 0}, {"A": 1, "B": 1, "C": 1})
    assert "Equal claims to the last seat: B, C. No text that is known here says how to break it." in notes(table)


def test_a_method_alone_shares_every_round_out_by_itself():
    table = seats(
        returns_of(unit({"A": 50, "B": 50}), unit({"A": 60, "B": 40}, round=2)), seats=4, method="Sainte-Laguë"
    )
    assert table.frame["seats"].tolist() == [2, 2, 2, 2]  # 60 40 20 13.3
    assert "stage_1" not in table.frame
    assert not table.notes


def test_a_method_with_a_threshold():
    table = seats(returns_of(unit({"A": 96, "B": 4})), seats=25, method="hare", threshold="at least 5 % of valid")
    assert column(table, "seats") == {"A": 25, "B": 0}
    table = seats(returns_of(unit({"A": 96, "B": 4})), seats=25, method="plus fort reste")
    assert column(table, "seats") == {"A": 24, "B": 1}


def test_without_a_number_the_source_says_how_many_seats_were_won():
    table = seats(
        returns_of(unit({"A": {"votes": 55, "seats": 2}, "B": {"votes": 45, "seats": 2}}, coverage="whole")),
        method="dhondt",
    )
    assert (column(table, "seats"), column(table, "seats_published")) == ({"A": 2, "B": 2}, {"A": 2, "B": 2})
    assert not any("source" in note for note in notes(table))


def test_other_seats_than_the_source_says_are_told():
    given = {"A": {"votes": 55, "seats": 3}, "B": {"votes": 45, "seats": 1}}
    assert "The source says other seats than these rules give." in notes(
        seats(returns_of(unit(given)), method="dhondt")
    )
    assert "The source says that 4 seats were won." in notes(seats(returns_of(unit(given)), seats=5, method="dhondt"))


def test_votes_for_lists_that_are_not_named_may_matter():
    # 7 of 100: a list of its own would have 5 % and, of 20 seats, one.
    told = "7 valid votes are of none of these lists: if they were of one list, seats would be others."
    assert told in notes(seats(returns_of(unit({"A": 53, "B": 40}, valid=100)), seats=20, method="dhondt"))
    assert told not in notes(seats(returns_of(unit({"A": 53, "B": 40}, valid=100)), seats=3, method="dhondt"))


def test_nobody_with_a_claim():
    table = seats(
        returns_of(unit({"A": 40, "B": 30, "C": 30})), seats=5, method="dhondt", threshold="more than 1/2 of valid"
    )
    assert column(table, "seats") == {"A": 0, "B": 0, "C": 0}
    assert (line(table, candidate="A")["seats_unfilled"], lead(table)) == (5, "No list gets a seat.")
    assert "5 seats are given to nobody: no list has a claim to them." in notes(table)


def test_candidates_without_a_nuance_are_no_list():
    people = {"Ann": {"votes": 50, "label": "X"}, "Bob": {"votes": 30, "label": "Y"}, "Cy": {"votes": 20}}
    table = seats(returns_of(unit(people)), seats=8, method="dhondt", by="nuance")
    assert column(table, "seats") == {"X": 5, "Y": 3, "no nuance": 0}  # 50 30 25 16.7 15 12.5 10 10


def test_reconstructed_and_approximate_votes_are_marked():
    table = seats(returns_of(unit({"A": {"votes": 60, "approximate": ("votes",)}, "B": 40})), seats=3, method="dhondt")
    assert set(table.frame["seats_origin"]) == {"approximate"}
    assert "if the approximate figures are right" in lead(table)


@pytest.mark.parametrize(
    ("candidates", "ballot", "options", "words"),
    [
        ({"A": 60, "B": 40}, {}, {"method": "dhondt"}, "How many seats"),
        ({"A": 60, "B": None}, {}, {"method": "dhondt", "seats": 3}, "not all known"),
        ({"A": 0, "B": 0}, {}, {"method": "dhondt", "seats": 3}, "no votes"),
        ({"A": 60}, {}, {"method": "dhondt", "seats": 3, "threshold": "at least 5 % of registered"}, "registered"),
    ],
)
def test_what_the_source_lacks_is_told(candidates, ballot, options, words):
    with pytest.raises(NotHeldError, match=words):
        seats(returns_of(unit(candidates, **ballot)), **options)


def test_a_contest_that_lacks_something_does_not_keep_the_others_from_their_seats():
    table = seats(
        returns_of(unit({"A": 60, "B": None}, contest="One", unit="One"), unit({"C": 60}, contest="Two", unit="Two")),
        seats=3,
        method="dhondt",
    )
    assert table.frame["seats"].isna().tolist() == [True, True, False]
    assert "not all known" in lead(table)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"threshold": "at least 5 % of valid"}, "given with a method"),
        ({"by": "unit"}, "Rules are of whole contests"),
        ({"by": "nuance"}, "Rules are of whole contests"),
        ({"method": "dhont"}, "Did you mean “dhondt”"),
        ({"method": "hare", "threshold": "5 %"}, "at least 5 % of valid"),
        ({"method": "hare", "rules": [COUNCIL]}, "either"),
        ({"method": "hare", "by": "comune"}, "Did you mean “commune”"),
    ],
)
def test_names_that_do_not_exist(options, words):
    with pytest.raises(NameUnknownError, match=words):
        seats(returns_of(unit({"A": 1})), seats=3, **options)


def test_the_rules_that_ship_are_found_by_kind_and_year():
    table = seats(returns_of(unit(ANGERS, election="Municipales 2020")), seats=59)
    assert list(column(table, "seats").values()) == [49, 5, 4, 1, 0, 0]
    assert set(table.frame["rule"]) == {"municipales-2014"}
    with pytest.raises(NotHeldError, match="no kind of election"):
        seats(returns_of(unit(ANGERS)), seats=59)
    with pytest.raises(NotHeldError, match="elected by themselves"):
        seats(returns_of(unit({"A": 6}, election="Présidentielle 2017", unit="Contest", coverage="whole")), seats=59)


def test_a_part_of_a_contest_shares_out_no_seats():
    part = returns_of(unit(ANGERS, coverage="part"))
    with pytest.raises(NotHeldError, match="only a part of Contest"):
        seats(part, seats=59, rules=[COUNCIL])
    table = seats(part, seats=59, rules=[COUNCIL], assume_whole=True)
    assert line(table, candidate="First")["seats"] == 49
    assert table.frame["assumed_whole"].all()
    assert "Assumed" in str(table.notes[0])


def test_a_frozen_count_shares_out_no_seats():
    with pytest.raises(NotHeldError, match="frozen"):
        seats(returns_of(unit(ANGERS, status="frozen")), seats=59, rules=[COUNCIL])


def test_rules_without_seats():
    rule = parse_rule("rules = 1\n[[round]]\nelected = { first = 1 }\n", "plurality")
    with pytest.raises(NotHeldError, match="no seats to share out"):
        seats(returns_of(unit({"A": 1})), seats=3, rules=[rule])


def test_the_steps():
    table = seats(returns_of(unit({"A": 60, "B": 40})), seats=5, rules=[COUNCIL], explain=True)
    assert table.name == "seats_explained"
    told = [
        "stage",
        "seat",
        "seat_last",
        "candidate",
        "votes",
        "by",
        "numerator",
        "denominator",
        "rival",
        "short",
        "tied",
    ]
    assert table.frame[told].astype("object").fillna(-1).to_numpy().tolist() == [
        [1, 1, 3, "A", 60, "bonus", 60, 1, "B", -1, False],  # with 21 votes more for B, A has no majority of 121
        [2, 4, 4, "A", 60, "average", 60, 1, "B", 21, False],
        [2, 5, 5, "B", 40, "average", 40, 1, "A", 20, False],  # 80 / 2 = 40, and more votes come first
    ]
    assert lead(table) == "A gets 4 of the 5 seats: more than half."


def test_the_steps_of_a_tie_have_a_row_for_each_list():
    table = seats(returns_of(unit({"A": 40, "B": 30, "C": 30})), seats=2, method="sainte-lague", explain=True)
    tied = table.frame[table.frame["tied"].astype("bool")]
    assert tied["candidate"].tolist() == ["B", "C"]
    assert tied["by"].tolist() == ["average, tied"] * 2
    assert set(tied["seat"]) == {2}
    # A has 40 / 3, and 91 / 3 is more than 30.
    assert (tied["rival"].tolist(), tied["short"].tolist()) == (["A", "A"], [51, 51])


def test_the_steps_of_a_quota():
    table = seats(returns_of(unit({"A": 70, "B": 30})), seats=4, method="hare", explain=True)  # a quota of 25
    assert table.frame["by"].tolist() == ["full quotas", "full quotas", "remainder"]
    assert table.frame["quotient"].tolist() == [2.8, 1.2, 20.0]
    assert [(row["seat"], row["seat_last"]) for _, row in table.frame.iterrows()] == [(1, 2), (3, 3), (4, 4)]


def test_a_round_without_seats_has_no_steps():
    with pytest.raises(NotHeldError, match="round 2"):
        seats(returns_of(unit({"A": 50, "B": 50})), seats=9, rules=[COUNCIL], explain=True)


def test_a_majority_that_more_votes_for_others_would_end():
    # 5 seats, and four of 510 500 255 250; the next, A, is far. 10 votes for anybody else: 510 of 1,020 are no majority.
    told = notes(council({"A": 510, "B": 500}))
    assert "A has 4 votes more than the majority that this round asks for." in told  # 506 of 1,010
    assert not any("would come first" in note or "short of it" in note for note in told)
    last = notes(council({"A": 510, "B": 500}, round=2))
    assert "With 11 votes more, B would come first." in last


def test_another_number_than_the_rules_say_is_told():
    rule = replace(COUNCIL, seats=replace(seats_of(COUNCIL), number=63))
    told = notes(seats(returns_of(unit({"A": 60, "B": 40})), seats=60, rules=[rule]))
    assert told[0] == "The rules say 63 seats; 60 are shared out, as asked for."


def test_a_bonus_with_a_threshold_that_nobody_meets():
    bonus = replace(seats_of(COUNCIL).stages[0], threshold=parse_condition("more than 3/4 of valid"))
    rule = replace(COUNCIL, seats=replace(seats_of(COUNCIL), stages=(bonus, seats_of(COUNCIL).stages[1])))
    told = notes(seats(returns_of(unit({"A": 60, "B": 40})), seats=9, rules=[rule]))
    assert (
        told[0] == "5 seats are for the first list with more than 75% of valid, 76 votes, and no list has that (L.262)."
    )
    assert told[1] == "5 seats are given to nobody: no list has a claim to them."


def test_seats_by_section_are_refused_before_their_number_is_asked_for():
    rule = replace(COUNCIL, seats=replace(seats_of(COUNCIL), by_section=True))
    with pytest.raises(NotHeldError, match="section by section"):
        seats(returns_of(unit({"A": 60, "B": 40})), rules=[rule])


def test_no_votes_are_told_by_rules_too():
    with pytest.raises(NotHeldError, match="no votes for any list"):
        council({"A": 0, "B": 0})


@pytest.mark.parametrize(
    ("votes", "number", "words"),
    [
        ({"A": 90, "B": 2}, 5, "A gets all of the 5 seats."),
        ({"A": 60, "B": 40}, 1, "A gets the only seat."),
        ({"A": 50, "B": 26, "C": 24}, 4, "A gets 2 of the 4 seats: exactly half."),
    ],
)
def test_the_most_seats_in_words(votes, number, words):
    assert lead(seats(returns_of(unit(votes)), seats=number, method="dhondt")) == words


def test_everything_is_said_without_error():
    for explain in (False, True):
        table = seats(returns_of(unit(ANGERS)), seats=59, rules=[COUNCIL], explain=explain)
        assert all(said(table))
        assert isinstance(table.frame, pd.DataFrame)
