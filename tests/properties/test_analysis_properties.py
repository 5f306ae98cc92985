"""What holds for every election: sums, shares, ranges, and what must not matter."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primaire.analysis.blanks import blanks
from primaire.analysis.compare import compare
from primaire.analysis.results import results
from primaire.analysis.swing import swing
from primaire.checks.contradictions import findings
from primaire.derivation import derive
from primaire.schema import COUNTS
from primaire.tally import tally
from tests.elections import percentage, returns_of, unit

NAMES = ("Hamon", "Valls", "Montebourg", "Peillon", "de Rugy", "Pinel")
SHARES = ("share_valid", "share_voters", "share_registered")

some = settings(max_examples=30)
"""Each example computes whole tables: thirty of each kind take a second or two."""

votes = st.integers(0, 3000)
ballots_of = st.dictionaries(st.sampled_from(NAMES), votes, min_size=1)
others = st.integers(0, 300)


@st.composite
def units(draw, names=None):
    """Draw a unit with all counts: candidates with votes, blank, null, voters, registered."""
    stood = draw(ballots_of) if names is None else {name: draw(votes) for name in names}
    blank, null = draw(others), draw(others)
    voters = sum(stood.values()) + blank + null
    return stood, {"blank": blank, "null": null, "voters": voters, "registered": voters + draw(others)}


@st.composite
def contests(draw):
    """Draw one to four units with the same candidates."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    return draw(st.lists(units(names), min_size=1, max_size=4))


def held(returns_units, **more):
    return returns_of(
        *(unit(stood, unit=str(place), **counts, **more) for place, (stood, counts) in enumerate(returns_units))
    )


def by_candidate(frame, columns):
    """Return values by candidate, None where missing, so that frames are compared whatever their order."""
    return {
        row["candidate"]: tuple(None if pd.isna(row[name]) else row[name] for name in columns)
        for _, row in frame.iterrows()
    }


@some
@given(units())
def test_shares_and_what_is_no_vote_for_anybody_make_100(one):
    stood, counts = one
    frame = results(held([one])).frame
    valid = sum(stood.values())
    if valid:
        assert frame["share_valid"].sum() == pytest.approx(100)
    if counts["voters"]:
        first = frame.iloc[0]
        assert frame["share_voters"].sum() + first["blank_share"] + first["null_share"] == pytest.approx(100)
        assert frame["share_registered"].sum() + first["abstention_share"] + percentage(
            counts["blank"] + counts["null"], counts["registered"]
        ) == pytest.approx(100)


@some
@given(units())
def test_shares_of_wider_bases_are_never_larger(one):
    frame = results(held([one])).frame.dropna(subset=["share_valid"])
    assert (frame["share_valid"] >= frame["share_voters"]).all()
    assert (frame["share_voters"] >= frame["share_registered"]).all()


@some
@given(contests())
def test_units_add_up_to_the_contest(drawn):
    total = tally(held(drawn))
    assert len(total.ballots) == 1
    for name in ("blank", "null", "voters", "registered"):
        assert total.ballots[name].iloc[0] == sum(counts[name] for _, counts in drawn)
    assert total.ballots["valid"].iloc[0] == sum(sum(stood.values()) for stood, _ in drawn)
    names = total.candidates["candidate"].iloc[total.votes["candidate"]]
    assert dict(zip(names, total.votes["votes"], strict=True)) == {
        name: sum(stood[name] for stood, _ in drawn) for name in drawn[0][0]
    }


@some
@given(contests(), st.data())
def test_the_order_of_rows_does_not_matter(drawn, data):
    shuffled = [
        (dict(data.draw(st.permutations(list(stood.items())))), counts)
        for stood, counts in data.draw(st.permutations(drawn))
    ]
    columns = ("votes", "rank", *SHARES, *COUNTS, "turnout")
    one, other = (by_candidate(results(held(each)).frame, columns) for each in (drawn, shuffled))
    assert one == other


