"""The votes of candidates, taken from the blocks of a table's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import pandas as pd

from primaire.messages import msg
from primaire.sources.opening.scan import Words, text_of
from primaire.sources.reading.gathered import Coded, CountColumn, Figures, Pile, TextColumn, small
from primaire.sources.reading.people import IDENTITY, People, Person, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.messages import Message
    from primaire.sources.opening.raw import Raw
    from primaire.sources.opening.scan import Cells
    from primaire.sources.reading.plan import Block, VotePlan

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


@dataclass
class Entries:
    """Votes of candidates: row of the table, place of the person, and the figures; order is that of the table."""

    row: Wholes
    person: Wholes
    votes: Figures
    shares: dict[str, Coded]
    seats: Coded | None = None
    elected: Coded | None = None


NO_ENTRIES: Final = Entries(
    np.zeros(0, "int32"), np.zeros(0, "int32"), Figures(np.zeros(0, "int64"), np.zeros(0, "bool")), {}
)
"""The entries of units without candidates."""


class Reader(Protocol):
    """What reading entries needs of the reading of the table: counts, and a place for what is wrong."""

    raw: Raw
    printed: bool

    def counts(self, cells: Cells, columns: Sequence[int], rows: Wholes) -> Figures: ...

    def refuse(self, reason: Message, position: int, column: int | None = None, value: str | None = None) -> None: ...


@dataclass(frozen=True)
class _Filled:
    """What a block holds: the places, among the rows looked at, of those where it is filled, and their figures."""

    index: Wholes
    person: Wholes
    values: Wholes
    known: Flags
    block: Block


class EntryReading:
    """The entries of one vote while its table is read."""

    def __init__(self, reading: Reader, vote: VotePlan) -> None:
        self.reading, self.vote = reading, vote
        self.people = People(reading.raw, vote.vote.candidates.names)
        self.rows, self.who = Pile(), Pile()
        self.cast = CountColumn(narrow=True)
        names = {name for block in vote.blocks for name in block.fields}
        compared = reading.printed or "votes" not in names
        encoding = reading.raw.encoding
        self.shares = {name: TextColumn(encoding) for name in sorted(names) if name.startswith("share_") and compared}
        self.marks = {name: TextColumn(encoding) for name in ("seats", "elected") if name in names}
        self.constant = [
            self.people.place(Person(entry.name, entry.label or "", entry.list or "", entry.number or ""))
            for entry in vote.vote.candidates.entries
        ]

    def take(self, cells: Cells, rows: Wholes, first: int) -> None:
        """Take the entries of some rows, of which the first is row ``first`` of the table."""
        blocks = self._blocks(cells, rows)
        if not blocks or not len(rows) or self._take_regular(cells, rows, first, blocks):
            return
        if self.vote.layout == "columns" and self.reading.raw.written:
            self._refuse_short(cells, rows, max(_needed(block) for block in blocks))
        filled = [part for number, block in enumerate(blocks) if (part := self._filled(cells, rows, number, block))]
        if filled:
            self._enter(cells, rows, filled, first)

    def _blocks(self, cells: Cells, rows: Wholes) -> Sequence[Block]:
        if self.vote.repeat is None:
            return self.vote.blocks
        widest = int(cells.width[rows].max(initial=0))
        return [self.vote.blocks[0].moved(by) for by in range(0, max(widest - self.vote.start, 0), self.vote.repeat)]

    def _take_regular(self, cells: Cells, rows: Wholes, first: int, blocks: Sequence[Block]) -> bool:
        """Take all blocks together where they hold the same candidates on all rows; else do nothing, and say so."""
        counted = [block.fields["votes"][0] for block in blocks if "votes" in block.fields]
        if len(counted) < len(blocks) or self.marks or self.vote.layout == "rows":
            return False
        if cells.width[rows].min() <= max(_needed(block) for block in blocks):
            return False
        person = self._same_people(cells, rows, blocks)
        if person is None:
            return False
        votes = self.reading.counts(cells, counted, rows)
        if self.vote.layout == "columns" and not votes.known.all():
            return False
        self.rows.add(np.repeat(np.arange(first, first + len(rows), dtype="int32"), len(blocks)))
        self.who.add(np.tile(small(person), len(rows)))
        self.cast.add(votes.values.ravel(), votes.known.ravel())
        for name, column in self.shares.items():
            column.take(_side_by_side([_words(cells, _place_of(block, name), rows) for block in blocks]))
        return True

    def _same_people(self, cells: Cells, rows: Wholes, blocks: Sequence[Block]) -> Wholes | None:
        """Return the place of each block's candidate, if that is the same on all rows."""
        if self.vote.layout == "columns":
            return np.array(self.constant)
        spans = [_identity(block) for block in blocks]
        words = cells.same([places[0] for places in spans], [places[-1] for places in spans], rows)
        if words is None:
            return None
        person = np.array(
            [self.people.places(_shape(block), [word])[0] for block, word in zip(blocks, words, strict=True)]
        )
        return None if (person < 0).any() else person

    def _filled(self, cells: Cells, rows: Wholes, number: int, block: Block) -> _Filled | None:
        """Return what a block holds, row by row; None where it is nowhere filled."""
        needed = _needed(block)
        index = np.arange(len(rows))
        wide = cells.width[rows] > needed
        if not wide.all():
            self._refuse_cut(cells, rows[~wide], block, needed)
            index = index[wide]
        if not len(index):
            return None
        of = rows[index]
        person = self._person(cells, of, number, block)
        counted = block.fields.get("votes")
        if counted:
            votes = self.reading.counts(cells, counted, of)
            values, known = votes.values[:, 0], votes.known[:, 0]
        else:
            values, known = np.zeros(len(of), "int64"), np.zeros(len(of), "bool")
        if self.vote.layout == "rows" and self.vote.vote.candidates.figures:
            # A count of ballots may stand in a row without any name: its contest says what it counts.
            person = np.where(person < 0, self.people.place(Person("")), person)
        for row in of[(person < 0) & known & (values > 0)].tolist():
            self.reading.refuse(msg("there are votes, but no candidate"), cells.place(row), needed)
        there = person >= 0
        if self.vote.layout == "columns":
            there &= known | bool(self.shares)
        return _Filled(index[there], person[there], values[there], known[there], block)

    def _person(self, cells: Cells, of: Wholes, number: int, block: Block) -> Wholes:
        if self.vote.layout == "columns":
            return np.full(len(of), self.constant[number])
        identity = _identity(block)
        if _is_span(identity):
            words = cells.words(identity[0], identity[-1], of)
            return self.people.places(_shape(block), words.cells)[words.places]
        separator = bytes([self.reading.raw.dialect.separator])
        first = cells.words(identity[0], rows=of)
        combined, texts = first.places, first.cells
        for column in identity[1:]:
            words = cells.words(column, rows=of)
            more = words.cells
            combined, which = pd.factorize(combined * len(more) + words.places)
            texts = [texts[one // len(more)] + separator + more[one % len(more)] for one in which.tolist()]
        return self.people.places(_shape(block), texts)[combined]

    def _refuse_short(self, cells: Cells, rows: Wholes, needed: int) -> None:
        """Refuse rows that end before the last candidate's column: a cell that is missing further in front gives every
        candidate behind it the votes of another, and nothing in the sums would show it."""
        for row in rows[cells.width[rows] <= needed].tolist():
            reason = msg(
                "the row has {cells} cells, and at least {width} are needed",
                cells=int(cells.width[row]),
                width=needed + 1,
            )
            self.reading.refuse(reason, cells.place(row))

    def _refuse_cut(self, cells: Cells, rows: Wholes, block: Block, needed: int) -> None:
        """Refuse rows that end inside of a block, unless what is there of it is empty."""
        first = min(place for places in block.fields.values() for place in places)
        for row in rows[cells.width[rows] > first].tolist():
            width = int(cells.width[row])
            if any(text_of(cells.cell(row, at), self.reading.raw.encoding) for at in range(first, width)):
                reason = msg(
                    "the row ends inside of a candidate's columns: it has {cells} cells, and {needed} would be needed",
                    cells=width,
                    needed=needed + 1,
                )
                self.reading.refuse(reason, cells.place(row))

    def _enter(self, cells: Cells, rows: Wholes, filled: Sequence[_Filled], first: int) -> None:
        index = np.concatenate([part.index for part in filled])
        # By row, and in a row by block.
        order = np.argsort(index, kind="stable")
        self.rows.add(index[order].astype("int32") + first)
        self.who.add(small(np.concatenate([part.person for part in filled])[order]))
        self.cast.add(
            np.concatenate([part.values for part in filled])[order],
            np.concatenate([part.known for part in filled])[order],
        )
        for name, column in (*self.shares.items(), *self.marks.items()):
            words = _below([_words(cells, _place_of(part.block, name), rows[part.index]) for part in filled])
            column.take(Words(words.places[order], words.held))

    def entries(self) -> Entries:
        """Return all that was taken. To be asked for once."""
        marks = {name: column.coded() for name, column in self.marks.items()}
        shares = {name: column.coded() for name, column in self.shares.items()}
        return Entries(
            self.rows.taken(), self.who.taken(), self.cast.figures(), shares, marks.get("seats"), marks.get("elected")
        )


def _words(cells: Cells, column: int | None, rows: Wholes) -> Words:
    """Return a column's words; of a row that ends before it, and of no column, the empty one."""
    wide = np.zeros(len(rows), "bool") if column is None else cells.width[rows] > column
    if column is None or not wide.any():
        return Words(np.zeros(len(rows), "int64"), [b""])
    words = cells.words(column, rows=rows[wide])
    if wide.all():
        return words
    places = np.full(len(rows), len(words.held))
    places[wide] = words.places
    return Words(places, [*words.cells, b""])


def _below(columns: Sequence[Words]) -> Words:
    """Return columns as one, each below the one before."""
    starts = np.cumsum([0, *(len(words.held) for words in columns)])
    places = [words.places + start for words, start in zip(columns, starts, strict=False)]
    return Words(np.concatenate(places), [cell for words in columns for cell in words.cells])


def _side_by_side(columns: Sequence[Words]) -> Words:
    """Return columns of the same rows as one, row by row."""
    below = _below(columns)
    return Words(below.places.reshape(len(columns), -1).T.ravel(), below.held)


def _identity(block: Block) -> list[int]:
    """Return the columns that tell who a block is about."""
    return sorted({place for name in IDENTITY for place in block.fields.get(name, ())})


def _is_span(identity: Sequence[int]) -> bool:
    """Tell whether these columns stand side by side, or nearly: then one text holds them all."""
    return identity[-1] - identity[0] < 2 * len(identity)


def _shape(block: Block) -> Shape:
    identity = _identity(block)
    span = _is_span(identity)
    return tuple(
        (name, tuple(place - identity[0] if span else identity.index(place) for place in block.fields[name]))
        for name in IDENTITY
        if name in block.fields
    )


def _needed(block: Block) -> int:
    """Return the last column without which a block says nothing."""
    return max([*block.fields.get("votes", ()), *_identity(block)], default=0)


def _place_of(block: Block, name: str) -> int | None:
    places = block.fields.get(name)
    return places[0] if places else None
