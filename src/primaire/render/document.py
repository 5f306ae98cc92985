"""What a person reads of a Table, in words and in order, before any format lays it out.

All text here is safe to show (see :mod:`primaire.render.safe`); a format has only its own syntax to escape.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import product, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from primaire.messages import msg, term
from primaire.render.cells import Cell, cells, told
from primaire.render.safe import printable
from primaire.table import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from primaire.messages import Message
    from primaire.render.language import Language
    from primaire.table import Column, Crossed, Kind, Section, Spread, Table, View

NUMBERS: frozenset[Kind] = frozenset({"count", "change", "share", "points", "index", "factor"})
_SIGNED: frozenset[Kind] = frozenset({"change", "points"})

LEGEND = {
    "reconstructed": term("reconstructed: worked out from the published percentages"),
    "approximate": term("approximate: published as such, or computed from such figures"),
}
"""What the marks of :data:`primaire.table.MARKS` mean, in words."""


@dataclass(frozen=True)
class Grid:
    """Rows of text in columns; ``numeric`` tells which columns hold numbers. Without headings, the first cell is one.

    ``keys`` has the value behind each text, None for a missing one: what rows are sorted by, for pages that can. In a foot,
    words and labels are their own.
    """

    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[Cell, ...], ...] = ()

    @property
    def name(self) -> int:
        """The column that names its row: the first of text (after a rank, perhaps), or the first."""
        return self.numeric.index(False) if False in self.numeric else 0


@dataclass(frozen=True)
class Part:
    """One section: what to read before its rows, the rows, the figures they share, and what to know of them.

    ``bars`` has the value that each row's bar shows, and ``shapes`` how many units are in each class of its sparkline;
    either is empty where there are none. The foot's columns are a label and a value, then a value and its label for each
    figure shown beside.
    """

    title: str
    subtitle: str
    lead: str
    body: Grid
    foot: Grid
    notes: tuple[str, ...]
    bars: tuple[float | None, ...] = ()
    shapes: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole table. ``heading`` is its title, or empty where the only part has the same one; ``signed`` tells whether
    what bars show has a sign, ``upper`` where the classes of sparklines end, in per cent, and ``shapes`` what these are."""

    title: str
    heading: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    legend: tuple[str, ...]
    signed: bool = False
    upper: int = 0
    shapes: str = ""


def document(table: Table, language: Language) -> Document:
    """Return what a person reads of a table.

    Raises:
        ValueError: a column placed in the foot differs between the rows of a section, or a cell is not of its kind.
    """
    title = _said(table.title, language)
    shown = [column for column in table.columns if column.place in {"body", "foot"}]
    crossed = () if table.crossed is None else _columns_of(table.crossed, table)
    beside = {
        name
        for column in (*shown, *crossed)
        for name in (column.upper, column.places, column.origin)
        if name is not None
    }
    held = {name: _held(table, name) for name in {*beside, *(column.name for column in (*shown, *crossed))}}
    texts = {column.name: _texts(column, held, language) for column in shown}
    bars = [] if table.bar is None else cells(table, table.bar)
    sections = [section for section in table.parts() if not section.folded]
    body = _Body([column for column in shown if column.place == "body"], texts, held, language)
    foot = [column for column in shown if column.place == "foot"]
    whole = [_drawn(_part(section, body, foot), section, table, bars) for section in sections]
    if table.crossed is not None:
        filled = {column.name: _texts(column, held, language) for column in crossed}
        grids = _Filled(table.crossed, filled, held, language)
        whole = [each for section, part in zip(sections, whole, strict=True) for each in grids.parts(section, part)]
    parts = tuple(whole)
    return Document(
        title=title,
        heading="" if [part.title for part in parts] == [title] else title,
        parts=parts,
        notes=tuple(_said(note, language) for note in (*table.notes, *table.provenance.steps)),
        legend=tuple(_legend(shown, held, language)),
        signed=table.bar is not None and table.column(table.bar).kind == "points",
        upper=0 if table.spread is None else table.spread.upper,
        shapes="" if table.spread is None else _shapes(table, table.spread, language),
    )


