"""One vote in two places: each candidate's share here, bold, and the share there, hollow, joined by a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from primaire.charts.inks import ACCENT, PAPER, QUIET, TEXT, Ink
from primaire.charts.lettering import wrap
from primaire.charts.panels import DECIMALS, Figures, panels, show_source
from primaire.charts.sheet import LEADING, SMALL, Align, Sheet
from primaire.charts.spans import ROW, Scale, Span, lay, rounding, scaled
from primaire.matching import fold
from primaire.messages import Message, msg, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.table import Section, Table

MOST: Final = 8
"""Panels that one picture holds."""

_DOT = 64.0  # area of a mark
_RADIUS = 5.0  # pixels from the middle of a mark to its edge
_APART = 4.0  # pixels between the name of a place and what is below
_LINES = 2  # lines that the name of a place may take above a mark
_ROOM = 80.0  # pixels below which it must do with one: words would be cut


@dataclass(frozen=True)
class _Pair(Span):
    """One candidate as drawn: the quiet share is that there, the bold one that here."""

    def overhang(self, long: float) -> tuple[float, float]:  # noqa: ARG002  however far apart the two are
        """Return half a mark on either side."""
        return _RADIUS, _RADIUS


class _Places(NamedTuple):
    """What the places here and there are called: by these words, where both have one name, however it is spelt."""

    here: str
    there: str
    alike: bool


def compare(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.compare.compare` as pairs of dots, a panel for each two places.

    Shares are in per cent of the valid votes of either place, all on one scale from zero: the full dot is the share here,
    the hollow one that there. Whoever has a share in one of them alone has one dot. Raises NotHeldError for more than
    :data:`MOST` sections.
    """
    sheet, figures = Sheet(style), Figures(table, style)
    sections = panels(table, MOST)
    places = [_places(style, section) for section in sections]
    drawn = [_pairs(figures, section, each) for section, each in zip(sections, places, strict=True)]
    scale = scaled(sheet, [pair for pairs in drawn for pair in pairs])
    base = style.say(msg("On the right: points."))
    said: list[str] = []
    for at, (section, each, pairs) in enumerate(zip(sections, places, drawn, strict=True)):
        found = replace(section, lead=_found(figures, section, each))
        said += [f"{figures.head(sheet, found, base, further=at > 0)}.", f"{style.say(section.subtitle)}."]
        _draw(sheet, pairs, each, scale)
        sheet.top += 4
        figures.close(sheet, section)
        said += [_said(style, pair, each) for pair in pairs]
    figures.tell(sheet, (*table.notes, *rounding(figures, sections, "there", "here")))
    show_source(sheet, figures, sections)
    return sheet.finish(said[0].removesuffix(".") if said else style.say(table.title), " ".join(said))


def _places(style: Style, section: Section) -> _Places:
    """Return the two places that a section compares."""
    gaps = {} if section.subtitle is None else section.subtitle.values
    here, there = (style.say(msg("{place}", place=gaps.get(side, ""))) for side in ("here", "there"))
    if fold(here) == fold(there):
        return _Places(style.word(term("here")), style.word(term("there")), alike=True)
    return _Places(here, there, alike=False)


def _pairs(figures: Figures, section: Section, places: _Places) -> list[_Pair]:
    style = figures.style
    names = figures.texts("candidate", section)
    summed = figures.table.column("candidate").kind == "term"  # by nuance: a code, of which the party is known
    people = [(name, name if summed else None) for name in names]
    inks = style.colours.well_known(people) or dict.fromkeys(names, ACCENT)
    # The table does not tell whether somebody does not stand in one of the places, or has no figure in the source.
    there, here = (figures.texts(f"share_{side}", section, missing=term("no figure")) for side in ("there", "here"))
    columns = zip(
        names,
        figures.numbers("share_there", section),
        figures.numbers("share_here", section),
        there,
        here,
        figures.texts("points", section),
        [_shares(style, places, *shares) for shares in zip(here, there, strict=True)],
        [inks[name] for name in names],
        strict=True,
    )
    return [_Pair(*row) for row in columns]


def _shares(style: Style, places: _Places, here: str, there: str) -> str:
    """Return the two shares in words, each with its place."""
    said = msg("{here}: {one}, {there}: {other}", here=places.here, one=here, there=places.there, other=there)
    return style.say(said)


def _said(style: Style, pair: _Pair, places: _Places) -> str:
    """Return a row in words."""
    if not pair.both:
        return f"{pair.name} – {pair.alone}."
    points = style.say(msg("{points} points", points=pair.points))
    return f"{pair.name} – {_shares(style, places, pair.bold_said, pair.quiet_said)} ({points})."


