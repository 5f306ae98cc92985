"""The candidates of a table, however their cells are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.sources.opening.scan import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from primaire.sources.opening.raw import Raw

    Wholes = npt.NDArray[np.int64]

IDENTITY: Final = ("name", "label", "list", "number")
"""What tells one candidate from another."""

_PARTS: Final = 2
"""A first name and a surname."""

Shape = tuple[tuple[str, tuple[int, ...]], ...]
"""For each field of a candidate, which of the cells side by side hold it."""


@dataclass(frozen=True)
class Person:
    """A candidate as one cell, or a few, write it."""

    name: str
    label: str = ""
    list: str = ""
    number: str = ""


class People:
    """The different candidates found so far, in the order of their first appearance."""

    def __init__(self, raw: Raw, names: Mapping[str, str]) -> None:
        """Begin without anybody; ``names`` gives a name to numbers, where the table has these alone."""
        self._raw = raw
        self._names = names
        self._seen: dict[tuple[Shape, bytes], int] = {}
        self._place: dict[Person, int] = {}

    @property
    def all(self) -> list[Person]:
        """Everybody, by their place."""
        return list(self._place)

    def place(self, person: Person) -> int:
        """Return the place of one candidate."""
        return self._place.setdefault(person, len(self._place))

    def places(self, shape: Shape, words: Sequence[bytes]) -> Wholes:
        """Return the place of each candidate whose cells, side by side, are one of ``words``; -1 for empty ones."""
        found = np.empty(len(words), dtype="int64")
        for at, word in enumerate(words):
            place = self._seen.get((shape, word))
            if place is None:
                place = self._seen[shape, word] = self._new(shape, word)
            found[at] = place
        return found

    def _new(self, shape: Shape, word: bytes) -> int:
        cells = texts_of(word, self._raw.dialect, self._raw.encoding)
        said = {field: _said([cells[at] for at in places if at < len(cells)], field) for field, places in shape}
        number = said.get("number", "")
        name = said.get("name") or self._names.get(number) or said.get("list") or said.get("label")
        name = name or (number if number.strip("0") else "")
        return self.place(Person(name, said.get("label", ""), said.get("list", ""), number)) if name else -1


def _said(cells: Sequence[str], field: str) -> str:
    """Return what several cells say of a candidate: of a name, all its words once; of anything else, the first filled."""
    if field != "name":
        return next((cell for cell in cells if cell), "")
    name: list[str] = []
    for at, cell in enumerate(cells):
        words = cell.split()
        # A full name may stand beside its parts; Martin MARTIN is called so.
        if at < _PARTS or not set(words) <= set(name):
            name += words
    return " ".join(name)
