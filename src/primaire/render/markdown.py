"""The format ``markdown``: GitHub's dialect, with what would be markup in the data escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tabulate import tabulate

from primaire.render.document import Document, Grid, Part, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from primaire.render.language import Language
    from primaire.table import Table

_MARKUP = re.compile(r"[\\`*_\[\]{}|~$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BLOCK = re.compile(r"^(\d+)?([-+#=.)])")  # at a line's start: a list, a heading, the underline of one


def markdown(table: Table, language: Language) -> bytes:
    """Return a table as Markdown: headings, pipe tables, and lists of notes."""
    return ("\n\n".join(filter(None, _blocks(document(table, language)))) + "\n").encode()


def _blocks(read: Document) -> Iterator[str]:
    if read.heading:
        yield f"# {_line(read.heading)}"
    for part in read.parts:
        yield from _part(part, "##" if read.heading else "#")
    if read.notes or read.legend:
        yield "---"  # parts the notes on all of it from the last section's
        yield _list([*read.notes, *read.legend])


def _part(part: Part, level: str) -> Iterator[str]:
    yield f"{level} {_line(part.title)}"
    yield part.subtitle and f"*{_line(part.subtitle)}*"
    yield _line(part.lead)
    yield _grid(part.body)
    yield _grid(part.foot)
    yield _list(part.notes)


def _grid(grid: Grid) -> str:
    if not grid.headings and not grid.rows:
        return ""
    return tabulate(
        [[_inline(cell) for cell in row] for row in grid.rows],
        headers=[_inline(heading) for heading in grid.headings or [""] * len(grid.numeric)],
        tablefmt="pipe",
        colalign=["right" if numeric else "left" for numeric in grid.numeric],
        disable_numparse=True,
    )


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {_line(text)}" for text in texts)


def _inline(text: str) -> str:
    """Escape what is markup inside a line or a cell."""
    for sign, entity in _ENTITIES.items():
        text = text.replace(sign, entity)
    return _MARKUP.sub(r"\\\g<0>", text)


def _line(text: str) -> str:
    """Escape what is markup in a line of its own, where its first characters count as well."""
    return _BLOCK.sub(r"\1\\\2", _inline(text))
