"""Cells found in bytes, a stretch of rows at a time: counts and words of whole columns without a Python object per cell.

A national file has seven million cells, of which a question needs a tenth. So the bytes are searched for separators once,
and a column's cells are then read from where these lie, eight bytes at a time: a count of up to eight digits is one such
word, and two cells are the same text if their words are.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

PADDING = 8
"""Bytes that must follow the last cell, so that a word can be read where it begins."""

STRETCH = 1 << 20
"""Bytes looked at together: few enough to stay in the processor's cache, enough to spread the cost of a call."""

_QUOTE, _RETURN, _NEWLINE = ord('"'), ord("\r"), ord("\n")
_ZEROS = np.uint64(0x3030303030303030)
_NOT_DIGITS = np.uint64(0x8080808080808080)
_OVER_NINE = np.uint64(0x7676767676767676)
_EIGHT = np.uint64(8)
_ALL = (1 << 64) - 1
# By a cell's length: what of its word is the cell, how far it moves to end in the highest byte, and zeros before it.
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(PADDING + 1)], dtype="uint64")
_SHIFTS = np.array([0, *(64 - 8 * size for size in range(1, PADDING + 1))], dtype="uint64")
_FILLS = np.array([0x3030303030303030 & (_ALL >> 8 * size) for size in range(PADDING + 1)], dtype="uint64")
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Dialect:
    """How cells are set apart: the separator's byte, the byte that ends a row, and whether quotes can hold either."""

    separator: int
    end: int = _NEWLINE
    quoted: bool = True


@dataclass(frozen=True)
class Counts:
    """Columns of counts, side by side. ``odd`` lists row and column of the cells that are neither plain digits nor empty."""

    values: Wholes
    known: Flags
    odd: Wholes


@dataclass(frozen=True)
class Words:
    """The different cells of a column: for each row the place of its own, and the cells.

    Cells of at most eight bytes each are kept as the whole numbers that these are; of nothing, 0.
    """

    places: Wholes
    held: list[bytes] | npt.NDArray[np.uint64]

    @property
    def cells(self) -> list[bytes]:
        """The different cells."""
        return self.held if isinstance(self.held, list) else bytes_of(self.held)


def bytes_of(words: npt.NDArray[np.uint64]) -> list[bytes]:
    """Return cells of at most eight bytes as these."""
    return [word.to_bytes(PADDING, "little").rstrip(b"\0") for word in words.tolist()]


