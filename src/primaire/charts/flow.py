"""A flow diagram: two columns of bars, what stands beside each, and bands from the one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.charts.dodging import spread
from primaire.charts.inks import QUIET, Ink
from primaire.charts.lettering import width, wrap
from primaire.charts.ribbons import ribbons, stacked
from primaire.charts.sheet import BODY, LEADING, SMALL, Align, Sheet, widest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CLEAR: Final = 0.45
"""Opacity of a band: of those that cross, both are seen, and letters on one are read."""

FAINT: Final = 0.15
"""Opacity of a band that may be next to nothing."""

_BAR, _GAP = 10.0, 7.0
_TALL, _LOWEST, _HIGHEST = 0.7, 300.0, 640.0  # of the width, and in pixels: how high all bars of a side are together
_NAMES = 0.27  # of the room, at most, for the names on either side
_WORDS = 0.34  # of it, at most, where a word would have to be cut in two
_AWAY, _LEADER = 6.0, 16.0  # pixels from bars to names, and where lines lead from one to the other
_STRAIGHT = 0.4  # of the way between bars, at most, where bands run straight and hold their figures
_HIGH = SMALL * 1.1  # pixels that a band is high to hold its figure
_EDGED = 3.0  # pixels that a faint band is high to have a dashed edge, which would be more than a thinner one
_LINE = BODY * LEADING
_NEAR = 3.0  # pixels that a name may be off the middle of a low bar without a line to it
_ALIGNED: Final[tuple[Align, Align]] = ("right", "left")
_SPACE = 5.0  # pixels between a name and its figure


@dataclass(frozen=True)
class Option:
    """A bar, and what stands beside it: its name and its size in words."""

    name: str
    figure: str
    size: int
    ink: Ink


@dataclass(frozen=True)
class Band:
    """A band between two bars, by their places: its size, its figure, what is said of it, and whether it is drawn faint."""

    left: int
    right: int
    size: int
    figure: str
    said: str
    doubtful: bool


@dataclass(frozen=True)
class Side:
    """A column of bars, and what it is called."""

    title: str
    options: list[Option]

    @property
    def total(self) -> int:
        """The size of all bars together."""
        return sum(option.size for option in self.options)


@dataclass(frozen=True)
class Flow:
    """Two columns of bars, and the bands between them, which fill them where all are there."""

    sides: tuple[Side, Side]
    bands: list[Band]


def draw(sheet: Sheet, flow: Flow, told: Iterable[Band]) -> list[Band]:
    """Draw a flow diagram, and return those of the bands to be ``told`` that are too thin for their figures.

    Bars and bands are as high as they are large, on one scale. Names fold, and move apart where bars are too near.
    """
    return _Diagram(sheet, flow).draw(frozenset(told))


@dataclass(frozen=True)
class _Name:
    """What stands beside a bar: a name's lines, and its figure, which is beside the last of them or below."""

    option: Option
    lines: list[str]
    beside: bool

    @property
    def rows(self) -> int:
        """How many lines of text it takes."""
        return len(self.lines) + (not self.beside)

    def place(self, sheet: Sheet, x: float, y: float, *, right: bool) -> None:
        """Set it around a height, to the right of ``x`` or to the left."""
        align: Align = "left" if right else "right"
        *above, last = self.lines
        figure = self.option.figure
        last_at = figure_at = x
        if self.beside and right:
            figure_at = x + width(last, BODY) + _SPACE
        elif self.beside:  # the figure stands at the bar
            last_at = x - width(figure, SMALL) - _SPACE
        top = y - (self.rows - 1) * _LINE / 2
        for row, line in enumerate(above):
            sheet.text(x, top + row * _LINE, line, align=align)
        sheet.text(last_at, top + len(above) * _LINE, last, align=align)
        sheet.text(figure_at, top + (self.rows - 1) * _LINE, figure, size=SMALL, ink=QUIET, align=align)


