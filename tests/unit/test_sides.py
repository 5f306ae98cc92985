"""Candidates of two votes side by side: who is who, in which order, and what is known of each."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.pairing import opposite
from primaire.sides import one_after_the_other, one_against_the_other, side_by_side
from primaire.tally import tally
from tests.elections import line, percentage, returns_of, unit


def between(before, after):
    """Return what two data sets have side by side, paired by contest."""
    left, right = tally(before), tally(after)
    return side_by_side(left, right, opposite(left, right), ("before", "after"))


def sides(before, after, **more):
    return between(returns_of(unit(before, **more)), returns_of(unit(after, **more))).frame


def test_candidates_are_brought_together_by_name_whatever_its_spelling():
    rows = sides({"BENOIT HAMON": 404, "Manuel Valls": 411}, {"Benoît Hamon": 842, "Valls (Manuel)": 611})
    assert rows["candidate"].tolist() == ["Benoît Hamon", "Valls (Manuel)"]
    assert rows["votes_before"].tolist() == [404, 411]
    assert rows["votes_after"].tolist() == [842, 611]


def test_the_order_is_that_of_after_and_then_of_before():
    rows = sides({"A": 1, "B": 5, "C": 9, "D": 3}, {"B": 2, "D": 7})
    assert rows["candidate"].tolist() == ["D", "B", "C", "A"]


def test_to_stand_without_known_votes_is_not_to_be_absent():
    rows = sides({"A": 1, "B": None}, {"A": 2})
    assert rows["stood_before"].tolist() == [True, True]
    assert rows["stood_after"].tolist() == [True, False]
    assert rows["votes_before"].isna().tolist() == [False, True]


def test_a_surname_is_enough_where_it_is_unambiguous_and_it_is_said():
    found = between(
        returns_of(unit({"LE PEN": 30, "MACRON": 40, "DUPONT": 5})),
        returns_of(unit({"Marine LE PEN": 10, "M. Emmanuel MACRON": 20, "Jean DUPONT": 1, "Anne DUPONT": 2})),
    )
    rows = found.frame
    assert line(rows, candidate="Marine LE PEN")["votes_before"] == 30
    assert line(rows, candidate="M. Emmanuel MACRON")["votes_before"] == 40
    # Which of the two Duponts it was, nobody can tell.
    assert rows["candidate"].tolist()[-1] == "DUPONT"
    assert pd.isna(line(rows, candidate="Jean DUPONT")["votes_before"])
    (note,) = map(str, found.notes)
    assert "LE PEN = Marine LE PEN" in note
    assert "DUPONT" not in note


def test_the_full_name_comes_before_the_surname():
    rows = sides({"Hamon": 3, "Benoît Hamon": 5}, {"Hamon": 30, "Benoît Hamon": 50})
    assert rows[["candidate", "votes_before"]].to_numpy().tolist() == [["Benoît Hamon", 5], ["Hamon", 3]]


def panel(votes, number):
    return {"votes": votes, "number": number}


def test_a_panel_is_the_same_by_its_number_in_two_rounds_of_one_election():
    names = "Mme Marie DURAND et M. Paul LEROY", "DURAND Marie / LE ROY Paul"
    before = {names[0]: panel(10, "3"), "Other PANEL": panel(1, "4")}
    after = {names[1]: panel(20, "3"), "New NAME": panel(2, "4")}
    rows = sides(before, after)
    assert line(rows, candidate=names[1])["votes_before"] == 10
    assert pd.isna(line(rows, candidate="New NAME")["votes_before"])  # the same number, and no word in common
    one, other = (returns_of(unit(votes, election=name)) for votes, name in ((before, "2015"), (after, "2021")))
    rows = between(one, other).frame
    assert pd.isna(line(rows, candidate=names[1])["votes_before"])  # a number means nothing in another election


def test_people_are_matched_within_their_contests():
    before = returns_of(unit({"Ann LEE": 1}, contest="X"), unit({"Bob RAY": 2}, contest="Y"))
    after = returns_of(unit({"Bob RAY": 3}, contest="X"), unit({"Ann LEE": 4, "RAY": 5}, contest="Y"))
    found = between(before, after)
    assert found.frame["candidate"].tolist() == ["Bob RAY", "Ann LEE", "RAY", "Ann LEE"]
    assert found.frame["votes_before"].isna().tolist() == [True, False, False, True]
    assert found.frame["votes_before"].tolist()[1:3] == [1, 2]
    assert found.pair.tolist() == [0, 0, 1, 1]
    assert found.stops == [2, 4]


def test_points_are_the_later_share_less_the_earlier():
    row = line(sides({"A": 40, "B": 60}, {"A": 1, "B": 2}), candidate="A")
    assert row["points"] == pytest.approx(percentage(1, 3) - percentage(40, 100))


def test_many_pairs_are_what_each_is_by_itself():
    places = {"X": ({"A": 1, "B": 5, "C": 2}, {"B": 2, "A": 7}), "Y": ({"A": 3, "D": 1}, {"D": 4}), "Z": ({}, {})}
    held = {place: votes for place, votes in places.items() if votes[0]}
    before, after = (
        returns_of(*(unit(votes[side], contest=place) for place, votes in held.items())) for side in (0, 1)
    )
    together = between(before, after).frame
    alone = [sides(*votes) for votes in held.values()]
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))


def communes(**more):
    return returns_of(*(unit({"A": 1}, unit=name, commune=name, **more) for name in ("X", "Y")))


def test_rounds_of_one_data_set_are_the_same_figures_twice():
    votes = one_after_the_other(returns_of(unit({"A": 1}), unit({"A": 1}, round=2)), None, "contest")
    assert votes.left is votes.right
    assert votes.provenance == votes.left.provenance


def test_a_source_with_the_same_places_is_compared_place_by_place_and_any_other_as_a_whole():
    assert one_against_the_other(communes(), communes(), "commune").level == "commune"
    assert one_against_the_other(communes(), returns_of(unit({"A": 1}, commune="X")), "commune").level == "contest"
    assert one_against_the_other(communes(), communes(), "commune", "nation").level == "nation"
    assert one_against_the_other(communes(), communes(), "contest").level == "contest"
