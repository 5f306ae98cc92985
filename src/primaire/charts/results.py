"""Results as ranked bars: one panel for each contest and round, every bar with its name, its share and its votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from primaire.charts.inks import ACCENT, QUIET, TEXT, Ink
from primaire.charts.lettering import wrap
from primaire.charts.panels import BASES, Figures, panels, show_source
from primaire.charts.sheet import BODY, LEADING, SMALL, Sheet, names_beside, widest
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.table import Section, Table

MOST: Final = 8
"""Panels that one picture holds."""

_BAR, _GAP = 16.0, 7.0
_NAMES = 0.4  # of the room, for the names beside the bars; where they need more than two lines there, they stand above
_BESIDE_FROM = 380.0  # pixels of room below which names always stand above


@dataclass(frozen=True)
class _Bar:
    """One candidate as drawn: the name and what is written beside it, the share (None where it is not known) and its colour."""

    name: str
    label: str
    share: float | None
    value: str
    votes: str
    ink: Ink

    def said(self, style: Style) -> str:
        """Return the bar in words."""
        return style.pair(self.name, f"{self.value} ({self.votes})" if self.votes else self.value)


def results(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.results.results` as ranked bars, a panel for each of its sections.

    Bars show the share that leads the table, in per cent of the base that the picture names, all on one scale from zero.
    A share that is not known has no bar, and says so. Raises NotHeldError for more than :data:`MOST` sections.
    """
    sheet = Sheet(style)
    figures = Figures(table, style)
    sections = panels(table, MOST)
    drawn = [_bars(figures, section) for section in sections]
    scale = _scale(sheet, [bar for bars in drawn for bar in bars])
    said = []
    for place, (section, bars) in enumerate(zip(sections, drawn, strict=True)):
        said.append(figures.head(sheet, section, _base(figures), further=place > 0))
        _draw(sheet, bars, scale)
        figures.close(sheet, section)
        said += [f"{bar.said(style)}." for bar in bars]
    show_source(sheet, figures, sections)
    return sheet.finish(said[0] if said else style.say(table.title), " ".join(said))


def _base(figures: Figures) -> str:
    return figures.style.say(msg("Bars: % of {base:term}. On the right: votes.", base=BASES[figures.leading]))


def _bars(figures: Figures, section: Section) -> list[_Bar]:
    style = figures.style
    names, labels = figures.texts("candidate", section), figures.texts("label", section)
    people = list(zip(names, (label or None for label in labels), strict=True))
    inks = style.colours.well_known(people) or dict.fromkeys(names, ACCENT)
    return [
        _Bar(name, label if label != name else "", share, value or style.word(_unknown(votes)), votes, inks[name])
        for name, label, share, value, votes in zip(
            names,
            labels,
            figures.numbers(figures.leading, section),
            figures.texts(figures.leading, section),
            figures.texts("votes", section),
            strict=True,
        )
    ]


def _unknown(votes: str) -> str:
    """Return what is said of a share that is not known: of votes that are, it is their base that is missing, or 0."""
    return term("not computable") if votes else term("not published")


class _Scale(NamedTuple):
    """Where the bars of all panels start and end: ``beside`` the names, from zero at ``start`` to the longest at ``end``."""

    beside: float
    start: float
    end: float
    longest: float

    def length(self, share: float | None) -> float:
        """Return the pixels that a share takes."""
        return (self.end - self.start) * share / self.longest if share else 0.0


def _scale(sheet: Sheet, bars: Sequence[_Bar]) -> _Scale:
    beside = _names_beside(sheet, bars)
    numbers = widest((bar.value for bar in bars), BODY, bold=True) + 8
    counts = widest((bar.votes for bar in bars), BODY) + (8 if any(bar.votes for bar in bars) else 0)
    longest = max((bar.share for bar in bars if bar.share is not None), default=0.0)
    return _Scale(beside, sheet.left + beside, sheet.right - numbers - counts, longest or 1.0)


def _draw(sheet: Sheet, bars: Sequence[_Bar], scale: _Scale) -> None:
    if not bars:
        sheet.paragraph(sheet.style.word(term("No rows.")), ink=QUIET)
        return
    rows: list[dict[str, Any]] = []
    first = sheet.top
    for bar in bars:
        top = _name(sheet, bar, scale.beside)
        rows.append(
            {
                "candidate": bar.name,
                "share": bar.share,
                "zero": 0,
                "y": top,
                "y2": top + _BAR,
                "colour": sheet.style.ink(bar.ink),
                "said": bar.said(sheet.style),
            }
        )
        known = bar.share is not None
        sheet.text(
            scale.start + scale.length(bar.share) + 6,
            top + _BAR / 2,
            bar.value,
            bold=known,
            ink=TEXT if known else QUIET,
        )
        if bar.votes:
            sheet.text(sheet.right, top + _BAR / 2, bar.votes, ink=QUIET, align="right")
        sheet.top = max(sheet.top, top + _BAR) + _GAP
    _marks(sheet, rows, scale)
    # Where names stand above the bars, a line from end to end would run through their first letters.
    axis = [(first, sheet.top - _GAP)] if scale.beside else [(row["y"], row["y2"]) for row in rows]
    sheet.rules([(scale.start, top - 2, scale.start, bottom + 2) for top, bottom in axis])


def _marks(sheet: Sheet, rows: list[dict[str, Any]], scale: _Scale) -> None:
    alt = sheet.alt
    known = [row for row in rows if row["share"] is not None]
    if not known:
        return
    mark = alt.Chart(sheet.data(known)).mark_rect()
    sheet.add(
        mark.encode(
            x=sheet.along("share", (0, scale.longest), (scale.start, scale.end)),
            x2=alt.X2("zero"),
            **sheet.at("y", "y2"),
            color=alt.Color("colour", type="nominal", scale=None, legend=None),
            description=alt.Description("said", type="nominal"),
        )
    )


def _names_beside(sheet: Sheet, bars: Sequence[_Bar]) -> float:
    """Return the pixels that names take to the left of the bars; 0 where they stand above them."""
    wanted = max(widest((bar.name for bar in bars), BODY), widest((bar.label for bar in bars), SMALL))
    return names_beside(sheet.room, [bar.name for bar in bars], wanted, most=_NAMES, least=_BESIDE_FROM)


def _name(sheet: Sheet, bar: _Bar, beside: float) -> float:
    """Set a name beside or above its bar, and return where the bar's upper edge is."""
    if not beside:
        name = f"{bar.name} ({bar.label})" if bar.label else bar.name
        sheet.paragraph(name)
        return sheet.top + 1
    lines = wrap(bar.name, beside - 10, BODY)
    label = wrap(bar.label, beside - 10, SMALL) if bar.label else []
    height = max(len(lines) * BODY * LEADING + len(label) * SMALL * LEADING, _BAR)
    at = sheet.top + (height - len(label) * SMALL * LEADING) / 2
    sheet.text(sheet.left + beside - 8, at, lines, align="right")
    if label:
        sheet.text(
            sheet.left + beside - 8,
            sheet.top + height - len(label) * SMALL * LEADING / 2,
            label,
            size=SMALL,
            ink=QUIET,
            align="right",
        )
    top = sheet.top + (height - _BAR) / 2
    sheet.top += height
    return top
