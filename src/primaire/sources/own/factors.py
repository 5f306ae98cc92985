"""Columns of cells as their different texts, and for each row the place of its own: what is read is read once.

A file of a million rows has a few thousand different cells. No pandas here: shell completion reads files too.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

Column = tuple[list[Any], "Sequence[int]"]
"""Different values, and for each row the place of its own among them, -1 for none."""

_STRETCH = 10_000


class Places(dict[Any, int]):
    """The place of each key that was asked for, in the order in which they came."""

    def __missing__(self, key: Hashable) -> int:
        self[key] = place = len(self)
        return place

    def of(self, keys: Iterable[Hashable]) -> array[int]:
        """Return the places of keys, new ones put at the end."""
        return array("q", map(self.__getitem__, keys))


@dataclass
class CellTable:
    """A table of cells whose columns are factorised.

    Attributes:
        name: what the user called the source; title: what an election without a name is called.
        header: how the file calls its columns; header_line: the line on which it does so, None where there are no lines.
        european: whether dates may be written DD/MM/YYYY.
        guarded: whether an apostrophe before what looks like a formula is a spreadsheet's, and no part of the text.
        texts: for each column, its different cells; places: for each row of each column, the place of its own.
        lines: the line on which each row begins.
        odd: the rows that are not as wide as the header, with their cells; in ``places`` they are empty.
    """

    name: str
    title: str
    header: list[str]
    header_line: int | None
    european: bool
    guarded: bool
    texts: list[list[str]]
    places: list[Sequence[int]]
    lines: Sequence[int]
    odd: dict[int, list[str]] = field(default_factory=dict)

    def only(self, rows: Sequence[int]) -> CellTable:
        """Return the table with these rows alone, in ascending order."""
        number = {row: place for place, row in enumerate(rows)}
        return replace(
            self,
            places=[array("q", map(column.__getitem__, rows)) for column in self.places],
            lines=[self.lines[row] for row in rows],
            odd={number[row]: cells for row, cells in self.odd.items() if row in number},
        )

    def rows_with(self, column: int, text: str) -> Iterator[int]:
        """Yield the rows in which a column holds a text."""
        wanted = self.texts[column].index(text)
        return (row for row, place in enumerate(self.places[column]) if place == wanted)


def factorised_rows(
    rows: Iterable[list[str]], width: int
) -> tuple[list[list[str]], list[Sequence[int]], dict[int, list[str]]]:
    """Return rows of cells as the ``texts``, ``places`` and ``odd`` of :class:`CellTable`."""
    texts, places = [Places() for _ in range(width)], [array("q") for _ in range(width)]
    odd: dict[int, list[str]] = {}
    nothing = [""] * width
    stretch: list[list[str]] = []

    def enter() -> None:
        for known, column, cells in zip(texts, places, zip(*stretch, strict=True), strict=False):
            column.extend(known.of(cells))
        stretch.clear()

    for number, cells in enumerate(rows):
        if len(cells) == width:
            stretch.append(cells)
        elif len(cells) < width or any(cell.strip() for cell in cells[width:]):
            odd[number] = cells
            stretch.append(nothing)
        else:
            stretch.append(cells[:width])
        if len(stretch) == _STRETCH:
            enter()
    enter()
    return [list(known) for known in texts], list(places), odd


def converted(column: Column, convert: Callable[[Any], Any]) -> Column:
    """Return a column with each of its different values converted, once; None is none.

    >>> converted((["1", "01", "x"], [0, 1, 2, -1]), lambda text: int(text) if text.isdigit() else None)
    ([1], array('q', [0, 0, -1, -1]))
    """
    known: dict[Any, int] = {None: -1}
    # The last one, at place -1, is the missing value.
    new = [*(known.setdefault(convert(value), len(known) - 1) for value in column[0]), -1]
    return list(known)[1:], array("q", map(new.__getitem__, column[1]))


def plain(column: Column) -> list[Any]:
    """Return a column as one value per row, None for none."""
    values = [*column[0], None]
    return [values[place] for place in column[1]]
