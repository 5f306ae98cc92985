"""All cells that a question needs, taken from a table into plain arrays in one pass over its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.sources.cells import CellError, parse_count, parse_share
from primaire.sources.naming import naming
from primaire.sources.scan import Cells, Vocabulary, stretches, text_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from primaire.sources.plan import Block, Plan, Told, VotePlan
    from primaire.sources.raw import Raw

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

MOST_PROBLEMS: Final = 200
"""How many problems are described one by one; how many more there are is said."""

IDENTITY: Final = ("name", "label", "list", "number")
"""What tells one candidate from another."""

_UNMARKED: Final = frozenset(("", "non", "no", "n", "0", "false", "faux", "f"))
_UNSURE = re.compile(r"[-–—.]|n\.? ?[cds]\.?|nc|na|n/a|null|none|nan", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """A candidate as one cell, or a few, write it."""

    name: str
    label: str = ""
    list: str = ""
    number: str = ""


@dataclass
class Coded:
    """A column of text: for each row the place of its word, -1 where the cell is empty."""

    codes: Wholes
    words: list[str]

    def texts(self) -> list[str]:
        """Return the text of every row, empty where there is none."""
        words = [*self.words, ""]
        return [words[code] for code in self.codes.tolist()]


@dataclass
class Figures:
    """A column of counts, and which of them are known."""

    values: Wholes
    known: Flags


@dataclass
class Entries:
    """Votes of candidates: row of the table, place of the person, and the figures; order is that of the table."""

    row: Wholes
    person: Wholes
    votes: Figures
    shares: dict[str, Coded]
    seats: Coded | None = None
    elected: Coded | None = None


@dataclass
class Harvest:
    """One vote of one table.

    Attributes:
        positions: where each row begins in the bytes.
        texts: places, and what differs from row to row of election, round, date, contest, level.
        counts: figures of the ballots, one for each row.
        printed: percentages as printed: column's text, figure and base.
        people: the different candidates.
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


@dataclass
class _Texts:
    """A column of text while it is read."""

    encoding: str
    words: Vocabulary = field(default_factory=Vocabulary)
    parts: list[Wholes] = field(default_factory=list)

    def add(self, cells: Cells, column: int, rows: Wholes) -> None:
        place, words = cells.words(column, rows=rows)
        self.parts.append(self.words.places(words)[place].astype("int32") if len(rows) else np.zeros(0, "int32"))

    def nothing(self, size: int) -> None:
        self.parts.append(np.full(size, self.words.places([b""])[0], "int32"))

    def coded(self) -> Coded:
        """Return the column with equal texts made one, whatever their quotes and spaces."""
        known: dict[str, int] = {}
        place = np.array(
            [known.setdefault(text, len(known)) if (text := text_of(word, self.encoding)) else -1 for word in self.words.words],
            dtype="int32",
        )
        codes = np.concatenate(self.parts) if self.parts else np.zeros(0, "int32")
        return Coded(place[codes] if len(place) else codes, list(known))


@dataclass
class _Numbers:
    """A column of counts while it is read."""

    values: list[Wholes] = field(default_factory=list)
    known: list[Flags] = field(default_factory=list)

    def add(self, values: Wholes, known: Flags) -> None:
        small = not len(values) or int(values.max()) < 2**31
        self.values.append(values.astype("int32") if small else values)
        self.known.append(known)

    def figures(self) -> Figures:
        if not self.values:
            return Figures(np.zeros(0, "int64"), np.zeros(0, "bool"))
        return Figures(np.concatenate(self.values), np.concatenate(self.known))


