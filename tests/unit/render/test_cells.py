"""Cells are read by the column's kind, whatever the frame stores them as."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from primaire.messages import msg
from primaire.render.cells import cells
from primaire.table import Column, Table


def table_of(kind, values) -> Table:
    return Table("test", msg("Test"), pd.DataFrame({"x": values}), (Column("x", "X", kind),))


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("count", pd.array([1473, None], dtype="Int64"), [1473, None]),
        ("count", [1473.0, np.nan, np.inf], [1473, None, None]),  # whole numbers that pandas holds as floats
        ("share", pd.array([100 / 3, None], dtype="Float64"), [100 / 3, None]),
        ("share", [35, 0], [35.0, 0.0]),
        ("factor", [np.inf, -np.inf, np.nan], [None, None, None]),
        ("text", pd.Categorical(["a", None]), ["a", None]),
        ("text", pd.array(["", None], dtype="str"), ["", None]),
        ("text", [78, "2A"], ["78", "2A"]),
        ("flag", pd.array([True, False, None], dtype="boolean"), [True, False, None]),
        ("date", [dt.date(2017, 1, 29), "2017-01-22"], ["2017-01-29", "2017-01-22"]),
        ("date", [pd.Timestamp("2017-01-29"), pd.NaT], ["2017-01-29", None]),
    ],
)
def test_values_are_plain_python_by_kind(kind, values, expected):
    found = cells(table_of(kind, values), "x")
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_a_count_that_is_not_whole_is_refused_with_its_column():
    with pytest.raises(ValueError, match=r"column x \(count\): 1\.5 is not a whole number"):
        cells(table_of("count", [1.5]), "x")


def test_an_unknown_column_is_a_key_error():
    with pytest.raises(KeyError):
        cells(table_of("text", ["a"]), "y")
