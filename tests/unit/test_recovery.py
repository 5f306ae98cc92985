"""What is searched for behind percentages: which base, which bound, and what a remainder may be."""

from __future__ import annotations

from fractions import Fraction

from primaire.recovery import recover
from tests.elections import returns_of, unit


def only(candidates, **ballot):
    found = recover(returns_of(unit(candidates, **ballot)))
    assert len(found) == 1
    return found[0]


THIRDS = {"A": "66.67", "B": "33.33"}


def test_a_published_base_is_the_total_itself():
    found = only(THIRDS, valid=6, voters=9, registered=20)
    assert (found.bound, found.bound_is) == (6, "valid")
    assert found.result.total == 6
    assert found.result.counts == (4, 2)  # 4/6 and 2/6: the only counts of 6


def test_without_it_the_next_larger_count_is_the_bound():
    by_voters, by_registered = only(THIRDS, voters=4, registered=20), only(THIRDS, registered=4)
    assert (by_voters.bound, by_voters.bound_is) == (4, "voters")
    assert (by_registered.bound, by_registered.bound_is) == (4, "registered")
    assert by_voters.result.counts == by_registered.result.counts == (2, 1)


def test_without_any_count_nothing_is_searched():
    found = only(THIRDS)
    assert (found.result, found.bound, found.bound_is) == (None, None, None)


def test_the_sum_is_exact_and_unknown_where_a_percentage_is():
    assert only({"A": "33.33", "B": "33.33", "C": "33.33"}, voters=3).share_sum == Fraction(9999, 100)
    assert only({"A": "66.67", "B": None}, voters=3).share_sum is None


def test_the_base_is_voters_where_only_that_fits():
    found = only({"A": "40.0", "B": "40.0"}, voters=5)
    assert (found.base, found.recognised) == ("voters", True)
    assert found.result.counts == (2, 2)
    assert found.result.rest == 1  # 5 voters, 2 + 2 votes


def test_the_base_is_not_recognised_where_neither_fits():
    # Of 3 voters a share is 0, 33.33, 66.67 or 100 %.
    found = only({"A": "41.00", "B": "41.00"}, voters=3)
    assert (found.base, found.recognised) == ("valid", False)
    assert found.result.outcome == "none"


def test_shares_that_add_up_to_more_than_100_are_not_taken_for_shares_of_voters():
    found = only({"A": "66.67", "B": "66.67"}, voters=3)
    assert not found.recognised
    assert found.result.outcome == "none"


def test_what_is_known_to_be_blank_or_null_is_the_remainder():
    # Of 8 voters 6 are valid: 4 and 2 votes are 50 and 25 % of voters, and nothing else is.
    rows = unit({"A": "50", "B": "25"}, voters=8, valid=6)
    for row in rows:
        row["share_base"] = "voters"
    result = recover(returns_of(rows))[0].result
    assert result is not None
    assert (result.counts, result.rest) == ((4, 2), 2)


def test_published_votes_narrow_the_search():
    mixed = {"A": {"votes": 4, "share": 66.67, "share_decimals": 2}, "B": "33.33"}
    assert only(mixed, voters=100).result.counts == (4, 2)


def test_only_units_that_miss_votes_are_searched():
    complete = {
        "A": {"votes": 2, "share": 66.67, "share_decimals": 2},
        "B": {"votes": 1, "share": 33.33, "share_decimals": 2},
    }
    returns = returns_of(unit(complete, voters=3), unit(THIRDS, voters=3, unit="There"))
    assert [found.ballot for found in recover(returns)] == [1]
    assert recover(returns)[0].rows == (2, 3)


def test_approximations_are_not_searched():
    about = {"A": {"share": 66.67, "share_decimals": 2, "approximate": frozenset({"share"})}, "B": "33.33"}
    found = only(about, voters=4)
    assert found.approximate
    assert found.result is None
