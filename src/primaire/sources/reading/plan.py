"""A mapping brought to one table: every column by its place, every problem with it listed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from primaire.errors import Problem, SourceError
from primaire.messages import Message, msg
from primaire.sources.meaning.mapping import FromColumn
from primaire.sources.meaning.references import GAP, ColumnError, expand, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from collections.abc import Sequence

    from primaire.sources.meaning.mapping import Candidates, Mapping, Reference, Value, Vote
    from primaire.sources.opening.raw import Raw


@dataclass(frozen=True)
class Told:
    """A value that is the same for all rows (``same``), or stands in columns."""

    same: str | None = None
    columns: tuple[int, ...] = ()
    values: MappingOf[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """The columns of one candidate: by field, one place or two (first name and surname)."""

    fields: MappingOf[str, tuple[int, ...]]

    def moved(self, by: int) -> Block:
        """Return the block that many columns further."""
        return Block({name: tuple(place + by for place in places) for name, places in self.fields.items()})


@dataclass(frozen=True)
class VotePlan:
    """One vote of a table.

    Attributes:
        blocks: of ``rows`` and ``blocks``, the fields of the first block, or of each; of ``columns``, those of each entry.
        repeat: how many columns lie between blocks that go on to the end of the row; None where all are in ``blocks``.
    """

    vote: Vote
    election: Told
    round: Told
    date: Told
    contest: Told
    ballots: MappingOf[str, int]
    printed: tuple[tuple[int, str, str], ...]
    layout: str
    blocks: tuple[Block, ...]
    repeat: int | None = None
    only: tuple[tuple[int, frozenset[str]], ...] = ()

    @property
    def start(self) -> int:
        """The first column of a block that is repeated."""
        return min(place for places in self.blocks[0].fields.values() for place in places)


@dataclass(frozen=True)
class Plan:
    """How one table is read.

    Attributes:
        skip: rows above the data, empty ones included.
        width: the number of cells in a row; None where rows go on as far as they have candidates.
        unread: headers of the columns that nothing is read from.
        decimal_mark: where the mapping says it; of counts, the other mark sets thousands apart.
    """

    header: tuple[str, ...]
    skip: int
    width: int | None
    places: MappingOf[str, int]
    level: Told
    only: tuple[tuple[int, frozenset[str]], ...]
    votes: tuple[VotePlan, ...]
    unread: tuple[str, ...] = ()
    decimal_mark: str | None = None


def plan(mapping: Mapping, raw: Raw, name: str, title: str) -> Plan:
    """Return how a table is read by a mapping.

    Args:
        name: what the user calls the file. title: what an election is called that the mapping does not name.

    Raises:
        SourceError: columns that the mapping names and the table has not, all of them.
    """
    header, skip = _header(mapping, raw, name)
    finder = _Finder(header, name)
    votes = tuple(_vote(vote, finder, title) for vote in mapping.votes)
    ragged = any(vote.repeat is not None for vote in votes)
    planned = Plan(
        tuple(header),
        skip,
        None if ragged else len(header),
        finder.each(mapping.places),
        finder.told(mapping.level),
        finder.only(mapping.layout.only),
        votes,
        tuple(cell for at, cell in enumerate(header) if cell and at not in finder.used and not _in_blocks(at, votes)),
        mapping.layout.decimal_mark,
    )
    if finder.problems:
        raise SourceError(
            msg(
                "“{name}” does not have the columns that the mapping “{mapping}” names.",
                name=name,
                mapping=mapping.name,
            ),
            remedy=msg("“primaire mapping” writes the columns that there are."),
            problems=tuple(finder.problems),
        )
    return planned


def _in_blocks(at: int, votes: Sequence[VotePlan]) -> bool:
    return any(vote.repeat is not None and at >= vote.start for vote in votes)


def _header(mapping: Mapping, raw: Raw, name: str) -> tuple[list[str], int]:
    from primaire.sources.meaning.header import header_row, joined_header
    from primaire.sources.meaning.unwritten import comments

    line = mapping.layout.header
    if line == 0:
        return [""] * max((len(row) for row in raw.head), default=0), comments(raw.head)
    if line is not None and line not in raw.lines:
        raise SourceError(
            msg(
                "The header is said to be on line {line}, and “{name}” has none among its first rows.",
                line=line,
                name=name,
            ),
            remedy=msg("Correct “header” in the mapping."),
        )
    if line is not None:
        row: int | None = raw.lines.index(line)
    else:
        row = header_of(raw.head, mapping.headers) if mapping.headers else header_row(raw.head)
    if row is None:
        row = header_row(raw.head) or 0
    if mapping.name == "header":  # guessed: its header may be two rows, of which it names the last
        first = header_row(raw.head)
        if first is not None:
            header, skip, _ = joined_header(raw.head, first)
            return header, skip
    return list(raw.head[row]), row + 1


def header_of(head: Sequence[Sequence[str]], wanted: Sequence[str]) -> int | None:
    """Return the first row that has all of these headers."""
    for at, row in enumerate(head):
        try:
            for name in wanted:
                resolve(name, row, repeated=True)
        except ColumnError:
            continue
        return at
    return None


class _Finder:
    """Places of columns, and what was wrong with their names."""

    def __init__(self, header: Sequence[str], name: str) -> None:
        self.header = header
        self.name = name
        self.used: set[int] = set()
        self.problems: list[Problem] = []

    def place(self, reference: Reference, *, repeated: bool = False) -> int | None:
        try:
            found = resolve(reference, self.header, repeated=repeated)
        except ColumnError as error:
            self._refuse(reference, error.reason)
            return None
        if found is not None:
            self.used.add(found)
        return found

    def _refuse(self, reference: Reference, reason: Message) -> None:
        self.problems.append(Problem(reason, self.name, None, str(reference)))

    def each(self, columns: MappingOf[str, Reference]) -> dict[str, int]:
        return {what: place for what, column in columns.items() if (place := self.place(column)) is not None}

    def only(self, rows: MappingOf[Reference, tuple[str, ...]]) -> tuple[tuple[int, frozenset[str]], ...]:
        return tuple(
            (place, frozenset(words)) for column, words in rows.items() if (place := self.place(column)) is not None
        )

    def told(self, value: Value | None) -> Told:
        if isinstance(value, FromColumn):
            places = tuple(place for column in value.columns if (place := self.place(column)) is not None)
            return Told(None, places, value.values) if places else Told()
        return Told(value)

    def numbered(self, fields: MappingOf[str, tuple[Reference, ...]]) -> tuple[Block, ...]:
        """Return a block for each number that stands in the headers."""
        blocks: dict[int, dict[str, list[int]]] = {}
        for name, columns in fields.items():
            for column in columns:
                try:
                    found = expand(str(column), self.header)
                except ColumnError as error:
                    self._refuse(column, error.reason)
                    continue
                self.used.update(found.values())
                for number, place in found.items():
                    blocks.setdefault(number, {}).setdefault(name, []).append(place)
        return tuple(
            Block({name: tuple(places) for name, places in fields.items()})
            for _, fields in sorted(blocks.items())
            if "votes" in fields or any(name.startswith("share_") for name in fields)
        )


def _vote(vote: Vote, finder: _Finder, title: str) -> VotePlan:
    layout, blocks, repeat = _blocks(vote.candidates, finder)
    printed = tuple(
        (place, one.figure, one.base) for one in vote.percentages if (place := finder.place(one.column)) is not None
    )
    return VotePlan(
        vote,
        finder.told(vote.election or title),
        finder.told(vote.round),
        finder.told(vote.date),
        finder.told(vote.contest),
        finder.each(vote.ballots),
        printed,
        layout,
        blocks,
        repeat,
        finder.only(vote.only),
    )


def _blocks(candidates: Candidates, finder: _Finder) -> tuple[str, tuple[Block, ...], int | None]:
    if candidates.layout == "columns":
        return (
            "columns",
            tuple(
                Block({name: (place,) for name, place in finder.each(entry.columns).items()})
                for entry in candidates.entries
            ),
            None,
        )
    if candidates.layout == "none":
        return "none", (), None
    if any(GAP in str(column) for columns in candidates.fields.values() for column in columns):
        return "blocks", finder.numbered(candidates.fields), None
    first = Block(
        {
            name: tuple(
                place
                for column in columns
                if (place := finder.place(column, repeated=candidates.repeat is not None)) is not None
            )
            for name, columns in candidates.fields.items()
        }
    )
    first = Block({name: places for name, places in first.fields.items() if places})
    return candidates.layout, (first,), candidates.repeat
