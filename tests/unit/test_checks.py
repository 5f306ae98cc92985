"""Figures that cannot all be right: each code on a case that has it, and on the nearest one that has not."""

from __future__ import annotations

import pytest

from primaire.checks.contradictions import findings
from tests.elections import returns_of, unit

UNKNOWN = {"A": None, "B": None}


def codes(candidates, **ballot):
    return [finding.code for finding in findings(returns_of(unit(candidates, **ballot)))]


def with_share(votes, share, base=None):
    figures = {
        "votes": votes,
        "share": float(share),
        "share_decimals": len(share.partition(".")[2]),
        "share_base": base,
    }
    return {name: value for name, value in figures.items() if value is not None}


CASES = {
    "more voters than registered": ("PRI101", UNKNOWN, {"registered": 1472, "voters": 1473}),
    "more valid votes than voters": ("PRI102", UNKNOWN, {"voters": 1473, "valid": 1474}),
    "blank and null do not make the two": ("PRI103", UNKNOWN, {"blank": 12, "null": 8, "blank_null": 21}),
    "parts do not make the voters": ("PRI104", UNKNOWN, {"voters": 1473, "valid": 1453, "blank_null": 19}),
    "parts apart do not make the voters": ("PRI104", UNKNOWN, {"voters": 1473, "valid": 1453, "blank": 12, "null": 9}),
    "more blank and null than voters": ("PRI105", UNKNOWN, {"voters": 19, "blank_null": 20}),
    "more votes for all than valid": ("PRI112", {"A": 842, "B": 612}, {"valid": 1453}),
    "more votes for all than voters": ("PRI112", {"A": 842, "B": 632}, {"voters": 1473}),
    "more votes than voters leave": ("PRI112", {"A": 842, "B": 612}, {"voters": 1473, "blank_null": 20}),
    "fewer votes than valid": ("PRI113", {"A": 842, "B": 610}, {"valid": 1453}),
    "fewer votes than voters leave": ("PRI113", {"A": 842, "B": 610}, {"voters": 1473, "blank_null": 20}),
    "percentages above 100": ("PRI121", {"A": "60.0", "B": "40.2"}, {}),
    "percentages below 100": ("PRI122", {"A": "60.0", "B": "39.8"}, {}),
    "percentages that no whole numbers give": ("PRI123", {"A": "66.7", "B": "33.3"}, {"voters": 2}),
    "a percentage that its votes do not give": (
        "PRI124",
        {"A": with_share(12245, "30.63"), "B": None},
        {"valid": 39591},
    ),
}

NEAR_MISSES = {
    "as many voters as registered": (UNKNOWN, {"registered": 1473, "voters": 1473}),
    "as many valid votes as voters": (UNKNOWN, {"voters": 1473, "valid": 1473}),
    "blank and null make the two": (UNKNOWN, {"blank": 12, "null": 9, "blank_null": 21}),
    "parts make the voters": (UNKNOWN, {"voters": 1473, "valid": 1453, "blank_null": 20}),
    "parts apart make the voters": (UNKNOWN, {"voters": 1473, "valid": 1453, "blank": 12, "null": 8}),
    "everybody voted blank or null": (UNKNOWN, {"voters": 20, "blank_null": 20}),
    "one candidate has all valid votes": ({"A": 1453, "B": 0}, {"valid": 1453}),
    "votes make the valid": ({"A": 842, "B": 611}, {"valid": 1453}),
    "votes leave room for blank and null not published": ({"A": 842, "B": 610}, {"voters": 1473}),
    "votes of others are not known": ({"A": 842, "B": None}, {"valid": 1453}),
    "votes make what voters leave": ({"A": 842, "B": 611}, {"voters": 1473, "blank_null": 20}),
    # Each of three percentages may be off by 0.05: 99.85 to 100.15 can all be 100.
    "percentages above 100 by rounding": ({"A": "60.0", "B": "20.1", "C": "20.0"}, {}),
    "percentages below 100 by rounding": ({"A": "33.3", "B": "33.3", "C": "33.3"}, {}),
    "percentages below 100 with one unknown": ({"A": "60.0", "B": "20.0", "C": None}, {}),
    "percentages of voters": ({"A": with_share(None, "57.2", "voters"), "B": with_share(None, "41.5", "voters")}, {}),
    "percentages that whole numbers give": ({"A": "66.7", "B": "33.3"}, {"voters": 3}),
    "a percentage that its votes give": ({"A": with_share(12245, "30.93"), "B": None}, {"valid": 39591}),
    "a percentage of voters that its votes give": (
        {"A": with_share(842, "57.16", "voters"), "B": 611},
        {"voters": 1473},
    ),
    "an exact half rounded down": ({"A": with_share(1, "12"), "B": with_share(7, "88")}, {"valid": 8}),
    "an exact half rounded up": ({"A": with_share(1, "13"), "B": with_share(7, "88")}, {"valid": 8}),
    "nothing is published": (UNKNOWN, {}),
    "nobody came": ({"A": 0, "B": 0}, {"registered": 0, "voters": 0, "blank": 0, "null": 0, "valid": 0}),
}


@pytest.mark.parametrize(("code", "candidates", "ballot"), CASES.values(), ids=list(CASES))
def test_a_contradiction_is_found_and_no_other(code, candidates, ballot):
    assert codes(candidates, **ballot) == [code]