def _found(figures: Figures, section: Section, places: _Places) -> Message | None:
    """Say who is furthest from the share there; None where several are, nobody is, or both places are called alike.

    Of two who are as far on either side, as two candidates always are, it is the one who has more here.
    """
    columns = [figures.cells(name, section) for name in ("points", "points_decimals", "points_origin")]
    people = figures.texts("candidate", section)
    known = [row for row in zip(people, *columns, strict=True) if row[1] is not None]
    order = [(round(abs(points), 9), points > 0) for _, points, *_ in known]
    if places.alike or not order or order.count(max(order)) > 1:
        return None
    name, points, places_known, origin = known[order.index(max(order))]
    decimals = DECIMALS if places_known is None else min(DECIMALS, places_known)
    if not round(points, decimals):  # by the digits that are written
        return None
    said = {
        "name": name,
        "points": figures.marked(figures.style.write(abs(points), "index", decimals), origin),
        "here": places.here,
        "there": places.there,
    }
    if points > 0:
        return msg("{name} has {points} points more in {here} than in {there}", **said)
    return msg("{name} has {points} points less in {here} than in {there}", **said)


def _draw(sheet: Sheet, pairs: Sequence[_Pair], places: _Places, scale: Scale) -> None:
    """Set and mark all rows, the marks of the first with the places that they are of, where there is room for these."""
    labels = _labels(sheet, pairs[:1], places, scale)
    if any(pair.shares for pair in pairs) and not labels:
        sheet.paragraph(sheet.style.say(msg("Full: {here}. Hollow: {there}.", here=places.here, there=places.there)))
        sheet.top += 6
    above = max((len(label.lines) * SMALL * LEADING + _APART for label in labels), default=0.0)
    heights = lay(sheet, pairs, scale, above)
    for label in labels:
        y = heights[0] - ROW / 2 - _APART - (len(label.lines) - 1) / 2 * SMALL * LEADING
        sheet.text(label.x, y, label.lines, size=SMALL, bold=label.bold, ink=label.ink, align=label.align)
    _mark(sheet, pairs, heights, places, scale)


class _Label(NamedTuple):
    """The name of a place above a mark: where it begins or ends, and its lines."""

    x: float
    align: Align
    lines: list[str]
    bold: bool
    ink: Ink


def _labels(sheet: Sheet, first: Sequence[_Pair], places: _Places, scale: Scale) -> list[_Label]:
    """Return the names of both places above the marks of the first candidate; none where one of them has no room."""
    if not all(pair.both for pair in first):
        return []
    labels = []
    for pair in first:
        here, there = (scale.place(share) for share in (pair.bold or 0.0, pair.quiet or 0.0))
        middle = (here + there) / 2
        for x, name, bold, leads in (
            (here, places.here, True, pair.rises),
            (there, places.there, False, not pair.rises),
        ):
            edge = max(x - _RADIUS, middle + _RADIUS) if leads else min(x + _RADIUS, middle - _RADIUS)
            room = sheet.right - edge if leads else edge - scale.start
            lines = wrap(name, room, SMALL, bold=bold)
            if len(lines) > (1 if room < _ROOM else _LINES):
                return []
            labels.append(_Label(edge, "left" if leads else "right", lines, bold, TEXT if bold else QUIET))
    return labels


def _mark(sheet: Sheet, pairs: Sequence[_Pair], heights: Sequence[float], places: _Places, scale: Scale) -> None:
    """Draw lines, then hollow dots, then full ones: those that are here are never covered."""
    alt, style = sheet.alt, sheet.style
    plain = {"type": "nominal", "scale": None, "legend": None}
    told = {**sheet.at("y"), "description": alt.Description("said", type="nominal")}
    data: list[dict[str, Any]] = [
        {
            "candidate": pair.name,
            "here": pair.bold,
            "there": pair.quiet,
            "y": round(y, 2),
            "colour": style.ink(pair.ink),
            "said": _said(style, pair, places),
        }
        for pair, y in zip(pairs, heights, strict=True)
    ]
    colour = alt.Color("colour", **plain)
    both, there, here = (
        [row for row in data if all(row[name] is not None for name in names)]
        for names in (("here", "there"), ("there",), ("here",))
    )
    if both:
        line = alt.Chart(sheet.data(both)).mark_rule(strokeWidth=2.5)
        sheet.add(line.encode(x=scale.along(sheet, "there"), x2=alt.X2("here"), **told, color=colour))
    if there:
        ring = alt.Chart(sheet.data(there)).mark_point(
            size=_DOT, strokeWidth=1.5, stroke=style.ink(QUIET), fill=style.ink(PAPER), opacity=1
        )
        sheet.add(ring.encode(x=scale.along(sheet, "there"), **told))
    if here:
        dot = alt.Chart(sheet.data(here)).mark_point(size=_DOT, filled=True, opacity=1)
        sheet.add(dot.encode(x=scale.along(sheet, "here"), **told, color=colour))
