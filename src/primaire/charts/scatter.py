"""A plane of two percentages: its axes, its dots or, where these are too many, how many lie where, and who is labelled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor, pi, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.charts.inks import PAPER, QUIET, TEXT, Ink
from primaire.charts.lettering import wrap
from primaire.charts.sheet import BODY, LEADING, SMALL, Sheet, widest
from primaire.exact import HUNDRED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from primaire.charts.sheet import Align

    Floats = npt.NDArray[np.float64]

SIZED_UP_TO, DOTTED_UP_TO = 1500, 4000
"""Dots whose area says how many are registered, and dots at all; of more, squares say how many lie in them."""

_TICK = 70.0  # pixels between ticks, or more
_STEPS: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0)
_HEIGHT, _LOWEST, _HIGHEST = 0.66, 220.0, 460.0  # of the width, and in pixels
_FILLED = 0.10  # of the plane, that dots cover all together
_SMALLEST, _LARGEST = 1.5, 14.0  # pixels of a radius
_CELL = 5.0  # pixels of a square
_LABEL = 150.0  # pixels after which a label folds
_RINGS = (4.0, 14.0, 28.0)  # pixels from a dot to its label; a line leads to one that is not beside it


@dataclass(frozen=True)
class Axis:
    """One way of the plane: its title, what stands where in per cent, and that of the whole, None where it is not known.

    ``most`` is how many distances between ticks it has at most.
    """

    title: str
    values: Floats
    whole: float | None
    written: str
    most: int = 6

    @cached_property
    def step(self) -> float:
        """The distance between ticks: few, and round."""
        low, high = self._ends
        return next((step for step in _STEPS if ceil(high / step) - floor(low / step) <= self.most), _STEPS[-1])

    @cached_property
    def _ends(self) -> tuple[float, float]:
        return float(self.values.min()), float(self.values.max())

    @cached_property
    def domain(self) -> tuple[float, float]:
        """The percentages at both ends, which are ticks."""
        (low, high), step = self._ends, self.step
        first, last = floor(low / step) * step, ceil(high / step) * step
        return (first, last) if first < last else (max(first - step, 0.0), last if last == HUNDRED else last + step)

    @cached_property
    def ticks(self) -> list[float]:
        """The percentages that are written beside the axis."""
        (low, high), step = self.domain, self.step
        return [low + place * step for place in range(round((high - low) / step) + 1)]


@dataclass(frozen=True)
class Cloud:
    """What lies on the plane: names and sizes in the order of the values, what each says, and those to be labelled.

    Attributes:
        labelled: places of those that are named on the plane where there is room, the most important first.
    """

    names: Sequence[str]
    sizes: Floats
    said: Sequence[str]
    ink: Ink
    labelled: Sequence[int]


class Plane:
    """The rectangle that dots lie on, wholly.

    Attributes:
        radius: of each dot, in pixels; None where they are too many to be drawn.
    """

    def __init__(self, sheet: Sheet, across: Axis, up: Axis, cloud: Cloud) -> None:
        across = replace(across, most=max(min(int(sheet.room / _TICK), 6), 2))
        self.sheet, self.across, self.up = sheet, across, up
        written = [sheet.style.write(tick, "share", 0) for tick in up.ticks]
        self.left = float(ceil(sheet.left + widest(written, SMALL) + 6))
        self.right = sheet.right - (widest([up.written], BODY, bold=True) + 6 if up.written else 8)
        sheet.paragraph(up.title, size=SMALL, ink=QUIET)
        self.top = float(ceil(sheet.top + BODY * LEADING + 2))
        self.bottom = self.top + min(max((self.right - self.left) * _HEIGHT, _LOWEST), _HIGHEST)
        self.radius = _radii(cloud.sizes, (self.right - self.left) * (self.bottom - self.top))
        pad = 0.0 if self.radius is None else float(self.radius.max()) + 1
        self.pixels_across, self.pixels_up = (self.left + pad, self.right - pad), (self.bottom - pad, self.top + pad)

    def place(self) -> tuple[Floats, Floats]:
        """Return where the dots lie, in pixels."""
        return (
            _scaled(self.across.values, self.across.domain, self.pixels_across),
            _scaled(self.up.values, self.up.domain, self.pixels_up),
        )

    def at_across(self, value: float) -> float:
        """Return where a percentage of the axis across stands, in pixels."""
        return float(_scaled(np.array(value), self.across.domain, self.pixels_across))

    def at_up(self, value: float) -> float:
        """Return where a percentage of the axis up stands, in pixels."""
        return float(_scaled(np.array(value), self.up.domain, self.pixels_up))

    def holds(self, box: _Box) -> bool:
        """Tell whether a box lies on the plane."""
        across = box.left >= self.left and box.right <= self.right
        return across and box.top >= self.top and box.bottom <= self.bottom

    def axes(self) -> None:
        """Draw grid, ticks and titles, and move below them."""
        sheet = self.sheet
        for tick in self.up.ticks:
            text = sheet.style.write(tick, "share", 0)
            sheet.text(self.left - 6, self.at_up(tick), text, size=SMALL, ink=QUIET, align="right")
        y = self.bottom + 6 + SMALL * LEADING / 2
        for tick in self.across.ticks:
            text = sheet.style.write(tick, "share", 0)
            x = self.at_across(tick)
            half = widest([text], SMALL) / 2
            sheet.text(min(x, sheet.right - half), y, text, size=SMALL, ink=QUIET, align="center")
        sheet.rules([(self.left, self.at_up(tick), self.right, self.at_up(tick)) for tick in self.up.ticks])
        sheet.rules([(self.at_across(tick), self.top, self.at_across(tick), self.bottom) for tick in self.across.ticks])
        sheet.top = self.bottom + 6 + SMALL * LEADING
        lines = wrap(self.across.title, self.right - self.left, SMALL)
        sheet.text(self.right, sheet.top + SMALL * LEADING / 2, lines, size=SMALL, ink=QUIET, align="right", first=True)
        sheet.top += len(lines) * SMALL * LEADING + 4

    def wholes(self) -> None:
        """Draw where the whole lies, in figures too."""
        sheet = self.sheet
        if self.across.whole is not None:
            x = self.at_across(self.across.whole)
            half = widest([self.across.written], BODY, bold=True) / 2
            middle = min(max(x, self.left + half), sheet.right - half)
            sheet.rule(x, self.top - 2, x, self.bottom, ink=TEXT)
            sheet.text(middle, self.top - 4 - BODY * LEADING / 2, self.across.written, bold=True, align="center")
        if self.up.whole is not None:
            y = self.at_up(self.up.whole)
            sheet.rule(self.left, y, self.right + 2, y, ink=TEXT)
            sheet.text(self.right + 6, y, self.up.written, bold=True)


def draw(sheet: Sheet, across: Axis, up: Axis, cloud: Cloud) -> int:
    """Draw a plane with its cloud; return how many lie in the square that holds most, 0 where dots are drawn."""
    plane = Plane(sheet, across, up, cloud)
    plane.axes()
    most = 0
    if plane.radius is None:
        most = _squares(plane, cloud)
    else:
        _dots(plane, cloud, plane.radius)
    plane.wholes()
    if plane.radius is not None:
        _labels(plane, cloud, plane.radius)
    return most


def radii(sizes: Floats, area: float) -> Floats | None:
    """Return the radius of each dot, areas being as sizes are; None where dots are too many for that, or a size is unknown.

    The smallest ones are drawn larger, so that they are seen.
    """
    if len(sizes) > SIZED_UP_TO or np.isnan(sizes).any() or not sizes.sum() > 0:
        return None
    unit = sqrt(area * _FILLED / pi / sizes.sum())
    largest = unit * sqrt(sizes.max())
    found: Floats = np.maximum(np.sqrt(sizes) * unit * min(1.0, _LARGEST / largest), _SMALLEST)
    return found


def _radii(sizes: Floats, area: float) -> Floats | None:
    """Return the radius that each dot is drawn with; None where they are too many to be drawn."""
    if len(sizes) > DOTTED_UP_TO:
        return None
    found = radii(sizes, area)
    return np.full(len(sizes), 2.0 if len(sizes) > SIZED_UP_TO else 4.0) if found is None else found


def _scaled(values: Floats, domain: tuple[float, float], pixels: tuple[float, float]) -> Floats:
    (low, high), (first, last) = domain, pixels
    return np.asarray(first + (values - low) / (high - low) * (last - first))


def _dots(plane: Plane, cloud: Cloud, radius: Floats) -> None:
    sheet, alt = plane.sheet, plane.sheet.alt
    order = np.argsort(-radius, kind="stable")  # small ones above large ones
    ink = sheet.style.ink(cloud.ink)
    rows = [
        {
            "unit": cloud.names[at],
            "turnout": round(float(plane.across.values[at]), 3),
            "share": round(float(plane.up.values[at]), 3),
            "size": round(4 * float(radius[at]) ** 2, 1),
            "said": cloud.said[at],
        }
        for at in order.tolist()
    ]
    mark = alt.Chart(sheet.data(rows)).mark_circle(color=ink, fillOpacity=0.45, stroke=ink, strokeWidth=0.75, opacity=1)
    sheet.add(
        mark.encode(
            x=sheet.along("turnout", plane.across.domain, plane.pixels_across),
            y=sheet.up("share", plane.up.domain, plane.pixels_up),
            size=alt.Size("size", type="quantitative", scale=None, legend=None),
            description=alt.Description("said", type="nominal"),
        )
    )


def _squares(plane: Plane, cloud: Cloud) -> int:
    """Draw how many lie where; return the most that lie in one square."""
    sheet, alt = plane.sheet, plane.sheet.alt
    x, y = plane.place()
    wide, high = ceil((plane.right - plane.left) / _CELL), ceil((plane.bottom - plane.top) / _CELL)
    column = np.minimum((x - plane.left) // _CELL, wide - 1).astype("int64")
    row = np.minimum((y - plane.top) // _CELL, high - 1).astype("int64")
    cells, number = np.unique(row * wide + column, return_counts=True)
    left, top = plane.left + cells % wide * _CELL, plane.top + cells // wide * _CELL
    ends = np.minimum(left + _CELL, plane.right), np.minimum(top + _CELL, plane.bottom)
    places = np.column_stack([left, top, *ends]).round(2).tolist()
    rows = [
        {"x": x, "y": y, "x2": x2, "y2": y2, "units": units}
        for (x, y, x2, y2), units in zip(places, number.tolist(), strict=True)
    ]
    most = int(number.max())
    scale = alt.Scale(type="log", domain=[1, max(most, 2)], range=[0.22, 1])
    mark = alt.Chart(sheet.data(rows)).mark_rect(color=sheet.style.ink(cloud.ink), aria=False)
    sheet.add(
        mark.encode(
            **sheet.at("x", "y", "x2", "y2"),
            opacity=alt.Opacity("units", type="quantitative", scale=scale, legend=None),
        )
    )
    return most


# Labels


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def covers(self, x: Floats, y: Floats, radius: Floats) -> bool:
        """Tell whether a dot lies in it, in part or wholly."""
        near = (
            (x + radius > self.left) & (x - radius < self.right) & (y + radius > self.top) & (y - radius < self.bottom)
        )
        return bool(near.any())


def _labels(plane: Plane, cloud: Cloud, radius: Floats) -> None:
    """Name dots beside them, where a name covers neither another nor a dot."""
    sheet = plane.sheet
    x, y = plane.place()
    shown: list[tuple[_Side, list[str]]] = []
    kept: list[_Box] = []
    for at in cloud.labelled:
        lines = wrap(cloud.names[at], _LABEL, SMALL)
        dot = (float(x[at]), float(y[at]), float(radius[at]))
        for side in _sides(dot, widest(lines, SMALL), len(lines) * SMALL * LEADING):
            taken = [side.box, *side.way]
            free = not any(one.meets(other) for one in taken for other in kept)
            if free and plane.holds(side.box) and not side.box.covers(x, y, radius):
                kept += taken
                shown.append((side, lines))
                break
    sheet.rules([side.leader for side, _ in shown if side.leader], ink=QUIET)
    _clear(sheet, [side.box for side, _ in shown])
    for side, lines in shown:
        box = side.box
        place = {"left": box.left, "right": box.right, "center": (box.left + box.right) / 2}[side.align]
        sheet.text(place, (box.top + box.bottom) / 2, lines, size=SMALL, align=side.align)


@dataclass(frozen=True)
class _Side:
    """Where a label can stand, how it is set, and the line to it, None where it is beside its dot."""

    box: _Box
    align: Align
    leader: tuple[float, float, float, float] | None

    @property
    def way(self) -> list[_Box]:
        """The room that the line takes."""
        if self.leader is None:
            return []
        x, y, x2, y2 = self.leader
        return [_Box(min(x, x2), min(y, y2), max(x, x2), max(y, y2))]


def _sides(dot: tuple[float, float, float], wide: float, high: float) -> Iterator[_Side]:
    """Return where a label can stand: at the sides of its dot, at its corners, then farther off."""
    x, y, radius = dot
    for ring in _RINGS:
        off, slant, near = radius + ring, (radius + ring) * 0.75, ring == _RINGS[0]
        for place in (
            _Side(_Box(x + off, y - high / 2, x + off + wide, y + high / 2), "left", (x, y, x + off, y)),
            _Side(_Box(x - off - wide, y - high / 2, x - off, y + high / 2), "right", (x, y, x - off, y)),
            _Side(_Box(x - wide / 2, y - off - high, x + wide / 2, y - off), "center", (x, y, x, y - off)),
            _Side(_Box(x - wide / 2, y + off, x + wide / 2, y + off + high), "center", (x, y, x, y + off)),
            *(
                side
                for top in (y - slant - high, y + slant)
                for side in (
                    _Side(
                        _Box(x + slant, top, x + slant + wide, top + high), "left", (x, y, x + slant, top + high / 2)
                    ),
                    _Side(
                        _Box(x - slant - wide, top, x - slant, top + high), "right", (x, y, x - slant, top + high / 2)
                    ),
                )
            ),
        ):
            yield replace(place, leader=None) if near else place


def _clear(sheet: Sheet, boxes: Sequence[_Box]) -> None:
    """Draw paper behind labels, so that lines and dots do not cross letters."""
    if not boxes:
        return
    rows = [{"x": box.left - 1, "y": box.top, "x2": box.right + 1, "y2": box.bottom} for box in boxes]
    mark = sheet.alt.Chart(sheet.data(rows)).mark_rect(color=sheet.style.ink(PAPER), opacity=0.75, aria=False)
    sheet.add(mark.encode(**sheet.at("x", "y", "x2", "y2")))
