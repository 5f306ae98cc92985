"""Maps: places in the colours of their figures, with territories overseas in frames, and holes shown as such."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.charts.inks import PAPER, QUIET, RULE
from primaire.charts.legend import legend
from primaire.charts.lettering import wrap
from primaire.charts.panels import BASES, Figures, show_source
from primaire.charts.scheme import scheme_of
from primaire.charts.shades import EDGE, HATCH, legible_on
from primaire.charts.sheet import LEADING, SMALL, Sheet
from primaire.choropleth.reasons import NO_FIGURES
from primaire.choropleth.telling import told
from primaire.errors import NotHeldError
from primaire.messages import Message, msg, msgn
from primaire.placenames import places_in_words, station_name
from primaire.shapes.drawing import drawing, hatching, rounded
from primaire.shapes.unmatched import units_without_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.charts.inks import Ink
    from primaire.charts.picture import Picture
    from primaire.charts.scheme import Scheme
    from primaire.charts.style import Style
    from primaire.shapes.drawing import Drawing
    from primaire.shapes.joining import Join
    from primaire.shapes.outlines import Geometries
    from primaire.shapes.placing import Placed
    from primaire.table import Section, Table

LABELLED: Final = 25
"""Places up to which figures are written on them, where they fit."""

EACH: Final = 3000
"""Places up to which each is drawn by itself and tells its figure where a pointer rests on it; above, those of one colour
are drawn as one area: nobody points at a place of two pixels, and the picture is a third as large."""

_TALLEST: Final = 1.25
_THICKEST: Final = 0.8
_INSIDE: Final = 0.85
"""The part of a circle's width that a square inside it may take, with its corners over the edge."""