class _People:
    """The candidates found so far, however their cells are written."""

    def __init__(self, raw: Raw, names: Mapping[str, str]) -> None:
        self._raw = raw
        self._names = names
        self._seen: dict[tuple[int, bytes], int] = {}
        self._place: dict[Person, int] = {}

    @property
    def all(self) -> list[Person]:
        return list(self._place)

    def constant(self, person: Person) -> int:
        return self._place.setdefault(person, len(self._place))

    def places(self, shape: int, words: Sequence[bytes], fields: dict[str, list[int]]) -> Wholes:
        """Return the place of each person, -1 for a block without text; ``fields`` says which cell of the words is what."""
        found = np.empty(len(words), dtype="int64")
        for at, word in enumerate(words):
            place = self._seen.get((shape, word))
            if place is None:
                place = self._seen[shape, word] = self._new(word, fields)
            found[at] = place
        return found

    def _new(self, word: bytes, fields: dict[str, list[int]]) -> int:
        cells = texts_of(word, self._raw.dialect, self._raw.encoding)

        def said(name: str) -> str:
            return " ".join(text for at in fields.get(name, ()) if at < len(cells) and (text := cells[at]))

        person = Person(" ".join(said("name").split()), said("label"), said("list"), said("number"))
        if not person.name:
            name = self._names.get(person.number) or person.list or person.label
            name = name or (person.number if person.number.strip("0") else "")
            if not name:
                return -1
            person = Person(name, person.label, person.list, person.number)
        return self.constant(person)


