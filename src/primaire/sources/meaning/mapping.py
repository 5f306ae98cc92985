"""What the columns of a table mean: the one description by which every foreign file is read.

A mapping is guessed from the header (:mod:`primaire.sources.meaning.guess`), written by a person as TOML
(:mod:`primaire.sources.meaning.mapping_file`), or brought by another package. Reading knows no other way in, so that whatever is
guessed can be seen, corrected and kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

Reference = str | int
"""A column: its header, or its number (1 is the first), which a file without header needs.

A header that ends in ``?`` (``"county?"``) is that of a column which not all files have. ``{n}`` in one stands for the
number of a block (``"Nom candidat {n}"``). How a reference is found: :mod:`primaire.sources.meaning.references`.
"""

BALLOT_FIGURES: Final = (
    *("registered", "abstentions", "voters", "blank", "null", "blank_null", "valid"),
    *("signatures", "envelopes"),
)
"""What a column can count of a unit's ballots. ``abstentions`` serve to find the voters, or to check them. Of the two counts
of voters that are taken at a station, the signatures on the roll and what lies in the box, the one that is not ``voters`` is
compared with these."""

CANDIDATE_FIELDS: Final = (
    "name",
    "label",
    "list",
    "number",
    "votes",
    "share_valid",
    "share_voters",
    "share_registered",
    "seats",
    "elected",
)
"""What a column can say of a candidate. A share is read where no votes are given, else it is compared with them."""

IGNORED: Final = "ignored"
"""What a row counts that is neither a candidate nor one of :data:`BALLOT_FIGURES`, such as a sum: it is left out."""

OWN_PLACE: Final = ("unit", "unit_code")
"""Name and code of a row's own unit, whatever its level; they go into the columns of that level too."""

TABLE_WIDE: Final = "all"
"""The contest of a table in which all units vote on the same candidates."""

AUTO: Final = "auto"
"""The contest is found from the kind of election, else from who stands where."""


@dataclass(frozen=True)
class FromColumn:
    """A value that differs from row to row: what stands in these columns, joined by spaces.

    ``values`` says what a cell's words mean, where they are not the value itself; a row whose cell is none of them is
    not read.
    """

    columns: tuple[Reference, ...]
    values: MappingOf[str, str] = field(default_factory=dict)


Value = str | FromColumn
"""The same for the whole table, or different from row to row."""


@dataclass(frozen=True)
class Layout:
    """How the table is written in the file. None: as found in the file itself.

    Attributes:
        sheet: name of the sheet, of several.
        encoding, separator, decimal_mark: of a text file.
        header: the number of the line or row that holds the header (1 is the first); 0: there is none.
        records: for JSON, the path of the list of records, such as ``results[].candidates[]``.
        only: rows to read: those whose cell in the column is one of these words; all of several columns must hold.
    """

    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal_mark: str | None = None
    header: int | None = None
    records: str | None = None
    only: MappingOf[Reference, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Printed:
    """A column of percentages of a unit: ``figure`` in percent of ``base``, compared with the counts."""

    column: Reference
    figure: str
    base: str


@dataclass(frozen=True)
class Entry:
    """A candidate whose votes have a column of their own: what is constant, and where the figures stand."""

    name: str
    columns: MappingOf[str, Reference]
    label: str | None = None
    list: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Candidates:
    """Where the candidates and their votes are.

    Attributes:
        layout: ``rows``: a row per unit and candidate. ``blocks``: a row per unit, the same few columns again and again
            along it. ``columns``: a row per unit, a column of votes per candidate. ``none``: the table has ballots only.
        fields: for ``rows`` and ``blocks``, the columns of each of :data:`CANDIDATE_FIELDS` (a name may stand in two). In
            ``blocks`` they are those of the first block, and ``{n}`` in a header stands for the block's number.
        repeat: for ``blocks`` that no header tells apart: how many columns lie between one block and the next.
        entries: for ``columns``, the candidates.
        figures: for ``rows``, the names that are no candidates but one of :data:`BALLOT_FIGURES` or :data:`IGNORED`
            (``Undervotes`` are ``blank``), compared without case and accents. A row without a name is known by its
            contest instead, and then counts for all contests of its unit (the office ``Registered Voters``).
        lines_added: for ``rows``, who stands under several labels in one contest is one candidate, whose votes are added.
        names: for tables that give candidates a number only, the name of each number, written as in the file. A number
            without a name stands for itself.
        presumed: whether ``columns`` were guessed without figures that prove them to be candidates.
    """

    layout: Literal["rows", "blocks", "columns", "none"]
    fields: MappingOf[str, tuple[Reference, ...]] = field(default_factory=dict)
    repeat: int | None = None
    entries: tuple[Entry, ...] = ()
    figures: MappingOf[str, str] = field(default_factory=dict)
    names: MappingOf[str, str] = field(default_factory=dict)
    lines_added: bool = False
    presumed: bool = False


@dataclass(frozen=True)
class Vote:
    """One vote that the table reports: an election's round. Two rounds side by side are two of them.

    Attributes:
        election: its name, in which ``{year}`` stands for the year of the date. None: the name of the file.
        round: its number. date: ISO.
        only: the rows of this vote, as :attr:`Layout.only` has those of the table. An empty word is an empty cell.
        contest: :data:`AUTO`, :data:`TABLE_WIDE`, a level of geography (each of its places elects its own), or columns.
        ballots: for each of :data:`BALLOT_FIGURES` its column.
        percentages: printed percentages of these.
        candidates: where the candidates are.
    """

    election: Value | None = None
    round: Value = "1"
    date: Value | None = None
    contest: Value = AUTO
    ballots: MappingOf[str, Reference] = field(default_factory=dict)
    percentages: tuple[Printed, ...] = ()
    candidates: Candidates = field(default_factory=lambda: Candidates("none"))
    only: MappingOf[Reference, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """What a table holds.

    Attributes:
        votes: the votes it reports, at least one.
        places: for a column of :data:`primaire.schema.PLACES`, or of :data:`OWN_PLACE`, the column of the file.
        level: the level of its units, or the column that says it row by row. None: the finest that has a column.
        layout: how it is written.
        headers: for a mapping that is registered: a file with all these headers is read with it.
        name: what the reader is called in messages.
    """

    votes: tuple[Vote, ...]
    places: MappingOf[str, Reference] = field(default_factory=dict)
    level: Value | None = None
    layout: Layout = field(default_factory=Layout)
    headers: tuple[str, ...] = ()
    name: str = "mapping"
