"""The format ``plain``: text in columns for a mail or a note, without bars, colour or signs for lines; never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabulate import tabulate

from primaire.render.document import Grid, Part, document

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
    yield _grid(part.body)
    yield _grid(part.foot)
    yield "\n".join(part.notes)


def _grid(grid: Grid) -> str:
    return tabulate(
        grid.rows,
        headers=grid.headings,
        tablefmt="simple" if grid.headings else "plain",
        colalign=["right" if numeric else "left" for numeric in grid.numeric] if grid.rows else None,
        disable_numparse=True,
    )
