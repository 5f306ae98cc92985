"""The reader of the format that a person types: one row per candidate, checked cell by cell, every problem listed."""

from __future__ import annotations

from dataclasses import dataclass, field
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
from primaire.sources.columns import BY_NAME, COLUMNS, NOT_CANDIDATES, FormatColumn, column_called
from primaire.sources.text import Grid, Row, read_grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from primaire.schema import Returns
    from primaire.sources.content import Content

READER = "primaire CSV"
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
_PLACES = ("station", "commune", "canton", "constituency", "departement", "region")
_PER_BALLOT = tuple(column.name for column in COLUMNS if column.per == "ballot")

Record = dict[str, object]


@dataclass
class _Reading:
    """One file while it is being read: what was understood so far, and what was not."""

    content: Content
    grid: Grid
    columns: dict[int, FormatColumn] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def header_of(self, name: str) -> str:
        """Return how the file itself calls a column."""
        return next(
            (self.grid.header.cells[place] for place, column in self.columns.items() if column.name == name), name
        )

    def refuse(self, reason: Message, line: int, column: str | None = None, value: str | None = None) -> None:
        self.problems.append(Problem(reason, self.content.name, line, column, value))


def read_canonical(content: Content) -> Returns:
    """Read a file of primaire's own format (``docs/data-format.md``).

    Raises:
        SourceError: with every column that is unknown or missing, every cell that is not what its column holds, every
            row that stands twice, and every unit whose rows disagree on its ballots.
    """
    records, grid = read_records(content)
    from primaire.assembly import assemble

    file = SourceFile(
        name=content.name,
        sha256=content.digest,
        size=len(content.data),
        reader=READER,
        encoding=grid.encoding,
        separator=grid.separator,
        decimal_mark=_decimal_mark(grid),
        rows=len(records),
    )
    return assemble(records, Provenance((file,)))


def read_records(content: Content) -> tuple[list[Record], Grid]:
    """Return the rows of a file as typed values by column, defaults filled in, without loading pandas.

    Raises:
        SourceError: as :func:`read_canonical`.
    """
    reading = _Reading(content, read_grid(content))
    _read_header(reading)
    _stop_if_wrong(reading, msg("“{name}” does not have the columns of election results.", name=content.name))
    lines: list[int] = []
    records: list[Record] = []
    for row in reading.grid.rows:
        records.append(_with_defaults(_read_row(reading, row), content.title))
        lines.append(row.line)
    if not records:
        raise SourceError(
            msg("“{name}” has a header, but no row below it.", name=content.name),
            remedy=msg("“primaire template” prints a file with a filled example."),
        )
    _refuse_contradictions(reading, records, lines)
    _stop_if_wrong(reading, msg("“{name}” cannot be read as it is.", name=content.name))
    _share_decimals(records)
    return records, reading.grid


def _read_header(reading: _Reading) -> None:
    line = reading.grid.header.line
    for place, header in enumerate(reading.grid.header.cells):
        column = column_called(header)
        if column is None:
            # A column without a name is fine as long as nothing stands in it.
            if header:
                reading.refuse(_unknown_column(header), line, header)
            elif any(len(row.cells) > place and row.cells[place].strip() for row in reading.grid.rows):
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


def _unknown_column(header: str) -> Message:
    if "%" in header:
        return msg("a percentage goes into the column “share”, and what it is a share of into “share_base”")
    near = closest(header, [spelling for column in COLUMNS for spelling in (column.name, column.french)])
    if near:
        return msg("unknown column; did you mean “{near}”?", near=near)
    return msg("unknown column; “primaire template” shows those there are, and “note” takes any remark")


def _stop_if_wrong(reading: _Reading, seen: Message) -> None:
    if reading.problems:
        reading.problems.sort(key=lambda problem: problem.line or 0)
        raise SourceError(
            seen,
            remedy=msg("Correct what is listed; docs/data-format.md and “primaire template” show the format."),
            problems=tuple(reading.problems),
        )


