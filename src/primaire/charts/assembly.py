"""An assembly on a sheet: its seats as dots, the line of the majority, and who sits where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from primaire.charts.dodging import spread
from primaire.charts.hemicycle import hemicycle
from primaire.charts.inks import PAPER, QUIET, TEXT, Ink
from primaire.charts.lettering import width, wrap
from primaire.charts.sheet import BODY, LEADING, SMALL, Align, Sheet, widest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = BODY * LEADING
_APART = 32.0  # pixels between the seats of a small assembly, which does not fill the sheet
_DOT = 0.8  # of the distance between seats
_BESIDE, _ALONE = 0.27, 0.46  # of the room, at most: the outermost row's radius, with names beside it and without
_AWAY = 12.0  # pixels from the outermost seats to names
_FOLDED = 3  # lines of a name beside the arc, at most; longer ones stand in a list
_ROOM = 420.0  # pixels of room below which names always stand in a list
_LED = 16.0  # pixels that a name may be away from its seats without a line to them
_UPRIGHT = 0.35  # cosine of the angle up to which a name stands above the arc
_SWATCH = 8.0


@dataclass(frozen=True)
class Party:
    """Those who sit together.

    Attributes:
        name: of the list, or what seats that nobody has are called.
        seats: how many dots there are.
        figure: the seats in words, a range where a tie leaves it open.
        shares: further figures in words, the most important one first.
        ink: the colour of the dots; None for hollow ones.
        said: all of it in a sentence.
    """

    name: str
    seats: int
    figure: str
    shares: tuple[str, ...]
    ink: Ink | None
    said: str


def draw(sheet: Sheet, parties: Sequence[Party], heads: Sequence[str], below: str) -> None:
    """Draw an assembly, parties from left to right as given, and their names beside it; or below, where there is no room.

    ``heads`` are the columns of a list below: of the seats, and of each share. ``below`` stands below the seats.
    """
    beside = _Arc(sheet, parties, _BESIDE)
    if sheet.room >= _ROOM and beside.fits:
        beside.draw(below, named=True)
    else:
        _Arc(sheet, parties, _ALONE).draw(below, named=False)
        _list(sheet, parties, heads)


@dataclass(frozen=True)
class _Name:
    """A name beside its seats: the lines of it, and the direction of the seats from the middle."""

    party: Party
    lines: list[str]
    angle: float

    @property
    def height(self) -> float:
        """In pixels, figures included."""
        return (len(self.lines) + 1) * _LINE

    @property
    def upright(self) -> bool:
        """Whether it stands above the arc rather than beside it."""
        return abs(math.cos(self.angle)) <= _UPRIGHT

    def place(self, sheet: Sheet, x: float, y: float, sign: int) -> None:
        """Set it around a height: left of ``x`` for -1, right of it for 1, around it for 0."""
        align: Align = "center" if not sign else "left" if sign > 0 else "right"
        top = y - (self.height - _LINE) / 2
        for row, line in enumerate(self.lines):
            sheet.text(x, top + row * _LINE, line, align=align)
        figure, share = self.party.figure, self.party.shares[0]
        gap, wide, more = 5 if share else 0, width(figure, BODY, bold=True), width(share, SMALL)
        start = x - {-1: 1.0, 0: 0.5, 1: 0.0}[sign] * (wide + gap + more)
        row_at = top + len(self.lines) * _LINE
        sheet.text(start, row_at, figure, bold=True)
        sheet.text(start + wide + gap, row_at, share, size=SMALL, ink=QUIET)


class _Arc:
    """The seats of an assembly on a sheet."""

    def __init__(self, sheet: Sheet, parties: Sequence[Party], part: float) -> None:
        self.sheet, self.parties = sheet, parties
        self.plan = hemicycle(sum(party.seats for party in parties))
        self.radius = min(part * sheet.room, _APART / self.plan.spacing)
        self.dot = _DOT * self.plan.spacing * self.radius
        self.middle = (sheet.left + sheet.right) / 2
        self.names = list(self._names())
        upright = sorted((name for name in self.names if name.upright), key=lambda name: abs(math.cos(name.angle)))
        self.above = upright[0] if upright else None
        self.sides = [
            [name for name in self.names if name is not self.above and (math.cos(name.angle) > 0) == right]
            for right in (False, True)
        ]

    def _names(self) -> Iterator[_Name]:
        room = self.middle - self.sheet.left - self.reach - _AWAY
        stops = list(accumulate(party.seats for party in self.parties))
        for party, stop in zip(self.parties, stops, strict=True):
            seats = self.plan.seats[stop - party.seats : stop]
            angle = math.atan2(math.fsum(y for _, y in seats), math.fsum(x for x, _ in seats))
            yield _Name(party, wrap(party.name, room, BODY), angle)

    @property
    def reach(self) -> float:
        """From the middle to the outermost edge of seats, in pixels."""
        return self.radius + self.dot / 2

    @property
    def fits(self) -> bool:
        """Whether all names find room beside the seats."""
        return all(len(name.lines) <= _FOLDED for name in self.names) and all(
            math.fsum(name.height for name in side) <= self.reach + _LINE for side in self.sides
        )

    def draw(self, below: str, *, named: bool) -> None:
        """Draw the seats from the sheet's top on, with names beside them or without, and what stands ``below``."""
        sheet = self.sheet
        if named and self.above:
            sheet.top += self.above.height
        sheet.top += _AWAY
        base = sheet.top + self.reach
        self._majority(base)
        self._seats(base)
        if named:
            self._name_all(base)
        sheet.top = base + self.dot / 2 + _LINE
        sheet.text(self.middle, sheet.top, wrap(below, sheet.room, BODY), align="center", bold=True)
        sheet.top += _LINE

    def _majority(self, base: float) -> None:
        """Draw the line that half of the seats are on either side of."""
        if len(self.plan.seats) > 2:  # noqa: PLR2004  of two, nobody needs to see the half
            inner = min(math.hypot(x, y) for x, y in self.plan.seats)
            low, high = inner * self.radius - self.dot, self.reach + 5
            self.sheet.rule(self.middle, base - high, self.middle, base - low, ink=TEXT)

    def _seats(self, base: float) -> None:
        style, seats = self.sheet.style, iter(self.plan.seats)
        rows = [
            {
                "x": round(self.middle + x * self.radius, 2),
                "y": round(base - y * self.radius, 2),
                "colour": style.ink(party.ink or PAPER),
                "edge": style.ink(party.ink or QUIET),
                "said": party.said,
            }
            for party in self.parties
            for x, y in (next(seats) for _ in range(party.seats))
        ]
        _dots(self.sheet, rows, self.dot)

    def _name_all(self, base: float) -> None:
        sheet = self.sheet
        if self.above:
            self.above.place(sheet, self.middle, base - self.reach - _AWAY - self.above.height / 2, 0)
        for sign, side in zip((-1, 1), self.sides, strict=True):
            far = self.reach + _AWAY
            wanted = [base - far * math.sin(name.angle) for name in side]
            heights = [name.height for name in side]
            low = base - self.reach - (0 if self.above else _AWAY)
            places = spread(wanted, heights, low, base + self.dot / 2 + 4)
            for name, y in zip(side, places, strict=True):
                x = self.middle + sign * (self._edge(base - y - name.height / 2) + _AWAY)
                self._lead(base, name, (x - 3 * sign, y))
                name.place(sheet, x, y, sign)

    def _edge(self, up: float) -> float:
        """Return how far the seats reach to the side at a height above the base."""
        return math.sqrt(self.reach**2 - min(max(up, 0), self.reach) ** 2)

    def _lead(self, base: float, name: _Name, to: tuple[float, float]) -> None:
        """Draw a line from seats to a name that is away from them."""
        far = self.reach + 3
        start = self.middle + far * math.cos(name.angle), base - far * math.sin(name.angle)
        if math.dist(start, to) > _LED:
            self.sheet.rule(*start, *to, ink=QUIET)