def harvest(raw: Raw, plan: Plan, name: str, *, election: str | None = None, printed: bool = False) -> list[Harvest]:
    """Read a table: all its rows, of these the columns that the plan names.

    Args:
        raw: the table. plan: its columns.
        name: what the user calls the file, for messages.
        election: the election that is looked at: of a table of many, rows of no other are kept.
        printed: whether percentages are read too, to be compared with the counts.

    Returns:
        one harvest for each vote of the plan, all with the same rows.

    Raises:
        SourceError: with every row that is too short or too long, and every cell that is not what its column holds.
    """
    reading = _Reading(raw, plan, name, election, printed)
    first = raw.starts[0] if raw.starts else 0
    for cells in stretches(raw.data, first, raw.dialect):
        reading.take(cells)
        release = getattr(raw.data, "madvise", None)
        if release is not None:  # what has been read of a mapped file need not stay in memory
            import mmap

            release(mmap.MADV_DONTNEED)
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
        self.positions: list[Wholes] = []
        self.texts = {
            what: _Texts(raw.encoding) for what in (*plan.places, *(f"level {place}" for place in plan.level.columns))
        }
        self.votes = [_VoteReading(self, vote) for vote in plan.votes]

    def refuse(self, reason: Message, position: int, column: int | None = None, value: str | None = None) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            self.more += 1
            return
        header = self.plan.header
        called = None if column is None else (header[column] if column < len(header) and header[column] else str(column + 1))
        self.problems.append(Problem(reason, self.name, self.raw.line_at(position), called, value))

    def take(self, cells: Cells) -> None:
        rows = np.flatnonzero(~cells.blank())
        skipped = max(self.plan.skip - self.seen, 0)
        rows = rows[rows >= skipped]
        self.seen += cells.size
        rows = self._without_headers(cells, self._wide_enough(cells, rows))
        for place, words in self.plan.only:
            codes, found = cells.words(place, rows=rows)
            wanted = np.array([text_of(word, self.raw.encoding) in words for word in found], dtype="bool")
            rows = rows[wanted[codes]] if len(rows) else rows
        if self.election and len(rows):
            codes, found = cells.words(self.election[1], rows=rows)
            rows = rows[np.array([_may_mean(self.election[0], text_of(word, self.raw.encoding)) for word in found])[codes]]
        self.positions.append(cells.places(rows))
        for what, place in self.plan.places.items():
            self.texts[what].add(cells, place, rows)
        for place in self.plan.level.columns:
            self.texts[f"level {place}"].add(cells, place, rows)
        for vote in self.votes:
            vote.take(cells, rows, self.rows)
        self.rows += len(rows)

    def _wide_enough(self, cells: Cells, rows: Wholes) -> Wholes:
        """Refuse rows that lack a column of the unit, or go on behind the last one with more than empty cells."""
        least = 1 + max(
            [*self.plan.places.values(), *(place for vote in self.plan.votes for place in vote.ballots.values())], default=0
        )
        width = cells.width[rows]
        short = width < least
        for row in rows[short].tolist():
            self.refuse(
                msg("the row has {cells} cells, and at least {width} are needed", cells=int(cells.width[row]), width=least),
                cells.place(row),
            )
        rows = rows[~short]
        if self.plan.width is not None:
            for row in rows[cells.width[rows] > self.plan.width].tolist():
                spare = [text_of(cells.cell(row, at), self.raw.encoding) for at in range(self.plan.width, int(cells.width[row]))]
                if any(spare):
                    self.refuse(
                        msg("the row has {cells} cells, the header {width}", cells=int(cells.width[row]), width=self.plan.width),
                        cells.place(row),
                    )
        return rows

    def _without_headers(self, cells: Cells, rows: Wholes) -> Wholes:
        """Leave out the header where it comes again between the rows."""
        again = np.zeros(len(rows), dtype="bool")
        for column in self.counted:
            wide = np.flatnonzero(cells.width[rows] > column)
            for at in wide[cells.counts(column, rows[wide]).odd].tolist():
                again[at] |= text_of(cells.cell(int(rows[at]), column), self.raw.encoding) == self.plan.header[column]
        self.repeated += int(again.sum())
        return rows[~again]

    def counts(self, cells: Cells, column: int, rows: Wholes) -> tuple[Wholes, Flags]:
        """Return a column of counts, the odd cells read one by one."""
        found = cells.counts(column, rows)
        for at in found.odd.tolist():
            row = int(rows[at])
            text = text_of(cells.cell(row, column), self.raw.encoding)
            if not text or _UNSURE.fullmatch(text):
                continue
            try:
                found.values[at] = parse_count(text)
                found.known[at] = True
            except CellError as error:
                self.refuse(error.reason, cells.place(row), column, text)
        return found.values, found.known

    def harvests(self) -> list[Harvest]:
        if self.problems:
            more = [Problem(msg("… and {n:count} more of this kind", n=self.more), self.name)] if self.more else []
            raise SourceError(
                msg("“{name}” cannot be read as it is.", name=self.name),
                remedy=msg("Correct what is listed, or say with a mapping what the columns hold: “primaire mapping” writes one."),
                problems=tuple([*sorted(self.problems, key=lambda problem: problem.line or 0), *more]),
            )
        positions = np.concatenate(self.positions) if self.positions else np.zeros(0, "int64")
        texts = {what: column.coded() for what, column in self.texts.items()}
        return [vote.harvest(positions, texts, self.rows) for vote in self.votes]


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
        self.texts = {
            f"{what} {place}": (_Texts(encoding), place)
            for what, told in (("election", vote.election), ("round", vote.round), ("date", vote.date), ("contest", vote.contest))
            for place in told.columns
        }
        self.texts |= {f"only {place}": (_Texts(encoding), place) for place, _ in vote.only}
        self.ballots = {figure: _Numbers() for figure in vote.ballots}
        self.printed = [(_Texts(encoding), place, figure, base) for place, figure, base in vote.printed] if reading.printed else []
        self.people = _People(reading.raw, vote.vote.candidates.names)
        self.rows: list[Wholes] = []
        self.who: list[Wholes] = []
        self.cast = _Numbers()
        names = {name for block in vote.blocks for name in block.fields}
        counted = "votes" in names
        self.shares = {
            name: _Texts(encoding) for name in sorted(names) if name.startswith("share_") and (reading.printed or not counted)
        }
        self.marks = {name: _Texts(encoding) for name in ("seats", "elected") if name in names}

    def take(self, cells: Cells, rows: Wholes, first: int) -> None:
        for column, place in self.texts.values():
            column.add(cells, place, rows)
        for figure, place in self.vote.ballots.items():
            self.ballots[figure].add(*self.reading.counts(cells, place, rows))
        for column, place, _, _ in self.printed:
            column.add(cells, place, rows)
        taken = [part for block in self._blocks(cells, rows) if (part := self._entries(cells, rows, *block)) is not None]
        self._enter(cells, taken, first)

    def _blocks(self, cells: Cells, rows: Wholes) -> list[tuple[int, Block]]:
        if self.vote.repeat is None:
            return list(enumerate(self.vote.blocks))
        widest = int(cells.width[rows].max(initial=0))
        steps = range(0, max(widest - self.vote.start, 0), self.vote.repeat)
        return [(number, self.vote.blocks[0].moved(by)) for number, by in enumerate(steps)]

    def _entries(self, cells: Cells, rows: Wholes, number: int, block: Block) -> dict[str, Any] | None:
        """Return the votes that a block holds, row by row; None where it is nowhere filled."""
        counted = block.fields.get("votes")
        identity = sorted({place for name in IDENTITY for place in block.fields.get(name, ())})
        needed = max([*(counted or ()), *identity])
        index = np.arange(len(rows))
        width = cells.width[rows]
        if width.min(initial=needed + 1) <= needed:
            self._refuse_cut(cells, rows[width <= needed], block, needed)
            index = index[width > needed]
        if not len(index):
            return None
        of = rows[index]
        person = self._person(cells, of, number, block, identity)
        if counted:
            values, known = self.reading.counts(cells, counted[0], of)
        else:
            values, known = np.zeros(len(of), "int64"), np.zeros(len(of), "bool")
        if self.vote.layout == "rows" and self.vote.vote.candidates.figures:
            # A count of ballots may stand in a row without any name: its contest says what it counts.
            person = np.where(person < 0, self.people.constant(Person("")), person)
        for row in of[(person < 0) & known & (values > 0)].tolist():
            self.reading.refuse(msg("there are votes, but no candidate"), cells.place(row), (counted or (needed,))[0])
        there = person >= 0
        if self.vote.layout == "columns":
            there &= known | bool(self.shares)
        if not there.all():
            index, of, person, values, known = index[there], of[there], person[there], values[there], known[there]
        return {"index": index, "of": of, "person": person, "values": values, "known": known, "block": block}

    def _person(self, cells: Cells, of: Wholes, number: int, block: Block, identity: list[int]) -> Wholes:
        if self.vote.layout == "columns":
            entry = self.vote.vote.candidates.entries[number]
            one = self.people.constant(Person(entry.name, entry.label or "", entry.list or "", entry.number or ""))
            return np.full(len(of), one)
        fields = {name: [identity.index(place) for place in block.fields[name]] for name in IDENTITY if name in block.fields}
        if identity[-1] - identity[0] < 2 * len(identity):
            # Side by side, or nearly: one text of all.
            fields = {name: [place - identity[0] for place in block.fields[name]] for name in fields}
            place, words = cells.words(identity[0], identity[-1], of)
            shape = hash(tuple((name, tuple(at)) for name, at in fields.items()))
            return self.people.places(shape, words, fields)[place]
        separator = bytes([self.reading.raw.dialect.separator])
        combined, words = cells.words(identity[0], rows=of)
        for column in identity[1:]:
            place, more = cells.words(column, rows=of)
            pair, which = pd.factorize(combined * len(more) + place)
            words = [words[one // len(more)] + separator + more[one % len(more)] for one in which.tolist()]
            combined = pair
        return self.people.places(hash(tuple((name, tuple(at)) for name, at in fields.items())), words, fields)[combined]

    def _refuse_cut(self, cells: Cells, rows: Wholes, block: Block, needed: int) -> None:
        """Refuse rows that end inside of a block, unless what is there of it is empty."""
        first = min(place for places in block.fields.values() for place in places)
        for row in rows[cells.width[rows] > first].tolist():
            there = [text_of(cells.cell(row, at), self.reading.raw.encoding) for at in range(first, int(cells.width[row]))]
            if any(there):
                self.reading.refuse(
                    msg("the row ends inside of a candidate's columns: {cells} cells, and {needed} would be needed", cells=int(cells.width[row]), needed=needed + 1),
                    cells.place(row),
                )

    def _enter(self, cells: Cells, taken: list[dict[str, Any]], first: int) -> None:
        if not taken:
            return
        same = all(len(part["index"]) == len(taken[0]["index"]) for part in taken)
        order: Any = None
        if same and len(taken) > 1:
            order = np.arange(len(taken) * len(taken[0]["index"])).reshape(len(taken), -1).T.ravel()
        index = np.concatenate([part["index"] for part in taken])
        if len(taken) > 1 and not (same and (index[order][:: len(taken)] == taken[0]["index"]).all()):
            order = np.argsort(index, kind="stable")

        def put(values: Any) -> Any:
            return values if order is None else values[order]

        self.rows.append(put(index).astype("int32") + first)
        self.who.append(put(np.concatenate([part["person"] for part in taken])).astype("int32"))
        self.cast.add(put(np.concatenate([part["values"] for part in taken])), put(np.concatenate([part["known"] for part in taken])))
        for name, column in (*self.shares.items(), *self.marks.items()):
            places = np.concatenate([_words(cells, column, part["of"], part["block"].fields.get(name)) for part in taken])
            column.parts.append(put(places))

    def harvest(self, positions: Wholes, texts: dict[str, Coded], rows: int) -> Harvest:
        def coded(column: _Texts | None) -> Coded | None:
            return None if column is None else column.coded()

        nobody = np.zeros(0, "int32")
        entries = Entries(
            np.concatenate(self.rows) if self.rows else nobody,
            np.concatenate(self.who) if self.who else nobody,
            self.cast.figures(),
            {name: column.coded() for name, column in self.shares.items()},
            coded(self.marks.get("seats")),
            coded(self.marks.get("elected")),
        )
        return Harvest(
            self.vote,
            positions,
            {**texts, **{what: column.coded() for what, (column, _) in self.texts.items()}},
            {figure: column.figures() for figure, column in self.ballots.items()},
            [(column.coded(), figure, base) for column, _, figure, base in self.printed],
            self.people.all,
            entries,
            rows,
            self.reading.plan.level,
        )


def _words(cells: Cells, column: _Texts, rows: Wholes, places: tuple[int, ...] | None) -> Wholes:
    """Return the places of a column's words; of a row that ends before it, that of no word."""
    found = np.full(len(rows), column.words.places([b""])[0], "int32")
    wide = np.zeros(len(rows), "bool") if places is None else cells.width[rows] > places[0]
    if places is not None and wide.any():
        codes, words = cells.words(places[0], rows=rows[wide])
        found[wide] = column.words.places(words)[codes]
    return found


def _may_mean(wanted: str, word: str) -> bool:
    """Tell whether a user's word for an election may mean the one that an identifier names."""
    return any(fold(wanted) in fold(name) for name in (word, naming([word]).election or ""))


def marked(word: str) -> bool:
    """Tell whether a mark such as “Elu” or “élu” says that a candidate is elected."""
    return word.strip().casefold() not in _UNMARKED


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
        rows = [" ".join(text for text in texts if text) for texts in zip(*(column.texts() for column in columns), strict=True)]
        codes, words = pd.factorize(pd.Series(rows, dtype="object"))
        joined = Coded(codes, list(words))
    if not value.values:
        return joined
    known: dict[str, int] = {}
    place = np.array(
        [known.setdefault(value.values[word], len(known)) if word in value.values else -1 for word in [*joined.words, ""]]
    )
    return Coded(place[joined.codes], list(known))
