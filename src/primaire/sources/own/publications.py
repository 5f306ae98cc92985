"""A file that holds several publications of one result: which rows are of which, and the one that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.errors import NotHeldError, Problem, SourceError
from primaire.matching import pick
from primaire.messages import Message, msg
from primaire.sources.own.columns import BY_NAME, column_called
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from primaire.sources.own.factors import CellTable


def publications_of(table: CellTable) -> dict[str, list[int]]:
    """Return the rows of each publication by its name, in the order of the file; nothing where the file names none.

    Raises:
        SourceError: some rows name a publication, and others do not.
    """
    place = next(
        (at for at, header in enumerate(table.header) if column_called(header) is BY_NAME["publication"]), None
    )
    if place is None:
        return {}
    names = [text.strip() for text in table.texts[place]]
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(table.places[place]):
        if row not in table.odd:
            rows.setdefault(names[name], []).append(row)
    nameless = rows.pop("", [])
    if rows and nameless:
        reason = msg("the row names no publication, and others do")
        raise SourceError(
            msg("“{name}” cannot be read as it is.", name=table.name),
            remedy=msg("Name the publication on every row, or leave the column out."),
            problems=tuple(Problem(reason, table.name, table.lines[row], table.header[place]) for row in nameless),
        )
    return rows


def of_publication(table: CellTable, wanted: str | None) -> tuple[CellTable, tuple[Message, ...]]:
    """Return the rows of the publication wanted, of the last one by default, and what is to be said of that.

    Raises:
        NotHeldError: no publication is called so, or several are.
    """
    rows = publications_of(table)
    if wanted is None and len(rows) < 2:  # noqa: PLR2004  of one, there is no choice
        return table, ()
    names = list(rows)
    name = names[-1] if wanted is None else _meant(table.name, wanted, names)
    step = (
        msg(
            "“{file}” holds {n:count} publications: this is the last one, “{name}”. --publication names another.",
            file=table.name,
            n=len(names),
            name=name,
        )
        if wanted is None
        else msg("Of the {n:count} publications in “{file}”: “{name}”.", file=table.name, n=len(names), name=name)
    )
    return table.only(sorted([*rows[name], *table.odd])), (step,)


def _meant(file: str, wanted: str, names: list[str]) -> str:
    found = [wanted] if wanted in names else pick(wanted, names)
    if len(found) == 1:
        return found[0]
    if not names:
        raise NotHeldError(
            msg("“{file}” does not hold several publications of a result.", file=file),
            remedy=msg("Leave --publication out."),
        )
    raise NotHeldError(
        msg("“{wanted}” means several publications in “{file}”.", wanted=wanted, file=file)
        if found
        else msg("No publication in “{file}” is called “{wanted}”.", wanted=wanted, file=file),
        expected=msg("The publications are: {names}.", names=found or names),
        remedy=None if found else did_you_mean(wanted, names),
    )
