"""Rows numbered by what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.sources.reading.gathered import Coded

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]


def key_of(columns: list[Coded | Wholes]) -> Wholes:
    """Return one number per row that is the same for rows with the same values in all columns."""
    key = np.zeros(len(columns[0].codes if isinstance(columns[0], Coded) else columns[0]), dtype="int64")
    span = 1
    for column in columns:
        values = column.codes if isinstance(column, Coded) else column
        low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
        if low == high:
            continue
        if span * (high - low + 1) >= 2**62:
            key = pd.factorize(key)[0].astype("int64")
            span = int(key.max(initial=0)) + 1
        key = key * (high - low + 1) + (values - low)
        span *= high - low + 1
    return key


def numbered_by_first(key: Wholes) -> tuple[Wholes, Wholes]:
    """Return for each row the number of its key, in the order of first appearance, and where each first appears."""
    number, _ = pd.factorize(key)
    size = int(number.max(initial=-1)) + 1
    first = np.empty(size, dtype="int64")
    first[number[::-1]] = np.arange(len(number) - 1, -1, -1)
    return number, first


def nth(key: Wholes) -> Wholes:
    """Return for each row how many rows before it have its key."""
    order = np.argsort(key, kind="stable")
    position = np.arange(len(key))
    start = np.r_[True, np.diff(key[order]) != 0] if len(key) else np.zeros(0, dtype="bool")
    nth = np.empty(len(key), dtype="int64")
    nth[order] = position - np.maximum.accumulate(np.where(start, position, 0))
    return nth
