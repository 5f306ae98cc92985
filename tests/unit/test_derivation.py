"""What follows from the published figures, how it is marked, and what never is touched."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.derivation import derive, recover_all
from primaire.schema import COUNTS
from tests.elections import returns_of, unit


def derived(candidates, **ballot):
    """Derive a single unit and return its ballot: counts and origins by column, None where missing."""
    row = derive(returns_of(unit(candidates, **ballot))).ballots.iloc[0]
    return {name: None if pd.isna(row[name]) else row[name] for name in row.index}


TWO = {"Hamon": 842, "Valls": 611}  # 1453 together
UNKNOWN = {"Hamon": None, "Valls": None}


@pytest.mark.parametrize(
    ("candidates", "published", "count", "value"),
    [
        (UNKNOWN, {"blank": 12, "null": 8}, "blank_null", 12 + 8),
        (UNKNOWN, {"voters": 1473, "blank_null": 20}, "valid", 1473 - 20),
        (UNKNOWN, {"voters": 1473, "blank": 12, "null": 8}, "valid", 1473 - 12 - 8),
        (TWO, {}, "valid", 842 + 611),
        (TWO, {"blank_null": 20}, "voters", 842 + 611 + 20),
        (UNKNOWN, {"valid": 1453, "blank": 12, "null": 8}, "voters", 1453 + 12 + 8),
        (UNKNOWN, {"voters": 1473, "valid": 1453}, "blank_null", 1473 - 1453),
        (TWO, {"voters": 1473}, "blank_null", 1473 - 842 - 611),
        (UNKNOWN, {"blank_null": 20, "null": 8}, "blank", 20 - 8),
        (UNKNOWN, {"blank_null": 20, "blank": 12}, "null", 20 - 12),
        (TWO, {"voters": 1473, "null": 8}, "blank", 1473 - 842 - 611 - 8),
        (TWO, {"voters": 1453}, "blank_null", 0),  # zero is a figure too
    ],
)
def test_each_identity_fills_in_what_is_missing(candidates, published, count, value):
    ballot = derived(candidates, **published)
    assert (ballot[count], ballot[f"{count}_origin"]) == (value, "computed")


def test_blank_and_null_together_do_not_tell_them_apart():
    ballot = derived(TWO, voters=1473, blank_null=20)
    assert ballot["blank"] is None
    assert ballot["null"] is None
    assert ballot["blank_origin"] is None


def test_registered_voters_follow_from_nothing():
    assert derived(TWO, voters=1473, blank=12, null=8)["registered"] is None


def test_published_counts_are_marked_published_and_the_others_computed():
    ballot = derived(TWO, voters=1473, blank=12, null=8)
    origins = {name: ballot[f"{name}_origin"] for name in COUNTS}
    assert origins == {
        "registered": None,
        "voters": "published",
        "blank": "published",
        "null": "published",
        "blank_null": "computed",
        "valid": "computed",
    }


def test_a_candidate_whose_votes_are_missing_is_not_one_with_none():
    ballot = derived({"Hamon": 842, "Valls": None}, voters=1473)
    assert ballot["valid"] is None
    assert ballot["blank_null"] is None
    assert derived({"Hamon": 842, "Valls": 0}, voters=1473)["valid"] == 842


def test_nothing_known_stays_nothing():
    assert all(derived(UNKNOWN)[name] is None for name in COUNTS)


@pytest.mark.parametrize(
    ("candidates", "published", "missing"),
    [
        (UNKNOWN, {"voters": 10, "blank_null": 20}, "valid"),
        (UNKNOWN, {"voters": 1400, "valid": 1453}, "blank_null"),
        (UNKNOWN, {"blank_null": 20, "null": 21}, "blank"),
    ],
)
def test_a_count_below_zero_is_not_filled_in(candidates, published, missing):
    ballot = derived(candidates, **published)
    assert ballot[missing] is None
    assert ballot[f"{missing}_origin"] is None


def test_figures_that_contradict_each_other_stay_as_published():
    published = {"registered": 100, "voters": 1473, "blank": 12, "null": 9, "blank_null": 20, "valid": 1400}
    ballot = derived(TWO, **published)
    assert {name: ballot[name] for name in published} == published
    assert {ballot[f"{name}_origin"] for name in published} == {"published"}


def approximate(votes):
    return {"votes": votes, "approximate": frozenset({"votes"})}


def test_a_sum_of_approximations_is_an_approximation():
    ballot = derived({"Hamon": approximate(28500), "Valls": 19816})
    assert (ballot["valid"], ballot["valid_origin"]) == (28500 + 19816, "approximate")


def test_the_difference_of_approximations_is_their_error_and_no_figure():
    ballot = derived({"Hamon": approximate(28500), "Valls": 19816}, voters=49000)
    assert ballot["blank_null"] is None


RUGBY = {"A": "66.67", "B": "33.33"}


def test_the_only_whole_numbers_behind_percentages_are_used_and_marked():
    # Below 5 voters only 2 of 3 is 66.67 %: 1/2 is 50, 1/4 is 25, 3/4 is 75 %; and 4 voters leave 1 blank or null.
    returns = derive(returns_of(unit(RUGBY, voters=4)))
    assert returns.votes["votes"].tolist() == [2, 1]
    assert returns.votes["votes_origin"].tolist() == ["reconstructed", "reconstructed"]
    ballot = returns.ballots.iloc[0]
    assert (ballot["valid"], ballot["valid_origin"]) == (3, "reconstructed")
    assert (ballot["blank_null"], ballot["blank_null_origin"]) == (1, "reconstructed")
    assert ballot["voters_origin"] == "published"


def test_where_several_sets_fit_votes_stay_unknown():
    # 2 of 3 and 4 of 6 are both 66.67 %.
    returns = derive(returns_of(unit(RUGBY, voters=6)))
    assert returns.votes["votes"].isna().all()
    assert returns.ballots["valid"].isna().all()
    assert returns.votes["share_base"].tolist() == ["valid", "valid"]


def test_where_none_fits_votes_stay_unknown():
    assert derive(returns_of(unit(RUGBY, voters=2))).votes["votes"].isna().all()


def test_without_a_bound_nothing_is_reconstructed():
    assert derive(returns_of(unit(RUGBY))).votes["votes"].isna().all()


def test_approximate_percentages_are_never_turned_into_votes():
    about = {
        name: {"share": float(share), "share_decimals": 2, "approximate": frozenset({"share"})}
        for name, share in RUGBY.items()
    }
    assert derive(returns_of(unit(about, voters=4))).votes["votes"].isna().all()


def test_an_approximate_total_bounds_nothing():
    rows = unit(RUGBY, voters=4)
    for row in rows:
        row["approximate"] = frozenset({"voters"})
    assert derive(returns_of(rows)).votes["votes"].isna().all()


def test_shares_of_voters_are_recognised_by_what_they_fit():
    # 50.00 and 25.00 add up to 75: no shares of valid votes. Of 4 voters they are 2 and 1; 1 is blank or null.
    returns = derive(returns_of(unit({"A": "50.00", "B": "25.00"}, voters=4)))
    assert returns.votes["share_base"].tolist() == ["voters", "voters"]
    assert returns.votes["votes"].tolist() == [2, 1]
    assert returns.ballots["valid"].tolist() == [3]


@pytest.mark.parametrize(
    ("shares", "counts", "base"),
    [
        (("50.0", "45.0"), {"voters": 1000}, "voters"),  # of the 950 valid votes they would be 52.6 and 47.4 %
        (("52.6", "47.4"), {"voters": 1000}, "valid"),
        (("50.0", "45.0"), {}, "valid"),  # nothing says otherwise
        (("51.0", "46.0"), {"voters": 1000}, "valid"),  # neither fits
        (("50", "45"), {"voters": 950}, "valid"),  # as many voters as valid votes: neither fits
    ],
)
def test_the_base_of_percentages_beside_votes_is_what_they_fit(shares, counts, base):
    figures = (
        {"votes": votes, "share": float(share), "share_decimals": 1}
        for votes, share in zip((500, 450), shares, strict=True)
    )
    returns = derive(returns_of(unit(dict(zip("AB", figures, strict=True)), **counts)))
    assert returns.votes["share_base"].tolist() == [base, base]


def test_a_base_that_is_said_is_never_changed():
    rows = unit({"A": "50.00", "B": "25.00"}, voters=4)
    for row in rows:
        row["share_base"] = "valid"
    returns = derive(returns_of(rows))
    assert returns.votes["share_base"].tolist() == ["valid", "valid"]
    assert returns.votes["votes"].isna().all()


def test_deriving_twice_is_deriving_once():
    returns = returns_of(
        unit(RUGBY, voters=4),
        unit(RUGBY, voters=600, unit="There"),
        unit(TWO, voters=1473, blank_null=20, unit="Conflans"),
        unit({"A": "50.00", "B": "25.00"}, voters=4, unit="Elsewhere"),
    )
    once = derive(returns)
    twice = derive(once)
    pd.testing.assert_frame_equal(once.ballots, twice.ballots)
    pd.testing.assert_frame_equal(once.votes, twice.votes)


def test_what_was_read_is_not_changed_in_place():
    returns = returns_of(unit(RUGBY, voters=4))
    before = (returns.ballots.copy(), returns.votes.copy())
    derive(returns)
    pd.testing.assert_frame_equal(returns.ballots, before[0])
    pd.testing.assert_frame_equal(returns.votes, before[1])


def test_published_votes_need_no_search():
    assert recover_all(returns_of(unit(TWO, voters=1473)))[1] == []
