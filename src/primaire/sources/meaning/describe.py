"""What was understood of a table, as a mapping that a person can correct and use."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from primaire.errors import PrimaireError, SourceError
from primaire.matching import pick
from primaire.messages import msg
from primaire.sources.meaning.mapping import BALLOT_FIGURES, CANDIDATE_FIELDS, FromColumn, Mapping, Vote
from primaire.sources.meaning.mapping_file import PLACES
from primaire.sources.meaning.mapping_writer import Comments, comment, quoted, write_mapping
from primaire.sources.meaning.references import GAP, ColumnError, expand, resolve
from primaire.sources.opening.content import open_contents
from primaire.sources.own.columns import column_called
from primaire.sources.wanted import Question, Wanted
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from primaire.sources.meaning.mapping import Reference, Value
    from primaire.sources.opening.content import Content
    from primaire.sources.opening.raw import Raw

_SAMPLES: Final = 3
_LONGEST: Final = 24
_DIGITS: Final = re.compile(r"[0-9]+")
_NUMBER: Final = re.compile(r"[0-9]+([.,][0-9]+)?")

EXAMPLE: Final = """\
mapping = 1

# An example, to be filled in: take out the marks (#) before the lines that apply, and write your columns' headers, or
# their numbers.

# [table]
# header = 1                      # the line that names the columns; 0: there is none

# [units]                         # where the votes were counted
# commune_code = 5
# station_code = "Bureau"

# [[vote]]                        # what was voted on
# election = "Municipales 2026"
# round = 1

# [vote.ballots]                  # the counts of a unit's ballots
# registered = "Inscrits"
# voters = "Votants"
# valid = "Exprimés"

