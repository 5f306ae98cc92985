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

_LARGEST = 2**62  # above which a mixed key would no longer be exact


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


def categorical(places: npt.NDArray[np.integer[Any]], categories: Any) -> Any:
    """Return a categorical column from places among its categories (or those of a dtype), -1 for missing."""
    if isinstance(categories, pd.CategoricalDtype):
        return pd.Categorical.from_codes(places, dtype=categories)
    return pd.Categorical.from_codes(places, categories=pd.Index(categories, dtype="str"))


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
    total = gathered(np.add, values, group, np.zeros(size, dtype="int64"))
    weakest = gathered(np.maximum, origin, group, np.full(size, -1, dtype="int64"))
    missing = origin < 0
    if missing.any():
        weakest[group[missing]] = -1
    return total, weakest


def gathered(
    ufunc: np.ufunc, values: npt.NDArray[np.int64], group: npt.NDArray[np.int64], start: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return ``start`` with the values of each group added to it by ``ufunc``; ``start`` itself is written to."""
    if len(group) and (group[1:] >= group[:-1]).all():  # as units mostly come: several times faster
        first = np.concatenate([[0], np.flatnonzero(group[1:] > group[:-1]) + 1])
        held = group[first]
        start[held] = ufunc(start[held], ufunc.reduceat(values, first))
    else:
        ufunc.at(start, group, values)
    return start


def numbered(frame: pd.DataFrame, key: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return for each row the number of its key, 0 for the first key that appears; missing equals missing."""
    mixed, span = np.zeros(len(frame), dtype="int64"), 1
    for name in key:
        values = frame[name]
        part = codes(values) + 1 if isinstance(values.dtype, pd.CategoricalDtype) else values.to_numpy()
        width = int(part.max(initial=0)) + 1
        if span > _LARGEST // width:
            mixed = by_appearance(mixed)
            span = int(mixed.max(initial=0)) + 1
        mixed = mixed * width + part
        span *= width
    return by_appearance(mixed)


def by_appearance(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return numbers of 0 or more, numbered anew in the order in which each appears first.

    >>> by_appearance(np.array([7, 7, 2, 7, 9])).tolist()
    [0, 0, 1, 0, 2]
    """
    span = int(numbers.max(initial=-1)) + 1
    if span > 4 * len(numbers):  # a table of all possible numbers would be larger than what it tells
        return np.asarray(pd.factorize(numbers)[0], dtype="int64")
    first = np.full(span, len(numbers), dtype="int64")
    np.minimum.at(first, numbers, np.arange(len(numbers)))
    held = np.flatnonzero(first < len(numbers))
    appeared = first[held]
    if (appeared[1:] < appeared[:-1]).any():
        held = held[np.argsort(appeared)]
    place = first  # no longer needed
    place[held] = np.arange(len(held))
    return np.asarray(place[numbers])


def firsts(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where each of the numbers of :func:`by_appearance` appears first.

    >>> firsts(np.array([0, 0, 1, 0, 2])).tolist()
    [0, 2, 4]
    """
    highest = np.maximum.accumulate(numbers)
    return np.concatenate(
        [np.zeros(min(len(highest), 1), dtype="int64"), np.flatnonzero(highest[1:] > highest[:-1]) + 1]
    )


def agreed(values: pd.Series[str], group: npt.NDArray[np.int64], size: int) -> Any:
    """Return what a categorical column has in common in each group, nothing where its values differ or one is missing."""
    place = codes(values)
    low = gathered(np.minimum, place, group, np.full(size, len(values.cat.categories)))
    high = gathered(np.maximum, place, group, np.full(size, -1))
    return categorical(np.where(low == high, high, -1), values.dtype)


def together(values: pd.Series[str], group: npt.NDArray[np.int64], size: int) -> Any:
    """Return the different texts of a categorical column in each group as one, nothing where there is none."""
    texts, place = values.cat.categories, codes(values)
    said = np.flatnonzero(place >= 0)
    said = said[firsts(by_appearance(group[said] * (len(texts) + 1) + place[said]))]
    joined = np.full(size, -1, dtype="int64")
    joined[group[said]] = place[said]
    crowded = said[np.bincount(group[said], minlength=size)[group[said]] > 1]
    if len(crowded):
        texts_of = values.iloc[crowded].astype("str").groupby(group[crowded]).agg("; ".join)
        number, new = pd.factorize(texts_of)
        joined[texts_of.index] = number + len(texts)
        texts = texts.append(pd.Index(new))
    return categorical(joined, texts)


def located(rows: pd.DataFrame, table: pd.DataFrame, key: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return for each of ``rows`` the place in ``table`` of the row with the same key, -1 for none.

    The two may have different categories; missing equals missing. No key stands twice in ``table``.
    """
    sought, held = np.zeros(len(rows), dtype="int64"), np.zeros(len(table), dtype="int64")
    for name in key:
        ours, theirs = rows[name], table[name]
        if isinstance(theirs.dtype, pd.CategoricalDtype):
            common = theirs.cat.categories.get_indexer(ours.cat.categories)
            # What is no category of the table's is none of its values.
            common = np.append(np.where(common < 0, len(theirs.cat.categories), common), -1)
            one, other = common[codes(ours)] + 1, codes(theirs) + 1
        else:
            one, other = ours.to_numpy(), theirs.to_numpy()
        width = int(max(one.max(initial=0), other.max(initial=0))) + 1
        mixed = by_appearance(np.concatenate([held * width + other, sought * width + one]))
        held, sought = mixed[: len(table)], mixed[len(table) :]
    return np.asarray(pd.Index(held).get_indexer(pd.Index(sought)), dtype="int64")
