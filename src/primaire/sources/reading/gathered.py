"""Columns while they are read, a stretch of rows after the other, and as they are in the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.sources.opening.scan import Cells, Words, all_texts, bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


def _one_text(cells: Sequence[bytes]) -> bytes:
    return b"\n" + b"\n".join(cells).lower() + b"\n"


@dataclass(frozen=True)
class Undecoded:
    """Words as they stand in a file."""

    cells: list[bytes]
    encoding: str


class Coded:
    """A column of text: for each row the place of its word, -1 where the cell is empty.

    What a file holds is brought together when it is first asked for, and decoded when its words are: a question about a
    whole country needs neither the names of communes nor which row has which.

    Attributes:
        codes: the places.
        words: the different texts.
    """

    def __init__(self, codes: Wholes | TextColumn, words: list[str] | Undecoded = Undecoded([], "ascii")) -> None:
        """Take places and words, or a column that was read."""
        self._codes = codes
        self._words = words

    def _settled(self) -> Wholes:
        if isinstance(self._codes, TextColumn):
            self._codes, self._words = self._codes.united()
        return self._codes

    @property
    def codes(self) -> Wholes:
        """The place of each row's word."""
        return self._settled()

    @property
    def words(self) -> list[str]:
        """The different texts, by their place."""
        self._settled()
        if isinstance(self._words, Undecoded):
            self._words = all_texts(self._words.cells, self._words.encoding)
        return self._words

    def mentions(self, texts: Sequence[bytes]) -> bool:
        """Tell whether one of some texts in lower case stands in the words, each of which begins behind an end of line.

        Plain search: a country has 35,000 communes, and expressions would take as long as reading their names.
        """
        if isinstance(self._codes, TextColumn):
            parts = self._codes.cells()
        else:
            words = self._words
            parts = iter([words.cells if isinstance(words, Undecoded) else [word.encode() for word in words]])
        return any(text in together for cells in parts for together in [_one_text(cells)] for text in texts)

    def at(self, rows: Wholes) -> Coded:
        """Return some rows of the column."""
        return self.coded_as(self.codes[rows])

    def coded_as(self, codes: Wholes) -> Coded:
        """Return the same words with other places."""
        self._settled()
        return Coded(codes, self._words)

    def texts(self) -> list[str]:
        """Return the text of every row, empty where there is none."""
        words = [*self.words, ""]
        return [words[code] for code in self.codes.tolist()]


_WRAPPED = re.compile(rb'"|\xa0')
"""What only decoded text shows to be around a word: quotes, and in some encodings spaces that do not break."""

_ROOM: Final = 1 << 18
"""Numbers for which there is room from the start, whatever is to come."""

PART: Final = 1 << 15
"""Entries looked at together, where there are millions: few enough to stay in the processor's cache."""

_NOTHING: Final = np.zeros(0, "int8")

_SPACED = re.compile(rb"\s\n|\n\s|\A\s|\s\Z")


@dataclass
class Figures:
    """A column of counts, and which of them are known."""

    values: Wholes
    known: Flags


class TextColumn:
    """A column of text while it is read."""

    def __init__(self, encoding: str) -> None:
        """Begin without any row."""
        self.encoding = encoding
        self._places: list[Wholes] = []
        self._held: list[list[bytes] | npt.NDArray[np.uint64]] = []

    def add(self, cells: Cells, column: int, rows: Wholes) -> None:
        """Take a column's cells of some rows."""
        self.take(cells.words(column, rows=rows))

    def take(self, words: Words) -> None:
        """Take cells that were read."""
        self._places.append(small(words.places))
        self._held.append(words.held)

    def cells(self) -> Iterator[list[bytes]]:
        """Yield the different cells, a stretch after the other."""
        for held in self._held:
            yield held if isinstance(held, list) else bytes_of(held)

    def united(self) -> tuple[Wholes, Undecoded]:
        """Return places and words, equal texts made one whatever their quotes and spaces. To be asked for once."""
        together, cells = _united(self._held)
        codes = [one[places] for one, places in zip(together, self._places, strict=True)]
        self._places, self._held = [], []
        return _cleaned(np.concatenate(codes) if codes else np.zeros(0, "int32"), cells, self.encoding)

    def coded(self) -> Coded:
        """Return the column, brought together when it is asked for something."""
        return Coded(self)


def _united(held: Sequence[list[bytes] | npt.NDArray[np.uint64]]) -> tuple[list[Wholes], list[bytes]]:
    """Return the different cells of several lists, and for each list the places of its cells among these."""
    if not all(isinstance(one, list) for one in held) and not any(isinstance(one, list) for one in held):
        place, different = pd.factorize(np.concatenate(held))
        stops = np.cumsum([len(one) for one in held])[:-1]
        return np.split(place.astype("int32"), stops), bytes_of(different)
    known: dict[bytes, int] = {}
    together = []
    for one in held:
        cells = one if isinstance(one, list) else bytes_of(one)
        together.append(np.array([known.setdefault(cell, len(known)) for cell in cells], dtype="int32"))
    return together, list(known)


def _cleaned(codes: Wholes, cells: list[bytes], encoding: str) -> tuple[Wholes, Undecoded]:
    joined = b"\n".join(cells)
    known: dict[bytes, int] = {}
    if _WRAPPED.search(joined) or joined.count(b"\n") >= len(cells) > 0:
        texts, encoding = [text.encode() for text in all_texts(cells, encoding)], "utf-8"
    elif b"" in cells or _SPACED.search(joined):
        texts = [cell.strip() for cell in cells]
    else:
        return codes, Undecoded(cells, encoding)
    place = np.array([known.setdefault(text, len(known)) if text else -1 for text in texts], dtype="int32")
    return place[codes], Undecoded(list(known), encoding)


class Pile:
    """Numbers that come a stretch of rows at a time, in one array: of a large one, memory is taken where it was written.

    A list of parts would need, in the end, the room of all of them twice.
    """

    def __init__(self) -> None:
        """Begin without any number."""
        self._held: npt.NDArray[Any] = _NOTHING
        self._size = 0

    def add(self, values: npt.NDArray[Any]) -> None:
        """Take numbers; the type grows with them."""
        size = self._size + len(values)
        kind = np.promote_types(self._held.dtype, values.dtype) if self._size else values.dtype
        if size > len(self._held) or kind != self._held.dtype:
            room = np.empty(max(size, 2 * self._size, _ROOM), kind)
            room[: self._size] = self._held[: self._size]
            self._held = room
        self._held[self._size : size] = values
        self._size = size

    def taken(self) -> npt.NDArray[Any]:
        """Return all numbers, and keep none."""
        taken = self._held[: self._size]
        self._held, self._size = _NOTHING, 0
        return taken


class CountColumn:
    """A column of counts while it is read; ``narrow`` where they are too many to give each four bytes."""

    def __init__(self, *, narrow: bool = False) -> None:
        """Begin without any row."""
        self.narrow = narrow
        self._values, self._known = Pile(), Pile()

    def add(self, values: Wholes, known: Flags) -> None:
        """Take counts."""
        wide = values if int(values.max(initial=0)) >= 2**31 else values.astype("int32")
        self._values.add(small(values) if self.narrow else wide)
        self._known.add(known)

    def figures(self) -> Figures:
        """Return the column. To be asked for once."""
        return Figures(self._values.taken(), self._known.taken().astype("bool", copy=False))


def small(values: Wholes) -> Wholes:
    """Return places in the smallest signed type that holds them: a country has a million."""
    most = int(values.max(initial=0))
    return values.astype("int16" if most < 2**15 else "int32" if most < 2**31 else "int64")
