"""Bounds and whole numbers: what holds for all counts of units."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from primaire.inference.bounds import bounds
from primaire.inference.rounding import whole


@st.composite
def inside(draw):
    """Draw (n, R, C): what the voters of each unit did, nobody knowing it."""
    shape = draw(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 6)))
    return draw(arrays.arrays("int64", shape, elements=st.one_of(st.integers(0, 3), st.integers(0, 2000))))


def margins(tables):
    return tables.sum(axis=2), tables.sum(axis=1)


def independent(before, after):
    """Return (n, R, C) the tables of units in which who chose what before does not matter: fractions with their margins."""
    return before[:, :, None] * after[:, None, :] / np.maximum(before.sum(axis=1), 1)[:, None, None]


@given(inside())
def test_the_truth_lies_within_the_bounds(tables):
    low, high = bounds(*margins(tables))
    assert (low <= tables.sum(axis=0)).all()
    assert (tables.sum(axis=0) <= high).all()


@given(inside())
def test_bounds_lie_within_those_of_the_sums(tables):
    """What units tell together is never more than what they tell one by one."""
    before, after = margins(tables)
    low, high = bounds(before, after)
    least, most = bounds(before.sum(axis=0, keepdims=True), after.sum(axis=0, keepdims=True))
    assert (least <= low).all()
    assert (high <= most).all()


@given(inside())
def test_both_sides_have_the_same_bounds(tables):
    before, after = margins(tables)
    assert [side.T.tolist() for side in bounds(before, after)] == [side.tolist() for side in bounds(after, before)]


@given(inside())
def test_whole_tables_have_the_margins_and_lie_beside_the_fractions(tables):
    before, after = margins(tables)
    fractions = independent(before, after)
    rounded = whole(fractions)
    assert (rounded.sum(axis=2) == before).all()
    assert (rounded.sum(axis=1) == after).all()
    assert (rounded >= np.floor(fractions + 1e-6)).all()
    assert (rounded <= np.ceil(fractions - 1e-6)).all()


@given(inside())
def test_sums_of_units_are_rounded_too(tables):
    before, after = margins(tables)
    rounded = whole(independent(before, after).sum(axis=0))
    assert (rounded.sum(axis=1) == before.sum(axis=0)).all()
    assert (rounded.sum(axis=0) == after.sum(axis=0)).all()
    assert (rounded >= 0).all()


@given(inside())
def test_whole_tables_are_their_own(tables):
    assert (whole(tables) == tables).all()


@given(inside())
def test_whole_tables_are_as_near_turned_round(tables):
    """The nearest of all does not depend on which side is called rows (only which of several it is)."""
    fractions = independent(*margins(tables))
    turned = np.swapaxes(fractions, 1, 2)
    distance = np.abs(whole(fractions) - fractions).sum(axis=(1, 2))
    assert np.allclose(distance, np.abs(whole(turned) - turned).sum(axis=(1, 2)), atol=1e-4)
