"""Scores: shares on each base, ranks with ties, and published percentages against counts."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.scores import scores
from primaire.tally import tally
from tests.elections import line, percentage, returns_of, unit


def scored(candidates, **ballot):
    return scores(tally(returns_of(unit(candidates, **ballot))))


def ranks(candidates, **ballot):
    rows = scored(candidates, **ballot)
    return {
        name: None if pd.isna(rank) else int(rank) for name, rank in zip(rows["candidate"], rows["rank"], strict=True)
    }


def test_shares_of_each_base():
    rows = scored({"Paris": 45, "Lopez Jolivet": 39}, registered=126, voters=85, blank_null=1)
    paris = line(rows, candidate="Paris")
    assert paris["share_valid"] == pytest.approx(percentage(45, 45 + 39))
    assert paris["share_voters"] == pytest.approx(percentage(45, 85))
    assert paris["share_registered"] == pytest.approx(percentage(45, 126))
    assert [paris[f"share_{base}_origin"] for base in ("valid", "voters", "registered")] == ["computed"] * 3
    assert paris[["share_valid_decimals", "share_voters_decimals"]].isna().all()


def test_a_base_that_is_not_known_has_no_shares():
    rows = scored({"A": 3, "B": 1})
    assert rows["share_valid"].tolist() == [75.0, 25.0]
    assert rows[["share_voters", "share_registered"]].isna().all(axis=None)
    assert rows[["share_voters_origin", "share_registered_origin"]].isna().all(axis=None)


def test_nobody_has_a_share_of_no_votes():
    rows = scored({"A": 0, "B": 0}, voters=0, registered=0)
    assert rows[["share_valid", "share_voters", "share_registered"]].isna().all(axis=None)
    assert rows["rank"].tolist() == [1, 1]


def test_no_votes_of_some_are_a_share_of_zero():
    assert line(scored({"A": 4, "B": 0}), candidate="B")["share_valid"] == 0.0


def test_missing_votes_are_no_share_of_zero():
    rows = scored({"A": 4, "B": None}, valid=10)
    assert line(rows, candidate="A")["share_valid"] == pytest.approx(40.0)
    assert pd.isna(line(rows, candidate="B")["share_valid"])


@pytest.mark.parametrize(
    ("votes", "places"),
    [
        ({"A": 5, "B": 9, "C": 7}, {"B": 1, "C": 2, "A": 3}),
        ({"A": 5, "B": 5, "C": 7}, {"C": 1, "A": 2, "B": 2}),
        ({"A": 7, "B": 5, "C": 7, "D": 1}, {"A": 1, "C": 1, "B": 3, "D": 4}),  # nobody is second
        ({"A": 0, "B": 0}, {"A": 1, "B": 1}),
        ({"A": 1}, {"A": 1}),
    ],
)
def test_ranks_go_by_votes_and_equals_share_the_smaller(votes, places):
    assert ranks(votes) == places


def test_rows_come_by_rank_and_equals_in_the_order_of_the_source():
    assert list(ranks({"Z": 5, "M": 9, "A": 5})) == ["M", "Z", "A"]


def test_where_one_candidate_is_unknown_nobody_has_a_rank():
    # B may have anything from 0 votes to more than all others.
    assert ranks({"A": 5, "B": None, "C": 7}) == {"C": None, "A": None, "B": None}


def test_percentages_rank_where_votes_are_unknown():
    assert ranks({"A": "20.5", "B": "59.3", "C": "20.2"}) == {"B": 1, "A": 2, "C": 3}


def test_each_ballot_has_ranks_of_its_own():
    rows = scores(
        tally(
            returns_of(
                unit({"A": 5, "B": 9}), unit({"A": 8, "B": 2, "C": None}, unit="There"), unit({"B": 3, "A": 4}, round=2)
            ),
            "unit",
        )
    )
    found = {
        (ballot, name): rank for ballot, name, rank in zip(rows["ballot"], rows["candidate"], rows["rank"], strict=True)
    }
    assert [found[0, "B"], found[0, "A"], found[2, "A"], found[2, "B"]] == [1, 2, 1, 2]
    assert pd.isna(found[1, "A"])
    assert rows["ballot"].tolist() == sorted(rows["ballot"])


def both(votes, share, base="valid", **more):
    decimals = len(share.partition(".")[2])
    return {"votes": votes, "share": float(share), "share_decimals": decimals, "share_base": base, **more}


def test_counts_that_round_to_the_published_percentage_are_the_share_in_full():
    row = line(scored({"Hamon": both(842, "57.95"), "Valls": both(611, "42.05")}), candidate="Hamon")
    assert row["share_valid"] == pytest.approx(percentage(842, 1453), abs=1e-12)
    assert row["share_valid_origin"] == "computed"
    assert pd.isna(row["share_valid_decimals"])


@pytest.mark.parametrize("share", ["57.9", "58", "57.9491"])
def test_it_is_compared_at_its_own_decimals(share):
    assert (
        line(scored({"Hamon": both(842, share), "Valls": 611}), candidate="Hamon")["share_valid_origin"] == "computed"
    )


def test_a_published_percentage_that_contradicts_the_counts_stays_as_published():
    # 12245 of 39591 are 30.93 %; the paper printed 30.63.
    row = line(scored({"Valls": both(12245, "30.63"), "Hamon": None}, valid=39591), candidate="Valls")
    assert row["share_valid"] == 30.63
    assert (row["share_valid_origin"], row["share_valid_decimals"]) == ("published", 2)


def test_a_published_percentage_is_firmer_than_approximate_counts():
    about = both(28500, "58.97", approximate=frozenset({"votes"}))
    row = line(scored({"Hamon": about, "Valls": 19816}), candidate="Hamon")
    assert (row["share_valid"], row["share_valid_origin"]) == (58.97, "published")


def test_shares_computed_from_approximations_are_approximate():
    about = {"votes": 28500, "approximate": frozenset({"votes"})}
    rows = scored({"Hamon": about, "Valls": 19816})
    assert rows["share_valid_origin"].tolist() == ["approximate", "approximate"]


def test_shares_of_reconstructed_counts_are_reconstructed():
    rows = scored({"A": "66.67", "B": "33.33"}, voters=4)
    assert rows["share_valid"].tolist() == pytest.approx([percentage(2, 3), percentage(1, 3)])
    assert set(rows["share_valid_origin"]) == {"reconstructed"}
    assert rows["share_voters"].tolist() == [50.0, 25.0]


def test_a_published_percentage_belongs_to_its_base_alone():
    rows = scored({"A": both(None, "50.0", "voters"), "B": both(None, "25.0", "voters")})
    assert rows["share_voters"].tolist() == [50.0, 25.0]
    assert rows["share_valid"].isna().all()


def test_percentages_of_any_one_base_rank():
    assert ranks({"A": both(None, "25.0", "voters"), "B": both(None, "50.0", "voters")}) == {"B": 1, "A": 2}
