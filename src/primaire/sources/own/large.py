"""A large file of primaire's own format as factorised columns, without a Python object per cell."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from primaire.sources.opening.raw import raw_of_text
from primaire.sources.opening.scan import stretches
from primaire.sources.own.factors import CellTable
from primaire.sources.reading.gathered import TextColumn

if TYPE_CHECKING:
    from primaire.sources.opening.content import Content
    from primaire.sources.reading.gathered import Coded


def large_table(content: Content) -> tuple[CellTable, str, str] | None:
    """Return the cells of a file, its encoding and its separator.

    None where something is out of the ordinary, which the slow way tells with its place: rows that are not as wide as the
    header, empty rows, rows of several lines.
    """
    raw = raw_of_text(content)
    header = raw.head[0]
    columns = [TextColumn(raw.encoding) for _ in header]
    rows = 0
    for cells in stretches(raw.data, raw.starts[0], raw.dialect):
        if (cells.width != len(header)).any() or cells.blank().any():
            return None
        below = np.arange(0 if rows else 1, cells.size)
        for at, column in enumerate(columns):
            column.add(cells, at, below)
        rows += cells.size
    if raw.lines[0] != 1 or raw.line_at(len(raw.data)) not in (rows, rows + 1):
        return None
    factorised = [_factorised(column.coded()) for column in columns]
    table = CellTable(
        name=content.name,
        title=content.title,
        header=header,
        header_line=1,
        european=raw.separator == ";",
        guarded=True,
        texts=[texts for texts, _ in factorised],
        places=[places for _, places in factorised],
        lines=range(2, rows + 1),
    )
    return table, raw.encoding, raw.separator or ","


def _factorised(column: Coded) -> tuple[list[str], array[int]]:
    """Return the different texts and each row's place among them, the empty text one of them."""
    places = array("q")
    places.frombytes(np.where(column.codes < 0, len(column.words), column.codes).astype("int64").tobytes())
    return [*column.words, ""], places
