"""What a person reads of a Table, in words and in order, before any format lays it out.

All text here is safe to show (see :mod:`primaire.render.safe`); a format has only its own syntax to escape.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from primaire.messages import term
from primaire.render.cells import Cell, cells
from primaire.render.safe import printable
from primaire.table import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from primaire.messages import Message
    from primaire.render.language import Language
    from primaire.table import Column, Kind, Section, Table

NUMBERS: frozenset[Kind] = frozenset({"count", "change", "share", "points", "index", "factor"})
_SIGNED: frozenset[Kind] = frozenset({"change", "points"})

_LEGEND = {
    "reconstructed": term("reconstructed: not published, worked out from the published percentages"),
    "approximate": term("approximate, as published"),
}


@dataclass(frozen=True)
class Grid:
    """Rows of text in columns; ``numeric`` tells which columns hold numbers. Without headings, the first cell is one."""

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """One section: what to read before its rows, the rows, the figures they share, and what to know of them.

    ``bars`` has the share that each row's bar shows, or is empty. The foot's columns are a label and a value, then a
    value and its label for each figure shown beside.
    """

    title: str
    subtitle: str
    lead: str
    body: Grid
    bars: tuple[float | None, ...]
    foot: Grid
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A whole table. ``heading`` is its title, or empty where the only part has the same one."""

    title: str
    heading: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    legend: tuple[str, ...]


def document(table: Table, language: Language) -> Document:
    """Return what a person reads of a table.

    Raises:
        ValueError: a column placed in the foot differs between the rows of a section, or a cell is not of its kind.
    """
    title = _said(table.title, language)
    parts = tuple(_part(table, section, language) for section in table.parts())
    return Document(
        title=title,
        heading="" if [part.title for part in parts] == [title] else title,
        parts=parts,
        notes=tuple(_said(note, language) for note in table.notes),
        legend=tuple(_legend(table, language)),
    )


def _part(table: Table, section: Section, language: Language) -> Part:
    shown = _columns(table, "body")
    columns = [_texts(table, column, section, language) for column in shown]
    empty = () if section.start < section.stop else (_word(term("No rows."), language),)
    return Part(
        title=_said(section.title, language),
        subtitle=_said(section.subtitle, language),
        lead=_said(section.lead, language),
        body=Grid(
            tuple(_word(column.label, language) for column in shown),
            tuple(column.kind in NUMBERS for column in shown),
            tuple(zip(*columns, strict=True)),
        ),
        bars=_bars(table, section),
        foot=_foot(table, section, language),
        notes=empty + tuple(_said(note, language) for note in section.notes),
    )


def _columns(table: Table, place: str) -> list[Column]:
    return [column for column in table.columns if column.place == place]


def _bars(table: Table, section: Section) -> tuple[float | None, ...]:
    if table.bar is None:
        return ()
    values = cells(table, table.bar, section.start, section.stop)
    return tuple(None if value is None else float(value) for value in values)


def _foot(table: Table, section: Section, language: Language) -> Grid:
    columns = _columns(table, "foot")
    beside: dict[str, list[Column]] = {column.name: [] for column in columns if column.beside is None}
    for column in columns:
        if column.beside is not None:
            beside[column.beside].append(column)
    pairs = max(map(len, beside.values()), default=0)
    rows = []
    for name, others in beside.items():
        column = table.column(name)
        row = [_word(column.label, language), _shared(table, column, section, language)]
        for other in others:
            row += [_shared(table, other, section, language), _word(other.label, language)]
        rows.append((*row, *[""] * (2 + 2 * pairs - len(row))))
    return Grid((), (False, True) + (True, False) * pairs, tuple(rows) if section.start < section.stop else ())


def _shared(table: Table, column: Column, section: Section, language: Language) -> str:
    texts = set(_texts(table, column, section, language))
    if len(texts) != 1:
        raise ValueError(f"column {column.name} is placed in the foot, but is not the same on all rows: {sorted(texts)}")
    return texts.pop()


def _texts(table: Table, column: Column, section: Section, language: Language) -> list[str]:
    def beside(name: str | None) -> Iterable[Cell]:
        return repeat(None, section.stop - section.start) if name is None else cells(table, name, *rows)

    rows = section.start, section.stop
    values = cells(table, column.name, *rows)
    others = beside(column.upper), beside(column.places), beside(column.origin)
    return [
        _word(column.missing, language) if value is None else _marked(_value(column, value, upper, places, language), origin)
        for value, upper, places, origin in zip(values, *others, strict=True)
    ]


def _value(column: Column, value: Cell, upper: Cell, places: Cell, language: Language) -> str:
    decimals = column.decimals if places is None else min(column.decimals, int(places))
    low = _clean(language.write(value, column.kind, decimals))
    high = low if upper is None else _clean(language.write(upper, column.kind, decimals))
    if low == high:
        return low
    dash = "\xa0–\xa0" if column.kind in _SIGNED else "–"  # beside a sign, a dash alone would look like another
    return f"{low}{dash}{high}"


def _marked(text: str, origin: Cell) -> str:
    mark = MARKS.get(str(origin), "")
    return f"{mark}{text}" if origin == "approximate" else f"{text}{mark}"


def _legend(table: Table, language: Language) -> Iterable[str]:
    """Explain the marks that stand on a value which people see."""
    found: set[Cell] = set()
    for column in table.columns:
        if column.origin is not None and column.place in {"body", "foot"}:
            values = zip(cells(table, column.name), cells(table, column.origin), strict=True)
            found.update(origin for value, origin in values if value is not None)
    return [f"{mark} {_word(_LEGEND[origin], language)}" for origin, mark in MARKS.items() if origin in found]


def _said(message: Message | None, language: Language) -> str:
    return "" if message is None else _clean(message.render(language))


def _word(text: str, language: Language) -> str:
    return _clean(language.translate(text))


def _clean(text: str) -> str:
    return printable(unicodedata.normalize("NFC", text))  # composed letters, so that columns line up
