"""One table of text: what spreadsheets, Parquet, XML and JSON are turned into before anybody knows what they mean."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from primaire.messages import Message


@dataclass(frozen=True)
class Sheet:
    """One table of text as it stands in a file. Titles, empty rows and the header are rows like any other.

    Attributes:
        rows: every row has its own length; an empty cell is ``""``, and no row ends with one. Numbers stand as a person
            would type them (:func:`text_of`).
        lines: the line or row of the file on which each row stands, 1 is the first; None: 1, 2, 3, ...
        name: the sheet's name; None where the file holds one table without a name.
        remarks: what the reader had to decide or to leave out, in words.
        above: how many of the first rows are none of the file's own: whoever is told a row counts without them.
    """

    rows: list[list[str]]
    lines: list[int] | None = None
    name: str | None = None
    remarks: tuple[Message, ...] = ()
    above: int = 0


def trimmed(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end.

    >>> trimmed(["", "a", "", ""])
    ['', 'a']
    """
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def text_of(value: object) -> str:
    """Return a value as a person would type it, without loss: whole numbers without decimals, dates in ISO.

    Nothing (None, not a number) is ``""``; true and false are ``true`` and ``false``.

    >>> [text_of(value) for value in (8580.0, 27.27, 1e-07, None, True, datetime(2022, 4, 10, 8, 30))]
    ['8580', '27.27', '0.0000001', '', 'true', '2022-04-10 08:30:00']
    """
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if value.is_integer():
        return str(int(value))
    written = repr(value)
    return format(Decimal(written), "f") if "e" in written else written
