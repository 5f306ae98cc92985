"""Blanks: what the scores and the majority become if blank votes count."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.blanks import blanks
from tests.elections import line, percentage, returns_of, said, unit


def table_of(candidates, **ballot):
    return blanks(returns_of(unit(candidates, **ballot)))


def lead(candidates, **ballot):
    sentence = table_of(candidates, **ballot).sections[0].lead
    return None if sentence is None else str(sentence)


def test_blank_votes_that_are_known_give_exact_figures():
    row = line(table_of({"A": 60, "B": 40}, blank=25, null=15), candidate="A")
    assert row["share_valid"] == pytest.approx(60)
    assert row["share_low"] == row["share_high"] == pytest.approx(percentage(60, 100 + 25))
    assert (row["blank_low"], row["blank_high"]) == (25, 25)
    assert (row["counted_low"], row["counted_high"]) == (125, 125)
    assert row["blank_share_low"] == row["blank_share_high"] == pytest.approx(percentage(25, 125))
    assert (row["majority"], row["majority_low"], row["majority_high"]) == (51, 63, 63)  # 62.5 is half of 125


def test_blank_and_null_together_give_ranges_from_none_to_all():
    row = line(table_of({"A": 60, "B": 40}, blank_null=25), candidate="B")
    assert (row["share_low"], row["share_high"]) == pytest.approx((percentage(40, 125), percentage(40, 100)))
    assert (row["blank_low"], row["blank_high"]) == (0, 25)
    assert (row["blank_share_low"], row["blank_share_high"]) == (0, pytest.approx(percentage(25, 125)))
    assert (row["counted_low"], row["counted_high"]) == (100, 125)
    assert (row["majority_low"], row["majority_high"]) == (51, 63)


def test_one_of_the_two_tells_the_other():
    row = line(table_of({"A": 60, "B": 40}, blank_null=25, null=15), candidate="A")
    assert (row["blank_low"], row["blank_high"]) == (10, 10)


def test_what_voters_leave_is_blank_or_null():
    row = line(table_of({"A": 60, "B": 40}, voters=110), candidate="A")
    assert (row["blank_low"], row["blank_high"]) == (0, 10)


def test_without_blank_votes_nothing_can_be_said():
    table = table_of({"A": 60, "B": 40})
    row = line(table, candidate="A")
    assert row["majority"] == 51
    assert (
        row[["share_low", "share_high", "blank_low", "blank_high", "counted_low", "majority_low", "majority_high"]]
        .isna()
        .all()
    )
    assert any("not published" in sentence for sentence in said(table))
    assert table.sections[0].lead is None


def test_null_votes_do_not_tell_blank_ones():
    row = line(table_of({"A": 60, "B": None}, valid=100, null=5), candidate="A")
    assert row[["blank_low", "blank_high", "majority_high"]].isna().all()


def test_everybody_voted_blank():
    row = line(table_of({"A": 0, "B": 0}, blank=3, null=0), candidate="A")
    assert row["share_low"] == row["share_high"] == 0
    assert row["majority"] == 1  # of no votes one would be more than half
    assert row["majority_low"] == 2


def test_nobody_came():
    table = table_of({"A": 0, "B": 0}, blank=0, null=0)
    row = line(table, candidate="A")
    assert row[["share_valid", "share_low", "share_high", "blank_share_low"]].isna().all()
    assert table.sections[0].lead is None


@pytest.mark.parametrize(
    ("votes", "ballot", "word"),
    [
        # 51 of 100 is a majority; of 103, 52 would be needed.
        ({"A": 51, "B": 49}, {"blank": 3, "null": 0}, "loses"),
        ({"A": 51, "B": 49}, {"blank": 1, "null": 9}, "keeps"),  # 51 of 101
        ({"A": 51, "B": 49}, {"blank": 2, "null": 0}, "loses"),  # exactly half of 102 is none
        ({"A": 51, "B": 49}, {"blank_null": 3}, "depends"),  # 51 of 100 to 103
        ({"A": 51, "B": 49}, {"blank_null": 1}, "keeps"),
        ({"A": 90, "B": 10}, {"blank_null": 50}, "keeps"),  # 90 of 150
        ({"A": 40, "B": 35, "C": 25}, {"blank_null": 5}, "without"),
        ({"A": 50, "B": 49, "C": 1}, {"blank": 0, "null": 5}, "without"),  # half is not more than half
    ],
)
def test_the_majority_is_kept_lost_or_depends(votes, ballot, word):
    sentence = lead(votes, **ballot)
    assert sentence.startswith("A ")
    assert word in sentence


def test_no_majority_for_equals():
    assert lead({"A": 50, "B": 50}, blank=1, null=0) is None


@pytest.mark.parametrize("votes", [{"A": 60, "B": None}, {"A": None, "B": None}])
def test_nothing_is_said_where_votes_are_unknown(votes):
    assert lead(votes, valid=100, blank=5, null=0) is None


def test_a_doubtful_result_keeps_or_loses_nothing():
    sentence = lead({"A": 51, "B": 49}, blank=3, null=0, status="frozen")
    assert sentence.startswith("Frozen")
    assert "majority" not in sentence


def test_each_contest_has_its_own_range():
    table = blanks(
        returns_of(unit({"A": 60, "B": 40}, blank=25, null=0), unit({"B": 9, "A": 1}, round=2, blank_null=2))
    )
    first, second = line(table, candidate="A", round=1), line(table, candidate="A", round=2)
    assert (first["counted_low"], first["counted_high"]) == (125, 125)
    assert (second["counted_low"], second["counted_high"]) == (10, 12)
    assert pd.isna(table.frame["share_low"]).sum() == 0


def test_reconstructed_votes_stay_marked():
    table = table_of({"A": "66.67", "B": "33.33"}, voters=4)
    assert table.frame["votes_origin"].tolist() == ["reconstructed", "reconstructed"]
    row = line(table, candidate="A")
    assert (row["share_low"], row["share_high"]) == pytest.approx((percentage(2, 4), percentage(2, 3)))
