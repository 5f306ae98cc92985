"""Swing: what changed, candidate by candidate, and in one figure."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from primaire.analysis.swing import swing
from primaire.errors import NotHeldError
from primaire.render import render_as
from tests.elections import line, percentage, returns_of, said, unit


def between(before, after, **more):
    """Set two rounds of one contest against each other."""
    return swing(returns_of(unit(before, **more), unit(after, round=2, **more)))


def measures(table):
    row = table.frame.iloc[0]
    return tuple(
        None if pd.isna(row[name]) else row[name] for name in ("butler", "steed", "pedersen", "swing_from", "swing_to")
    )


# The example that every textbook gives: 35, 45, 20 % and then 45, 40, 15 %.
CLASSIC = {"Conservatives": 35, "Labour": 45, "Liberals": 20}, {"Conservatives": 45, "Labour": 40, "Liberals": 15}


def test_the_textbook_example():
    butler, steed, pedersen, loser, winner = measures(between(*CLASSIC))
    assert butler == pytest.approx(7.5)  # (10 + 5) / 2
    assert steed == pytest.approx(percentage(45, 85) - percentage(35, 80))  # 52.94 - 43.75 = 9.19
    assert pedersen == pytest.approx(10)  # (10 + 5 + 5) / 2
    assert (loser, winner) == ("Labour", "Conservatives")


def test_the_direction_is_where_votes_went_and_the_swing_is_never_negative():
    # Hamon stays first, and loses 10 points to Valls.
    table = between({"Hamon": 70, "Valls": 30}, {"Hamon": 60, "Valls": 40})
    butler, steed, _, loser, winner = measures(table)
    assert (loser, winner) == ("Hamon", "Valls")
    assert butler == pytest.approx(10)
    assert steed == pytest.approx(10)
    assert table.frame["swing_direction"].iloc[0] == "Hamon → Valls"


def test_the_two_measures_may_disagree():
    # A: 40 to 45 %; B: 20 to 24 %. Butler (5 - 4) / 2 = 0.5 to A. Of the two alone A had 40/60, and has 45/69: less.
    butler, steed, _, loser, winner = measures(
        between({"A": 40, "B": 20, "C": 20, "D": 20}, {"A": 45, "B": 24, "C": 16, "D": 15})
    )
    assert butler == pytest.approx(0.5)
    assert steed == pytest.approx(percentage(45, 69) - percentage(40, 60))
    assert steed < 0
    assert (loser, winner) == ("B", "A")


def test_points_votes_and_factor_of_those_who_stayed():
    row = line(between({"Hamon": 404, "Valls": 411}, {"Hamon": 842, "Valls": 611}), candidate="Hamon")
    assert row["movement"] == "stayed"
    assert row["points"] == pytest.approx(percentage(842, 1453) - percentage(404, 815))
    assert row["votes_gained"] == 842 - 404
    assert row["factor"] == pytest.approx(float(Fraction(842, 404)))


def test_those_who_left_are_listed_with_what_they_left_behind():
    table = between({"A": 50, "B": 30, "C": 15, "D": 5}, {"A": 55, "B": 45})
    left = table.frame[table.frame["movement"] == "left"]
    assert left["candidate"].tolist() == ["C", "D"]
    assert left["votes_before"].tolist() == [15, 5]
    assert left[["share_after", "votes_after", "points", "votes_gained", "factor"]].isna().all(axis=None)
    assert table.frame["left_behind"].unique().tolist() == [20]
    assert table.frame["left_behind_share"].iloc[0] == pytest.approx(20.0)
    assert any("2" in sentence and "C, D" in sentence for sentence in said(table))


def test_what_was_left_behind_is_unknown_where_one_of_them_is():
    # C's and D's votes before are not known.
    table = between({"A": 50, "B": 30, "C": 15, "D": None}, {"A": 55, "B": 45}, voters=100)
    assert table.frame[["left_behind", "left_behind_share"]].isna().all(axis=None)


def test_nobody_who_left_leaves_nothing_behind():
    assert between(*CLASSIC).frame["left_behind"].isna().all()


def test_those_who_are_new_have_nothing_before():
    table = between({"A": 60, "B": 40}, {"A": 50, "B": 30, "N": 20})
    row = line(table, candidate="N")
    assert row["movement"] == "new"
    assert row[["share_before", "votes_before", "points", "votes_gained", "factor"]].isna().all()
    # 10 + 10 + 20: N's 20 points are new.
    assert row["pedersen"] == pytest.approx(20)


def test_the_leaders_are_the_first_two_after_and_both_must_have_stood():
    butler, steed, pedersen, *_ = measures(between({"A": 60, "B": 40}, {"A": 50, "N": 45, "B": 5}))
    assert (butler, steed) == (None, None)
    assert pedersen == pytest.approx((10 + 45 + 35) / 2)


def test_a_tie_for_the_second_place_leaves_no_two_leaders():
    butler, steed, pedersen, *_ = measures(between({"A": 50, "B": 30, "C": 20}, {"A": 40, "B": 30, "C": 30}))
    assert (butler, steed) == (None, None)
    assert pedersen == pytest.approx(10)


def test_two_equals_behind_a_new_first_are_not_the_leaders():
    butler, steed, pedersen, *_ = measures(between({"A": 70, "B": 30}, {"N": 60, "A": 20, "B": 20}))
    assert (butler, steed) == (None, None)
    assert pedersen == pytest.approx(60)


def test_a_tie_for_the_first_place_is_two_leaders():
    butler, *_ = measures(between({"A": 60, "B": 30, "C": 10}, {"A": 45, "B": 45, "C": 10}))
    assert butler == pytest.approx(15)


def test_a_complete_change_is_100():
    assert measures(between({"A": 3, "B": 4}, {"C": 1, "D": 1}))[2] == pytest.approx(100)


def test_measures_need_every_share_they_use():
    butler, steed, pedersen, *_ = measures(between({"A": 50, "B": 30, "C": None}, {"A": 40, "B": 60}, valid=100))
    assert butler == pytest.approx(((60 - 30) + (50 - 40)) / 2)  # the leaders' shares are known
    assert steed == pytest.approx(percentage(60, 100) - percentage(30, 80))
    assert pedersen is None  # C's is not


def test_leaders_whose_shares_are_unknown_leave_nothing_to_measure():
    assert measures(between({"A": 50, "B": None}, {"A": 40, "B": 60}, valid=100)) == (None, None, None, None, None)


def test_where_votes_are_not_known_shares_are_compared_and_votes_stay_unknown():
    table = between({"A": "55.0", "B": "45.0"}, {"A": 40, "B": 60})
    row = line(table, candidate="B")
    assert row["points"] == pytest.approx(60 - 45)
    assert row[["votes_before", "votes_gained", "factor"]].isna().all()
    assert any("only percentages are known before: B, A" in sentence for sentence in said(table))


def test_a_factor_of_no_votes_before_is_not_infinite():
    row = line(between({"A": 5, "B": 0}, {"A": 5, "B": 5}), candidate="B")
    assert pd.isna(row["factor"])
    assert row["votes_gained"] == 5


def test_measures_are_as_firm_as_the_weakest_share():
    assert between({"A": "66.67", "B": "33.33"}, {"A": 1, "B": 1}, voters=4).frame[
        "measures_origin"
    ].unique().tolist() == ["reconstructed"]
    about = {"votes": 50, "approximate": frozenset({"votes"})}
    assert between({"A": about, "B": 50}, {"A": 1, "B": 1}).frame["measures_origin"].unique().tolist() == [
        "approximate"
    ]


def test_two_equal_votes_have_no_swing():
    votes = {"A": 50, "B": 30, "C": 20}
    table = between(votes, votes)
    assert measures(table)[:3] == (0, 0, 0)
    assert table.frame["points"].tolist() == [0, 0, 0]
    assert table.frame["votes_gained"].tolist() == [0, 0, 0]
    assert table.frame["factor"].tolist() == [1, 1, 1]


def test_three_rounds_are_two_swings():
    table = swing(
        returns_of(unit({"A": 60, "B": 40}), unit({"A": 50, "B": 50}, round=2), unit({"A": 30, "B": 70}, round=3))
    )
    assert table.frame[["round_before", "round_after"]].drop_duplicates().to_numpy().tolist() == [[1, 2], [2, 3]]
    assert table.frame.groupby("round_after")["butler"].first().tolist() == pytest.approx([10, 20])
    assert [(section.start, section.stop) for section in table.sections] == [(0, 2), (2, 4)]


def test_two_sources_are_before_and_after():
    old = returns_of(unit({"HAMON": 40, "Valls": 60}, election="2011"))
    new = returns_of(unit({"Benoît Hamon": 5, "Hamon": 70, "VALLS": 30}, election="2017"))
    table = swing(old, new)
    assert line(table, candidate="Hamon")["votes_gained"] == 30
    assert line(table, candidate="VALLS")["votes_gained"] == -30
    assert line(table, candidate="Benoît Hamon")["movement"] == "new"
    assert "2011" in str(table.sections[0].title)


def test_the_order_of_candidates_in_the_source_does_not_matter():
    one = between(*CLASSIC)
    other = between(*(dict(reversed(votes.items())) for votes in CLASSIC))
    pd.testing.assert_frame_equal(one.frame, other.frame)


def test_places_that_differ_are_said():
    table = swing(
        returns_of(unit({"A": 1, "B": 1}, unit="Conflans")), returns_of(unit({"A": 1, "B": 2}, unit="France"))
    )
    assert any(
        "Two different places" in sentence and "Conflans" in sentence and "France" in sentence
        for sentence in said(table)
    )


def test_a_number_of_units_that_differs_is_said():
    units = [unit({"A": 1, "B": 1}, unit=name, round=n) for n, name in ((1, "1"), (1, "2"), (2, "1"))]
    assert any("number of units differs" in sentence for sentence in said(swing(returns_of(*units))))


def test_a_commune_is_itself_however_many_stations_it_had():
    stations = [("1", 1), ("1", 2), ("2", 2)]
    units = [unit({"A": 1, "B": n}, unit=name, commune="X", commune_code="078", round=n) for name, n in stations]
    table = swing(
        returns_of(
            *units,
            unit({"A": 1, "B": 1}, unit="3", commune="Y"),
            unit({"A": 3, "B": 1}, unit="3", commune="Y", round=2),
        ),
        by="commune",
    )
    assert table.frame.groupby("unit")["pedersen"].first().round(6).to_dict() == {"X": round(100 / 6, 6), "Y": 25.0}


def test_communes_of_one_name_are_compared_with_themselves_only():
    units = [
        unit(
            {"A": votes, "B": 10 - votes},
            unit=f"{departement} 1",
            commune="Saint-Denis",
            departement_code=departement,
            round=n,
        )
        for departement, votes, n in (("93", 5, 1), ("974", 1, 1), ("93", 6, 2), ("974", 3, 2))
    ]
    table = swing(returns_of(*units), by="commune")
    assert table.frame[["round_before", "round_after"]].drop_duplicates().to_numpy().tolist() == [[1, 2]]
    assert sorted(table.frame["butler"].round(6).unique().tolist()) == [10.0, 20.0]


def test_a_doubt_about_either_vote_is_said():
    table = swing(
        returns_of(unit({"A": 1, "B": 1}, status="annulled"), unit({"A": 1, "B": 1}, round=2, status="provisional"))
    )
    assert any(sentence.startswith("Annulled") for sentence in said(table))
    assert any(sentence.startswith("Provisional") for sentence in said(table))


def test_rounds_without_another_are_named():
    table = swing(returns_of(unit({"A": 1}), unit({"A": 1}, round=2), unit({"A": 1}, contest="Alone", unit="There")))
    assert any("Without a counterpart" in sentence and "There" in sentence for sentence in said(table))


def test_figures_are_no_finer_than_the_percentages_they_rest_on():
    table = swing(returns_of(unit({"A": "40.0", "B": "60.0"}), unit({"A": "55.55", "B": "44.45"}, round=2)))
    assert table.frame["points_decimals"].tolist() == [1, 1]
    assert table.frame["measures_decimals"].tolist() == [1, 1]
    # ((55.55 - 40) + (60 - 44.45)) / 2 = 15.55, of which one decimal is known.
    assert (
        render_as(table, "plain").decode().count("+15.6") == 3
    )  # A's points, Butler, and Steed, which is the same here


def test_no_swing_has_no_direction():
    same = {"A": 60, "B": 40}
    frame = swing(returns_of(unit(same), unit(same, round=2))).frame
    assert frame["butler"].tolist() == [0.0, 0.0]
    assert frame["swing_direction"].isna().all()


def test_what_rests_on_approximations_is_marked():
    doubtful = frozenset({"votes"})
    before = {"A": {"votes": 100, "approximate": doubtful}, "B": {"votes": 50}}
    frame = swing(returns_of(unit(before), unit({"A": 90, "B": 60}, round=2))).frame
    origin = dict(zip(frame["candidate"], frame["gained_origin"], strict=True))
    assert origin == {"A": "approximate", "B": "computed"}
    assert set(frame["measures_origin"]) == {"approximate"}


def communes(**votes):
    """Two communes of a vote, by code; the names are spelt in another way each time."""
    return returns_of(
        *(
            unit(of_commune, unit=code, commune=f"{code} {len(votes)}", commune_code=code.removeprefix("c"))
            for code, of_commune in votes.items()
        )
    )


def test_what_was_matched_by_less_than_the_full_name_is_said():
    table = swing(returns_of(unit({"LE PEN": 4, "X": 6})), returns_of(unit({"Marine LE PEN": 5, "X": 5})))
    assert line(table, candidate="Marine LE PEN")["movement"] == "stayed"
    assert any("LE PEN = Marine LE PEN" in sentence for sentence in said(table))


def test_places_of_two_votes_are_compared_by_code_and_those_left_over_are_said():
    before = communes(c01001={"A": 40, "B": 60}, c01002={"A": 50, "B": 50})
    after = communes(c1001={"A": 50, "B": 50}, c1003={"A": 1, "B": 1}, c1004={"A": 1, "B": 1})
    table = swing(before, after, by="commune")
    assert table.frame["butler"].tolist() == pytest.approx([10, 10])
    sentences = said(table)
    assert any(sentence.startswith("1 commune of the first vote") and "01002 2" in sentence for sentence in sentences)
    assert any(sentence.startswith("2 communes of the second vote") for sentence in sentences)


def test_many_places_are_what_each_is_by_itself():
    before = {
        "c1": {"A": 40, "B": 60, "C": 3},
        "c2": {"A": 5, "B": 5},
        "c3": {"A": 1, "B": None},
        "c4": {"A": 0, "B": 0},
    }
    after = {"c1": {"A": 50, "B": 50}, "c2": {"B": 3, "N": 9}, "c3": {"A": 4, "B": 4}, "c4": {"A": 1, "B": 0}}
    together = swing(communes(**before), communes(**after), by="commune").frame
    for code, votes in before.items():
        alone = swing(communes(**{code: votes}), communes(**{code: after[code]}), by="commune").frame
        part = together[together["unit"].str.startswith(f"{code} ")].reset_index(drop=True)
        names = [name for name in alone if name != "unit"]
        pd.testing.assert_frame_equal(part[names], alone[names])


def test_nuances_are_set_against_nuances():
    def vote(**nuances):
        units = [
            unit({f"{contest} {name}": {"votes": n, "label": name} for name, n in nuances.items()}, contest=contest)
            for contest in "XY"
        ]
        return returns_of(*units)

    frame = swing(vote(REM=6, LR=4), vote(REM=3, LR=7), by="nuance").frame
    assert frame[["candidate", "votes_before", "votes_after"]].to_numpy().tolist() == [["LR", 8, 14], ["REM", 12, 6]]
    assert frame["butler"].tolist() == pytest.approx([30, 30])


def test_units_of_several_levels_share_the_places_that_they_lie_in():
    """A president's votes by station and deputies' by constituency have no unit in common, but departements."""
    stations = returns_of(
        *(
            unit({"A": 10}, election="P", unit=f"{code} 1", station_code="1", departement_code=code)
            for code in ("01", "78")
        )
    )
    deputies = [
        unit(
            {f"{code}-{at} X": {"votes": 5, "label": "X"}},
            election="L",
            contest=f"{code}-{at}",
            unit=f"{code}-{at}",
            constituency_code=f"{code}0{at}",
            departement_code=code,
        )
        for code in ("01", "99")
        for at in (1, 2)
    ]
    frame = swing(stations, returns_of(*deputies), by="departement").frame
    # Of 01 alone: A had 10 votes before, X of its two constituencies has 5 + 5 after.
    assert frame[["candidate", "votes_before", "votes_after"]].fillna(-1).to_numpy().tolist() == [
        ["X", -1, 10],
        ["A", 10, -1],
    ]
    with pytest.raises(NotHeldError, match="in common"):
        swing(stations, returns_of(*deputies[2:]), by="departement")


def test_a_station_more_makes_no_other_place():
    def vote(number, *names):
        return returns_of(*(unit({"A": 6, "B": 4}, unit=name, contest="31555", round=number) for name in names))

    sentences = said(swing(vote(1, "x", "y"), vote(2, "x", "y", "z")))
    assert "The number of units differs: 2 before, 3 after." in sentences
    assert not any("different places" in sentence for sentence in sentences)
