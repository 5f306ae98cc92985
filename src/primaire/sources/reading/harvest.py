"""All cells that a question needs, taken from a table into plain arrays in one pass over its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.naming import naming
from primaire.sources.cells import CellError, parse_count, parse_share
from primaire.sources.opening.content import forget
from primaire.sources.opening.scan import Cells, stretches, text_of
from primaire.sources.reading.entries import Entries, EntryReading
from primaire.sources.reading.footnotes import notes_below
from primaire.sources.reading.gathered import Coded, CountColumn, Figures, Pile, TextColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.people import Person
    from primaire.sources.reading.plan import Plan, Told, VotePlan
    from primaire.sources.wanted import Question

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

MOST_PROBLEMS: Final = 25
"""How many problems are described one by one; how many more there are is said."""

_UNMARKED = re.compile(
    r"|non?|n|0|false|faux|f|b|ballott?(?:age)?|(?:qualifi|qualif)\w*(?: .*)?|battue?|elimine\w*|[-–—.]"
)
"""Marks of those who are not elected: in a first round, also of those who go on to the second."""
_UNSURE = re.compile(r"[-–—.]|n\.? ?[cds]\.?|nc|na|n/a|null|none|nan", re.IGNORECASE)


@dataclass
class Harvest:
    """One vote of one table.

    Attributes:
        positions: where each row begins in the bytes.
        texts: places, and what differs from row to row of election, round, date, contest, level.
        counts: figures of the ballots, one for each row.
        printed: percentages as printed: column's text, figure and base.
        people: the different candidates.
        repeated: how many rows are the header once more.
    """

    plan: VotePlan
    positions: Wholes
    texts: dict[str, Coded]
    counts: dict[str, Figures]
    printed: list[tuple[Coded, str, str]]
    people: list[Person]
    entries: Entries
    rows: int
    plan_level: Told
    notes: Sequence[str] = ()
    repeated: int = 0


def harvest(raw: Raw, plan: Plan, name: str, question: Question, *, printed: bool) -> list[Harvest]:
    """Read a table: all its rows, of these the columns that the plan names.

    Args:
        raw: the table. plan: its columns.
        name: what the user calls the file, for messages.
        question: of a table of many elections, only the rows of the one that is looked at are kept.
        printed: whether percentages are read too, to be compared with the counts.

    Returns:
        one harvest for each vote of the plan, all with the same rows.

    Raises:
        SourceError: with every row that is too short or too long, and every cell that is not what its column holds.
    """
    reading = _Reading(raw, plan, name, question.wanted.election, printed)
    first = raw.starts[0] if raw.starts else 0
    for cells in stretches(raw.data, first, raw.dialect):
        reading.take(cells)
        forget(raw.data)
        if question.progress is not None:
            question.progress(name, cells.last, len(raw.data))
    return reading.harvests()


class _Reading:
    """One table while it is read, a stretch of rows after the other."""

    def __init__(self, raw: Raw, plan: Plan, name: str, election: str | None, printed: bool) -> None:
        self.raw, self.plan, self.name, self.printed = raw, plan, name, printed
        told = {place for vote in plan.votes for place in vote.election.columns if not vote.election.values}
        self.election = (election, next(iter(told))) if election and len(told) == 1 else None
        self.problems: list[Problem] = []
        self.more = 0
        self.rows = self.seen = self.repeated = 0
        self.counted = _first_counted(plan)
        self.end, self.notes = notes_below(raw)
        self.positions = Pile()
        self.texts = {
            what: TextColumn(raw.encoding)
            for what in (*plan.places, *(f"level {place}" for place in plan.level.columns))
        }
        self.votes = [_VoteReading(self, vote) for vote in plan.votes]

    def refuse(self, reason: Message, position: int, column: int | None = None, value: str | None = None) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            self.more += 1
            return
        header = self.plan.header
        called = (
            None if column is None else (header[column] if column < len(header) and header[column] else str(column + 1))
        )
        self.problems.append(Problem(reason, self.name, self.raw.line_at(position), called, value))

    def take(self, cells: Cells) -> None:
        rows = np.flatnonzero(~cells.blank())
        skipped = max(self.plan.skip - self.seen, 0)
        rows = rows[rows >= skipped]
        if cells.last > self.end:
            rows = rows[cells.places(rows) < self.end]
        self.seen += cells.size
        rows = self._without_headers(cells, self._wide_enough(cells, rows))
        for place, words in self.plan.only:
            found = cells.words(place, rows=rows)
            wanted = np.array([text_of(word, self.raw.encoding) in words for word in found.cells], dtype="bool")
            rows = rows[wanted[found.places]] if len(rows) else rows
        if self.election and len(rows):
            found = cells.words(self.election[1], rows=rows)
            meant = [_may_mean(self.election[0], text_of(word, self.raw.encoding)) for word in found.cells]
            rows = rows[np.array(meant)[found.places]]
        self.positions.add(cells.places(rows))
        for what, place in self.plan.places.items():
            self.texts[what].add(cells, place, rows)
        for place in self.plan.level.columns:
            self.texts[f"level {place}"].add(cells, place, rows)
        for vote in self.votes:
            vote.take(cells, rows, self.rows)
        self.rows += len(rows)

    def _wide_enough(self, cells: Cells, rows: Wholes) -> Wholes:
        """Refuse rows that lack a column of the unit, or go on behind the last one with more than empty cells."""
        least = 1 + max(_of_every_row(self.plan), default=0)
        width = cells.width[rows]
        short = width < least
        for row in rows[short].tolist():
            self.refuse(
                msg(
                    "the row has {cells} cells, and at least {width} are needed",
                    cells=int(cells.width[row]),
                    width=least,
                ),
                cells.place(row),
            )
        rows = rows[~short]
        if self.plan.width is not None:
            for row in rows[cells.width[rows] > self.plan.width].tolist():
                spare = [
                    text_of(cells.cell(row, at), self.raw.encoding)
                    for at in range(self.plan.width, int(cells.width[row]))
                ]
                if any(spare):
                    self.refuse(
                        msg(
                            "the row has {cells} cells, the header {width}",
                            cells=int(cells.width[row]),
                            width=self.plan.width,
                        ),
                        cells.place(row),
                    )
        return rows

    def _without_headers(self, cells: Cells, rows: Wholes) -> Wholes:
        """Leave out the header where it comes again between the rows."""
        again = np.zeros(len(rows), dtype="bool")
        for column in self.counted:
            header = self.plan.header[column]
            wide = np.flatnonzero(cells.width[rows] > column)
            for at in wide[cells.begins(column, header.encode(self.raw.encoding), rows[wide])].tolist():
                again[at] |= text_of(cells.cell(int(rows[at]), column), self.raw.encoding) == header
        self.repeated += int(again.sum())
        return rows[~again] if again.any() else rows

    def counts(self, cells: Cells, columns: Sequence[int], rows: Wholes) -> Figures:
        """Return columns of counts, side by side, the odd cells read one by one."""
        found = cells.counts(columns, rows)
        for at, which in found.odd.tolist():
            row, column = int(rows[at]), columns[which]
            text = text_of(cells.cell(row, column), self.raw.encoding)
            if not text or _UNSURE.fullmatch(text):
                continue
            try:
                found.values[at, which] = parse_count(text, self.plan.decimal_mark)
                found.known[at, which] = True
            except CellError as error:
                self.refuse(error.reason, cells.place(row), column, text)
        return Figures(found.values, found.known)

    def harvests(self) -> list[Harvest]:
        if self.problems:
            more = [Problem(msg("… and {n:count} more of this kind", n=self.more), self.name)] if self.more else []
            raise SourceError(
                msg("“{name}” cannot be read as it is.", name=self.name),
                remedy=msg(
                    "Correct what is listed, or say with a mapping what the columns hold: “primaire mapping” writes one."
                ),
                problems=(*sorted(self.problems, key=lambda problem: problem.line or 0), *more),
            )
        positions = self.positions.taken()
        texts = {what: column.coded() for what, column in self.texts.items()}
        return [vote.harvest(positions, texts, self.rows) for vote in self.votes]


def _of_every_row(plan: Plan) -> list[int]:
    """Return the columns that are read of every row, whoever stands in it: a row without one would be read beyond its
    end."""
    columns = [*plan.places.values(), *plan.level.columns, *(place for place, _ in plan.only)]
    for vote in plan.votes:
        columns += vote.ballots.values()
        columns += [place for value in (vote.election, vote.round, vote.date, vote.contest) for place in value.columns]
        columns += [place for place, _, _ in vote.printed]
        columns += [place for place, _ in vote.only]
    return columns


def _first_counted(plan: Plan) -> list[int]:
    """Return a column of ballots and one of votes, where there are such, by which a header that comes again is known."""
    ballots = [place for vote in plan.votes for place in vote.ballots.values()][:1]
    votes = [place for vote in plan.votes for block in vote.blocks[:1] for place in block.fields.get("votes", ())][:1]
    return [place for place in (*ballots, *votes) if place < len(plan.header) and plan.header[place]]


class _VoteReading:
    """One vote of the table while it is read."""

    def __init__(self, reading: _Reading, vote: VotePlan) -> None:
        self.reading, self.vote = reading, vote
        encoding = reading.raw.encoding
        told = (("election", vote.election), ("round", vote.round), ("date", vote.date), ("contest", vote.contest))
        self.texts = {
            f"{what} {place}": (TextColumn(encoding), place) for what, value in told for place in value.columns
        }
        self.texts |= {f"only {place}": (TextColumn(encoding), place) for place, _ in vote.only}
        self.ballots = {figure: CountColumn() for figure in vote.ballots}
        self.printed = [
            (TextColumn(encoding), place, figure, base) for place, figure, base in vote.printed if reading.printed
        ]
        self.entries = EntryReading(reading, vote)

    def take(self, cells: Cells, rows: Wholes, first: int) -> None:
        for column, place in (*self.texts.values(), *((column, place) for column, place, _, _ in self.printed)):
            column.add(cells, place, rows)
        if self.ballots:
            counted = self.reading.counts(cells, list(self.vote.ballots.values()), rows)
            for at, figures in enumerate(self.ballots.values()):
                figures.add(counted.values[:, at], counted.known[:, at])
        self.entries.take(cells, rows, first)

    def harvest(self, positions: Wholes, texts: dict[str, Coded], rows: int) -> Harvest:
        return Harvest(
            self.vote,
            positions,
            {**texts, **{what: column.coded() for what, (column, _) in self.texts.items()}},
            {figure: column.figures() for figure, column in self.ballots.items()},
            [(column.coded(), figure, base) for column, _, figure, base in self.printed],
            self.entries.people.all,
            self.entries.entries(),
            rows,
            self.reading.plan.level,
            self.reading.notes,
            self.reading.repeated,
        )


def _may_mean(wanted: str, word: str) -> bool:
    """Tell whether a user's word for an election may mean the one that an identifier names."""
    return any(fold(wanted) in fold(name) for name in (word, naming([word]).election or ""))


