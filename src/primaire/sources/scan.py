"""Cells found in bytes, a stretch of rows at a time: counts and words of whole columns without a Python object per cell.

A national file has seven million cells, of which a question needs a tenth. So the bytes are searched for separators once,
and a column's cells are then read from where these lie, eight bytes at a time: a count of up to eight digits is one such
word, and two cells are the same text if their words are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

PADDING = 8
"""Bytes that must follow the last cell, so that a word can be read where it begins."""

STRETCH = 1 << 21
"""Bytes looked at together: few enough to stay in the processor's cache, enough to spread the cost of a call."""

_QUOTE, _RETURN, _NEWLINE = ord('"'), ord("\r"), ord("\n")
_ZEROS = np.uint64(0x3030303030303030)
_NOT_DIGITS = np.uint64(0x8080808080808080)
_OVER_NINE = np.uint64(0x7676767676767676)
_EIGHT = np.uint64(8)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Dialect:
    """How cells are set apart: the separator's byte, the byte that ends a row, and whether quotes can hold either."""

    separator: int
    end: int = _NEWLINE
    quoted: bool = True


@dataclass(frozen=True)
class Counts:
    """A column of counts. ``odd`` lists the rows whose cell is neither a count of plain digits nor empty."""

    values: Wholes
    known: Flags
    odd: Wholes


class Cells:
    """The rows of a stretch of bytes.

    Attributes:
        size: how many rows; width: the number of cells of each row.
        first: where the stretch begins in the file.
    """

    def __init__(self, data: Bytes, stop: int, dialect: Dialect, first: int = 0) -> None:
        """Find the cells of ``data[:stop]``, whole rows; at least :data:`PADDING` bytes must follow."""
        self.first = first
        self._data = data
        self._words = np.ndarray((len(data) - PADDING + 1,), "<u8", data, strides=(1,))  # a word at every byte
        self._quoted = dialect.quoted and bool((data[:stop] == _QUOTE).any())
        self._separator = bytes([dialect.separator])
        body = data[:stop]
        marks = body == dialect.separator
        marks |= body == dialect.end
        if self._quoted:
            # A mark behind an odd number of quotes is text; a doubled quote counts twice and changes nothing.
            marks &= (np.cumsum(body == _QUOTE, dtype="int32") & 1) == 0
        ends = np.flatnonzero(marks)
        last = np.flatnonzero(data[ends] == dialect.end)
        self._row_start = np.concatenate(([0], ends[last[:-1]] + 1)) if len(last) else np.zeros(0, "int64")
        self._row_first = np.concatenate(([0], last[:-1] + 1)) if len(last) else np.zeros(0, "int64")
        self.width = last - self._row_first + 1
        self.size = len(last)
        if dialect.end == _NEWLINE:
            stops = ends[last]
            ends[last] = stops - ((stops > self._row_start) & (data[np.maximum(stops - 1, 0)] == _RETURN))
        self._ends = ends

    def _span(self, column: int, through: int, rows: Wholes | None) -> tuple[Wholes, Wholes]:
        """Return where the cells from ``column`` to ``through`` of the rows start, and their length."""
        first = self._row_first if rows is None else self._row_first[rows]
        if column:
            start = self._ends[first + column - 1] + 1
        else:
            start = self._row_start if rows is None else self._row_start[rows]
        return start, self._ends[first + through] - start

    def _unquoted(self, start: Wholes, length: Wholes) -> tuple[Wholes, Wholes]:
        if not self._quoted:
            return start, length
        wrapped = (length >= 2) & (self._data[start] == _QUOTE)  # noqa: PLR2004  a pair of quotes
        return start + wrapped, length - 2 * wrapped

    def blank(self) -> Flags:
        """Tell which rows hold no text at all."""
        length = self._ends[self._row_first + self.width - 1] - self._row_start
        return length == self.width - 1

    def counts(self, column: int, rows: Wholes | None = None) -> Counts:
        """Return a column of counts; every row must have that column. An empty cell is not known."""
        start, length = self._unquoted(*self._span(column, column, rows))
        short = length <= PADDING
        word = self._word(start, np.where(short, length, 0))
        left = (_EIGHT - np.where(short, length, 0).astype("uint64")) * _EIGHT
        # Missing digits in front count as zeros.
        digits = (word << (left & np.uint64(63))) | np.where(left == 0, 0, _ZEROS & ((np.uint64(1) << (left & np.uint64(63))) - np.uint64(1)))
        digits = np.where(left == 64, _ZEROS, digits) - _ZEROS  # noqa: PLR2004  bits
        plain = short & (((digits | (digits + _OVER_NINE)) & _NOT_DIGITS) == 0)
        # Pairs of digits, then fours, then eight: each step adds ten, hundred, ten thousand times the left half.
        digits = digits * np.uint64(10) + (digits >> _EIGHT)
        low = np.uint64(0x000000FF000000FF)
        value = (
            (digits & low) * np.uint64(0x000F424000000064)
            + ((digits >> np.uint64(16)) & low) * np.uint64(0x0000271000000001)
        ) >> np.uint64(32)
        known = plain & (length > 0)
        odd = np.flatnonzero(~plain)
        return Counts(np.where(known, value, 0).astype("int64"), known, odd)

    def _word(self, start: Wholes, length: Wholes) -> npt.NDArray[np.uint64]:
        """Return the first eight bytes of each cell, what follows the cell taken for nothing."""
        words: npt.NDArray[np.uint64] = self._words[start]
        if (length < PADDING).any():
            keep = np.minimum(length, PADDING).astype("uint64") * _EIGHT
            mask = np.where(length >= PADDING, ~np.uint64(0), (np.uint64(1) << (keep & np.uint64(63))) - np.uint64(1))
            words = words & mask
        return words

    def words(self, column: int, through: int | None = None, rows: Wholes | None = None) -> tuple[Wholes, list[bytes]]:
        """Return a column of text as the place of each cell among the different ones, and these as bytes.

        ``through`` takes several columns that stand side by side as one text, with their separators. Nothing is
        stripped or unquoted.
        """
        start, length = self._span(column, column if through is None else through, rows)
        if not len(start):
            return np.zeros(0, "int64"), []
        longest = int(length.max())
        parts = [self._word(np.minimum(start + at, len(self._words) - 1), np.maximum(length - at, 0)) for at in range(0, max(longest, 1), PADDING)]
        if all((part == part[0]).all() for part in parts) and (length == length[0]).all():
            return np.zeros(len(start), "int64"), [self._bytes(start[0], length[0])]
        mixed = length.astype("uint64")
        for part in parts:
            mixed = (mixed ^ part) * _MIX
            mixed ^= mixed >> np.uint64(29)
        place, _ = pd.factorize(mixed)
        at = np.empty(int(place.max()) + 1, "int64")
        at[place[::-1]] = np.arange(len(place) - 1, -1, -1)
        same = all((part == part[at][place]).all() for part in parts) and (length == length[at][place]).all()
        if not same:  # two texts with one mixture: so rare that the slow way will do
            each = [self._bytes(one, size) for one, size in zip(start, length, strict=True)]
            place, different = pd.factorize(pd.Series(each, dtype="object"))
            return place, list(different)
        return place, [self._bytes(start[one], length[one]) for one in at.tolist()]

    def _bytes(self, start: Any, length: Any) -> bytes:
        return self._data[start : start + length].tobytes()

    def cell(self, row: int, column: int) -> bytes:
        """Return one cell as it stands."""
        start, length = self._span(column, column, np.array([row]))
        return self._bytes(start[0], length[0])

    def place(self, row: int) -> int:
        """Return where a row begins in the file, in bytes."""
        return self.first + int(self._row_start[row])

    def places(self, rows: Wholes) -> Wholes:
        """Return where each of the rows begins in the file."""
        return self.first + self._row_start[rows]


