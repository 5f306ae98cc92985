"""Columns as plain arrays and back: what the calculations run on, fast on ten rows as on a million.

Counts are whole numbers beside a mask of which are known; a missing count is never taken for zero, since the caller must
ask. Codes are the places of a categorical column's values among its categories, -1 for missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt


def conform(frame: pd.DataFrame, schema: Mapping[str, object]) -> pd.DataFrame:
    """Return ``frame`` with exactly the columns of ``schema``, in its order and dtypes; absent columns are all NA."""
    size = len(frame)
    columns: dict[str, Any] = {}
    for name, dtype in schema.items():
        given: Any = frame.get(name)
        columns[name] = column([None] * size, dtype) if given is None else given.astype(dtype)
    return pd.DataFrame(columns, index=frame.index)


def frame_of(columns: Mapping[str, Sequence[object]], schema: Mapping[str, object], size: int) -> pd.DataFrame:
    """Build a table of the schema from plain values by column, None for missing; absent columns are all NA."""
    nothing = [None] * size
    return pd.DataFrame({name: column(columns.get(name, nothing), dtype) for name, dtype in schema.items()})


def column(values: Sequence[Any], dtype: object) -> Any:
    """Build the array of one column. Much faster than ``astype`` on short columns, which most files have."""
    if isinstance(dtype, pd.CategoricalDtype):
        place = {word: code for code, word in enumerate(dtype.categories)}
        return pd.Categorical.from_codes([-1 if value is None else place[value] for value in values], dtype=dtype)
    if dtype == "category":
        place = {word: code for code, word in enumerate(dict.fromkeys(value for value in values if value is not None))}
        codes = np.array([-1 if value is None else place[value] for value in values], dtype="int32")
        return pd.Categorical.from_codes(codes, categories=pd.Index(list(place), dtype="str"), validate=False)
    if dtype in ("Int64", "Float64"):
        missing = np.array([value is None for value in values], dtype="bool")
        number = np.array([0 if value is None else value for value in values], dtype=str(dtype).lower())
        return pd.arrays.IntegerArray(number, missing) if dtype == "Int64" else pd.arrays.FloatingArray(number, missing)
    return pd.array(values, dtype=dtype)  # type: ignore[call-overload]  # the stubs want literal dtypes


def counts(values: npt.NDArray[np.int64], known: npt.NDArray[np.bool_]) -> pd.arrays.IntegerArray:
    """Return a nullable column of counts from plain numbers and where they are known."""
    return pd.arrays.IntegerArray(np.where(known, values, 0), ~known)


def rates(values: npt.NDArray[np.float64]) -> pd.arrays.FloatingArray:
    """Return a nullable column of numbers from plain ones, NaN being missing."""
    return pd.arrays.FloatingArray(values, np.isnan(values))


def whole(values: pd.Series[int]) -> npt.NDArray[np.int64]:
    """Return a column of counts as plain whole numbers; 0 where missing, so that the caller must ask which are known."""
    return np.asarray(values.to_numpy("int64", na_value=0))


def listed(values: pd.Series[Any]) -> list[Any]:
    """Return a column as plain values, None for missing."""
    return [None if missing else value for value, missing in zip(values.tolist(), values.isna().tolist(), strict=True)]


def codes(values: pd.Series[Any]) -> npt.NDArray[np.int64]:
    """Return a categorical column as places in its categories, -1 for missing."""
    return np.asarray(values.cat.codes, dtype="int64")


def summed(
    values: npt.NDArray[np.int64], origin: npt.NDArray[np.int64], group: npt.NDArray[np.int64], size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Add counts up by group, exactly.

    Args:
        values, origin: counts, and their places in :data:`primaire.schema.ORIGINS`, -1 for missing.
        group: the group of each count, 0 to ``size`` - 1.

    Returns:
        the sum of each group and the weakest origin in it: -1 where one of its counts is missing, or it has none.
    """
    total, weakest = np.zeros(size, dtype="int64"), np.full(size, -1, dtype="int64")
    np.add.at(total, group, values)
    np.maximum.at(weakest, group, origin)
    weakest[group[origin < 0]] = -1
    return total, weakest


def numbered(frame: pd.DataFrame, key: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return for each row the number of its key, 0 for the first key that appears; missing equals missing."""
    mixed = np.zeros(len(frame), dtype="int64")
    for name in key:
        values = frame[name]
        part = codes(values) + 1 if isinstance(values.dtype, pd.CategoricalDtype) else values.to_numpy()
        # Numbered anew at every step: the product of many categories would not fit.
        mixed = np.unique(mixed * (int(part.max(initial=0)) + 1) + part, return_inverse=True)[1]
    _, first, number = np.unique(mixed, return_index=True, return_inverse=True)
    order = np.empty(len(first), dtype="int64")
    order[np.argsort(first)] = np.arange(len(first))
    return np.asarray(order[number])
