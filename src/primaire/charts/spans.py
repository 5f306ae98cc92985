"""Candidates as spans: two shares of each on one scale from zero, written at both ends, their difference on the right.

What stands at the ends, an arrow or two dots, is drawn by the kind of picture that the spans are of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from primaire.charts.inks import QUIET, TEXT, Ink
from primaire.charts.lettering import width, wrap
from primaire.charts.sheet import BODY, LEADING, Sheet, names_beside, widest
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.charts.panels import Figures
    from primaire.charts.sheet import Align
    from primaire.messages import Message
    from primaire.table import Section

ROW: Final = 22.0
"""Pixels of a row whose name takes one line."""

OVERHANG: Final = 16.0
"""Pixels by which what is drawn may go beyond a share, at the most."""

_NAMES = 0.34  # of the room, for names beside the spans
_BESIDE_FROM = 420.0  # pixels of room below which names stand above the spans
_ASIDE = 7.0  # pixels from a mark to what is written beside it
_GUIDE = 24.0  # pixels from which on a line leads from zero to what is written: a shorter one would be read as a minus


_ROUNDED: Final = msg(
    "Points are worked out before rounding: their last digit may differ from what the shares written here give."
)


@dataclass(frozen=True)
class Span:
    """One candidate as drawn.

    Attributes:
        name: of the candidate.
        quiet, bold: the two shares, 0 to 100, None where there is none or it is not known; the first is what the second is
            held against.
        quiet_said, bold_said, points: the same, and their difference, as people read them.
        alone: what is written where one of the shares is None, instead of all three.
        ink: the candidate's colour.
    """

    name: str
    quiet: float | None
    bold: float | None
    quiet_said: str
    bold_said: str
    points: str
    alone: str
    ink: Ink

    @property
    def shares(self) -> list[float]:
        """The shares that are known, the quiet one first."""
        return [share for share in (self.quiet, self.bold) if share is not None]

    @property
    def both(self) -> bool:
        """Whether there are two shares, and something between them."""
        return len(self.shares) == 2  # noqa: PLR2004  the quiet and the bold one

    @property
    def rises(self) -> bool:
        """Whether the bold share is not the smaller one."""
        return self.quiet is not None and self.bold is not None and self.bold >= self.quiet

    def overhang(self, long: float) -> tuple[float, float]:  # noqa: ARG002  what is drawn may depend on it
        """Return by how many pixels what is drawn goes beyond the shares, on the left and on the right.

        ``long`` is the pixels from one share to the other; neither is above :data:`OVERHANG`.
        """
        return 0.0, 0.0


class Scale(NamedTuple):
    """Where zero and the largest share of all panels stand, and the pixels of names to their left, 0 where they stand above."""

    beside: float
    start: float
    end: float
    longest: float

    def place(self, share: float) -> float:
        """Return where a share stands, in pixels."""
        return self.start + (self.end - self.start) * share / self.longest

    def along(self, sheet: Sheet, field: str) -> object:
        """Return the channel x of a field that holds shares."""
        return sheet.along(field, (0.0, self.longest), (self.start, self.end))


def scaled(sheet: Sheet, spans: Sequence[Span]) -> Scale:
    """Return the scale on which all spans of a picture stand, so that what is written at their ends has its room."""
    names = [span.name for span in spans]
    beside = names_beside(sheet.room, names, widest(names, BODY), most=_NAMES, least=_BESIDE_FROM)
    longest = max((share for span in spans for share in span.shares), default=0.0) or 1.0
    both = [span for span in spans if span.both]
    points = widest((span.points for span in both), BODY, bold=True)
    said = [text for span in both for text in (span.quiet_said, span.bold_said)]
    values = widest(said, BODY, bold=True) + _ASIDE + OVERHANG
    left, end = sheet.left + beside, sheet.right - (points + 10 + values if both else _ASIDE)
    parts = [min(span.shares) / longest for span in both]
    needed = [(left + values - end * part) / (1 - part) for part in parts if part < 1]
    return Scale(beside, max([left, *needed]), end, longest)


def lay(sheet: Sheet, spans: Sequence[Span], scale: Scale, above: float = 0.0) -> list[float]:
    """Write names, shares and points, and lead the eye from names to shares; move below.

    Args:
        sheet: on which.
        spans: from top to bottom.
        scale: as :func:`scaled` gives it.
        above: pixels that stay free above the marks of the first span.

    Returns:
        the height of each span's marks.
    """
    if not spans:
        sheet.paragraph(sheet.style.word(term("No rows.")), ink=QUIET)
    first, heights, guides, written = sheet.top, [], [], []
    for at, span in enumerate(spans):
        places = [scale.place(share) for share in span.shares] or [scale.start]
        before, beyond = span.overhang(max(places) - min(places)) if span.shares else (0.0, 0.0)
        low, high = min(places) - before, max(places) + beyond
        words = None if span.both else _Words(sheet, span.alone, (low, high), scale.beside)
        y = _name(sheet, span, scale.beside, words, 0.0 if at else above)
        heights.append(y)
        if words:
            sheet.text(words.x, y, words.lines, ink=QUIET, align=words.align)
            if words.left < scale.start < words.x:
                written.append((y - words.height / 2, y + words.height / 2))
            continue
        left, right = (span.quiet_said, span.bold_said) if span.rises else (span.bold_said, span.quiet_said)
        sheet.text(low - _ASIDE, y, left, bold=not span.rises, ink=QUIET if span.rises else TEXT, align="right")
        sheet.text(high + _ASIDE, y, right, bold=span.rises, ink=TEXT if span.rises else QUIET)
        sheet.text(sheet.right, y, span.points, bold=True, align="right")
        clear = low - width(left, BODY, bold=not span.rises) - 2 * _ASIDE
        guides.append((scale.start, y, clear, y))
        if clear < scale.start < low - _ASIDE:
            written.append((y - BODY * LEADING / 2, y + BODY * LEADING / 2))
    if spans and scale.beside:
        sheet.rules((scale.start, top, scale.start, bottom) for top, bottom in _between(first, sheet.top, written))
    sheet.rules(guide for guide in guides if guide[2] - guide[0] >= _GUIDE)
    return heights


def rounding(figures: Figures, sections: Sequence[Section], quiet: str, bold: str) -> list[Message]:
    """Return the note that a reader who subtracts needs: where the shares of some row, as written, do not give its points.

    ``quiet`` and ``bold`` are the sides of the table, as its columns name them.
    """
    names = (f"share_{quiet}", f"share_{bold}", "points")
    for section in sections:
        for before, after, points in zip(*(figures.written(name, section) for name in names), strict=True):
            if None not in {before, after, points} and after - before != points:
                return [_ROUNDED]
    return []


def _between(top: float, bottom: float, written: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the pieces of a line down a picture that leave free what is written across it."""
    ends = [top, *(end for gap in written for end in gap), bottom]
    return list(zip(ends[::2], ends[1::2], strict=True))


