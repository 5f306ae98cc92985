"""What every picture of a table has in common: whose figures, their title and base, what is to be known of them, and where they are from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from primaire.arrays import listed
from primaire.charts.inks import QUIET
from primaire.charts.sheet import HEADING, SMALL, TITLE, Sheet
from primaire.errors import NotHeldError
from primaire.messages import msg, msgn, term
from primaire.render.cells import told
from primaire.render.document import LEGEND
from primaire.render.language import rounded
from primaire.schema import ORIGINS
from primaire.table import MARKS, Sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    import numpy.typing as npt
    import pandas as pd

    from primaire.charts.style import Style
    from primaire.messages import Message
    from primaire.table import Column, Section, Table

    Wholes = npt.NDArray[np.int64]

LONGEST_TITLE = 140
"""Letters of a sentence that can stand as a title; a longer one stands below it."""

DECIMALS = 1
"""Digits after the mark of a share in a picture: the press prints one."""

BASES = {
    "share_valid": term("valid votes"),
    "share_voters": term("voters"),
    "share_registered": term("registered voters"),
}
"""What shares are percentages of, by the columns that hold them."""


def panels(table: Table, most: int) -> list[Section]:
    """Return the sections that a picture shows.

    Raises:
        NotHeldError: there are more than ``most``, which nobody could read: it says how to choose.
    """
    sections = [section for section in table.parts() if not section.folded]
    refuse_many(len(sections), most)
    return sections


def runs(table: Table) -> tuple[Wholes, Wholes, Wholes]:
    """Return the place, the start and the stop of the sections that have rows, without making them."""
    parts = table.parts()
    if isinstance(parts, Sections):  # each starts where the one before stops
        stops = np.array(parts.stops, dtype="int64")
        starts = np.concatenate([np.zeros(1, dtype="int64"), stops])[: len(stops)]
    else:
        starts, stops = np.array([(part.start, part.stop) for part in parts], dtype="int64").reshape(-1, 2).T
    held = np.flatnonzero(stops > starts)
    return held, starts[held], stops[held]


def refuse_many(size: int, most: int) -> None:
    """Raise NotHeldError where there are more panels than ``most``."""
    if size > most:
        raise NotHeldError(
            msgn(
                "There is {n:count} table here, too many for one picture.",
                "There are {n:count} tables here, too many for one picture.",
                size,
            ),
            expected=msg("A picture holds {most:count} at most.", most=most),
            remedy=msg("Choose with --contest, --round, --election or --where: --where commune=Conflans, say."),
        )


def weakest(origins: Iterable[str | None]) -> str | None:
    """Return the origin of what rests on several figures; None where that of one is not known."""
    held = list(origins)
    return None if None in held else max((one for one in held if one is not None), key=ORIGINS.index, default=None)


class Figures:
    """The cells of a table as a picture needs them: numbers to draw, and the same as people read them."""

    def __init__(self, table: Table, style: Style) -> None:
        self.table = table
        self.style = style
        self._held: dict[str, list[Any]] = {}
        self._marks: set[str] = set()

    @property
    def leading(self) -> str:
        """Name of the share that leads the table."""
        if self.table.bar is None:
            raise ValueError(f"table {self.table.name} has no share that leads it")
        return self.table.bar

    def cells(self, name: str, section: Section) -> list[Any]:
        """Return a column's values in a section, as people call them, None for missing."""
        if name not in self._held:
            self._held[name] = list(told(self.table, name))
        return self._held[name][section.start : section.stop]

    def numbers(self, name: str, section: Section) -> list[float | None]:
        """Return a column's numbers in a section."""
        return [None if value is None else float(value) for value in self.cells(name, section)]

    def texts(self, name: str, section: Section, *, missing: str = "", decimals: int = DECIMALS) -> list[str]:
        """Return a column as people read it, with the mark of where a figure is from; ``missing`` for what is not there."""
        column = self.table.column(name)
        absent: list[Any] = [None] * (section.stop - section.start)
        origins = absent if column.origin is None else self.cells(column.origin, section)
        places = absent if column.places is None else self.cells(column.places, section)
        return self._texts(column, (self.cells(name, section), origins, places), self.style.word(missing), decimals)

    def written(self, name: str, section: Section) -> list[Decimal | None]:
        """Return a column's numbers in a section, rounded as :meth:`texts` writes them."""
        column = self.table.column(name)
        absent: list[Any] = [None] * (section.stop - section.start)
        places = absent if column.places is None else self.cells(column.places, section)
        return [
            None if value is None else rounded(value, _digits(column, DECIMALS, most))
            for value, most in zip(self.cells(name, section), places, strict=True)
        ]

    def read(self, name: str, rows: pd.DataFrame, *, missing: str = "", decimals: int = DECIMALS) -> list[str]:
        """Return a column as :meth:`texts` does, for rows of the table's frame wherever they stand."""
        column = self.table.column(name)
        absent: list[Any] = [None] * len(rows)
        values, origins, places = (
            absent if one is None else listed(self.table.read_as(one).loc[rows.index])
            for one in (name, column.origin, column.places)
        )
        return self._texts(column, (values, origins, places), self.style.word(missing), decimals)

    def _texts(
        self, column: Column, held: tuple[list[Any], list[Any], list[Any]], missing: str, decimals: int
    ) -> list[str]:
        return [
            missing
            if value is None
            else self.marked(
                self.style.write(value, column.kind, _digits(column, decimals, most)),
                origin,
            )
            for value, origin, most in zip(*held, strict=True)
        ]

    def marked(self, text: str, origin: str | None) -> str:
        """Return a figure with the mark of where it is from, which the foot of the picture then explains."""
        if origin not in MARKS:
            return text
        self._marks.add(origin)
        return f"{MARKS[origin]}{text}" if origin == "approximate" else f"{text}{MARKS[origin]}"

    def legend(self) -> list[str]:
        """Return what the marks that were written mean."""
        return [f"{mark} {self.style.word(LEGEND[origin])}" for origin, mark in MARKS.items() if origin in self._marks]

    def head(self, sheet: Sheet, section: Section, base: str = "", *, further: bool = False) -> str:
        """Set what a section says first, which vote it is of, where, and the base of its figures. Return the first."""
        style = self.style
        lead, named = style.say(section.lead), style.say(section.title)
        short = len(lead) <= LONGEST_TITLE
        title, *lines = filter(
            None, [lead.removesuffix(".") if short else "", named, style.say(section.subtitle), base]
        )
        sheet.top += 18 if further else 0
        sheet.heading(title, *lines, size=HEADING if further else TITLE)
        if not short:
            sheet.paragraph(lead)
            sheet.top += 6
        return title

    def close(self, sheet: Sheet, section: Section) -> None:
        """Set what is to be known of a section's figures."""
        sheet.top += 4
        self.tell(sheet, section.notes)

    def tell(self, sheet: Sheet, notes: Iterable[Message]) -> None:
        """Set notes in small letters."""
        for note in notes:
            sheet.paragraph(self.style.say(note), size=SMALL, ink=QUIET)


def _digits(column: Column, decimals: int, published: int | None) -> int:
    """Return how many digits after the mark are written: ``decimals`` at most, and no more than were published."""
    return min(decimals, column.decimals, decimals if published is None else published)


def show_source(sheet: Sheet, figures: Figures, sections: Sequence[Section], *more: str) -> None:
    """Set the foot of a picture: what was done with the figures, what marks mean, the files that they are from, ``more``, and
    the days of the votes."""
    style = figures.style
    figures.tell(sheet, figures.table.provenance.steps)
    days: list[str] = []
    if "date" in figures.table.frame.columns:
        days = sorted({day for section in sections for day in figures.cells("date", section) if day is not None})
    files = [file.title for file in figures.table.provenance.files]
    said = []
    if files:
        said.append(style.say(msg("Figures: {files}", files=files)))
    said += more
    if days:
        said.append(style.say(msg("vote of {days:date}", days=days)))
    said.append("primaire")
    sheet.foot(*figures.legend(), " · ".join(said))
