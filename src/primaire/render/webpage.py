"""The format ``html``: one small page that needs nothing else, reads well on paper and to a screen reader."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from primaire.render.document import Document, Part, document
from primaire.render.markup import QUIET, foot, look, paragraphs, region, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.render.language import Language
    from primaire.table import Table


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
    yield f"<style>\n{look()}\n</style>"
    yield "</head>"
    yield "<body>"
    if read.heading:
        yield f"<h1>{escape(read.heading)}</h1>"
    for number, part in enumerate(read.parts, 1):
        yield from _section(part, "h2" if read.heading else "h1", f"part-{number}")
    yield from paragraphs([*read.notes, *read.legend], QUIET)
    yield "</body>"
    yield "</html>"


def _section(part: Part, level: str, name: str) -> Iterator[str]:
    said = [
        f'<{level} id="{name}">{escape(part.title)}</{level}>',
        *paragraphs([part.subtitle], QUIET),
        *paragraphs([part.lead]),
    ]
    yield "<section>"
    if part.body.headings:
        yield from region(table(part.body, said), name)
    else:
        yield from said
    yield from foot(part.foot, name)
    yield from paragraphs(part.notes, QUIET)
    yield "</section>"
