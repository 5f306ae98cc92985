"""The reader of primaire's own format: what a person types or ``primaire convert`` writes, checked cell by cell.

Each different cell of a column is read once, however many rows there are; every problem of a file is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from primaire.errors import Problem, SourceError
from primaire.matching import closest, fold
from primaire.messages import Message, msg
from primaire.provenance import Provenance, SourceFile
from primaire.sources.cells import (
    CellError,
    parse_columns,
    parse_count,
    parse_date,
    parse_round,
    parse_share,
    parse_word,
)
from primaire.sources.opening.content import MAPPED_ABOVE
from primaire.sources.own.columns import (
    BY_NAME,
    COLUMNS,
    NOT_CANDIDATES,
    VERSION,
    FormatColumn,
    column_called,
)
from primaire.sources.own.factors import CellTable, Column, converted, factorised_rows, plain
from primaire.sources.own.publications import of_publication, publications_of
from primaire.sources.own.text import Grid, read_grid
from primaire.sources.own.units import Units, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from primaire.schema import Returns
    from primaire.sources.opening.content import Content

READER = "primaire CSV"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

Record = dict[str, object]


@dataclass
class _Reading:
    """One table while it is being read: what was understood so far, and what was not."""

    table: CellTable
    columns: dict[int, FormatColumn] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def header_of(self, name: str) -> str:
        """Return how the file itself calls a column."""
        return next((self.table.header[place] for place, column in self.columns.items() if column.name == name), name)

    def refuse(self, reason: Message, line: int | None, column: str | None = None, value: str | None = None) -> None:
        self.problems.append(Problem(reason, self.table.name, line, column, value))

    def refuse_row(self, reason: Message, row: int, column: str | None = None, value: str | None = None) -> None:
        header = None if column is None else self.header_of(column)
        self.refuse(reason, self.table.lines[row], header, value)


def read_canonical(content: Content, publication: str | None = None) -> Returns:
    """Read a file of primaire's own format (``docs/data-format.md``); of several publications in it, one.

    Args:
        content: the file.
        publication: the name, or a part of the name, of the publication to read; the last one by default.

    Raises:
        NotHeldError: the file has no such publication.
        SourceError: with every column that is unknown or missing, every cell that is not what its column holds, every
            row that stands twice, and every unit whose rows disagree on its ballots; or the file is of a later version.
    """
    table, encoding, separator = _cells(content)
    file = SourceFile(
        name=content.name,
        sha256=content.digest,
        size=content.size,
        reader=READER,
        encoding=encoding,
        separator=separator,
        decimal_mark=_decimal_mark(table),
        rows=len(table.lines),
        packing=content.packing,
        header=table.header_line,
        remarks=content.remarks,
    )
    table, steps = of_publication(table, publication)
    return returns_of(table, Provenance((file,), steps))


def publications_in(content: Content) -> list[str]:
    """Return what the publications are called that a file of the format holds, in its order; none where it names none."""
    return list(publications_of(_cells(content)[0]))


def _cells(content: Content) -> tuple[CellTable, str, str]:
    """Return the cells of a file, its encoding and its separator."""
    if len(content.data) > MAPPED_ABOVE:
        from primaire.sources.own.large import large_table

        found = large_table(content)
        if found is not None:
            return found
    grid = _grid(content)
    return _table(content, grid), grid.encoding, grid.separator


def returns_of(table: CellTable, provenance: Provenance) -> Returns:
    """Read a table of cells in the format. Raises SourceError as :func:`read_canonical`."""
    units = _read(table)
    from primaire.assembly import assemble_units

    begins = dict(zip(reversed(units.of_row), reversed(table.lines), strict=True))  # of each unit, its first row
    for number, ballot in enumerate(units.ballots):
        ballot["file"], ballot["line"] = table.name, begins[number]
    return assemble_units(units.ballots, units.of_row, units.columns, provenance)


def read_records(content: Content) -> tuple[list[Record], Grid]:
    """Return the rows of a file as typed values by column, defaults filled in, without loading pandas.

    Raises:
        SourceError: as :func:`read_canonical`.
    """
    grid = _grid(content)
    units = _read(of_publication(_table(content, grid), None)[0])
    columns = {name: plain(column) for name, column in units.columns.items()}
    rows = [
        {name: value for name, value in zip(columns, values, strict=True) if value is not None}
        for values in zip(*columns.values(), strict=True)
    ]
    return [
        {**units.said[place], "approximate": frozenset(), **row} for place, row in zip(units.said_by, rows, strict=True)
    ], grid


def _grid(content: Content) -> Grid:
    # A large file is mapped; all of this one is read.
    return read_grid(content if isinstance(content.data, bytes) else replace(content, data=content.data[:]))


def _table(content: Content, grid: Grid) -> CellTable:
    texts, places, odd = factorised_rows((row.cells for row in grid.rows), len(grid.header.cells))
    return CellTable(
        name=content.name,
        title=content.title,
        header=grid.header.cells,
        header_line=grid.header.line,
        european=grid.separator == ";",
        guarded=True,
        texts=texts,
        places=places,
        lines=[row.line for row in grid.rows],
        odd=odd,
    )


def _read(table: CellTable) -> Units:
    reading = check_header(table)
    if not table.lines:
        raise SourceError(
            msg("“{name}” has a header, but no row below it.", name=table.name),
            remedy=msg("“primaire template” prints a file with a filled example."),
        )
    columns = _read_columns(reading)
    units = units_of(columns, len(table.lines), table.title)
    _refuse_no_candidates(reading, columns, units)
    for problem in units.contradictions(table.lines):
        reading.refuse_row(*problem)
    _stop_if_wrong(reading, msg("“{name}” cannot be read as it is.", name=table.name))
    return units


def check_header(table: CellTable) -> _Reading:
    """Return a table about to be read. Raises SourceError for a later version, and for columns that are not as they should be."""
    reading = _Reading(table)
    _refuse_later_version(table)
    _read_header(reading)
    _stop_if_wrong(reading, msg("“{name}” does not have the columns of election results.", name=table.name))
    return reading


def _refuse_later_version(table: CellTable) -> None:
    # Before anything else: a later version may have columns that this one does not know.
    for header, texts in zip(table.header, table.texts, strict=True):
        if column_called(header) is BY_NAME["format_version"]:
            later = [text for text in texts if text.strip().isdecimal() and int(text) > VERSION]
            if later:
                raise SourceError(
                    msg("“{name}” was written by a newer primaire.", name=table.name),
                    expected=msg(
                        "Its format is version {later}; this primaire reads version {version}.",
                        later=later[0].strip(),
                        version=VERSION,
                    ),
                    remedy=msg("Install a newer primaire."),
                )


def _read_header(reading: _Reading) -> None:
    table = reading.table
    line = table.header_line
    for place, header in enumerate(table.header):
        column = column_called(header)
        if column is None:
            # A column without a name is fine as long as nothing stands in it.
            if header:
                reading.refuse(_unknown_column(header), line, header)
            elif _holds_text(table, place):
                reading.refuse(msg("column {number} has no name, but there is text below it", number=place + 1), line)
        elif column in reading.columns.values():
            reading.refuse(msg("the column stands twice"), line, header)
        else:
            reading.columns[place] = column
    names = {column.name for column in reading.columns.values()}
    if "candidate" not in names:
        reading.refuse(msg("the column “candidate” is missing"), line)
    if not names & {"votes", "share"}:
        reading.refuse(msg("there is neither a column “votes” nor a column “share”"), line)


def _holds_text(table: CellTable, place: int) -> bool:
    return any(text.strip() for text in table.texts[place]) or any(
        len(cells) > place and cells[place].strip() for cells in table.odd.values()
    )


def _unknown_column(header: str) -> Message:
    if "%" in header:
        return msg("a percentage goes into the column “share”, and what it is a share of into “share_base”")
    near = closest(header, [spelling for column in COLUMNS for spelling in (column.name, column.french)])
    if near:
        return msg("unknown column; did you mean “{near}”?", near=near)
    return msg("unknown column; “primaire template” shows those there are, and “note” takes any remark")


def _stop_if_wrong(reading: _Reading, seen: Message) -> None:
    if reading.problems:
        # Problems of one line stay in the order in which they were found.
        reading.problems.sort(key=lambda problem: problem.line or 0)
        raise SourceError(
            seen,
            remedy=msg("Correct what is listed; docs/data-format.md and “primaire template” show the format."),
            problems=tuple(reading.problems),
        )


def _read_columns(reading: _Reading) -> dict[str, Column]:
    """Return the columns of the format that hold something, their cells read."""
    table = reading.table
    width = len(table.header)
    for row, cells in table.odd.items():
        reason = msg("the row has {cells} cells, the header {width}", cells=len(cells), width=width)
        reading.refuse(reason, table.lines[row])
    columns = {}
    for place, column in reading.columns.items():
        if not any(table.texts[place]):
            continue
        read = converted((table.texts[place], table.places[place]), _reader(reading, place, column))
        if read[0]:
            columns[column.name] = read
    return columns


def _reader(reading: _Reading, place: int, column: FormatColumn) -> Callable[[str], object]:
    parse = _parser(column, reading.table)

    def read(text: str) -> object:
        cell = text.strip()
        try:
            return parse(cell) if cell else None
        except CellError as error:
            for row in reading.table.rows_with(place, text):
                reading.refuse_row(error.reason, row, column.name, cell)
            return None

    return read


def _parser(column: FormatColumn, table: CellTable) -> Callable[[str], object]:
    parsers: Mapping[str, Callable[[str], object]] = {
        "text": _unguarded if table.guarded else str,
        "count": parse_count,
        "number": parse_count,
        "round": parse_round,
        "share": parse_share,
        "date": lambda cell: parse_date(cell, european=table.european),
        "word": lambda cell: parse_word(column.name, cell),
        "columns": parse_columns,
    }
    return parsers[column.kind]


def _unguarded(cell: str) -> str:
    # Text that a spreadsheet would take for a formula is written with an apostrophe before it.
    return cell[1:] if _GUARDED.match(cell) else cell


def _refuse_no_candidates(reading: _Reading, columns: Mapping[str, Column], units: Units) -> None:
    """Refuse counts and totals among the candidates, and rows that name none but are no unit without candidates."""
    names, places = columns.get("candidate", ([], [-1] * len(units.of_row)))
    counts = {place for place, name in enumerate(names) if fold(name) in NOT_CANDIDATES}
    for row, place in enumerate(places):
        if place in counts and "format_version" not in units.said[units.said_by[row]]:
            reason = msg(
                "is no candidate: counts of ballots and totals have columns of their own; of a person called so, write the first name too"
            )
            reading.refuse_row(reason, row, "candidate", names[place])
        elif place < 0 and row not in reading.table.odd and not units.counts_alone(row):
            reading.refuse_row(msg("the row names no candidate"), row, "candidate")


def _decimal_mark(table: CellTable) -> str | None:
    shares = [
        text
        for header, texts in zip(table.header, table.texts, strict=True)
        if column_called(header) is BY_NAME["share"]
        for text in texts
    ]
    return next((mark for mark in ",." if any(mark in text for text in shares)), None)
