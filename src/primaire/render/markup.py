"""HTML that pages have in common: their head and look, paragraphs, and grids as tables. All text is escaped here."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from primaire.render.cells import Cell
    from primaire.render.document import Grid

QUIET = "quiet"

_SHORT = 20
"""Letters up to which the texts of a column are not broken into lines."""


def look() -> str:
    """Return the rules of style that all pages share: type, colours by day and night, tables, paper."""
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8").strip()


def paragraphs(texts: Iterable[str], kind: str = "") -> Iterator[str]:
    """Yield each text that is not empty as a paragraph, of a class where one is named."""
    named = f' class="{kind}"' if kind else ""
    return (f"<p{named}>{escape(text)}</p>" for text in texts if text)


def region(lines: Iterable[str], label: str) -> Iterator[str]:
    """Yield what may be wider than the window as a part that scrolls by itself, with the keyboard too.

    ``label`` is the id of what names it. It is a group, no landmark: a page may have hundreds.
    """
    yield f'<div class="scroll" role="group" aria-labelledby="{escape(label)}" tabindex="0">'
    yield from lines
    yield "</div>"


def table(
    grid: Grid,
    caption: Iterable[str],
    *,
    options: str = "",
    linked: Mapping[int, str] | None = None,
    unbroken: bool = False,
) -> Iterator[str]:
    """Yield a grid with headings as a table.

    Args:
        grid: its texts.
        caption: lines of HTML.
        options: attributes of the table, as HTML. With any, cells bear the values that scripts sort by.
        unbroken: whether columns of short texts are marked, not to be broken into lines.
        linked: columns whose cells lead to a place on the page: the place's id is this text and the cell's.
    """
    keys = grid.keys if options else ()
    yield from (f"<table{options}>", "<caption>", *caption, "</caption>", "<thead>")
    yield _row(
        f'<th scope="col"{_KINDS["n"] if numeric else ""}>{escape(cell)}</th>'
        for cell, numeric in zip(grid.headings, grid.numeric, strict=True)
    )
    yield from ("</thead>", "<tbody>", *_rows(grid, keys, linked or {}, unbroken=unbroken), "</tbody>", "</table>")


def foot(grid: Grid, label: str) -> Iterator[str]:
    """Yield the figures that the rows of a table share, where there are any; ``label`` is the id of what names the table."""
    if grid.rows:
        lines = ('<table class="foot">', "<tbody>", *_rows(grid), "</tbody>", "</table>")
        yield from region(lines, label)


def _rows(
    grid: Grid,
    keys: tuple[tuple[Cell, ...], ...] = (),
    linked: Mapping[int, str] | None = None,
    *,
    unbroken: bool = False,
) -> Iterator[str]:
    """Yield the rows of a grid; the cell that names a row is its heading."""
    places, kinds = linked or {}, _kinds(grid, unbroken=unbroken)
    for number, row in enumerate(grid.rows):
        sorted_by = (_key(key, cell) for key, cell in zip(keys[number], row, strict=True)) if keys else [""] * len(row)
        tags = ('th scope="row"' if at == grid.name else "td" for at in range(len(row)))
        yield _row(
            f"<{tag}{kind}{key}>{_cell(cell, places.get(at))}</{tag[:2]}>"
            for at, (tag, cell, kind, key) in enumerate(zip(tags, row, kinds, sorted_by, strict=True))
        )


def _key(key: Cell, cell: str) -> str:
    """Return what a cell is sorted by, where it is not what it shows; empty for a missing value."""
    if key is None:
        return ' data-value=""'
    text = f"{key:.12g}" if isinstance(key, float) else str(key)
    return "" if text == cell else f' data-value="{escape(text)}"'


def _cell(text: str, place: str | None) -> str:
    return escape(text) if place is None else f'<a href="#{escape(place + text)}">{escape(text)}</a>'


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


_KINDS = {"n": ' class="n"', "s": ' class="s"', "": ""}
"""The class of a column's cells: numbers, short texts, others."""


def _kinds(grid: Grid, *, unbroken: bool) -> list[str]:
    """Return the class of each column's cells, as an attribute."""
    columns = zip(*grid.rows, strict=True) if grid.rows else [()] * len(grid.numeric)
    longest = [max(map(len, column), default=0) for column in columns]
    return [
        _KINDS["n" if numeric else "s" if unbroken and length <= _SHORT else ""]
        for numeric, length in zip(grid.numeric, longest, strict=True)
    ]