class Cells:
    """The rows of a stretch of bytes.

    Attributes:
        size: how many rows; width: the number of cells of each row.
        first, last: where the stretch begins in the file, and where it ends.
    """

    def __init__(self, data: Bytes, stop: int, dialect: Dialect, first: int = 0) -> None:
        """Find the cells of ``data[:stop]``, whole rows; at least :data:`PADDING` bytes must follow."""
        self.first, self.last = first, first + stop
        self._data = data
        self._plain = data[:stop].tobytes()  # slices of bytes cost a tenth of those of an array
        self._words = np.ndarray((len(data) - PADDING + 1,), "<u8", data, strides=(1,))  # a word at every byte
        self._quoted = dialect.quoted and bool((data[:stop] == _QUOTE).any())
        self._separator = bytes([dialect.separator])
        body = data[:stop]
        marks, stops = body == dialect.separator, np.flatnonzero(body == dialect.end)
        if self._quoted:
            # A mark behind an odd number of quotes is text; a doubled quote counts twice and changes nothing.
            outside = (np.cumsum(body == _QUOTE, dtype="int32") & 1) == 0
            marks &= outside
            stops = stops[outside[stops]]
        marks[stops] = True
        ends = np.flatnonzero(marks).astype("int32")
        last = np.searchsorted(ends, stops.astype("int32"))
        self.size = len(last)
        self._row_start = np.zeros(self.size, "int32")
        self._row_start[1:] = ends[last[:-1]] + 1
        self._row_first = np.zeros(self.size, "int64")
        self._row_first[1:] = last[:-1] + 1
        self.width = last - self._row_first + 1
        if dialect.end == _NEWLINE:
            ends[last] -= (stops > self._row_start) & (data[np.maximum(stops - 1, 0)] == _RETURN)
        self._ends = ends
        regular = (
            self.size > 0 and bool((self.width == self.width[0]).all()) and len(ends) == self.size * int(self.width[0])
        )
        self._grid = ends.reshape(self.size, -1) if regular else None

    def _span(self, column: int, through: int, rows: Wholes | None) -> tuple[Wholes, Wholes]:
        """Return where the cells from ``column`` to ``through`` of the rows start, and their length."""
        if self._grid is not None and (rows is None or len(rows) == self.size):
            start = self._grid[:, column - 1] + 1 if column else self._row_start
            return start, self._grid[:, through] - start
        first = self._row_first if rows is None else self._row_first[rows]
        if column:
            start = self._ends[first + column - 1] + 1
        else:
            start = self._row_start if rows is None else self._row_start[rows]
        return start, self._ends[first + through] - start

    def _spans(self, columns: Wholes, through: Wholes, rows: Wholes) -> tuple[Wholes, Wholes]:
        """Return as :meth:`_span` for several columns at once: a row each, and a column for each."""
        if self._grid is not None and len(rows) == self.size:
            before, ends = self._grid[:, np.maximum(columns - 1, 0)], self._grid[:, through]
        else:
            first = self._row_first[rows][:, None]
            before, ends = self._ends[first + np.maximum(columns - 1, 0)], self._ends[first + through]
        start = before + 1
        if (columns == 0).any():
            start[:, columns == 0] = self._row_start[rows][:, None]
        return start, ends - start

    def _unquoted(self, start: Wholes, length: Wholes) -> tuple[Wholes, Wholes]:
        if not self._quoted:
            return start, length
        wrapped = (length >= 2) & (self._data[start] == _QUOTE)  # noqa: PLR2004  a pair of quotes
        return start + wrapped, length - 2 * wrapped

    def blank(self) -> Flags:
        """Tell which rows hold no text at all."""
        length = self._ends[self._row_first + self.width - 1] - self._row_start
        return np.asarray(length == self.width - 1)

    def counts(self, columns: Sequence[int], rows: Wholes) -> Counts:
        """Return columns of counts, side by side; every row must have them. An empty cell is not known."""
        of = np.array(columns, dtype="int64")
        start, length = self._unquoted(*self._spans(of, of, rows))
        longest = int(length.max(initial=0))
        short = np.where(length <= PADDING, length, 0) if longest > PADDING else length
        # The last digit goes to the highest byte; missing ones in front count as zeros.
        digits = ((self._words[start] << _SHIFTS[short]) | _FILLS[short]) - _ZEROS
        plain = ((digits | (digits + _OVER_NINE)) & _NOT_DIGITS) == 0
        if longest > PADDING:
            plain &= length <= PADDING
        # Pairs of digits, then fours, then eight: each step adds ten, hundred, ten thousand times the left half.
        digits = digits * np.uint64(10) + (digits >> _EIGHT)
        low = np.uint64(0x000000FF000000FF)
        value = (
            (digits & low) * np.uint64(0x000F424000000064)
            + ((digits >> np.uint64(16)) & low) * np.uint64(0x0000271000000001)
        ) >> np.uint64(32)
        known = length > 0
        if plain.all():
            return Counts(value.view("int64"), known, np.zeros((0, 2), dtype="int64"))
        known &= plain
        return Counts((value * known).view("int64"), known, np.argwhere(~plain & (length > 0)))

    def same(self, columns: Sequence[int], through: Sequence[int], rows: Wholes) -> list[bytes] | None:
        """Return the text of each of some spans of columns if it is the same in all rows, else None."""
        start, length = self._spans(np.array(columns), np.array(through), rows)
        if not len(rows) or not (length == length[0]).all():
            return None
        first, sizes = start[0], length[0]
        room = np.maximum(sizes - PADDING, 0)  # the last word ends with the cell, whatever it overlaps
        short = _MASKS[np.minimum(sizes, PADDING)] if int(sizes.min()) < PADDING else None
        for at in range(0, int(sizes.max()), PADDING):
            words = self._words[start + np.minimum(at, room)]
            if short is not None:
                words &= short
            if not (words == words[0]).all():
                return None
        return [self._bytes(one, size) for one, size in zip(first.tolist(), sizes.tolist(), strict=True)]

    def _word(self, start: Wholes, length: Wholes) -> npt.NDArray[np.uint64]:
        """Return the first eight bytes of each cell, what follows the cell taken for nothing."""
        words: npt.NDArray[np.uint64] = self._words[start] & _MASKS[np.minimum(length, PADDING)]
        return words

    def words(self, column: int, through: int | None = None, rows: Wholes | None = None) -> Words:
        """Return a column of text as its different cells, and for each row the place of its own among these.

        ``through`` takes several columns that stand side by side as one text, with their separators. Nothing is
        stripped or unquoted.
        """
        start, length = self._span(column, column if through is None else through, rows)
        if not len(start):
            return Words(np.zeros(0, "int64"), [])
        longest = int(length.max())
        if longest <= PADDING:
            place, keys = pd.factorize(self._word(start, length))
            return Words(place, keys)
        parts = [
            self._word(np.minimum(start + at, len(self._words) - 1), np.maximum(length - at, 0))
            for at in range(0, longest, PADDING)
        ]
        mixed = length.astype("uint64")
        for part in parts:
            mixed = (mixed ^ part) * _MIX
            mixed ^= mixed >> np.uint64(29)
        place, _ = pd.factorize(mixed)
        at = np.empty(int(place.max()) + 1, "int64")
        at[place[::-1]] = np.arange(len(place) - 1, -1, -1)
        same = all((part == part[at][place]).all() for part in parts) and (length == length[at][place]).all()
        if not same:  # two texts with one mixture: so rare that the slow way will do
            each = [self._bytes(one, size) for one, size in zip(start.tolist(), length.tolist(), strict=True)]
            place, different = pd.factorize(pd.Series(each, dtype="object"))
            return Words(place, list(different))
        firsts = zip(start[at].tolist(), length[at].tolist(), strict=True)
        return Words(place, [self._bytes(one, size) for one, size in firsts])

    def begins(self, column: int, text: bytes, rows: Wholes) -> Flags:
        """Tell in which rows a column's cell begins with the first eight bytes of a text, or is that text."""
        start, length = self._unquoted(*self._span(column, column, rows))
        mask = _MASKS[min(len(text), PADDING)]
        wanted = np.uint64(int.from_bytes(text[:PADDING], "little"))
        return np.asarray(((self._words[start] & mask) == wanted) & (length >= 1))

    def _bytes(self, start: int, length: int) -> bytes:
        return self._plain[start : start + length]

    def cell(self, row: int, column: int) -> bytes:
        """Return one cell as it stands."""
        start, length = self._span(column, column, np.array([row]))
        return self._bytes(int(start[0]), int(length[0]))

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
        stop = _end_of_row(data, whole, start, min(start + size, len(whole)), dialect)
        if stop + PADDING <= len(whole) and whole[stop - 1] == dialect.end:
            stretch = whole[start : stop + PADDING]
        else:  # the end of the file: with room to read words, and an end of the last row
            tail = whole[start:stop].tobytes()
            tail = tail if tail[-1] == dialect.end else tail + bytes([dialect.end])
            stretch = np.frombuffer(tail + bytes(PADDING), "uint8")
        yield Cells(stretch, len(stretch) - PADDING, dialect, start)
        start = stop


