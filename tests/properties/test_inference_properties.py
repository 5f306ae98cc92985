"""What holds for every estimate, whatever was counted; nothing here says how near it is to the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from primaire.inference import fit
from primaire.inference.bounds import bounds

SAME = 1e-6
"""A difference of that part of all votes is none: in another order sums are rounded otherwise, and an optimum is found to
about the eighth digit. It is a vote in a million."""

counts = st.one_of(st.integers(0, 3), st.integers(0, 30), st.integers(0, 1500))


@st.composite
def inside(draw, least=1):
    """Draw (n, R, C): what the voters of each unit did, of which an estimate sees the margins alone."""
    shape = draw(st.tuples(st.integers(least, 12), st.integers(least, 4), st.integers(least, 4)))
    tables = draw(arrays.arrays("int64", shape, elements=counts, fill=st.nothing()))
    assume(tables.sum() > 0)
    return tables


def margins(tables):
    return tables.sum(axis=2), tables.sum(axis=1)


def estimate(tables, **how):
    return fit(*margins(tables), **{"intervals": False, **how})


def same(one, other, total):
    return np.abs(one - other).max() <= SAME * total


def votes_of(tables, **how):
    return estimate(tables, **how).votes


@given(inside())
def test_margins_are_reproduced(tables):
    before, after = margins(tables)
    votes = votes_of(tables)
    assert votes.shape == (before.shape[1], after.shape[1])
    assert same(votes.sum(axis=1), before.sum(axis=0), tables.sum())
    assert same(votes.sum(axis=0), after.sum(axis=0), tables.sum())
    assert (votes >= 0).all()


@given(inside())
def test_the_estimate_lies_within_the_bounds(tables):
    low, high = bounds(*margins(tables))
    votes = votes_of(tables)
    assert (votes >= low - SAME * tables.sum()).all()
    assert (votes <= high + SAME * tables.sum()).all()


@given(inside())
def test_shares_are_those_of_the_votes(tables):
    found = estimate(tables)
    rows = tables.sum(axis=(0, 2))
    assert np.isnan(found.shares[rows == 0]).all()
    assert found.shares[rows > 0] == pytest.approx(found.votes[rows > 0] / rows[rows > 0, None], abs=1e-9)


@given(inside(), st.randoms(use_true_random=False))
def test_the_order_of_units_and_options_does_not_matter(tables, random):
    orders = [random.sample(range(size), size) for size in tables.shape]
    moved = tables[np.ix_(*orders)]
    assert same(votes_of(moved), votes_of(tables)[np.ix_(*orders[1:])], tables.sum())


def test_the_order_of_options_of_one_size_does_not_matter():
    """Two small parties, three votes each, in units of their own: nothing but where they are tells them apart."""
    drawn = np.random.default_rng(7)
    tables = np.zeros((60, 5, 4), dtype="int64")
    tables[:, :3] = drawn.poisson([[200, 40, 9, 3], [30, 90, 20, 2], [8, 20, 50, 1]], (60, 3, 4))
    units = drawn.permutation(60)
    tables[units[:3], 3, 0] = tables[units[3:6], 4, 1] = 1
    rows, columns = [4, 1, 3, 0, 2], [2, 0, 3, 1]
    assert same(votes_of(tables[:, rows][:, :, columns]), votes_of(tables)[np.ix_(rows, columns)], tables.sum())


@given(inside())
def test_units_without_voters_do_not_matter(tables):
    more = np.concatenate([tables[:1] * 0, tables, tables[:2] * 0])
    assert same(votes_of(more), votes_of(tables), tables.sum())


@given(inside())
def test_options_without_voters_have_none_and_do_not_matter(tables):
    more = np.pad(tables, ((0, 0), (0, 1), (1, 0)))
    found = votes_of(more)
    assert not found[-1].any()
    assert not found[:, 0].any()
    assert same(found[:-1, 1:], votes_of(tables), tables.sum())


@given(inside(), st.sampled_from(["rows", "columns"]))
def test_one_option_on_a_side_leaves_nothing_to_estimate(tables, side):
    one = tables.sum(axis=1 if side == "rows" else 2, keepdims=True)
    assert same(votes_of(one), one.sum(axis=0), one.sum())


@given(inside())
def test_one_unit_is_a_table_with_its_margins(tables):
    one = tables[:1]
    assume(one.sum() > 0)
    before, after = margins(one)
    assert same(votes_of(one).sum(axis=1), before[0], one.sum())
    assert same(votes_of(one).sum(axis=0), after[0], one.sum())


@given(inside())
@settings(max_examples=30)
def test_intervals_are_shares_around_the_estimate(tables):
    found = estimate(tables, intervals=True)
    held = tables.sum(axis=(0, 2)) > 0
    lower, shares, upper = found.lower[held], found.shares[held], found.upper[held]
    assert (lower >= 0).all()
    assert (lower <= shares + SAME).all()
    assert (shares <= upper + SAME).all()
    assert (upper <= 1).all()
    assert np.isnan(found.lower[~held]).all()


@given(inside())
@settings(max_examples=30)
def test_the_estimate_is_the_same_with_intervals_and_without(tables):
    assert same(votes_of(tables, intervals=True), votes_of(tables), tables.sum())
    without = estimate(tables)
    assert np.isnan(without.lower).all()
    assert np.isnan(without.upper).all()


@given(inside(), st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_the_estimate_is_the_same_with_and_without_draws(tables, seed):
    one, other = estimate(tables), estimate(tables, intervals=True, seed=seed)
    assert (one.votes == other.votes).all()
    assert (one.seed, other.seed) == (None, seed)


@given(inside(), st.sampled_from(["int32", "int64", "float64"]), st.booleans())
@settings(max_examples=30)
def test_how_counts_are_held_does_not_matter_and_they_stay_as_they_are(tables, dtype, turned):
    before, after = (np.asarray(side, dtype=dtype, order="F" if turned else "C") for side in margins(tables))
    kept = before.copy(), after.copy()
    assert same(fit(before, after, intervals=False).votes, votes_of(tables), tables.sum())
    assert np.array_equal(before, kept[0])
    assert np.array_equal(after, kept[1])


@given(inside())
def test_local_tables_have_the_margins_of_their_units(tables):
    before, after = margins(tables)
    local = estimate(tables).predict()
    total = before.sum(axis=1)[:, None]
    assert local.shape == tables.shape
    assert (local >= 0).all()
    assert (np.abs(local.sum(axis=2) - before) <= SAME * total).all()
    assert (np.abs(local.sum(axis=1) - after) <= SAME * total).all()


@given(inside(), st.data())
def test_tables_of_groups_are_the_sums_of_those_of_units(tables, data):
    number = st.integers(0, 3)
    groups = np.array(data.draw(st.lists(number, min_size=len(tables), max_size=len(tables))))
    found = estimate(tables)
    local, of_groups = found.predict(), found.predict(groups)
    for group in range(groups.max() + 1):
        assert same(of_groups[group], local[groups == group].sum(axis=0), tables.sum())


@given(inside(least=2))
@settings(max_examples=20)
def test_progress_goes_from_nothing_to_all(tables):
    seen: list[float] = []
    estimate(tables, intervals=True, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[0] >= 0
    assert seen[-1] == 1


@given(inside(least=2))
@settings(max_examples=20)
def test_what_was_asked_for_is_handed_back(tables):
    found = estimate(tables, context=0.5, seed=7, intervals=True)
    assert (found.context, found.seed) == (0.5, 7)
    assert estimate(tables, intervals=False).seed is None


GOOD = [[3, 2], [1, 4]]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([[-1, 6], [1, 4]], GOOD, "before: unit 0 has -1 voters"),
        (GOOD, [[6, -1], [1, 4]], "after: unit 0 has -1 voters of option 1"),
        ([[np.nan, 2], [1, 4]], GOOD, "unit 0 has nan voters"),
        ([[np.inf, 2], [1, 4]], GOOD, "unit 0 has inf voters"),
        ([[2.5, 2.5], [1, 4]], GOOD, "unit 0 has 2.5 voters"),
        ([[10**9, 2], [1, 4]], [[10**9, 2], [1, 4]], "a unit has 1,000,000,002 voters"),
        ([["3", "2"], ["1", "4"]], GOOD, "holds numbers of voters"),
        (GOOD, [[3, 3], [1, 4]], "unit 0: 5 and 6"),
        (GOOD, [[3, 2], [1, 4], [1, 1]], "2 units before and 3 after"),
        (GOOD, [[3, 2]], "2 units before and 1 after"),
        ([3, 2], [3, 2], "not of 1 dimensions"),
        (5, 5, "not of 0 dimensions"),
        ([GOOD], [GOOD], "not of 3 dimensions"),
        ([[0, 0], [0, 0]], [[0, 0], [0, 0]], "there are no voters"),
        (np.zeros((0, 2)), np.zeros((0, 2)), "there are no voters"),
        (np.zeros((2, 0)), np.zeros((2, 0)), "there are no voters"),
    ],
    ids=str,
)
def test_what_is_no_pair_of_counts_is_refused(before, after, said):
    with pytest.raises(ValueError, match=said):
        fit(np.array(before), np.array(after))


@pytest.mark.parametrize("counts", [[[2.5, 2.5]], [[-1, 6]], [1, 2]])
def test_bounds_are_of_the_same_counts_as_estimates(counts):
    with pytest.raises(ValueError, match=r"voters of option|dimensions"):
        bounds(counts, counts)