def _columns_of(crossed: Crossed, table: Table) -> tuple[Column, ...]:
    """Return the columns that grids are made of, shares as bare numbers with the view's decimals."""
    columns = [table.column(name) for name in (crossed.lines, crossed.columns, crossed.size)]
    for view in crossed.views:
        for column in (table.column(name) for name in (view.value, view.beside, view.total) if name is not None):
            bare = column.kind == "share"
            columns.append(replace(column, kind="index", decimals=view.decimals) if bare else column)
    return tuple(columns)


class _Filled(NamedTuple):
    """What fills the grids of crossed rows."""

    crossed: Crossed
    texts: Mapping[str, list[str]]
    held: Mapping[str, list[Cell]]
    language: Language

    def parts(self, section: Section, part: Part) -> tuple[Part, ...]:
        """Return a section as one part for each view; as it is, where its rows are not all cells in order."""
        crossed, rows = self.crossed, slice(section.start, section.stop)
        lines, columns = (self.texts[name][rows] for name in (crossed.lines, crossed.columns))
        names, headings = list(dict.fromkeys(lines)), list(dict.fromkeys(columns))
        if not lines or list(zip(lines, columns, strict=True)) != list(product(names, headings)):
            return (part,)
        grids = [self._grid(view, rows, names, headings) for view in crossed.views]
        titles = [_said(view.title, self.language) for view in crossed.views]
        first, *more = (
            Part(title, "", "", grid, Grid((), (False, True), ()), ())
            for title, grid in zip(titles, grids, strict=True)
        )
        first = replace(first, title=part.title, subtitle=part.subtitle, lead=part.lead)
        found = [first, *more]
        found[-1] = replace(found[-1], foot=part.foot, notes=part.notes)
        return tuple(found)

    def _grid(self, view: View, rows: slice, names: list[str], headings: list[str]) -> Grid:
        size = self.texts[self.crossed.size][rows]
        width = len(headings)
        values = [text or "–" for text in self.texts[view.value][rows]]
        if view.beside is not None:
            ranges = self.texts[view.beside][rows]
            values = [f"{text}\xa0({more})" if more else text for text, more in zip(values, ranges, strict=True)]
        lines = [(name, size[at * width], *values[at * width : (at + 1) * width]) for at, name in enumerate(names)]
        sizes, cells = self.held[self.crossed.size][rows], self.held[view.value][rows]
        keys = [(name, sizes[at * width], *cells[at * width : (at + 1) * width]) for at, name in enumerate(names)]
        if view.total is not None:
            lines.append((_word(term("all"), self.language), "", *self.texts[view.total][rows][:width]))
            keys = []  # a total is the last line whatever the others are sorted by
        of = _word(view.corner, self.language), _word(self.crossed.heading, self.language)
        return Grid((*of, *headings), (False, *[True] * (width + 1)), tuple(lines), tuple(keys))


def _held(table: Table, name: str) -> list[Any]:
    """Return the cells of a column, and sentences as they are: they are still to be said in a language."""
    if table.column(name).kind != "sentence":
        return list(told(table, name))
    values = table.frame[name]
    return [value if there else None for value, there in zip(values.tolist(), values.notna().tolist(), strict=True)]


class _Body(NamedTuple):
    """What the rows of sections are made of."""

    columns: Sequence[Column]
    texts: Mapping[str, list[str]]
    held: Mapping[str, list[Cell]]
    language: Language

    def grid(self, rows: slice) -> Grid:
        shown = [column for column in self.columns if column.missing is not None or any(self.texts[column.name][rows])]
        return Grid(
            tuple(_label(column, self.language) for column in shown),
            tuple(column.kind in NUMBERS for column in shown),
            # Among values, what is missing is no empty cell.
            tuple(zip(*([text or "–" for text in self.texts[column.name][rows]] for column in shown), strict=True)),
            tuple(zip(*(self._keys(column, rows) for column in shown), strict=True)),
        )

    def _keys(self, column: Column, rows: slice) -> Sequence[Cell]:
        """Return numbers and days as they are, and words as they are shown."""
        values = self.held[column.name][rows]
        if column.kind in NUMBERS or column.kind == "date":
            return values
        shown = self.texts[column.name][rows]
        return [None if value is None else text for value, text in zip(values, shown, strict=True)]


