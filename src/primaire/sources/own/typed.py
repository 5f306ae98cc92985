"""Whether a text file is in the format that a person types, rather than one of the many that others publish."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from primaire.matching import closest
from primaire.sources.own.columns import COLUMNS, column_called

if TYPE_CHECKING:
    from primaire.sources.opening.content import Content

_LOOKED_AT = 1 << 16
_REQUIRED = "candidate"
_FIGURES = frozenset(("votes", "share"))


def is_typed(content: Content) -> bool:
    """Tell whether the header is that of primaire's own format, misspellings included.

    It names the candidate and votes or shares in the format's own words, and each of its other columns is one of the
    format's, or so near to one that it is meant.
    """
    first = _first_line(bytes(content.data[:_LOOKED_AT]))
    return any(_is_header(cells) for mark in ",;\t" if (cells := _cells(first, mark)))


def _first_line(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    lines = [line for line in data.decode(encoding, "replace").splitlines() if line.strip()]
    if lines and lines[0].lower().startswith("sep="):
        lines = lines[1:]
    return lines[0] if lines else ""


def _cells(line: str, mark: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=mark), [])]
    except csv.Error:
        return []


def _is_header(cells: list[str]) -> bool:
    known = {column.name for cell in cells if (column := column_called(cell))}
    spellings = [spelling for column in COLUMNS for spelling in (column.name, column.french)]
    unknown = [cell for cell in cells if cell and column_called(cell) is None]
    if not any(
        closest(cell, [name for column in COLUMNS if column.name == _REQUIRED for name in (column.name, column.french)])
        for cell in cells
    ):
        return False
    return bool(known & _FIGURES or _REQUIRED in known) and all(closest(cell, spellings) for cell in unknown)
