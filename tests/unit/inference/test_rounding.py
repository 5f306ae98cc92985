"""Whole numbers with the margins of fractions: by hand, and the nearest of all by brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from primaire.inference.rounding import whole


def nearest(table):
    """Return the least sum of absolute differences of all tables with these margins, cells rounded down or up."""
    floor = np.floor(table)
    every = (floor + np.reshape(up, table.shape) for up in product((0, 1), repeat=table.size))
    margins = np.rint(table.sum(axis=0)), np.rint(table.sum(axis=1))
    return min(
        np.abs(each - table).sum()
        for each in every
        if (each.sum(axis=0) == margins[0]).all() and (each.sum(axis=1) == margins[1]).all()
    )


def test_a_table_by_hand():
    """Rows alone would round 0.6, 0.6, 0.6 of the first column up, to 3; its sum is 2: the second row loses least by it.

    Its other cells are 0.3 and 0.1, the first row's 0.2 and 0.2, the third's 0.25 and 0.15: 0.6 - 0.3 is the least loss.
    The columns: 1.8 + 0.2, 0.75 + 0.25, 0.45 + 0.55, the fourth row being 0.2, 0.25, 0.55.
    """
    table = [[0.6, 0.2, 0.2], [0.6, 0.3, 0.1], [0.6, 0.25, 0.15], [0.2, 0.25, 0.55]]
    assert whole(table).tolist() == [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]


def test_of_equally_near_tables_earlier_rows_round_up_earlier_columns():
    assert whole(np.full((3, 3), 1 / 3)).tolist() == np.eye(3).tolist()
    assert whole([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.0, 0.5, 0.5]]).tolist() == np.eye(3).tolist()
    assert whole(np.full((2, 4), 0.5)).tolist() == [[1, 1, 0, 0], [0, 0, 1, 1]]


def test_no_table_is_nearer():
    drawn = np.random.default_rng(8)
    for _ in range(60):
        before = drawn.multinomial(7, [0.2, 0.3, 0.5], 4)
        after = drawn.multinomial(7, [0.1, 0.3, 0.6], 4)
        table = np.einsum("ir,ik->rk", before, after / 7)
        rounded = whole(table)
        assert np.abs(rounded - table).sum() == pytest.approx(nearest(table), abs=1e-5)


def test_whole_tables_stay_as_they_are():
    table = np.arange(24).reshape(2, 3, 4)
    assert whole(table).tolist() == table.tolist()
    assert whole(table + 1e-9).tolist() == table.tolist()
    assert whole(np.maximum(table - 1e-9, 0)).tolist() == table.tolist()


def test_many_tables_keep_their_shape_and_are_rounded_one_by_one():
    before = np.random.default_rng(2).multinomial(50, [0.25] * 4, (6, 5))
    after = np.random.default_rng(4).multinomial(50, [0.2] * 5, (6, 5))
    tables = before[..., :, None] * after[..., None, :] / 50
    rounded = whole(tables)
    assert rounded.shape == (6, 5, 4, 5)
    assert rounded.dtype == np.int64
    assert rounded[3, 2].tolist() == whole(tables[3, 2]).tolist()
    assert whole(tables[:, :, ::-1])[0, 0].shape == (4, 5)  # arrays that are not contiguous


def test_numbers_of_a_country_are_exact():
    """Raking leaves margins of millions a little off: the whole ones are meant."""
    table = np.array([[8_656_346.25, 1_000_000.75], [2_000_000.75, 7_213_000.25]]) + 1e-4
    rounded = whole(table)
    assert rounded.sum(axis=1).tolist() == [9_656_347, 9_213_001]
    assert rounded.sum(axis=0).tolist() == [10_656_347, 8_213_001]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 2, 2), (2, 0, 3)])
def test_nothing_is_rounded_to_nothing(shape):
    assert whole(np.zeros(shape)).shape == shape


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([[-1.0, 1.0], [1.0, -1.0]], "from 0 to 1,000,000,000,000"),
        ([[np.nan, 1.0]], "from 0 to 1,000,000,000,000"),
        ([[1e13, 0.5, 0.5], [0, 0.5, 0.5]], "from 0 to 1,000,000,000,000"),
        ([[np.inf, 1.0]], "from 0 to 1,000,000,000,000"),
        ([[0.5, 0.2]], "whole numbers"),
        ([[0.5, 0.5]], "whole numbers"),  # its columns are not
    ],
)
def test_other_tables_are_refused(table, said):
    with pytest.raises(ValueError, match=said):
        whole(table)


def test_margins_that_are_off_together_are_refused():
    """Each of 112 rows is 0.009 above one vote, within what raking leaves; together they are one vote more, in 113 columns."""
    with pytest.raises(ValueError, match="same total"):
        whole(np.full((112, 113), 113.008 / 112 / 113))