@some
@given(units())
def test_ranks_count_those_with_more_votes(one):
    stood, _ = one
    ranks = by_candidate(results(held([one])).frame, ("rank",))
    assert ranks == {name: (1 + sum(other > count for other in stood.values()),) for name, count in stood.items()}


@some
@given(units())
def test_rows_come_by_rank(one):
    assert results(held([one])).frame["rank"].is_monotonic_increasing


@some
@given(units(), st.integers(2, 50))
def test_a_larger_electorate_with_the_same_proportions_has_the_same_shares(one, times):
    stood, counts = one
    larger = (
        {name: times * count for name, count in stood.items()},
        {name: times * count for name, count in counts.items()},
    )
    before, after = (by_candidate(results(held([each])).frame, SHARES) for each in (one, larger))
    assert after.keys() == before.keys()
    for name, shares in before.items():
        assert after[name] == pytest.approx(shares)


@some
@given(ballots_of)
def test_a_vote_against_itself_has_no_swing(stood):
    frame = swing(returns_of(unit(stood), unit(stood, round=2))).frame
    assert set(frame["movement"]) == {"stayed"}
    assert frame["votes_gained"].tolist() == [0] * len(stood)
    if sum(stood.values()):
        assert frame["points"].tolist() == [0] * len(stood)
        assert frame["pedersen"].tolist() == [0] * len(stood)
        for measure in ("butler", "steed"):
            assert set(frame[measure].dropna()) <= {0}


@some
@given(ballots_of, ballots_of)
def test_pedersen_is_between_0_and_100_and_the_same_both_ways(before, after):
    there = swing(returns_of(unit(before)), returns_of(unit(after))).frame
    back = swing(returns_of(unit(after)), returns_of(unit(before))).frame
    known = there["pedersen"].dropna()
    assert len(known) == (len(there) if sum(before.values()) and sum(after.values()) else 0)
    assert known.between(0, 100 + 1e-9).all()
    assert back["pedersen"].dropna().tolist() == pytest.approx(known.tolist())


@some
@given(ballots_of, ballots_of)
def test_swing_by_an_independent_count(before, after):
    row = swing(returns_of(unit(before)), returns_of(unit(after))).frame.iloc[0]
    ranked = sorted(after, key=lambda name: -after[name])
    first_two_clear = len(ranked) == 2 or (len(ranked) > 2 and after[ranked[1]] > after[ranked[2]])
    two = ranked[:2]
    if not (first_two_clear and set(two) <= set(before) and sum(before.values()) and sum(after.values())):
        assert row[["butler", "steed", "swing_from", "swing_to"]].isna().all()
        return
    old, new = (
        {name: percentage(count, sum(each.values())) for name, count in each.items()} for each in (before, after)
    )
    butler = ((new[two[0]] - old[two[0]]) + (old[two[1]] - new[two[1]])) / 2
    assert row["butler"] == pytest.approx(abs(butler))
    assert row["butler"] >= 0
    if abs(butler) > 1e-9:
        winner, loser = two if butler > 0 else reversed(two)
        assert (row["swing_to"], row["swing_from"]) == (winner, loser)
        if before[winner] + before[loser] and after[winner] + after[loser]:
            steed = percentage(after[winner], after[winner] + after[loser]) - percentage(
                before[winner], before[winner] + before[loser]
            )
            assert row["steed"] == pytest.approx(steed)


@some
@given(ballots_of, ballots_of)
def test_points_gained_and_lost_by_all_add_up_to_nothing(before, after):
    frame = swing(returns_of(unit(before)), returns_of(unit(after))).frame
    if sum(before.values()) and sum(after.values()):
        gained = frame["share_after"].fillna(0).sum() - frame["share_before"].fillna(0).sum()
        assert gained == pytest.approx(0, abs=1e-9)


