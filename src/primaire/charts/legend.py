"""The legend of a map: a scale with its bounds and how many places are in each class, or names with their colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from primaire.charts.inks import QUIET, RULE
from primaire.charts.lettering import width, wrap
from primaire.charts.shades import HATCH
from primaire.charts.sheet import BODY, LEADING, SMALL, widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.charts.scheme import Entry, Scheme
    from primaire.charts.sheet import Sheet

_BAR: Final = 14.0
_SWATCH: Final = 14.0
_LONGEST: Final = 480.0
"""Pixels of a scale at most: on a wide map, a longer one is no easier to read."""


def legend(sheet: Sheet, scheme: Scheme, places: str) -> None:
    """Set a legend from margin to margin and move below it; ``places`` is what is counted, in words."""
    if scheme.steps:
        _scale(sheet, scheme, places)
    _entries(sheet, scheme.entries)
    if scheme.shaded:
        _entries(sheet, [replace(entry, count=None) for entry in scheme.shaded])
    sheet.top += 8


def _scale(sheet: Sheet, scheme: Scheme, places: str) -> None:
    """Set a bar of classes, the bounds below it where they lie, and the numbers of places above."""
    low, high = (width(end, SMALL) for end in scheme.ends)
    beside = 8 + width(places, SMALL)
    if (sheet.room - beside) / len(scheme.steps) < widest(scheme.bounds, SMALL) + 4:
        beside = 0.0  # bounds that ran into each other would be worse than numbers of what the line above tells
    room = min(sheet.room - beside, _LONGEST)
    part = room / len(scheme.steps)
    counts = [sheet.style.write(step.count, "count") for step in scheme.steps]
    if widest(counts, SMALL) < part:
        for at, count in enumerate(counts):
            sheet.text(
                sheet.left + (at + 0.5) * part,
                sheet.top + SMALL * LEADING / 2,
                count,
                size=SMALL,
                ink=QUIET,
                align="center",
            )
        if beside:
            sheet.text(sheet.left + room + 8, sheet.top + SMALL * LEADING / 2, places, size=SMALL, ink=QUIET)
        sheet.top += SMALL * LEADING + 1
    swatches(
        sheet,
        [(sheet.left + at * part, sheet.top, part, _BAR, step.ink, 0) for at, step in enumerate(scheme.steps)],
    )
    sheet.top += _BAR + 3
    y = sheet.top + SMALL * LEADING / 2
    shown = [(sheet.left + (at + 1) * part, bound) for at, bound in enumerate(scheme.bounds)]
    for x, bound in shown:
        sheet.text(x, y, bound, size=SMALL, align="center")
    clear = 6.0
    if not shown or sheet.left + low + clear < shown[0][0] - width(shown[0][1], SMALL) / 2:
        sheet.text(sheet.left, y, scheme.ends[0], size=SMALL, ink=QUIET)
    if shown and sheet.left + room - high - clear > shown[-1][0] + width(shown[-1][1], SMALL) / 2:
        sheet.text(sheet.left + room, y, scheme.ends[1], size=SMALL, ink=QUIET, align="right")
    sheet.top += SMALL * LEADING + 6


def _entries(sheet: Sheet, entries: Sequence[Entry]) -> None:
    """Set swatches with their names and numbers, side by side, folded where the line is full."""
    x, drawn = sheet.left, []
    height = BODY * LEADING + 3
    for entry in entries:
        count = "" if entry.count is None else f" ({sheet.style.write(entry.count, 'count')})"
        lines = wrap(f"{entry.label}{count}", sheet.room - _SWATCH - 6, BODY)
        needed = _SWATCH + 6 + widest(lines, BODY)
        if x > sheet.left and (x + needed > sheet.right or len(lines) > 1):
            x, sheet.top = sheet.left, sheet.top + height
        drawn.append((x, sheet.top + (height - _SWATCH) / 2, _SWATCH, _SWATCH, entry.ink, entry.hatch))
        sheet.text(x + _SWATCH + 6, sheet.top + height / 2, lines, first=True)
        sheet.top += (len(lines) - 1) * BODY * LEADING
        x += needed + 16
    if entries:
        swatches(sheet, drawn)
        sheet.top += height


def swatches(sheet: Sheet, boxes: Sequence[tuple[float, float, float, float, Any, float]]) -> None:
    """Draw boxes of colour (x, y, width, height, colour, pixels between the lines over it)."""
    alt, style = sheet.alt, sheet.style
    rows = [
        {"x": x, "y": y, "x2": x + across, "y2": y + down, "colour": style.ink(ink)}
        for x, y, across, down, ink, _ in boxes
    ]
    mark = alt.Chart(sheet.data(rows)).mark_rect(aria=False, stroke=style.ink(RULE), strokeWidth=0.5)
    sheet.add(
        mark.encode(
            **sheet.at("x", "y", "x2", "y2"), color=alt.Color("colour", type="nominal", scale=None, legend=None)
        )
    )
    lines = [
        {"x": x + max(at - down, 0), "y": y + min(at, down), "x2": x + min(at, across), "y2": y + max(at - across, 0)}
        for x, y, across, down, _, apart in boxes
        if apart
        for at in range(int(apart / 2) + 1, int(across + down), int(apart))
    ]
    if lines:
        rule = alt.Chart(sheet.data(lines)).mark_rule(aria=False, color=style.ink(HATCH), strokeWidth=1)
        sheet.add(rule.encode(**sheet.at("x", "y", "x2", "y2")))