def marked(word: str) -> bool:
    """Tell whether a mark such as “Elu” or “élu” says that a candidate is elected.

    >>> [marked(word) for word in ("élu", "OUI", "QUALIF T2", "NON", "")]
    [True, True, False, False, False]
    """
    return _UNMARKED.fullmatch(fold(word)) is None


def share_of(word: str) -> tuple[float, int] | None:
    """Return a printed percentage and its decimals; None for what is none."""
    try:
        return parse_share(word)
    except CellError:
        return None


def told(harvested: Harvest, what: str, value: Told) -> Coded | None:
    """Return what a column, or several joined, say of each row by the mapping's words; None where nothing is said.

    Rows whose word the mapping does not translate have no value.
    """
    if not value.columns:
        return None
    columns = [harvested.texts[f"{what} {place}"] for place in value.columns]
    if len(columns) == 1:
        joined = columns[0]
    else:
        rows = [
            " ".join(text for text in texts if text)
            for texts in zip(*(column.texts() for column in columns), strict=True)
        ]
        codes, words = pd.factorize(pd.Series(rows, dtype="object"))
        joined = Coded(codes, list(words))
    if not value.values:
        return joined
    known: dict[str, int] = {}
    place = np.array(
        [
            known.setdefault(value.values[word], len(known)) if word in value.values else -1
            for word in [*joined.words, ""]
        ]
    )
    return Coded(place[joined.codes], list(known))
