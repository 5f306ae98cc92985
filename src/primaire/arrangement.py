"""Which rows of a table are shown, and in which order; what is left out is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from primaire.errors import NameUnknownError, NotHeldError
from primaire.matching import closest, pick
from primaire.messages import Message, msg
from primaire.schema import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.table import Section, Table

_TEXTS = ("text", "term", "date")


def arrange(table: Table, *, candidates: Sequence[str] = (), sort: str | None = None, top: int | None = None) -> Table:
    """Return a table with the rows wanted, section by section. Figures stay as computed on all rows.

    Args:
        table: any answer.
        candidates: names, or parts of names; only their rows are kept.
        sort: the name of a column; texts ascending, numbers descending, missing values last.
        top: how many rows of each section are kept, 1 or more.

    Raises:
        NameUnknownError: ``sort`` is not a column of the table.
        NotHeldError: a candidate stands nowhere in it, or the table has no candidates.
    """
    order = table.frame.index
    positions = pd.Series(range(len(order)))
    wanted = _named(table, candidates) if candidates else None
    sections: list[Section] = []
    kept: list[int] = []
    for section in table.parts():
        rows = positions.iloc[section.start : section.stop]
        if wanted is not None:
            rows = rows[table.frame["candidate"].iloc[rows].isin(wanted).to_numpy()]
        if sort is not None:
            rows = rows.iloc[_order(table, sort, rows)]
        rows = rows.iloc[:top]
        if len(rows) == 0 and section.stop > section.start:
            continue
        sections.append(_moved(section, len(kept), len(rows)))
        kept.extend(rows.tolist())
    return replace(table, frame=table.frame.take(kept).reset_index(drop=True), sections=tuple(sections))


def _named(table: Table, candidates: Sequence[str]) -> list[str]:
    if "candidate" not in table.frame:
        raise NotHeldError(msg("This table has no candidates to choose from."))
    held = table.frame["candidate"].dropna().unique().tolist()
    found: list[str] = []
    for name in candidates:
        meant = pick(name, held)
        if not meant:
            near = closest(name, [*held, *(word for full in held for word in full.split())])
            raise NotHeldError(
                msg("No candidate is called “{name}” here.", name=name),
                expected=msg("The candidates are: {held}.", held=shortened(held)),
                remedy=msg("Did you mean “{near}”?", near=near) if near else None,
            )
        found.extend(meant)
    return found


def _order(table: Table, sort: str, rows: pd.Series[int]) -> list[int]:
    names = [column.name for column in table.columns]
    if sort not in names:
        near = closest(sort, names)
        raise NameUnknownError(
            msg("There is no column “{name}” to sort by.", name=sort),
            expected=msg(
                "The columns are: {names}.", names=[column.name for column in table.columns if column.place == "body"]
            ),
            remedy=msg("Did you mean “{near}”?", near=near) if near else None,
        )
    values = table.frame[sort].iloc[rows].reset_index(drop=True)
    # Ranks are numbers of which the smallest comes first.
    ascending = table.column(sort).kind in _TEXTS or sort.startswith("rank")
    return values.sort_values(ascending=ascending, kind="stable", na_position="last").index.tolist()


def _moved(section: Section, start: int, size: int) -> Section:
    before = section.stop - section.start
    notes: tuple[Message, ...] = section.notes
    if size < before:
        notes = (msg("{shown:count} of {all:count} rows are shown.", shown=size, all=before), *notes)
    return replace(section, start=start, stop=start + size, notes=notes)
