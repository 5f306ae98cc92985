"""Which options of a vote are put together, as a person wrote it down: one line for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.errors import Problem, SourceError
from primaire.flows.merging import SIDES, Grouped
from primaire.matching import fold
from primaire.messages import msg
from primaire.sources.opening.content import open_content
from primaire.sources.own.text import read_grid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEADINGS: Final = {
    "option": ("option", "candidate", "candidat", "name", "nom"),
    "group": ("group", "groupe"),
    "side": ("side", "vote", "cote"),
}
_SIDES: Final = {"": None, "before": SIDES[0], "avant": SIDES[0], "after": SIDES[1], "apres": SIDES[1], "both": None}


def read_groups(source: str | Path) -> list[Grouped]:
    """Read a table of options and the groups they are put into.

    Commas, semicolons or tabs; a header names the columns (option, group, side; candidat, groupe). The side is before or
    after; without it, a line is for both.

    Raises:
        SourceError: the file cannot be read, its first line does not name the columns, or a line lacks its option or its
            group. All lines that are wrong are listed.
    """
    grid = read_grid(open_content(source))
    at = _columns(grid.header.cells)
    if at is None:  # it may be a line like the others, which must not go missing
        raise SourceError(
            msg("“{name}” does not say which options are put together.", name=str(source)),
            expected=msg(
                "Its first line names the columns: option, group and, where it is for one vote only, side. It holds: {cells}.",
                cells=grid.header.cells,
            ),
        )
    found, problems = [], []
    for row in grid.rows:
        option, group, side = (
            row.cells[place].strip() if place is not None and place < len(row.cells) else "" for place in at
        )
        if not (option and group):
            problems.append(Problem(msg("a line needs an option and a group"), file=str(source), line=row.line))
        found.append(Grouped(option, group, _SIDES.get(fold(side), side), str(source), row.line))
    if problems or not found:
        raise SourceError(
            msg("“{name}” does not say which options are put together.", name=str(source)),
            expected=msg(
                "A line holds an option, its group and, where it is for one vote only, the side: before or after."
            ),
            problems=tuple(problems),
        )
    return found


def _columns(header: Sequence[str]) -> tuple[int, int, int | None] | None:
    """Return where the option, the group and the side stand; None where the header does not name the first two."""
    words = [fold(cell) for cell in header]
    option, group, side = (
        next((at for at, cell in enumerate(words) if cell in known), None) for known in _HEADINGS.values()
    )
    return None if option is None or group is None else (option, group, side)