def _end_of_row(data: Any, whole: Bytes, start: int, stop: int, dialect: Dialect) -> int:
    """Return where the last row that ends before ``stop`` ends; further on, if none does."""
    size = stop - start
    while stop < len(whole):
        if dialect.quoted:
            part = whole[start:stop]
            outside = (np.cumsum(part == _QUOTE, dtype="int32") & 1) == 0
            ends = np.flatnonzero((part == dialect.end) & outside)
            at = start + int(ends[-1]) if len(ends) else -1
        else:
            at = data.rfind(bytes([dialect.end]), start, stop)
        if at >= start:
            return at + 1
        stop = min(stop + size, len(whole))
    return len(whole)


def text_of(cell: bytes, encoding: str) -> str:
    """Return a cell as text: decoded, unquoted, without the spaces around it."""
    return _unwrapped(cell.decode(encoding, "replace"))


def _unwrapped(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text


def all_texts(cells: Sequence[bytes], encoding: str) -> list[str]:
    """Return :func:`text_of` of many cells, decoded together."""
    texts = b"\x1e".join(cells).decode(encoding, "replace").split("\x1e")
    if len(texts) != len(cells):  # a cell holds the mark itself
        return [text_of(cell, encoding) for cell in cells]
    return [_unwrapped(text) for text in texts]


def texts_of(cells: bytes, dialect: Dialect, encoding: str) -> list[str]:
    """Return cells that stand side by side as texts."""
    whole = cells.decode(encoding, "replace")
    separator = chr(dialect.separator)
    if not dialect.quoted or '"' not in whole:
        return [text.strip() for text in whole.split(separator)]
    try:
        texts = next(csv.reader([whole], delimiter=separator), [])
    except csv.Error:  # an end of line in the middle of a cell, or another accident that no rule tells how to read
        texts = whole.split(separator)
    return [text.strip() for text in texts]