def map_of(table: Table, join: Join, placed: Placed, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.places.places` on the shapes of its places.

    Raises:
        NotHeldError: no shape is of a place of the table.
    """
    if not (placed.rows >= 0).any():
        raise NotHeldError(
            msg("No shape of “{name}” is of a place that has figures.", name=join.outlines.name),
            remedy=msg("Name the shapes of the same places; --unmatched lists both sides."),
        )
    figures, sheet = Figures(table, style), Sheet(style)
    # The title is of what is on the map, and of nothing else.
    section = replace(table.parts()[0], lead=told(table.frame.iloc[placed.rows[placed.rows >= 0]], join.level))
    scheme = scheme_of(table, placed.rows.tolist(), style)
    title = figures.head(sheet, section, style.say(_base(table, join.level)))
    legend(sheet, scheme, style.say(_counted(join.level)))
    canvas = drawing(placed.geometry, sheet.room, tallest=sheet.room * _TALLEST)
    told_of = _Told(figures, placed)
    _draw(sheet, canvas, scheme, told_of)
    _labels(sheet, canvas, scheme, told_of)
    sheet.top += canvas.height
    for note in (*_holes(join, placed, table), *canvas.remarks):
        sheet.top += 4
        sheet.paragraph(style.say(note), size=SMALL, ink=QUIET)
    show_source(
        sheet,
        figures,
        [section],
        style.say(msg("Outlines: {name}", name=join.outlines.file.title)),
    )
    return sheet.finish(title, _description(figures, placed, scheme, title))


def _base(table: Table, level: str) -> Message:
    by = _BY[level]
    if "lead" in table.frame:
        return msg("Who came first, {by}. The fuller the colour, the larger the lead in points of valid votes.", by=by)
    if table.bar == "turnout":
        return msg("Turnout, {by}, in % of registered voters.", by=by)
    if table.bar is None:
        return msg("Change of the share, {by}, in points of valid votes.", by=by)
    return msg("Share, {by}, in % of {base:term}.", by=by, base=BASES[table.bar])


_BY: Final = {
    "region": msg("by region"),
    "departement": msg("by departement"),
    "constituency": msg("by constituency"),
    "canton": msg("by canton"),
    "commune": msg("by commune"),
    "station": msg("by polling station"),
}


def _counted(level: str) -> Message:
    return _PLURAL[level]


_PLURAL: Final = {
    "region": msg("regions"),
    "departement": msg("departements"),
    "constituency": msg("constituencies"),
    "canton": msg("cantons"),
    "commune": msg("communes"),
    "station": msg("stations"),
}


def _holes(join: Join, placed: Placed, table: Table) -> list[Message]:
    """Say what is not on the map."""
    notes = []
    lost = units_without_shape(placed, table)
    if len(lost):
        registered = lost["registered"]
        notes.append(
            msg(
                "Without an outline, and not on the map: {places} ({registered}).",
                places=places_in_words(join.level, len(lost)),
                registered=msg("registered voters not published")
                if registered.isna().any()
                else msg("{n:count} registered voters", n=int(registered.sum())),
            )
        )
    if placed.elsewhere:
        notes.append(
            msg(
                "Elsewhere, and not on the map: {places} of these results.",
                places=places_in_words(join.level, placed.elsewhere),
            )
        )
    if placed.left_out:
        notes.append(
            msgn(
                "{n:count} outline lies elsewhere, without figures, and is left out.",
                "{n:count} outlines lie elsewhere, without figures, and are left out.",
                placed.left_out,
            )
        )
    return notes


class _Told:
    """What people read of the places of a map, each written when it is asked for: of a country, few ever are."""

    def __init__(self, figures: Figures, placed: Placed) -> None:
        self._figures = figures
        self._placed = placed
        self._section = figures.table.parts()[0]
        table = figures.table
        self.shown = table.bar or ("lead" if "lead" in table.frame else "points")

    def value(self, place: int) -> str:
        """Return the figure of a place; empty where it has none."""
        row = int(self._placed.rows[place])
        if row < 0:
            return ""
        written = self._text(self.shown, row)
        return f"{self._text('candidate', row)} {written}" if written and self.shown == "lead" else written

    def name(self, place: int) -> str:
        """Return what a place of the table is called."""
        return self._text("place", int(self._placed.rows[place]))

    def whole(self, place: int) -> str:
        """Return a place with its figure, or with why it has none."""
        row, style = int(self._placed.rows[place]), self._figures.style
        none = style.word(NO_FIGURES)
        if row < 0:
            return style.pair(self._unknown(self._placed.names[place] or "?"), none)
        why = self._figures.cells("why", self._at(row))[0]
        return style.pair(self._text("place", row), self.value(place) or (style.word(why) if why else none))

    def _unknown(self, key: str) -> str:
        """Return what a place of which the table knows nothing is called: a station as the others of its commune, else its key."""
        commune, _, number = key.partition("_")
        return station_name(self._communes[commune], number) if number and commune in self._communes else key

    @cached_property
    def _communes(self) -> dict[str, str]:
        """By which commune stations are called, by its key, where they are called by their number there."""
        table = self._figures.table
        keys, names = table.frame["key"], table.read_as("commune")
        known = keys.notna() & names.notna()
        return {key.partition("_")[0]: name for key, name in zip(keys[known], names[known], strict=True)}

    def _text(self, name: str, row: int) -> str:
        return self._figures.texts(name, self._at(row))[0]

    def _at(self, row: int) -> Section:
        return replace(self._section, start=row, stop=row + 1)


def _draw(sheet: Sheet, canvas: Drawing, scheme: Scheme, said: _Told) -> None:
    """Draw all places, those without a figure hatched, and the frames around territories overseas."""
    drawn = [at for at, shape in enumerate(canvas.shapes) if shape is not None]
    of_place = np.array(scheme.of_place)
    together = len(drawn) > EACH
    features, wholes = [], []
    for fill in sorted({scheme.of_place[at] for at in drawn}):
        members = [at for at in drawn if scheme.of_place[at] == fill]
        colour = sheet.style.ink(scheme.fills[fill])
        wholes.append(_merged(canvas.shapes[members]))
        if together:
            features.append(_feature(wholes[-1], colour))
        else:
            features += [_feature(canvas.shapes[at], colour, said.whole(at)) for at in members]
    thick = 0.0 if together else _thickness(canvas, len(drawn))
    _geoshapes(sheet, features, stroke=None if together else sheet.style.ink(PAPER), thick=thick, named=not together)
    # On pale paper, pale places at the edge would have no border.
    _strokes(sheet, _feature(_merged(np.array(wholes)), ""), EDGE, 0.6)
    for apart in sorted({scheme.hatches[of_place[at]] for at in drawn} - {0.0}):
        holes = [at for at in drawn if scheme.hatches[of_place[at]] == apart]
        lines = {"type": "MultiLineString", "coordinates": hatching(canvas.shapes[holes], apart)}
        _strokes(sheet, {"type": "Feature", "geometry": lines}, HATCH, 1)
    _frames(sheet, canvas)


def _merged(shapes: Geometries) -> Any:
    import shapely

    return shapely.multipolygons(shapely.get_parts(shapely.coverage_union_all(shapes)))


def _thickness(canvas: Drawing, number: int) -> float:
    """Return how thick borders are: thinner, the smaller places are."""
    across = float(np.sqrt(canvas.width * canvas.height / max(number, 1)))
    return round(min(across / 25, _THICKEST), 2)


def _feature(shape: Any, colour: str, said: str | None = None) -> dict[str, Any]:
    more = {} if said is None else {"said": said}
    return {
        "type": "Feature",
        "colour": colour,
        **more,
        "geometry": {"type": "MultiPolygon", "coordinates": rounded(shape)},
    }


def _geoshapes(sheet: Sheet, features: list[dict[str, Any]], *, stroke: str | None, thick: float, named: bool) -> None:
    """Put areas on the sheet; without borders of their own, each is drawn a hair larger, so that no slit shows."""
    alt = sheet.alt
    channels: dict[str, Any] = {"fill": alt.Fill("colour", type="nominal", scale=None, legend=None)}
    if stroke is None:
        channels["stroke"] = alt.Stroke("colour", type="nominal", scale=None, legend=None)
    if named:
        channels["description"] = alt.Description("said", type="nominal")
    mark = {"strokeWidth": thick or 0.3, "strokeJoin": "round"} | ({"stroke": stroke} if stroke else {})
    _place(sheet, alt.Chart(sheet.much(features)).mark_geoshape(**mark).encode(**channels))


def _strokes(sheet: Sheet, feature: dict[str, Any], ink: Ink, thick: float) -> None:
    """Put lines on the sheet."""
    mark = {"filled": False, "stroke": sheet.style.ink(ink), "strokeWidth": thick, "aria": False}
    _place(sheet, sheet.alt.Chart(sheet.much([feature])).mark_geoshape(**mark))


def _place(sheet: Sheet, chart: Any) -> None:
    """Put what is in pixels of the map where the map is."""
    sheet.add(chart.project(type="identity", scale=1, translate=[sheet.left, round(sheet.top, 2)]))


def _frames(sheet: Sheet, canvas: Drawing) -> None:
    for frame in canvas.frames:
        x, y = sheet.left + frame.x, sheet.top + frame.y
        for corners in (
            (x, y, x + frame.width, y),
            (x, y + frame.height, x + frame.width, y + frame.height),
            (x, y, x, y + frame.height),
            (x + frame.width, y, x + frame.width, y + frame.height),
        ):
            sheet.rule(*corners, ink=RULE)
        lines = wrap(sheet.style.word(frame.name), frame.width - 6, SMALL)
        sheet.text(x + frame.width / 2, y + frame.name_height / 2 + 1, lines, size=SMALL, ink=QUIET, align="center")


def _labels(sheet: Sheet, canvas: Drawing, scheme: Scheme, said: _Told) -> None:
    """Write the figures of a few places on them, where they fit."""
    import shapely

    drawn = [at for at, shape in enumerate(canvas.shapes) if shape is not None]
    if len(drawn) > LABELLED:
        return
    for at in drawn:
        value = said.value(at)
        if not value:
            continue
        largest = max(shapely.get_parts(canvas.shapes[at]), key=shapely.area)
        radius = shapely.maximum_inscribed_circle(largest, tolerance=1)
        (x, y), _ = shapely.get_coordinates(radius).tolist()
        ink = legible_on(scheme.fills[scheme.of_place[at]])
        for lines in _fitting([said.name(at), value], 2 * shapely.length(radius)):
            sheet.text(sheet.left + x, sheet.top + y, lines, size=SMALL, ink=ink, align="center")


def _fitting(texts: list[str], across: float) -> Iterator[list[str]]:
    """Yield lines that fit a circle: the name of a place and its figure, else the figure alone, else nothing."""
    for kept in (texts, texts[-1:]):
        lines = [line for text in kept for line in wrap(text, max(across * _INSIDE, 1.0), SMALL)]
        whole = len(lines) <= sum(len(text.replace("-", " ").split()) for text in kept)  # no word is cut in two
        if whole and len(lines) * SMALL * LEADING <= across * _INSIDE:
            yield lines
            return


def _description(figures: Figures, placed: Placed, scheme: Scheme, title: str) -> str:
    """Return the map in words: its title, its colours with their numbers, and the places at both ends."""
    style = figures.style
    said = [f"{title}."]
    ends = _ends(figures, placed)
    if ends:
        said.append(style.say(msg("Most: {most}. Least: {least}.", most=ends[0], least=ends[1])))
    said += [f"{style.pair(entry.label, style.write(entry.count, 'count'))}." for entry in scheme.entries]
    return " ".join(said)


def _ends(figures: Figures, placed: Placed) -> tuple[list[str], list[str]] | None:
    """Return the three places with the most and the three with the least, with their figures, where there are six."""
    told_of = _Told(figures, placed)
    if told_of.shown == "lead":
        return None
    numbers = figures.numbers(told_of.shown, figures.table.parts()[0])
    known = {at: numbers[row] for at, row in enumerate(placed.rows.tolist()) if row >= 0 and numbers[row] is not None}
    order = sorted(known, key=lambda at: -float(known[at] or 0))
    said = [told_of.whole(at) for at in (*order[:3], *order[-3:])]
    return (said[:3], said[3:]) if len(order) >= 6 else None  # noqa: PLR2004  three at either end
