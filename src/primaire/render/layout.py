"""Text laid out in columns of characters, as a terminal and a plain file show it. Numbers are never broken."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len as measured
from rich.cells import chop_cells

from primaire.table import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.render.document import Grid

GAP = "  "
_HANGING = "  "  # before a folded name's further lines, which are no rows of their own
_NAME = 12  # characters below which a name is no longer readable
_PIECES = re.compile(r" |(?<=[^\W\d]-)(?=\w)")  # the same, but for numbers, which a hyphen does not break
_BREAKS = re.compile(r"( +)|(?<=\w-)(?=\w)")  # at spaces that may break, and after the hyphen in Saint-Denis


@lru_cache(maxsize=65536)
def cell_len(text: str) -> int:
    """Return how many characters wide a text is shown: that of ASCII, which most cells are, is its length."""
    return len(text) if text.isascii() else measured(text)


def fold(text: str, width: int | None, indent: str = "") -> list[str]:
    """Return text as lines no wider than a width in characters (``None`` for one line): no-break spaces hold.

    Words longer than a line are cut; lines after the first begin with the indent.

    >>> fold("Conflans-Sainte-Honorine, 1\\xa0473 voters", 16)
    ['Conflans-Sainte-', 'Honorine, 1\\xa0473', 'voters']
    """
    if width is None or cell_len(text) <= width:
        return [text]
    lines = [""]
    for piece in filter(None, _BREAKS.split(text)):
        if cell_len(lines[-1] + piece.rstrip(" ")) <= width:
            lines[-1] += piece
        else:
            if lines[-1].strip(" "):
                lines.append("")
            lines[-1:] = _cut(indent if lines[1:] else "", piece, width, indent)
    return [line.rstrip(" ") for line in lines]


def _cut(line: str, word: str, width: int, indent: str) -> Iterator[str]:
    """Yield a line with a word put at its end, and the further lines that a word too long for it takes."""
    while word:
        fits = cell_len(line + word) <= width
        piece = word if fits else chop_cells(word, max(width - cell_len(line), 2))[0]  # 2: the widest character fits
        yield line + piece
        line, word = indent, word[len(piece) :]


def columns(grids: Sequence[Grid]) -> list[list[str]]:
    """Return what grids with the same columns hold, column by column, their headings included."""
    rows = [row for grid in grids for row in (grid.headings, *grid.rows) if row]
    return [[row[at] for row in rows] for at in range(len(grids[0].numeric))]


def natural(grids: Sequence[Grid]) -> list[int]:
    """Return the width of each column where nothing folds."""
    return [max(map(cell_len, column), default=0) for column in columns(grids)]


def least(grids: Sequence[Grid]) -> list[int]:
    """Return the width of each column where everything folds as far as it may: a number not at all."""
    return [
        max((cell_len(word) for cell in column for word in _PIECES.split(cell)), default=0)
        if numeric
        else min(_NAME, max(map(cell_len, column), default=0))
        for column, numeric in zip(columns(grids), grids[0].numeric, strict=True)
    ]


def total(widths: Sequence[int]) -> int:
    """Return the width of a line of columns, with the gaps between them."""
    return sum(widths) + len(GAP) * (len(widths) - 1)


def fit(wanted: Sequence[int], needed: Sequence[int], available: int) -> list[int] | None:
    """Return column widths between needed and wanted that fill what is available; ``None`` where even the needed do not fit.

    The widest column that can still give way always gives first.

    >>> fit([30, 9, 6], [12, 7, 6], 40)
    [21, 9, 6]
    >>> fit([30, 9, 6], [12, 7, 6], 20) is None
    True
    """
    widths = list(wanted)
    while total(widths) > available:
        loose = [at for at, width in enumerate(widths) if width > needed[at]]
        if not loose:
            return None
        widths[max(loose, key=widths.__getitem__)] -= 1
    return widths


def tight(grids: Sequence[Grid], widths: Sequence[int]) -> list[int]:
    """Return the widths that the columns' cells really take when they are folded to the given ones."""
    return [
        max((cell_len(line) for cell in column for line in fold(cell, width)), default=0)
        for column, width in zip(columns(grids), widths, strict=True)
    ]


def hung(grid: Grid) -> Grid:
    """Return a grid in which a mark after a number hangs out to the right, so that the digits line up."""
    mark = MARKS["reconstructed"]
    marked = [
        numeric and any(cell.endswith(mark) for cell in column)
        for column, numeric in zip(columns([grid]), grid.numeric, strict=True)
    ]

    def pad(row: Sequence[str]) -> tuple[str, ...]:
        aside = [hangs and not cell.endswith(mark) for cell, hangs in zip(row, marked, strict=True)]
        return tuple(f"{cell}\xa0" if pads else cell for cell, pads in zip(row, aside, strict=True))

    return replace(grid, headings=pad(grid.headings) if grid.headings else (), rows=tuple(map(pad, grid.rows)))


def lines(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool], *, low: bool = False) -> Iterator[str]:
    """Return a row's lines of full width, its cells folded: numbers at the right, and all at the bottom if ``low``."""
    folded = [
        fold(cell, width, "" if right or low else _HANGING)
        for cell, width, right in zip(row, widths, numeric, strict=True)
    ]
    height = max(map(len, folded))
    if low:
        folded = [[""] * (height - len(cell)) + cell for cell in folded]
    for line in zip_longest(*folded, fillvalue=""):
        yield GAP.join(map(_padded, line, widths, numeric))


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return f"{space}{text}" if right else f"{text}{space}"
