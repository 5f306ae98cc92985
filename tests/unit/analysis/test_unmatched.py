"""Unmatched: what a swing or a comparison leaves out, in full."""

from __future__ import annotations

import pandas as pd

from primaire.analysis.unmatched import beside, between
from tests.elections import returns_of, said, unit


def communes(*codes, **more):
    return returns_of(*(unit({"A": 1}, unit=code, commune=f"Name {code}", commune_code=code, **more) for code in codes))


def test_both_sides_are_listed_with_their_codes_and_ballots():
    before = communes("78172", "78015", registered=100, voters=50)
    table = between(before, communes("78172", "78999", election="Next"), by="commune")
    rows = table.frame[["vote", "election", "code", "unit"]].to_numpy().tolist()
    assert rows == [["first", "Vote", "78015", "Name 78015"], ["second", "Next", "78999", "Name 78999"]]
    assert table.frame["registered"].tolist() == [100, pd.NA]
    assert table.frame["registered_origin"].tolist()[0] == "published"


def test_everything_met_is_an_empty_table_that_says_so():
    table = between(communes("1"), communes("0001"), by="commune")
    assert len(table) == 0
    assert said(table)[0].endswith("none")


def test_votes_that_share_nothing_are_all_listed():
    assert len(between(communes("1", "2"), communes("3"), by="commune")) == 3


def test_rounds_of_one_data_set_are_two_votes():
    both = returns_of(unit({"A": 1}, contest="X"), unit({"A": 1}, contest="Y"), unit({"A": 1}, contest="Y", round=2))
    assert between(both).frame[["vote", "contest", "round"]].to_numpy().tolist() == [["first", "X", 1]]


def test_a_comparison_leaves_out_what_the_other_source_has_not():
    table = beside(communes("1", "2"), communes("2", "3"), by="commune")
    assert table.frame[["vote", "code"]].to_numpy().tolist() == [["first", "1"], ["second", "3"]]
    assert len(beside(communes("1", "2"), communes("2", "3"), by="commune", against_by="nation")) == 0