def _read_row(reading: _Reading, row: Row) -> Record:
    width = len(reading.grid.header.cells)
    if len(row.cells) < width or any(cell.strip() for cell in row.cells[width:]):
        reason = msg("the row has {cells} cells, the header {width}", cells=len(row.cells), width=width)
        reading.refuse(reason, row.line)
        return {}
    record: Record = {}
    for place, column in reading.columns.items():
        cell = row.cells[place].strip()
        if not cell:
            continue
        try:
            record.update(_parse(column, cell, european=reading.grid.separator == ";"))
        except CellError as error:
            reading.refuse(error.reason, row.line, reading.grid.header.cells[place], cell)
    if fold(str(record.get("candidate", ""))) in NOT_CANDIDATES:
        reason = msg(
            "is no candidate: counts of ballots and totals have columns of their own; of a person called so, write the first name too"
        )
        reading.refuse(reason, row.line, reading.header_of("candidate"), str(record["candidate"]))
    if "candidate" not in record:
        reading.refuse(msg("the row names no candidate"), row.line, reading.header_of("candidate"))
    return record


def _parse(column: FormatColumn, cell: str, *, european: bool) -> Record:
    if column.kind == "share":
        share, decimals = parse_share(cell)
        return {"share": share, "share_decimals": decimals}
    parse: dict[str, Callable[[str], object]] = {
        "text": _text,
        "count": parse_count,
        "round": parse_round,
        "date": lambda cell: parse_date(cell, european=european),
        "word": lambda cell: parse_word(column.name, cell),
        "columns": parse_columns,
    }
    return {column.name: parse[column.kind](cell)}


def _text(cell: str) -> str:
    # primaire's own CSV files put an apostrophe before text that a spreadsheet would take for a formula.
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _with_defaults(record: Record, title: str) -> Record:
    finest = next((level for level in _PLACES if level in record or f"{level}_code" in record), None)
    record.setdefault("election", title)
    record.setdefault("round", 1)
    record.setdefault("contest", record["election"])
    record.setdefault("level", finest)
    place = record.get(finest) or record.get(f"{finest}_code") if finest else None
    record.setdefault("unit", place or record["contest"])
    record.setdefault("approximate", frozenset())
    return record


def _units(records: list[Record]) -> Iterator[tuple[tuple[object, ...], list[int]]]:
    places: dict[tuple[object, ...], list[int]] = {}
    for place, record in enumerate(records):
        key = tuple(record[name] for name in ("election", "round", "contest", "level", "unit"))
        places.setdefault(key, []).append(place)
    yield from places.items()


def _refuse_contradictions(reading: _Reading, records: list[Record], lines: list[int]) -> None:
    """Refuse candidates that stand twice in a unit, and ballot columns that differ between the rows of a unit."""
    for _, places in _units(records):
        seen: dict[str, int] = {}
        said: dict[str, tuple[object, int]] = {}
        for place in places:
            name = str(records[place].get("candidate", ""))
            if name and fold(name) in seen:
                reason = msg("stands twice in the same unit and round, first on line {line}", line=seen[fold(name)])
                reading.refuse(reason, lines[place], reading.header_of("candidate"), name)
            seen.setdefault(fold(name), lines[place])
            for column in _PER_BALLOT:
                value = records[place].get(column)
                if value is None:
                    continue
                first, line = said.setdefault(column, (value, lines[place]))
                if first != value:
                    reason = msg("differs from “{first}” on line {line}, for the same unit", line=line, first=first)
                    reading.refuse(reason, lines[place], reading.header_of(column), str(value))


def _share_decimals(records: list[Record]) -> None:
    """Give all shares of a unit the decimals of the longest: a spreadsheet writes 35.70 as 35.7."""
    for _, places in _units(records):
        decimals = [found for place in places if isinstance(found := records[place].get("share_decimals"), int)]
        for place in places:
            if records[place].get("share") is not None:
                records[place]["share_decimals"] = max(decimals)


def _decimal_mark(grid: Grid) -> str | None:
    place = next(
        (place for place, header in enumerate(grid.header.cells) if column_called(header) is BY_NAME["share"]), None
    )
    if place is None:
        return None
    cells = [row.cells[place] for row in grid.rows]
    return next((mark for mark in ",." if any(mark in cell for cell in cells)), None)