@pytest.mark.parametrize(("candidates", "ballot"), NEAR_MISSES.values(), ids=list(NEAR_MISSES))
def test_what_can_be_true_is_no_finding(candidates, ballot):
    assert codes(candidates, **ballot) == []


def test_one_candidate_above_the_valid_votes_is_named():
    # Then all of them together have too many as well.
    found = findings(returns_of(unit({"A": 1454, "B": None}, valid=1453)))
    assert [finding.code for finding in found] == ["PRI111", "PRI112"]
    assert "A" in str(found[0].message)
    assert "1,454" in str(found[0].message)
    assert codes({"A": 1453, "B": None}, valid=1453) == []


def test_a_finding_says_where_and_which_figures():
    found = findings(
        returns_of(unit(UNKNOWN, election="Primaire", round=2, unit="Conflans", registered=1400, voters=1473))
    )
    assert [str(part) in str(found[0].place) for part in ("Primaire", 2, "Conflans")] == [True] * 3
    assert "1,473" in str(found[0].message)
    assert "1,400" in str(found[0].message)


def test_findings_come_in_the_order_of_the_source_each_unit_by_code():
    broken = {"registered": 10, "voters": 20, "valid": 30}
    found = findings(
        returns_of(unit(UNKNOWN, **broken), unit(UNKNOWN, unit="fine"), unit(UNKNOWN, unit="There", **broken))
    )
    assert [(str(finding.place).rpartition(", ")[2], finding.code) for finding in found] == [
        ("Here", "PRI101"),
        ("Here", "PRI102"),
        ("There", "PRI101"),
        ("There", "PRI102"),
    ]


def test_approximate_counts_need_not_add_up():
    about = unit({"A": 28500, "B": 19816}, voters=49000, valid=48000)
    for row in about:
        row["approximate"] = frozenset({"voters", "votes", "valid"})
    assert findings(returns_of(about)) == []
    assert codes({"A": 28500, "B": 19816}, voters=49000, valid=48000) == ["PRI112"]


def test_an_approximate_percentage_is_still_held_against_exact_votes():
    # As the local weekly printed it in 2017: 12,245 votes, 30.63 %, 39,591 valid votes.
    valls = {**with_share(12245, "30.63", "valid"), "approximate": frozenset({"share"})}
    assert codes({"Valls": valls, "Hamon": None}, valid=39591) == ["PRI124"]


def test_votes_that_are_percentages_of_voters_contradict_nothing():
    # 50 and 25 % of 4 voters, and the base is not said: they add up to 75, and are right of voters.
    assert codes({"A": with_share(2, "50.00"), "B": with_share(1, "25.00")}, voters=4, blank_null=1) == []


def test_a_percentage_is_held_against_valid_votes_that_follow_from_others():
    # 842 of the 1473 - 20 valid votes are 57.95 %, not 75.95.
    wrong = {"A": with_share(842, "75.95", "valid"), "B": 611}
    assert codes(wrong, voters=1473, blank_null=20) == ["PRI124"]


def test_votes_of_two_places_are_not_mixed_up():
    returns = returns_of(unit({"A": 842, "B": 611}, valid=1453), unit({"A": 5, "B": 4}, valid=9, unit="There"))
    assert findings(returns) == []


def test_nobody_has_a_share_where_nobody_voted():
    empty = {"A": with_share(0, "0.00", "valid"), "B": with_share(0, "0.00", "valid")}
    assert codes(empty, registered=10, voters=0, blank=0, null=0, valid=0) == []
    assert codes(empty, registered=10, voters=5, blank=0, null=0, valid=5) == ["PRI113", "PRI122"]


@pytest.mark.parametrize("decimals", [0, 2, 5, 9, 15])
def test_percentages_of_any_number_of_decimals_are_looked_at(decimals):
    # 1 of 8 is 12.5, exactly: rounded to its decimals it fits, a unit of the first digit more does not.
    right, wrong = (f"{value:.{decimals}f}" for value in (12.5, 22.5))
    other = f"{87.5 if decimals else 88:.{decimals}f}"
    assert codes({"A": with_share(1, right), "B": with_share(7, other)}, valid=8) == []
    assert "PRI124" in codes({"A": with_share(1, wrong), "B": with_share(7, other)}, valid=8)


def test_percentages_of_very_large_counts_are_looked_at():
    large = 10**12
    assert codes({"A": with_share(large, "50.00"), "B": with_share(large, "50.00")}, valid=2 * large) == []
    assert "PRI124" in codes({"A": with_share(large, "50.02"), "B": with_share(large, "49.98")}, valid=2 * large)


def test_one_wrong_percentage_is_found_among_many_units():
    units = [unit({"A": with_share(1, "33.33"), "B": with_share(2, "66.67")}, unit=str(n), valid=3) for n in range(200)]
    units[77] = unit({"A": with_share(1, "33.33"), "B": with_share(2, "66.76")}, unit="77", valid=3)
    found = findings(returns_of(*units))
    assert {str(finding.place).rpartition(", ")[2] for finding in found} == {"77"}
    assert {finding.code for finding in found} == {"PRI121", "PRI124"}