class _Words:
    """What is written beside a dot: on its right where there is room, else on its left; folded where there is none."""

    def __init__(self, sheet: Sheet, text: str, edges: tuple[float, float], beside: float) -> None:
        low, high = edges
        rooms: dict[Align, float] = {
            "left": sheet.right - high - _ASIDE,
            "right": low - _ASIDE - sheet.left - beside,
        }
        long = width(text, BODY)
        wide = max(rooms, key=rooms.__getitem__)
        self.align: Align = next((align for align, room in rooms.items() if room >= long), wide)
        self.lines = wrap(text, rooms[self.align], BODY)
        self.height = len(self.lines) * BODY * LEADING
        self.x = high + _ASIDE if self.align == "left" else low - _ASIDE
        self.left = self.x if self.align == "left" else self.x - widest(self.lines, BODY)


def _name(sheet: Sheet, span: Span, beside: float, words: _Words | None, above: float) -> float:
    """Set a name beside or above its marks, move below both, and return the height at which the marks stand."""
    written = words.height if words else 0.0
    if not beside:
        sheet.paragraph(span.name)
        height = max(written, ROW - 4)
        y = sheet.top + above + height / 2
        sheet.top += above + height + 8
        return y
    lines = wrap(span.name, beside - 10, BODY)
    height = max(len(lines) * BODY * LEADING + 4, written + 4, ROW)
    y = sheet.top + above + height / 2
    sheet.text(sheet.left + beside - 10, y, lines, align="right")
    sheet.top += above + height
    return y
