"""Reconstruct: what is told of the search behind percentages."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.reconstruct import reconstruct
from primaire.errors import NotHeldError
from tests.elections import line, returns_of, said, unit

THIRDS = {"A": "66.67", "B": "33.33"}


def test_one_set_is_told_with_its_total():
    # Of 1 to 5 only 3 gives thirds: 2 + 1.
    table = reconstruct(returns_of(unit(THIRDS, voters=5)))
    row = line(table, candidate="A")
    assert (row["outcome"], row["total_low"], row["total_high"]) == ("unique", 3, 3)
    assert (row["votes_low"], row["votes_high"]) == (2, 2)
    assert (row["solutions"], row["solutions_exact"]) == ("1", True)
    assert "Exactly one" in str(table.sections[0].lead)


def test_several_sets_are_told_with_ranges():
    # 3, 6 and 9: 2 + 1, 4 + 2, 6 + 3.
    table = reconstruct(returns_of(unit(THIRDS, voters=11)))
    row = line(table, candidate="A")
    assert (row["outcome"], row["totals"], row["total_low"], row["total_high"]) == ("several", 3, 3, 9)
    assert (row["votes_low"], row["votes_high"]) == (2, 6)
    assert row["solutions"] == "3"
    assert any("stay unknown" in sentence for sentence in said(table))


def test_a_contradiction_names_a_smallest_set():
    # No share of 1 to 4 voters is 20 %; 66.67 and 33.33 would do.
    table = reconstruct(returns_of(unit({"A": "66.67", "B": "20.00", "C": "13.33"}, voters=4)))
    assert table.frame["outcome"].unique().tolist() == ["none"]
    assert table.frame[["votes_low", "votes_high", "totals"]].isna().all(axis=None)
    assert table.frame["contradicts"].sum() == 1
    contradicting = table.frame.loc[table.frame["contradicts"], "candidate"].tolist()
    assert contradicting[0] in ("B", "C")
    assert contradicting[0] in str(table.sections[0].lead)


def test_percentages_that_contradict_each_other_only_together():
    # Each of 60.0 and 40.2 is a share of some total below 1000; together they are 0.2 too many, and rounding explains 0.1.
    table = reconstruct(returns_of(unit({"A": "60.0", "B": "40.2"}, voters=1000)))
    assert table.frame["contradicts"].tolist() == [True, True]
    assert "all together" in str(table.sections[0].lead)


def test_a_station_without_voters_contradicts_nothing():
    table = reconstruct(returns_of(unit({"A": "0.00", "B": "0.00"}, voters=0)))
    assert table.frame["outcome"].isna().all()


def test_percentages_of_nobody():
    assert reconstruct(returns_of(unit({"A": "50", "B": "50"}, voters=0))).frame["outcome"].tolist() == ["none", "none"]


def test_a_number_of_sets_that_is_a_lower_bound_is_said_to_be_one():
    table = reconstruct(returns_of(unit({"A": "50", "B": "30", "C": "20"}, voters=1_000_000)))
    # Of a million voters alone: A has 9,999 or more possible counts, B as many, and C the rest, three quarters of the time.
    assert table.frame["outcome"].unique().tolist() == ["several"]
    assert table.frame["solutions_exact"].tolist() == [False] * 3
    assert any("more than" in sentence for sentence in said(table))


def test_shares_of_voters_are_recognised_and_said():
    table = reconstruct(returns_of(unit({"A": "50.00", "B": "25.00"}, voters=4)))
    assert table.frame["base"].unique().tolist() == ["voters"]
    assert any("75.00%" in sentence and "voters" in sentence for sentence in said(table))


def test_without_a_bound_there_is_no_search():
    table = reconstruct(returns_of(unit(THIRDS)))
    assert table.frame[["outcome", "votes_low", "bound"]].isna().all(axis=None)
    assert str(table.sections[0].lead).startswith("Not searched")


def test_with_approximations_there_is_no_search():
    about = {"share": 66.67, "share_decimals": 2, "approximate": frozenset({"share"})}
    table = reconstruct(returns_of(unit({"A": about, "B": "33.33"}, voters=5)))
    assert "approximations" in str(table.sections[0].lead)
    assert table.frame["outcome"].isna().all()


def test_a_percentage_that_is_not_published_leaves_a_range():
    # Of 3 voters: A 2, and the third voted for B or for nobody, but C has 0 %.
    table = reconstruct(returns_of(unit({"A": "66.67", "B": None, "C": "0.00"}, voters=3)))
    row = line(table, candidate="B")
    assert pd.isna(row["share"])
    assert (row["votes_low"], row["votes_high"]) == (1, 1)


def test_where_votes_are_published_there_is_nothing_to_do():
    with pytest.raises(NotHeldError, match="nothing to reconstruct"):
        reconstruct(returns_of(unit({"A": 2, "B": 1})))


def test_each_unit_is_a_search_of_its_own():
    table = reconstruct(
        returns_of(unit(THIRDS, voters=5), unit({"A": 1, "B": 1}, unit="Y"), unit(THIRDS, voters=11, unit="Z"))
    )
    assert table.frame.groupby("unit")["outcome"].first().to_dict() == {"Here": "unique", "Z": "several"}
    assert [(section.start, section.stop) for section in table.sections] == [(0, 2), (2, 4)]