def _part(section: Section, body: _Body, foot: Sequence[Column]) -> Part:
    rows, language = slice(section.start, section.stop), body.language
    grid = body.grid(rows)
    empty = (_word(term("No rows."), language),) if section.start == section.stop and grid.headings else ()
    return Part(
        title=_said(section.title, language),
        subtitle=_said(section.subtitle, language),
        lead=_said(section.lead, language),
        body=grid,
        foot=_foot(foot, body, rows),
        notes=empty + tuple(_said(note, language) for note in section.notes),
    )


def _drawn(part: Part, section: Section, table: Table, bars: Sequence[Cell]) -> Part:
    """Return a part with what is drawn beside its rows."""
    rows = slice(section.start, section.stop)
    shapes = () if table.spread is None else tuple(map(tuple, table.spread.units[rows].tolist()))
    return replace(
        part,
        bars=tuple(None if value is None else float(value) for value in bars[rows]),
        shapes=shapes if any(map(any, shapes)) else (),
    )


def _foot(columns: Sequence[Column], body: _Body, rows: slice) -> Grid:
    texts, language = body.texts, body.language
    beside = {
        column.name: [other for other in columns if other.beside == column.name]
        for column in columns
        if column.beside is None
    }
    pairs = max(map(len, beside.values()), default=0)
    lines, keys = [], []
    for column in columns:
        if column.beside is None and (value := _shared(column, texts, rows)):
            line = [_label(column, language), value]
            for other in beside[column.name]:
                line += _aside(other, _shared(other, texts, rows), language)
            lines.append((*line, *[""] * (2 + 2 * pairs - len(line))))
            keys.append((line[0], body.held[column.name][rows.start], *lines[-1][2:]))
    return Grid((), (False, True) + (True, False) * pairs, tuple(lines), tuple(keys))


def _aside(column: Column, text: str, language: Language) -> tuple[str, str]:
    """Return a figure and its label, or words alone, which need none."""
    if column.kind not in NUMBERS:
        return "", text
    return text, _label(column, language) if text else ""


def _shared(column: Column, texts: Mapping[str, list[str]], rows: slice) -> str:
    """Return what all rows of a section have in common; empty for a section without rows."""
    found = set(texts[column.name][rows])
    if len(found) > 1:
        raise ValueError(f"column {column.name}, in the foot, is not the same on all rows: {sorted(found)}")
    return "".join(found)


def _texts(column: Column, held: Mapping[str, list[Cell]], language: Language) -> list[str]:
    values = held[column.name]

    def beside(name: str | None) -> Iterable[Cell]:
        return repeat(None, len(values)) if name is None else held[name]

    missing = "" if column.missing is None else _word(column.missing, language)
    figures = list(zip(values, beside(column.upper), beside(column.places), beside(column.origin), strict=True))
    # Many rows repeat what is shared by their section, or one of a few words: each is written once.
    written = {
        figure: missing if figure[0] is None else _marked(_value(column, *figure[:3], language), figure[3])
        for figure in set(figures)
    }
    return [written[figure] for figure in figures]


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


def _legend(shown: Sequence[Column], held: Mapping[str, list[Cell]], language: Language) -> Iterable[str]:
    """Explain the marks that stand on a value which people see."""
    found: set[Cell] = set()
    for column in shown:
        if column.origin is not None:
            values = zip(held[column.name], held[column.origin], strict=True)
            found.update(origin for value, origin in values if value is not None)
    return (f"{mark} {_word(LEGEND[origin], language)}" for origin, mark in MARKS.items() if origin in found)


def _shapes(table: Table, spread: Spread, language: Language) -> str:
    """Explain sparklines, as marks are explained."""
    said = msg(
        "▁▃█▂ how the units are spread over {share:term}, in {classes:count} classes from 0 to {upper:percent}",
        share=table.column(spread.share).label,
        classes=spread.units.shape[1],
        upper=spread.upper,
    )
    return _said(said, language)


def _said(message: Message | None, language: Language) -> str:
    return "" if message is None else _clean(message.render(language))


def _label(column: Column, language: Language) -> str:
    return _clean(column.label) if column.named else _word(column.label, language)


def _word(text: str, language: Language) -> str:
    return _clean(language.translate(text))


def _clean(text: str) -> str:
    return printable(unicodedata.normalize("NFC", text))  # composed letters, so that columns line up
