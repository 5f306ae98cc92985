"""Columns while they are read, a stretch of rows after the other, and as they are in the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from primaire.sources.scan import Cells, Vocabulary, all_texts

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


class Coded:
    """A column of text: for each row the place of its word, -1 where the cell is empty.

    Attributes:
        codes: the places.
        words: the different texts. Of a file they are decoded when they are first asked for: a question about a whole
            country needs no names of communes.
    """

    def __init__(self, codes: Wholes, words: list[str] | Undecoded) -> None:
        """Take places and the words."""
        self.codes = codes
        self._words = words

    @property
    def words(self) -> list[str]:
        """The different texts, by their place."""
        if isinstance(self._words, Undecoded):
            self._words = all_texts(self._words.cells, self._words.encoding)
        return self._words

    def mentions(self, pattern: re.Pattern[bytes]) -> bool:
        """Tell whether a pattern stands somewhere in the words, each of them a line in UTF-8 or the file's encoding."""
        words = self._words.cells if isinstance(self._words, Undecoded) else [word.encode() for word in self._words]
        return pattern.search(b"\n".join(words)) is not None

    def at(self, rows: Wholes) -> Coded:
        """Return some rows of the column."""
        return self.coded_as(self.codes[rows])

    def coded_as(self, codes: Wholes) -> Coded:
        """Return the same words with other places."""
        return Coded(codes, self._words)

    def texts(self) -> list[str]:
        """Return the text of every row, empty where there is none."""
        words = [*self.words, ""]
        return [words[code] for code in self.codes.tolist()]


@dataclass(frozen=True)
class Undecoded:
    """Words as they stand in a file."""

    cells: list[bytes]
    encoding: str


_LOOSE = re.compile(rb'"|\s\n|\n\s|\A\s|\s\Z|\xa0')
"""Quotes, and spaces around a word: without any, different bytes are different texts."""


@dataclass
class Figures:
    """A column of counts, and which of them are known."""

    values: Wholes
    known: Flags


@dataclass
class TextColumn:
    """A column of text while it is read."""

    encoding: str
    words: Vocabulary = field(default_factory=Vocabulary)
    parts: list[Wholes] = field(default_factory=list)

    def add(self, cells: Cells, column: int, rows: Wholes) -> None:
        """Take a column's cells of some rows."""
        place, words = cells.words(column, rows=rows)
        self.parts.append(small(self.words.places(words)[place]) if len(rows) else np.zeros(0, "int16"))

    def places(self, cells: Cells, column: int | None, rows: Wholes) -> Wholes:
        """Return the places of a column's words without taking them; of a row that ends before it, that of no word."""
        found = np.full(len(rows), self.words.places([b""])[0], "int32")
        wide = np.zeros(len(rows), "bool") if column is None else cells.width[rows] > column
        if column is not None and wide.any():
            codes, words = cells.words(column, rows=rows[wide])
            found[wide] = self.words.places(words)[codes]
        return found

    def coded(self) -> Coded:
        """Return the column with equal texts made one, whatever their quotes and spaces. To be asked for once."""
        words, encoding = self.words.words, self.encoding
        codes = np.concatenate(self.parts) if self.parts else np.zeros(0, "int32")
        self.words, self.parts = Vocabulary(), []
        if b"" in words and words[0] != b"" or _LOOSE.search(b"\n".join(words)):
            known: dict[str, int] = {}
            texts = all_texts(words, encoding)
            place = np.array([known.setdefault(text, len(known)) if text else -1 for text in texts], dtype="int32")
            return Coded(place[codes], list(known))
        if words[:1] == [b""]:
            return Coded(codes.astype("int32") - 1, Undecoded(words[1:], encoding))
        return Coded(codes, Undecoded(words, encoding))


@dataclass
class CountColumn:
    """A column of counts while it is read."""

    values: list[Wholes] = field(default_factory=list)
    known: list[Flags] = field(default_factory=list)

    def add(self, values: Wholes, known: Flags) -> None:
        """Take counts."""
        self.values.append(values if int(values.max(initial=0)) >= 2**31 else values.astype("int32"))
        self.known.append(known)

    def figures(self) -> Figures:
        """Return the column. To be asked for once."""
        if not self.values:
            return Figures(np.zeros(0, "int64"), np.zeros(0, "bool"))
        figures = Figures(np.concatenate(self.values), np.concatenate(self.known))
        self.values, self.known = [], []
        return figures


def small(values: Wholes) -> Wholes:
    """Return places in the smallest signed type that holds them: a country has a million."""
    most = int(values.max(initial=0))
    return values.astype("int16" if most < 2**15 else "int32" if most < 2**31 else "int64")
