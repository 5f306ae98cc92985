"""The cells of a Table as plain Python values: what every format writes, each in its own way."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, SupportsFloat

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from primaire.table import Column, Kind, Table

Cell = bool | int | float | str | None
"""One value: whole numbers are ``int``, other numbers ``float``, dates ISO text; ``None`` is missing."""


def cells(table: Table, name: str, start: int = 0, stop: int | None = None) -> list[Cell]:
    """Return the values of a column by its kind, whatever the frame stores them as.

    Infinity and NaN are no value: they are missing.

    Raises:
        KeyError: the table has no such column.
        ValueError: a count or a change that is not a whole number; the column and the value are named.
    """
    return _read(table.frame[name].iloc[start:stop], table.column(name))


def told(table: Table, name: str) -> list[Cell]:
    """Return the values of a column as people read them, names rather than codes where the table has them; as :func:`cells`."""
    return _read(table.read_as(name), table.column(name))


def _read(stored: pd.Series[Any], column: Column) -> list[Cell]:
    read = _READ[column.kind]
    try:
        return [
            read(value) if held else None for value, held in zip(stored.tolist(), stored.notna().tolist(), strict=True)
        ]
    except ValueError as error:
        raise ValueError(f"column {column.name} ({column.kind}): {error}") from error


def _whole(value: SupportsFloat) -> int | None:
    number = value if isinstance(value, int) else float(value)
    if not math.isfinite(number):
        return None
    if number != int(number):
        raise ValueError(f"{value!r} is not a whole number")
    return int(number)


def _real(value: SupportsFloat) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def _day(value: object) -> str:
    return str(value)[:10]  # a timestamp's day


_READ: dict[Kind, Callable[..., Cell]] = {
    "text": str,
    "term": str,
    "count": _whole,
    "change": _whole,
    "share": _real,
    "points": _real,
    "index": _real,
    "factor": _real,
    "date": _day,
    "flag": bool,
    "sentence": str,
}