def stretches(data: Any, start: int, dialect: Dialect, size: int = STRETCH) -> Iterator[Cells]:
    """Yield the rows of ``data`` (bytes, or a file mapped into memory) from ``start`` on, a stretch at a time."""
    whole = np.frombuffer(data, "uint8")
    while start < len(whole):
        stop = _end_of_row(whole, start, min(start + size, len(whole)), dialect)
        if stop + PADDING <= len(whole) and whole[stop - 1] == dialect.end:
            stretch = whole[start : stop + PADDING]
        else:  # the end of the file: with room to read words, and an end of the last row
            tail = whole[start:stop].tobytes()
            tail = tail if tail[-1] == dialect.end else tail + bytes([dialect.end])
            stretch = np.frombuffer(tail + bytes(PADDING), "uint8")
        yield Cells(stretch, len(stretch) - PADDING, dialect, start)
        start = stop


def _end_of_row(whole: Bytes, start: int, stop: int, dialect: Dialect) -> int:
    """Return where the last row that ends before ``stop`` ends; further on, if none does."""
    while stop < len(whole):
        part = whole[start:stop]
        ends = part == dialect.end
        if dialect.quoted:
            quotes = part == _QUOTE
            if quotes.any():
                ends &= (np.cumsum(quotes, dtype="int32") & 1) == 0
        at = np.flatnonzero(ends)
        if len(at):
            return start + int(at[-1]) + 1
        stop = min(stop + (stop - start), len(whole))
    return len(whole)


def text_of(cell: bytes, encoding: str) -> str:
    """Return a cell as text: decoded, unquoted, without the spaces around it."""
    text = cell.decode(encoding, "replace").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text


def texts_of(cells: bytes, dialect: Dialect, encoding: str) -> list[str]:
    """Return cells that stand side by side as texts."""
    whole = cells.decode(encoding, "replace")
    separator = chr(dialect.separator)
    if not dialect.quoted or '"' not in whole:
        return [text.strip() for text in whole.split(separator)]
    return [text.strip() for text in next(csv.reader([whole], delimiter=separator), [])]


class Vocabulary:
    """The different texts of a column over all stretches of a file."""

    def __init__(self) -> None:
        self._place: dict[bytes, int] = {}

    def places(self, words: Sequence[bytes]) -> Wholes:
        """Return the place of each word in the vocabulary, new ones put at its end."""
        known = self._place
        return np.array([known.setdefault(word, len(known)) for word in words], dtype="int64")

    @property
    def words(self) -> list[bytes]:
        """The words, in the order of their first appearance."""
        return list(self._place)
