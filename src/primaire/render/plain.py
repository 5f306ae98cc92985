"""The format ``plain``: text in columns for a mail or a note, without bars, colour or signs for lines; never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.render.document import Grid, Part, document
from primaire.render.layout import GAP, hung, lines, natural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.render.language import Language
    from primaire.table import Table


def plain(table: Table, language: Language) -> bytes:
    """Return a table as plain text in its natural width."""
    read = document(table, language)
    blocks = [read.heading and _underlined(read.heading)]
    for part in read.parts:
        blocks += _part(part)
    blocks += ["\n".join(read.notes), "\n".join(read.legend)]
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def _underlined(heading: str) -> str:
    return f"{heading}\n{'=' * len(heading)}"


def _part(part: Part) -> Iterator[str]:
    yield f"{part.title}\n{part.subtitle}".rstrip("\n")
    yield part.lead
    yield "\n".join(_grid(hung(part.body)))
    yield "\n".join(_grid(hung(part.foot)))
    yield "\n".join(part.notes)


def _grid(grid: Grid) -> Iterator[str]:
    widths = natural([grid])
    if grid.headings:
        yield from _row(grid.headings, widths, grid.numeric)
        yield GAP.join("-" * width for width in widths)
    for row in grid.rows:
        yield from _row(row, widths, grid.numeric)


def _row(row: tuple[str, ...], widths: list[int], numeric: tuple[bool, ...]) -> Iterator[str]:
    return (line.rstrip() for line in lines(row, widths, numeric))
