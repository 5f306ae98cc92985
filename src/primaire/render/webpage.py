"""The format ``html``: one small page that needs nothing else, reads well on paper and to a screen reader."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from primaire.render.document import Document, Grid, Part, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from primaire.render.language import Language
    from primaire.table import Table

_STYLE = """\
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h1, h2 { line-height: 1.25; margin: 0; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.2rem; }
p { margin: .25rem 0; }
section { margin: 0 0 2.5rem; }
h1 + section { margin-top: 1.5rem; }
table { width: 100%; border-collapse: collapse; margin: 0 0 1rem; }
caption { text-align: left; padding-bottom: .75rem; }
th, td { padding: .25rem 0 .25rem 1.5rem; text-align: left; vertical-align: top; font-weight: normal; }
th:first-child, td:first-child { padding-left: 0; }
thead th { vertical-align: bottom; color: #595959; border-bottom: 1px solid #8c8c8c; }
tbody tr { border-bottom: 1px solid #e6e6e6; break-inside: avoid; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
td.n { white-space: nowrap; }
.n:first-child { width: 1%; }
.foot { width: auto; }
.foot tr { border: 0; }
.quiet, .foot td:not(.n) { color: #595959; }
@media print { body { margin: 0; max-width: none; } }"""
_QUIET = ' class="quiet"'


def html(table: Table, language: Language) -> bytes:
    """Return a table as a complete HTML document."""
    return ("\n".join(_page(document(table, language), language.code)) + "\n").encode()


def _page(read: Document, code: str) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(code)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(read.title)}</title>"
    yield f"<style>\n{_STYLE}\n</style>"
    yield "</head>"
    yield "<body>"
    if read.heading:
        yield f"<h1>{escape(read.heading)}</h1>"
    for part in read.parts:
        yield from _section(part, "h2" if read.heading else "h1")
    yield from _paragraphs([*read.notes, *read.legend], _QUIET)
    yield "</body>"
    yield "</html>"


def _section(part: Part, level: str) -> Iterator[str]:
    said = [
        f"<{level}>{escape(part.title)}</{level}>",
        *_paragraphs([part.subtitle], _QUIET),
        *_paragraphs([part.lead]),
    ]
    yield "<section>"
    if part.body.headings:
        yield from _table(part.body, said)
    else:
        yield from said
    if part.foot.rows:
        yield from ('<table class="foot">', "<tbody>", *_rows(part.foot), "</tbody>", "</table>")
    yield from _paragraphs(part.notes, _QUIET)
    yield "</section>"


def _table(grid: Grid, caption: Iterable[str]) -> Iterator[str]:
    yield from ("<table>", "<caption>", *caption, "</caption>", "<thead>")
    yield _row(
        f'<th scope="col"{_side(numeric)}>{escape(cell)}</th>'
        for cell, numeric in zip(grid.headings, grid.numeric, strict=True)
    )
    yield from ("</thead>", "<tbody>", *_rows(grid), "</tbody>", "</table>")


def _rows(grid: Grid) -> Iterator[str]:
    for row in grid.rows:
        tags = ('th scope="row"' if at == grid.name else "td" for at in range(len(row)))
        yield _row(
            f"<{tag}{_side(numeric)}>{escape(cell)}</{tag[:2]}>"
            for tag, cell, numeric in zip(tags, row, grid.numeric, strict=True)
        )


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _side(numeric: bool) -> str:
    return ' class="n"' if numeric else ""


def _paragraphs(texts: Iterable[str], attributes: str = "") -> Iterator[str]:
    return (f"<p{attributes}>{escape(text)}</p>" for text in texts if text)