class _Diagram:
    """A flow diagram on a sheet: how high and wide everything is."""

    def __init__(self, sheet: Sheet, flow: Flow) -> None:
        self.sheet, self.flow = sheet, flow
        wanted = [
            *(width(side.title, SMALL, bold=True) - _LEADER - _BAR for side in flow.sides),
            *(
                width(each.name, BODY) + _SPACE + width(each.figure, SMALL)
                for side in flow.sides
                for each in side.options
            ),
        ]
        words = [word for side in flow.sides for each in side.options for word in each.name.replace("-", "- ").split()]
        most = max(sheet.room * _NAMES, min(widest(words, BODY), sheet.room * _WORDS))
        self.room = min(max(wanted) + 1, most)
        self.names = [[self._name(option) for option in side.options] for side in flow.sides]
        gaps = _GAP * (max(len(side.options) for side in flow.sides) - 1)
        needed = max(sum(name.rows for name in names) for names in self.names) * _LINE
        bars = max(min(max(sheet.style.width * _TALL, _LOWEST), _HIGHEST), needed - gaps)
        self.scale, self.height = bars / max(side.total for side in flow.sides), bars + gaps
        # Where bands begin and end.
        self.inner = sheet.left + self.room + _LEADER + _BAR, sheet.right - self.room - _LEADER - _BAR

    def _name(self, option: Option) -> _Name:
        lines = wrap(option.name, self.room, BODY)
        beside = width(lines[-1], BODY) + _SPACE + width(option.figure, SMALL) <= self.room
        return _Name(option, lines, beside)

    def draw(self, told: frozenset[Band]) -> list[Band]:
        """Draw everything from the sheet's top on, and return the bands that were to be told and are not."""
        self._titles()
        tops = [self._tops(side) for side in self.flow.sides]
        for place, side in enumerate(tops):
            self._side(place, side)
        bare = self._bands(tops[0], tops[1], told)
        self.sheet.top += self.height
        return bare

    def _titles(self) -> None:
        """Set what the columns are called, above them."""
        sheet = self.sheet
        folded = [wrap(side.title, self.room + _LEADER + _BAR, SMALL, bold=True) for side in self.flow.sides]
        most = max(map(len, folded))
        for lines, x, align in zip(folded, self.inner, _ALIGNED, strict=True):
            y = sheet.top + (most - len(lines) / 2) * SMALL * LEADING
            sheet.text(x, y, lines, size=SMALL, bold=True, ink=QUIET, align=align)
        sheet.top += most * SMALL * LEADING + 4

    def _tops(self, side: Side) -> list[float]:
        """Return where a side's bars begin: the shorter side is in the middle of the longer one."""
        sizes = [option.size * self.scale for option in side.options]
        spare = self.height - sum(sizes) - _GAP * (len(sizes) - 1)
        return stacked(sizes, _GAP, self.sheet.top + spare / 2)

    def _side(self, place: int, tops: Sequence[float]) -> None:
        """Draw a column of bars, and their names, with lines to those that could not stay beside their bars."""
        sheet, names = self.sheet, self.names[place]
        sign = (-1, 1)[place]
        inner, edge = self.inner[place], self.inner[place] + sign * _BAR
        ends = [top + name.option.size * self.scale for top, name in zip(tops, names, strict=True)]
        sheet.bars(
            {
                "x": min(inner, edge),
                "x2": max(inner, edge),
                "y": top,
                "y2": end,
                "colour": sheet.style.ink(name.option.ink),
                "said": sheet.style.pair(name.option.name, name.option.figure),
            }
            for name, top, end in zip(names, tops, ends, strict=True)
        )
        bars = [(top + end) / 2 for top, end in zip(tops, ends, strict=True)]
        heights = [name.rows * _LINE for name in names]
        middles = spread(bars, heights, sheet.top, sheet.top + self.height)
        led = [
            abs(y - bar) > max((end - top) / 2, _NEAR)
            for y, bar, top, end in zip(middles, bars, tops, ends, strict=True)
        ]
        x = edge + sign * (_LEADER if any(led) else _AWAY)
        for name, y, bar, far in zip(names, middles, bars, led, strict=True):
            if far:
                sheet.rule(edge + sign, bar, x - 3 * sign, y, ink=QUIET)
            name.place(sheet, x, y, right=sign > 0)

    def _bands(self, lefts: Sequence[float], rights: Sequence[float], told: frozenset[Band]) -> list[Band]:
        sheet, (start, stop) = self.sheet, self.inner
        bands = sorted(self.flow.bands, key=lambda band: (band.left, band.right))
        found = ribbons([(band.left, band.right, band.size) for band in bands], lefts, rights, self.scale)
        drawn = list(zip(bands, found, strict=True))
        high = {band for band, ribbon in drawn if band in told and ribbon.thick >= _HIGH}
        run = max((width(band.figure, SMALL) for band in high), default=0.0) + 2 * _SPACE
        if run > (stop - start) * _STRAIGHT:
            high, run = set(), 0.0
        inks = [option.ink for option in self.flow.sides[0].options]
        for band, ribbon in sorted(drawn, key=lambda pair: -pair[0].size):  # the largest lie lowest: they hide none
            edge = inks[band.left] if band.doubtful and ribbon.thick >= _EDGED else None
            outline, opacity = ribbon.outline(start, start + run, stop), FAINT if band.doubtful else CLEAR
            sheet.outline(outline, inks[band.left], opacity=opacity, edge=edge, said=band.said)
            if band in high:
                sheet.text(start + _SPACE, ribbon.top + ribbon.thick / 2, band.figure, size=SMALL)
        return [band for band in bands if band in told - high]