def _dots(sheet: Sheet, rows: list[dict[str, Any]], size: float) -> None:
    alt = sheet.alt
    mark = alt.Chart(sheet.data(rows)).mark_point(
        shape="circle", size=round((size - 1) ** 2, 2), strokeWidth=1, opacity=1
    )
    sheet.add(
        mark.encode(
            **sheet.at("x", "y"),
            fill=alt.Fill("colour", type="nominal", scale=None, legend=None),
            stroke=alt.Stroke("edge", type="nominal", scale=None, legend=None),
            description=alt.Description("said", type="nominal"),
        )
    )


def _list(sheet: Sheet, parties: Sequence[Party], heads: Sequence[str]) -> None:
    """Set names below the seats, in the same order, each with its colour and its figures."""
    style = sheet.style
    sheet.top += 8
    rows = [(party.figure, *party.shares) for party in parties]
    wanted = widest((party.name for party in parties), BODY) + 1
    widths = [
        max(widest(column[:1], SMALL), widest(column[1:], BODY, bold=True)) + 12
        for column in zip(heads, *rows, strict=True)
    ]
    # Names come first: where they are too narrow, the last of the figures are left out, which follow from the others.
    while len(widths) > 1 and sheet.room - sum(widths) - 2 * _SWATCH < min(wanted, sheet.room / 2):
        widths.pop()
    room = min(wanted, sheet.room - sum(widths) - 2 * _SWATCH)
    start = (sheet.left + sheet.right - 2 * _SWATCH - room - sum(widths)) / 2
    ends = [start + 2 * _SWATCH + room + before for before in accumulate(widths)]
    for head, end in zip(heads, ends, strict=False):
        sheet.text(end, sheet.top, head, size=SMALL, ink=QUIET, align="right")
    sheet.top += _LINE
    dots = []
    for party, row in zip(parties, rows, strict=True):
        lines = wrap(party.name, room, BODY)
        dots.append(
            {
                "x": start + _SWATCH / 2,
                "y": sheet.top,
                "colour": style.ink(party.ink or PAPER),
                "edge": style.ink(party.ink or QUIET),
                "said": party.said,
            }
        )
        sheet.text(start + 2 * _SWATCH, sheet.top, lines, first=True)
        for place, (text, end) in enumerate(zip(row, ends, strict=False)):
            sheet.text(end, sheet.top, text, bold=not place, align="right", ink=QUIET if place else TEXT)
        sheet.top += len(lines) * _LINE + 2
    _dots(sheet, dots, _SWATCH)
