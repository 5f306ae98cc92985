"""The units of one vote of one table, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from primaire.schema import PLACES
from primaire.sources.reading.entries import Entries
from primaire.sources.reading.gathered import Coded, Figures

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.messages import Message
    from primaire.sources.reading.people import Person

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Polls:
    """One vote of one table: a row per unit.

    Attributes:
        positions: where each unit's first row begins in the bytes.
        texts: of the columns of :data:`primaire.schema.PLACES`, those that the table has, and ``unit``.
        election, date, contest, level: words of each unit; a contest's word is its name, empty until it is settled.
        round: numbers.
        units: how many units of the file each stands for.
        counts: by the names of :data:`primaire.schema.COUNTS`, and ``abstentions``.
        entries: ``row`` is the place of the unit here.
        remarks: what was decided, in words.
        lines: the line or row of the file on which each unit begins, -1 where that is none or unknown; None: not looked up.
    """

    positions: Wholes
    texts: dict[str, Coded]
    election: Coded
    round: Wholes
    date: Coded
    contest: Coded
    level: Coded
    units: Wholes
    counts: dict[str, Figures]
    printed: list[tuple[Coded, str, str]]
    people: list[Person]
    entries: Entries
    remarks: tuple[Message, ...] = ()
    lines: Wholes | None = None

    def __len__(self) -> int:
        return len(self.positions)

    def keep(self, rows: Flags) -> Polls:
        """Return some of the units, with their entries."""
        if rows.all():
            return self
        return self.picked(np.flatnonzero(rows))

    def picked(self, rows: Wholes) -> Polls:
        """Return units by their places, in that order, with the entries of each in theirs."""
        place = np.full(len(self), -1, dtype="int64")
        place[rows] = np.arange(len(rows))

        def coded(column: Coded) -> Coded:
            return column.at(rows)

        return replace(
            self,
            positions=self.positions[rows],
            texts={name: coded(column) for name, column in self.texts.items()},
            election=coded(self.election),
            round=self.round[rows],
            date=coded(self.date),
            contest=coded(self.contest),
            level=coded(self.level),
            units=self.units[rows],
            counts={name: Figures(column.values[rows], column.known[rows]) for name, column in self.counts.items()},
            printed=[(coded(column), figure, base) for column, figure, base in self.printed],
            entries=entries_of(self.entries, place[self.entries.row]),
            lines=None if self.lines is None else self.lines[rows],
        )

    def text(self, name: str) -> Coded:
        """Return a place's column, empty for one that the table has not."""
        return self.texts.get(name) or Coded(np.full(len(self), -1, dtype="int32"), [])


def entries_of(entries: Entries, row: Wholes) -> Entries:
    """Return entries with new rows, those without one (-1) left out, in the order of these."""
    there = np.flatnonzero(row >= 0)
    if len(there) and (np.diff(row[there]) < 0).any():
        there = there[np.argsort(row[there], kind="stable")]
    if len(there) == len(row) and (there == np.arange(len(row))).all():
        return replace(entries, row=row)

    def coded(column: Coded | None) -> Coded | None:
        return None if column is None else column.at(there)

    return Entries(
        row[there],
        entries.person[there],
        Figures(entries.votes.values[there], entries.votes.known[there]),
        {name: column.at(there) for name, column in entries.shares.items()},
        coded(entries.seats),
        coded(entries.elected),
    )


def unit_key(found: Polls) -> list[Coded | Wholes]:
    """Return the columns that tell one unit from another."""
    places = [
        found.texts[name]
        for name in (*PLACES, "unit")
        if name in found.texts and (name.endswith("_code") or name == "unit" or f"{name}_code" not in found.texts)
    ]
    return [found.election, found.round, found.level, found.contest, *places]


def text_at(column: Coded, row: int) -> str:
    code = int(column.codes[row])
    return column.words[code] if code >= 0 else ""


def reworded(column: Coded, words: list[str]) -> Coded:
    """Return a column with other words for its own, equal ones made one, empty ones nothing."""
    known: dict[str, int] = {}
    place = np.array([known.setdefault(word, len(known)) if word else -1 for word in [*words, ""]], dtype="int32")
    return Coded(place[column.codes], list(known))