@some
@given(units())
def test_a_place_compared_with_itself_differs_in_nothing(one):
    frame = compare(held([one]), held([one])).frame
    if sum(one[0].values()):
        assert frame["points"].tolist() == [0] * len(frame)
    assert frame["rank_here"].tolist() == frame["rank_there"].tolist()


@some
@given(ballots_of, others)
def test_any_number_of_blank_votes_among_blank_and_null_lies_in_the_range(stood, together):
    ranges = blanks(returns_of(unit(stood, blank_null=together))).frame
    assert (ranges["majority_low"] <= ranges["majority_high"]).all()
    for blank in {0, together // 2, together}:
        exact = blanks(returns_of(unit(stood, blank=blank, null=together - blank))).frame
        assert exact["candidate"].tolist() == ranges["candidate"].tolist()
        for low, high in (
            ("share_low", "share_high"),
            ("counted_low", "counted_high"),
            ("majority_low", "majority_high"),
            ("blank_low", "blank_high"),
        ):
            for at_least, value, other, at_most in zip(ranges[low], exact[low], exact[high], ranges[high], strict=True):
                assert pd.isna(value) or value == other
                assert pd.isna(value) or pd.isna(at_most) or value <= at_most + 1e-9
                assert pd.isna(value) or pd.isna(at_least) or value >= at_least - 1e-9


@some
@given(units())
def test_the_majority_with_blank_votes_is_more_than_half_of_both(one):
    stood, counts = one
    row = blanks(held([one])).frame.iloc[0]
    both = sum(stood.values()) + counts["blank"]
    assert row["majority_low"] == row["majority_high"] == math.floor(both / 2) + 1


published: Any = st.one_of(st.none(), st.integers(0, 40))


@st.composite
def publications(draw):
    """Draw what a page may print: any counts, any percentages, gaps and contradictions included."""
    candidates = {}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
        figures = {"votes": draw(published)}
        if draw(st.booleans()):
            figures |= {
                "share": float(draw(st.integers(0, 100))),
                "share_decimals": 0,
                "share_base": draw(st.sampled_from([None, "valid", "voters"])),
            }
        candidates[name] = {key: value for key, value in figures.items() if value is not None}
    return unit(candidates, **{count: draw(published) for count in COUNTS})


@some
@given(publications())
def test_deriving_changes_nothing_published_and_adds_nothing_the_second_time(records):
    returns = returns_of(records)
    once = derive(returns)
    for before, after in (
        (returns.ballots[list(COUNTS)], once.ballots[list(COUNTS)]),
        (returns.votes[["votes", "share"]], once.votes[["votes", "share"]]),
    ):
        kept = before.notna()
        assert after[kept].equals(before[kept])
    twice = derive(once)
    pd.testing.assert_frame_equal(twice.ballots, once.ballots)
    pd.testing.assert_frame_equal(twice.votes, once.votes)


@some
@given(publications())
def test_a_figure_is_known_exactly_where_its_origin_is(records):
    known = derive(returns_of(records))
    for frame, names in ((known.ballots, COUNTS), (known.votes, ("votes", "share"))):
        for name in names:
            assert frame[name].isna().tolist() == frame[f"{name}_origin"].isna().tolist()
            assert (frame[name].dropna() >= 0).all()


@some
@given(publications())
def test_any_publication_can_be_shown_and_checked(records):
    returns = returns_of(records)
    for analysis in (results, blanks):
        assert len(analysis(returns)) == len(records)
    codes = [finding.code for finding in findings(returns)]
    assert codes == sorted(codes)


@some
@given(units())
def test_figures_that_add_up_contradict_nothing(one):
    assert findings(held([one])) == []


@some
@given(units(), st.integers(1, 5))
def test_one_vote_too_many_is_found(one, more):
    stood, counts = one
    name = next(iter(stood))
    wrong = {**stood, name: stood[name] + more}
    codes = {finding.code for finding in findings(held([(wrong, {**counts, "valid": sum(stood.values())})]))}
    assert "PRI112" in codes
