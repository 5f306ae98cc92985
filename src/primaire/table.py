"""Table: what every analysis answers with. It knows no format and no language.

A table is a tidy frame (one row per candidate, say, with the ballot figures of the contest repeated on each row, in
full precision) together with what a renderer needs to show it to a person: labels, kinds, sections, notes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, overload

from primaire.messages import Message, term
from primaire.provenance import Provenance

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

Kind = Literal["text", "term", "count", "change", "share", "points", "index", "factor", "date", "flag", "sentence"]
"""What a column holds. ``term`` is a word of primaire's own vocabulary, to be translated; ``count`` a whole number and
``change`` one with its sign; ``share`` a percentage from 0 to 100 and ``points`` a difference of two of them; ``index``
a bare number; ``factor`` a ratio (x1.5); ``date`` an ISO date; ``flag`` true or false; ``sentence`` a
:class:`~primaire.messages.Message`, which people read in their language, and machines in English."""

Place = Literal["heading", "body", "foot", "hidden"]
"""Where people see a column: in the section's title, in its rows, below them (one line each, for the figures that are
the same on all rows of a section), or nowhere. Machine formats hold every column, whatever its place."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: the stable name in the frame and in machine formats.
        label: the English heading, to be translated.
        named: whether the label is a name from the data, which no language changes.
        kind: what the values are.
        decimals: digits after the mark where a person reads it (shares, points, indices, factors).
        place: where a person sees it.
        missing: what a missing value means, in words ("not published"). None: nothing is shown for it, neither a line
            below the rows nor, where all values of a section are missing, the column.
        origin: name of the column that tells how each value is known; see :data:`MARKS`.
        places: name of a column with the number of decimals that a value was published with, which caps ``decimals``.
        upper: name of the column with the upper end, where this column is the lower end of a range.
        beside: for the foot: name of the column on whose line this one is shown.
    """

    name: str
    label: str
    kind: Kind
    decimals: int = 2
    place: Place = "body"
    missing: str | None = term("–")
    origin: str | None = None
    places: str | None = None
    upper: str | None = None
    beside: str | None = None
    named: bool = False


MARKS = {"reconstructed": "†", "approximate": "≈"}
"""The mark that people's formats put on a value for its origin: ``†`` after it, ``≈`` before it; others have none."""


@dataclass(frozen=True)
class Section:
    """A run of rows that a person reads as one table: rows ``start`` to ``stop`` (excluded) of the frame.

    ``lead`` is the sentence to read if one reads only one; ``notes`` belong to these rows alone.
    A ``folded`` one is not shown to people, since another one says all that there is to say; machine formats have its rows.
    """

    title: Message
    start: int
    stop: int
    subtitle: Message | None = None
    lead: Message | None = None
    notes: tuple[Message, ...] = ()
    folded: bool = False


class Sections(Sequence[Section]):
    """Sections that follow one upon the other, each made when it is asked for.

    A table of 35,000 communes has as many sections, whose sentences nobody reads in a csv file.

    Attributes:
        stops: where each section stops; the first starts at row 0, the others where the one before stops.
    """

    def __init__(self, stops: Sequence[int], make: Callable[[int, int, int], Section]) -> None:
        """Take where sections stop, and what makes one, given its place, its start and its stop."""
        self.stops = stops
        self._make = make

    def __len__(self) -> int:
        return len(self.stops)

    @overload
    def __getitem__(self, place: int) -> Section: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Section, ...]: ...

    def __getitem__(self, place: int | slice) -> Section | tuple[Section, ...]:
        places = range(len(self.stops))[place]
        return self._section(places) if isinstance(places, int) else tuple(map(self._section, places))

    def _section(self, place: int) -> Section:
        return self._make(place, self.stops[place - 1] if place else 0, self.stops[place])


@dataclass(frozen=True)
class View:
    """One grid that people read of crossed rows.

    Attributes:
        corner: what a line of the grid is of: the heading above the names of the lines.
        value: name of the column whose values fill the grid; with an ``upper``, as ranges. Shares are written as bare
            numbers: ``corner`` or ``title`` says of what.
        beside: name of a column with an ``upper`` whose range stands in brackets after the value.
        decimals: digits after the mark of shares.
        title: above the grid; None for the first, which stands under the section's title.
        total: name of a column that is the same all the way down, which makes the last line.
    """

    corner: str
    value: str
    beside: str | None = None
    decimals: int = 0
    title: Message | None = None
    total: str | None = None


@dataclass(frozen=True)
class Crossed:
    """How people read rows that are the cells of a table of two ways in: as grids, while all cells are there, in order.

    Attributes:
        lines: name of the column that names the lines.
        columns: name of the column that names the columns.
        size: name of a column that is the same all along a line, shown after its name.
        heading: the English heading of that column, to be translated.
        views: the grids, one below the other.
    """

    lines: str
    columns: str
    size: str
    heading: str
    views: tuple[View, ...]


@dataclass(frozen=True)
class Spread:
    """How evenly a share lies over the units that rows add up: a shape, which the terminal draws beside each row.

    Attributes:
        share: name of the column that holds the share of the whole row.
        units: one line for each row of the frame: how many units have a share in each of the classes, which are equally
            wide and begin at 0; only zeros for a row of too few units. A share on a limit is in the class above it, the
            highest in the last.
        upper: where the last class ends, in per cent.
    """

    share: str
    units: npt.NDArray[np.int64]
    upper: int

    def take(self, rows: npt.NDArray[np.int64]) -> Spread:
        """Return the shapes of some of the rows, in their order."""
        return replace(self, units=self.units[rows])


@dataclass(frozen=True)
class Table:
    """An answer: a tidy frame, and how a person reads it.

    Attributes:
        name: the stable name of the analysis.
        title: in words.
        frame: one row per line of the answer; exactly the columns of ``columns``, in their order.
        columns: what each column is.
        sections: how people read it; without any, all rows are one section.
        notes: what holds for all of it: definitions, what is missing and why.
        provenance: where the figures come from.
        bar: name of the column that the terminal draws as bars: a share from the left, points on both sides of zero.
        spread: what the terminal draws as small bars beside the rows; no format for machines has it.
        crossed: how people read the rows of a section where these are the cells of a table of two ways in.
        told_as: for names of columns, what gives that which people read instead of their values, row by row: a station by
            its commune and number rather than by its code. It is asked when somebody reads it, since to name tens of
            thousands takes time. No format for machines has it.
    """

    name: str
    title: Message
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    sections: Sequence[Section] = ()
    notes: tuple[Message, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    bar: str | None = None
    spread: Spread | None = None
    crossed: Crossed | None = None
    told_as: Mapping[str, Callable[[], pd.Series[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if names != list(self.frame.columns):
            raise ValueError(f"columns {names} do not describe the frame's {list(self.frame.columns)}")

    def __len__(self) -> int:
        return len(self.frame)

    def column(self, name: str) -> Column:
        """Return the description of a column. Raises KeyError for a name that is not in the table."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def read_as(self, name: str) -> pd.Series[Any]:
        """Return a column's values as people read them, names rather than codes where the table has them."""
        return self.told_as[name]() if name in self.told_as else self.frame[name]

    def parts(self) -> Sequence[Section]:
        """Return the sections; without any, one that holds all rows under the table's title."""
        return self.sections or (Section(self.title, 0, len(self.frame)),)
