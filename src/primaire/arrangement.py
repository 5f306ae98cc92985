"""Which rows of a table are shown, and in which order; what is left out is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from primaire.errors import NameUnknownError, NotHeldError
from primaire.messages import Message, msg
from primaire.schema import people_meant
from primaire.suggestion import did_you_mean
from primaire.table import Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    import pandas as pd

    Wholes = npt.NDArray[np.int64]

_TEXTS = ("text", "term", "date", "sentence")


def arrange(
    table: Table,
    *,
    candidates: Sequence[str] = (),
    fates: Sequence[str] = (),
    sort: str | None = None,
    top: int | None = None,
) -> Table:
    """Return a table with the rows wanted, section by section. Figures stay as computed on all rows.

    Args:
        table: any answer.
        candidates: names, or parts of names; only their rows are kept (of transfers, those of what was chosen before).
        fates: what has become of those whose rows are kept, of :data:`primaire.outcomes.judged.FATES`.
        sort: the name of a column; texts ascending, numbers descending, missing values last.
        top: how many rows of each section are kept, 1 or more.

    Raises:
        NameUnknownError: ``sort`` is not a column of the table.
        NotHeldError: a candidate stands nowhere in it, nobody has such a fate, or the table has no candidates.
    """
    if not candidates and not fates and sort is None and top is None:
        return table
    wanted = _named(table, candidates) if candidates else []
    rows, section = _by_section(table.parts())
    size = len(table.parts())
    before = np.bincount(section, minlength=size)
    if candidates:
        kept = _people(table).iloc[rows].isin(wanted).to_numpy()
        rows, section = rows[kept], section[kept]
    if fates:
        kept = _of_fates(table, fates, rows)
        rows, section = rows[kept], section[kept]
    if sort is not None:
        order = _order(table, sort, rows)
        order = order[np.argsort(section[order], kind="stable")]
        rows, section = rows[order], section[order]
    if top is not None:
        first = np.searchsorted(section, np.arange(size))
        kept = np.arange(len(section)) - first[section] < top
        rows, section = rows[kept], section[kept]
    shown = np.bincount(section, minlength=size)
    arranged = replace(
        table,
        frame=table.frame.take(rows).reset_index(drop=True),
        spread=None if table.spread is None else table.spread.take(rows),
        told_as={name: _taken(values, rows) for name, values in table.told_as.items()},
        sections=_moved(table.parts(), before.tolist(), shown.tolist()),
    )
    return _one_list(arranged) if fates and np.count_nonzero(shown) > 1 else arranged


def _taken(values: Callable[[], pd.Series[str]], rows: Wholes) -> Callable[[], pd.Series[str]]:
    """Return what gives those values that some rows have, once they are asked for."""
    return lambda: values().take(rows).reset_index(drop=True)


def _one_list(table: Table) -> Table:
    """Return a table of many contests as one list: what tells a contest apart beside each row, and no foot."""
    elections = table.frame["election"].unique().tolist()
    beside = {"round", "contest"} | ({"election"} if len(elections) > 1 else set())
    columns = [
        replace(column, place="body" if column.name in beside else "hidden" if column.place == "foot" else column.place)
        for column in table.columns
    ]
    title = msg("{title}: {election}", title=table.title, election=elections[0]) if len(elections) == 1 else table.title
    return replace(table, title=title, columns=tuple(columns), sections=())


def _by_section(sections: Sequence[Section]) -> tuple[Wholes, Wholes]:
    """Return the rows of all sections, and the section that each belongs to."""
    if isinstance(sections, Sections):
        sizes = np.diff(np.array(sections.stops, dtype="int64"), prepend=0)
        return np.arange(sizes.sum()), np.repeat(np.arange(len(sizes)), sizes)
    each = [np.arange(section.start, section.stop) for section in sections]
    return np.concatenate(each), np.repeat(np.arange(len(each)), [len(rows) for rows in each])


def _people(table: Table) -> pd.Series[str]:
    """Return the column of the candidates whose rows these are; of what went from one to another, those before."""
    name = next((name for name in ("candidate", "before") if name in table.frame), None)
    if name is None:
        raise NotHeldError(msg("This table has no candidates to choose from."))
    people = table.frame[name]
    return people.map(str, na_action="ignore") if table.column(name).kind == "sentence" else people


def _named(table: Table, candidates: Sequence[str]) -> list[str]:
    held = _people(table).dropna().unique().tolist()
    if not held and len(table):
        raise NotHeldError(msg("This table has no candidates to choose from."))
    return [name for wanted in candidates for name in people_meant(wanted, held)]


def _of_fates(table: Table, fates: Sequence[str], rows: Wholes) -> npt.NDArray[np.bool_]:
    """Tell which rows are of those to whom this happened."""
    if "fate" not in table.frame:
        raise NotHeldError(msg("This table has no outcomes to choose from."))
    found = table.frame["fate"].iloc[rows]
    kept = found.isin(list(fates)).to_numpy()
    if not kept.any():
        raise NotHeldError(
            msg("Nobody here is: {fates:term}.", fates=list(fates)),
            expected=msg("There are: {held:term}.", held=found.dropna().unique().tolist()),
        )
    return np.asarray(kept)


def _order(table: Table, sort: str, rows: Wholes) -> Wholes:
    names = [column.name for column in table.columns]
    if sort not in names:
        raise NameUnknownError(
            msg("There is no column “{name}” to sort by.", name=sort),
            expected=msg("The columns are: {names}.", names=names),
            remedy=did_you_mean(sort, names),
        )
    values = table.frame[sort].iloc[rows].reset_index(drop=True)
    if table.column(sort).kind == "sentence":
        values = values.map(str, na_action="ignore")
    # Of ranks, and of what chance leaves, the smallest comes first.
    ascending = table.column(sort).kind in _TEXTS or sort.startswith(("rank", "chance"))
    return values.sort_values(ascending=ascending, kind="stable", na_position="last").index.to_numpy()


def _moved(sections: Sequence[Section], before: Sequence[int], shown: Sequence[int]) -> Sections:
    """Return the sections of which rows are left, or which never had any, where their rows stand now."""
    left = [place for place, size in enumerate(shown) if size or not before[place]]

    def section(place: int, start: int, stop: int) -> Section:
        old = left[place]
        whole = sections[old]
        notes: tuple[Message, ...] = whole.notes
        if shown[old] < before[old]:
            notes = (msg("{shown:count} of {all:count} rows are shown.", shown=shown[old], all=before[old]), *notes)
        return replace(whole, start=start, stop=stop, notes=notes)

    return Sections(list(accumulate(shown[place] for place in left)), section)
