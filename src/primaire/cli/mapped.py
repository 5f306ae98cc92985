"""The walk to a map: sources and shapes, brought together, then drawn or listed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from primaire.cli import diagnostics
from primaire.cli.language import checked
from primaire.cli.options import Display
from primaire.messages import Message, msg, msgn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.charts.mapped import Mapped
    from primaire.cli.map_options import Outlined, Shown
    from primaire.cli.options import Grouping, Selection
    from primaire.cli.picture_options import Drawing


@dataclass(frozen=True)
class Asked:
    """All that was asked for on the command line."""

    sources: Sequence[str] | None
    outlined: Outlined
    shown: Shown
    selection: Selection
    grouping: Grouping
    drawing: Drawing

    @property
    def level(self) -> str | None:
        """The level that ``--by`` names; None without one, for that which the shapes are of."""
        from primaire.tally import NUANCE, asked

        words = [word for word in self.grouping.words() if word != NUANCE]
        return asked(words)[0] if self.grouping.by and words else None

    @property
    def reading(self) -> Display:
        """What reading needs to know of how the answer is shown."""
        return Display(lang=self.drawing.lang, quiet=self.drawing.quiet)


def show_map(asked: Asked) -> None:
    """Draw a map, or write the table behind it, or what it leaves out, to where the drawing goes.

    Raises:
        NameUnknownError: an option's value does not exist, or means nothing here.
        PrimaireError: what reading, joining and drawing raise.
    """
    from primaire.cli.output import show, show_picture

    drawing, listing = asked.drawing, asked.outlined.unmatched
    what, display = asked.shown.what(), Display(drawing.format, drawing.output, drawing.lang, quiet=drawing.quiet)
    style = None if listing or _is_table(drawing) else drawing.style()
    found = _mapped(asked, what)
    if not drawing.quiet:
        _tell(found, checked(drawing.lang))
    if listing:
        from primaire.shapes.unmatched import unmatched

        show(unmatched(found.join, found.placed, found.table), display)
    elif style is None:
        show(found.table, display)
    else:
        show_picture(found.draw(style), drawing.output, drawing.format)


def _is_table(drawing: Drawing) -> bool:
    """Tell whether a format of tables is asked for, and none of pictures."""
    from primaire.charts.formats import FORMATS
    from primaire.render import FORMATS as TABLES

    if drawing.format is not None:
        return drawing.format in TABLES and drawing.format not in FORMATS
    extension = PurePath(drawing.output or "").suffix.lower()
    pictures = {entry.extension for entry in FORMATS.values()}
    return extension not in pictures and any(extension in entry.extensions for entry in TABLES.values())


def _mapped(asked: Asked, what: str) -> Mapped:
    from primaire.charts.mapped import mapped
    from primaire.cli.walk import read, two_votes
    from primaire.shapes.reading import read_shapes

    layers = read_shapes(asked.outlined.file(), asked.outlined.shapes_crs)
    shown, level = asked.shown, asked.level
    if what == "swing":
        before, after = two_votes(asked.sources, asked.selection, shown.before, shown.after, asked.reading)
    else:
        before, after = read(asked.sources, asked.selection, asked.reading, by=level), None
    return mapped(
        layers,
        before,
        after,
        by=level,
        nuance="nuance" in asked.grouping.words(),
        show=what,
        candidate=shown.candidate,
        base=shown.base or "valid",
        key=asked.outlined.shape_key,
        everywhere=asked.outlined.unmatched,
    )


def _tell(found: Mapped, lang: str) -> None:
    """Say how the shapes were joined, and how many have no counterpart."""
    from primaire.choropleth.telling import number_of
    from primaire.placenames import places_in_words
    from primaire.shapes.unmatched import units_without_shape

    join, placed = found.join, found.placed
    diagnostics.note(
        msg("Shapes of {name}: {remarks}.", name=join.outlines.file.name, remarks=list(join.remarks)), lang
    )
    lost: list[Message] = []
    if len(placed.without_unit):
        lost.append(msgn("{n:count} shape without a unit", "{n:count} shapes without a unit", len(placed.without_unit)))
    without = len(units_without_shape(placed, found.table))
    if without:
        lost.append(msgn("{n:count} unit without a shape", "{n:count} units without a shape", without))
    if placed.elsewhere:
        lost.append(
            msg("{places} elsewhere, where no shapes are", places=places_in_words(join.level, placed.elsewhere))
        )
    if placed.dissolved:
        lost.append(
            msgn(
                "{n:count} place has several shapes, which are drawn as one",
                "{n:count} places have several shapes, which are drawn as one",
                placed.dissolved,
            )
        )
    if lost:
        diagnostics.note(
            msgn(
                "Of {n:count} place: {lost}. --unmatched lists what has no counterpart.",
                "Of {n:count} places: {lost}. --unmatched lists what has no counterpart.",
                number_of(found.table.frame) + placed.elsewhere,
                lost=lost,
            ),
            lang,
        )