# [vote.candidates]
# layout = "rows"                 # one row for each candidate; "blocks": the same columns again and again along the row
# name = ["Prénom", "Nom"]
# votes = "Voix"
"""


@dataclass(frozen=True)
class Seen:
    """A table before it is read.

    Attributes:
        name: of its source, for people.
        header: one text for each column, empty where none is named.
        sample: rows below the header.
        mapping: what was understood, None for nothing.
        others: names of further tables in the source.
    """

    name: str
    header: list[str]
    sample: list[list[str]]
    mapping: Mapping | None = None
    others: tuple[str, ...] = ()


def describe(source: str | Path, sheet: str | None = None) -> str:
    """Return what is understood of a source as commented TOML, ready for ``--mapping`` once it is corrected.

    Args:
        source: a path, ``-`` for standard input, or a data set that ships.
        sheet: of a source with several tables, the name of one; by default, the first that is read, else understood.

    Raises:
        SourceError: the source cannot be read, or has no such sheet.
    """
    from primaire.sources.opening.tables import tables_of

    tables = [(content, raw) for content in open_contents(source) for raw in tables_of(content, None, Wanted())]
    names = tuple(_called(content, raw) for content, raw in tables)
    tables = _read_first(tables) if sheet is None else [tables[_chosen(str(source), sheet, names)]]
    seen = [_seen(raw, content) for content, raw in tables]
    first = next((one for one in seen if one.mapping is not None), seen[0])
    return described(replace(first, others=tuple(name for name in names if sheet is None and len(names) > 1)))


def _read_first(tables: list[tuple[Content, Raw]]) -> list[tuple[Content, Raw]]:
    """Return of a workbook the sheet that is read where none is chosen; all of them where none can be read."""
    from primaire.sources.reading.foreign import read_raws

    content = tables[0][0]
    sheets = [raw for one, raw in tables if one is content]
    if len(sheets) < 2:  # noqa: PLR2004  nothing to choose from
        return tables
    try:
        read = read_raws(content, sheets, None, Question())[0].file.sheet
    except PrimaireError:
        return tables
    return [(content, raw) for raw in sheets if raw.sheet == read]


def described(seen: Seen) -> str:
    """Return a mapping as TOML with, for each column, its number and its first values; without one, an example.

    Columns that nothing is read from are listed below, with what a column can be.
    """
    if seen.mapping is None:
        top = [f"Nothing was understood of {quoted(seen.name)}.", *_other_tables(seen)]
        rest = ["Its columns:", *(_one(seen, place) for place in range(len(seen.header)))]
        return "\n".join([*map(comment, top), "", EXAMPLE, *map(comment, [*rest, *_VOCABULARY])]) + "\n"
    places = dict(_places(seen.mapping, seen.header))
    used = {place for found in places.values() for place in found}
    used |= _repeated(seen.mapping, seen.header)
    unread = [place for place in range(len(seen.header)) if place not in used]
    return write_mapping(
        seen.mapping,
        Comments(
            top=(
                f"How {quoted(seen.name)} is read. Correct what is wrong, and read it with --mapping and this file.",
                *(["It is in primaire's own format, which needs no mapping."] if _is_own(seen) else []),
                *_other_tables(seen),
            ),
            columns={column: _about(seen, found[0]) for column, found in places.items() if found},
            end=tuple(
                _listed(seen, unread, "Columns that nothing is read from:") + list(_VOCABULARY) if unread else ()
            ),
        ),
    )


_VOCABULARY: Final = (
    "",
    "What a column can be:",
    f"  [units]            level, {', '.join(PLACES[:2])}, and of each level its code and name: {', '.join(PLACES[2:6])}, ...",
    f"  [vote.ballots]     {', '.join(BALLOT_FIGURES)}",
    f"  [vote.candidates]  {', '.join(CANDIDATE_FIELDS)}",
)


def _is_own(seen: Seen) -> bool:
    named = [header for header in seen.header if header]
    return bool(named) and all(map(column_called, named))


def _other_tables(seen: Seen) -> list[str]:
    return (
        [f"The source holds several tables; --sheet chooses one: {', '.join(map(quoted, seen.others))}"]
        if seen.others
        else []
    )


def _listed(seen: Seen, places: Sequence[int], title: str) -> list[str]:
    """Return a line for each column; of headers that differ in a number only, or not at all, for the first.

    Where no column has a header, each has its line: nothing says that they are alike.
    """
    alike: dict[str | int, list[int]] = {}
    for place in places:
        key = _DIGITS.sub("0", seen.header[place]) if any(seen.header) else place
        alike.setdefault(key, []).append(place)
    return [title, *(_one(seen, first, len(more)) for first, *more in alike.values())]


def _one(seen: Seen, place: int, more: int = 0) -> str:
    header = quoted(seen.header[place]) if seen.header[place] else "(no header)"
    also = f", and {more} more like it" if more else ""
    return f"  {place + 1:>3}  {header}{also}: {_values(seen, place)}"


def _about(seen: Seen, place: int) -> str:
    return f"column {place + 1}: {_values(seen, place)}"


def _values(seen: Seen, place: int) -> str:
    cells = dict.fromkeys(row[place] for row in seen.sample if len(row) > place and row[place])
    short = [cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…" for cell in list(cells)[:_SAMPLES]]
    return "; ".join(short) or "(empty)"


def _places(mapping: Mapping, header: Sequence[str]) -> Iterator[tuple[Reference, list[int]]]:
    """Give each column that a mapping names, and where it stands."""
    for column in _references(mapping):
        try:
            if isinstance(column, str) and GAP in column:
                yield column, list(expand(column, header).values())
            elif (place := resolve(column, header, repeated=True)) is not None:
                yield column, [place]
        except ColumnError:
            continue


def _repeated(mapping: Mapping, header: Sequence[str]) -> set[int]:
    """Return the places of the fields of every block that is found by counting."""
    found: set[int] = set()
    for vote in mapping.votes:
        if vote.candidates.repeat is not None:
            fields = Mapping((Vote(candidates=vote.candidates),), name=mapping.name)
            for _, (first, *_more) in _places(fields, header):
                found.update(range(first, len(header), vote.candidates.repeat))
    return found


def _references(mapping: Mapping) -> Iterator[Reference]:
    yield from mapping.places.values()
    yield from _of_value(mapping.level)
    yield from mapping.layout.only
    for vote in mapping.votes:
        yield from _of_vote(vote)


def _of_vote(vote: Vote) -> Iterator[Reference]:
    for value in (vote.election, vote.round, vote.date, vote.contest):
        yield from _of_value(value)
    yield from vote.only
    yield from vote.ballots.values()
    for printed in vote.percentages:
        yield printed.column
    for columns in vote.candidates.fields.values():
        yield from columns
    for entry in vote.candidates.entries:
        yield from entry.columns.values()


def _of_value(value: Value | None) -> tuple[Reference, ...]:
    return value.columns if isinstance(value, FromColumn) else ()


def _chosen(source: str, sheet: str, names: Sequence[str]) -> int:
    meant = pick(sheet, names)
    if len(meant) == 1:
        return names.index(meant[0])
    raise SourceError(
        msg("“{name}” has no sheet “{sheet}”.", name=source, sheet=sheet)
        if not meant
        else msg("“{sheet}” means several sheets of “{name}”.", name=source, sheet=sheet),
        expected=msg("The sheets are: {names}.", names=names),
        remedy=None if meant else did_you_mean(sheet, names),
    )


def _called(content: Content, raw: Raw) -> str:
    return raw.sheet or content.name


def _seen(raw: Raw, content: Content) -> Seen:
    from primaire.sources.reading.foreign import recognised
    from primaire.sources.reading.plan import header_of

    mapping = recognised(content, raw)
    if mapping is None:
        return _table(raw, content, _header_row(raw), None)
    if mapping.headers:  # registered: it knows its header by its words, and the file's own mapping by its line
        row = header_of(raw.head, mapping.headers)
        line = None if row is None else raw.lines[row]
        mapping = replace(mapping, headers=(), layout=replace(mapping.layout, header=line, sheet=raw.sheet))
    line = mapping.layout.header
    return _table(raw, content, raw.lines.index(line) if line else None, mapping)


def _table(raw: Raw, content: Content, row: int | None, mapping: Mapping | None) -> Seen:
    below = raw.head if row is None else raw.head[row + 1 :]
    sample = [cells for cells in below if any(cells)]
    header = [] if row is None else raw.head[row]
    width = max(map(len, [header, *sample]), default=0)
    return Seen(content.name, header + [""] * (width - len(header)), sample, mapping)


def _header_row(raw: Raw) -> int | None:
    """Return the first of the fullest rows, unless much of it is numbers: then it is data, and there is no header."""
    filled = [sum(map(bool, cells)) for cells in raw.head]
    if not any(filled):
        return None
    row = filled.index(max(filled))
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in raw.head[row])
    return None if numbers * 4 > filled[row] else row
