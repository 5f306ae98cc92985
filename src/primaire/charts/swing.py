"""Swing as arrows: from each candidate's share before to the share after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from primaire.analysis.swing import DEFINITIONS, LEFT, NEW, moved
from primaire.charts.inks import ACCENT, PAPER
from primaire.charts.panels import BASES, Figures, panels, show_source
from primaire.charts.sheet import SMALL, Sheet
from primaire.charts.spans import OVERHANG, Scale, Span, lay, rounding, scaled
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.messages import Message
    from primaire.table import Section, Table

MOST: Final = 8
"""Panels that one picture holds."""

_HEAD, _TIP = 110.0, 4.5  # area of an arrowhead, and pixels from its middle to its tip
_SHORT = OVERHANG  # pixels below which an arrow is a head without a dot
_DOT = 36.0  # area of a dot

_WORDS = {LEFT: term("no longer standing"), NEW: term("new")}
"""What is written of those who stood in one of the two votes."""


@dataclass(frozen=True)
class _Arrow(Span):
    """One candidate as drawn: an arrow from the share before to the share after; ``movement`` as in the table."""

    movement: str

    def overhang(self, long: float) -> tuple[float, float]:
        """Return by how much a head is longer than its arrow, on the side where it begins."""
        over = max(_SHORT - long, 0.0) if long else 0.0
        return (over, 0.0) if self.rises else (0.0, over)


def swing(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.swing.swing` as arrows, a panel for each pair of votes.

    An arrow goes from the share before to the share after, in per cent of valid votes, all on one scale from zero. Who
    stood in one of the two votes alone is a dot, hollow if no longer standing. Raises NotHeldError for more than
    :data:`MOST` pairs.
    """
    sheet, figures = Sheet(style), Figures(table, style)
    sections = panels(table, MOST)
    drawn = [_arrows(figures, section) for section in sections]
    scale = scaled(sheet, [arrow for arrows in drawn for arrow in arrows])
    said: list[str] = []
    for place, (section, arrows) in enumerate(zip(sections, drawn, strict=True)):
        found = replace(section, lead=_found(figures, section))
        said.append(f"{figures.head(sheet, found, _base(style), further=place > 0)}.")
        _mark(sheet, arrows, lay(sheet, arrows, scale), scale)
        measures = _measures(figures, section)
        sheet.top += 6
        for measure in measures:
            sheet.paragraph(measure, size=SMALL)
        figures.close(sheet, replace(section, notes=_notes(figures, section)))
        said += [*(_said(style, arrow) for arrow in arrows), *measures]
    told = (note for note in table.notes if note not in DEFINITIONS)
    figures.tell(sheet, (*told, *rounding(figures, sections, "before", "after")))
    show_source(sheet, figures, sections)
    return sheet.finish(said[0].removesuffix(".") if said else style.say(table.title), " ".join(said))


def _base(style: Style) -> str:
    return style.say(
        msg(
            "From the share before to the share after, in % of {base:term}. On the right: points.",
            base=BASES["share_valid"],
        )
    )


def _arrows(figures: Figures, section: Section) -> list[_Arrow]:
    style = figures.style
    names = figures.texts("candidate", section)
    inks = style.colours.well_known([(name, None) for name in names]) or dict.fromkeys(names, ACCENT)
    unknown = term("not published")
    said = [figures.texts(f"share_{name}", section, missing=unknown) for name in ("before", "after")]
    movements = figures.cells("movement", section)
    columns = zip(
        names,
        figures.numbers("share_before", section),
        figures.numbers("share_after", section),
        *said,
        figures.texts("points", section),
        [_alone(style, *row) for row in zip(movements, *said, strict=True)],
        [inks[name] for name in names],
        movements,
        strict=True,
    )
    return [_Arrow(*row) for row in columns]


def _found(figures: Figures, section: Section) -> Message | None:
    """Say the swing in one figure; None where it is not known."""
    if section.stop == section.start or figures.cells("swing_to", section)[0] is None:
        return None
    from_, to, swung = (figures.texts(name, section)[0] for name in ("swing_from", "swing_to", "butler"))
    written = dict(zip(figures.texts("candidate", section), figures.texts("points", section), strict=True))
    moves = dict(zip(figures.texts("candidate", section), figures.numbers("points", section), strict=True))
    lost, gained = moves.get(from_), moves.get(to)
    if lost is None or gained is None:  # a row that was left out
        return None
    # Where both gained, or both lost, from those who left or to those who are new, nothing went from one to the other.
    if lost > 0:
        return msg(
            "{more} gains more than {less}: {gained} against {other} points",
            more=to,
            less=from_,
            gained=written[to],
            other=written[from_],
        )
    if gained < 0:
        return msg(
            "{less} loses less than {more}: {lost} against {other} points",
            less=to,
            more=from_,
            lost=written[to],
            other=written[from_],
        )
    # The direction is said: the sign, which is never minus, would say nothing.
    return msg(
        "From {loser} to {winner}: a swing of {points} points", loser=from_, winner=to, points=swung.replace("+", "")
    )


def _measures(figures: Figures, section: Section) -> list[str]:
    """Return the measures of the whole vote in words, those that are known."""
    if section.stop == section.start:
        return []
    style = figures.style
    butler, steed, pedersen, left, share = (
        figures.texts(name, section)[0] for name in ("butler", "steed", "pedersen", "left_behind", "left_behind_share")
    )
    told = [
        msg("Butler swing: {value} points of valid votes.", value=butler) if butler else None,
        msg("Steed swing: {value} points of the votes for the two.", value=steed) if steed else None,
        msg("Pedersen volatility: {value} (0 to 100).", value=pedersen) if pedersen else None,
        msg("Votes of those who left: {votes} ({share} of valid votes before).", votes=left, share=share)
        if left and share
        else None,
    ]
    return [" ".join(style.say(one) for one in told if one)] if any(told) else []


def _notes(figures: Figures, section: Section) -> tuple[Message, ...]:
    """Return what is to be known, but for who left and who is new: that is drawn."""
    people = list(zip(figures.cells("candidate", section), figures.cells("movement", section), strict=True))
    drawn = moved(*([name for name, movement in people if movement == which] for which in (LEFT, NEW)))
    return tuple(note for note in section.notes if note not in drawn)


def _said(style: Style, arrow: _Arrow) -> str:
    """Return an arrow in words."""
    if not arrow.both:
        return f"{style.pair(arrow.name, arrow.alone)}."
    said = msg("{name}: from {before} to {after}", name=arrow.name, before=arrow.quiet_said, after=arrow.bold_said)
    points = style.say(msg("{points} points", points=arrow.points))  # within braces, nobody would find it to translate
    return f"{style.say(said)} ({points})."


def _alone(style: Style, movement: str, before: str, after: str) -> str:
    """Return what is said of a candidate of whom two shares are not known, or not there."""
    if movement in _WORDS:
        return f"{before if movement == LEFT else after}, {style.word(_WORDS[movement])}"
    return style.say(msg("{before} before, {after} after", before=before, after=after))


def _mark(sheet: Sheet, arrows: Sequence[_Arrow], heights: Sequence[float], scale: Scale) -> None:
    """Draw shafts, then dots where they begin, then heads where they end."""
    alt = sheet.alt
    data = [_datum(sheet.style, arrow, y, scale) for arrow, y in zip(arrows, heights, strict=True)]
    plain = {"type": "nominal", "scale": None, "legend": None}
    told = {**sheet.at("y"), "description": alt.Description("said", type="nominal")}
    moved = [row for row in data if None not in (row["before"], row["after"]) and row["before"] != row["after"]]
    ways = {
        1: [row for row in moved if row["after"] > row["before"]],
        -1: [row for row in moved if row["after"] < row["before"]],
    }
    for way, rows in ways.items():
        if rows:
            shaft = alt.Chart(sheet.data(rows)).mark_rule(strokeWidth=2.5, x2Offset=-way * _TIP)
            ends = {"x": scale.along(sheet, "before"), "x2": alt.X2("after")}
            sheet.add(shaft.encode(**ends, **told, color=alt.Color("colour", **plain)))
    dots = [row for row in data if row["dot"] is not None and row["dotted"]]
    if dots:
        mark = alt.Chart(sheet.data(dots)).mark_point(size=_DOT, strokeWidth=1.5, opacity=1)
        inks = {"stroke": alt.Stroke("colour", **plain), "fill": alt.Fill("fill", **plain)}
        sheet.add(mark.encode(x=scale.along(sheet, "dot"), **told, **inks))
    for way, rows in ways.items():
        if rows:
            shape = "triangle-right" if way > 0 else "triangle-left"
            head = alt.Chart(sheet.data(rows)).mark_point(
                shape=shape, size=_HEAD, filled=True, opacity=1, xOffset=-way * _TIP
            )
            sheet.add(head.encode(x=scale.along(sheet, "after"), **told, color=alt.Color("colour", **plain)))


def _datum(style: Style, arrow: _Arrow, y: float, scale: Scale) -> dict[str, Any]:
    places = [scale.place(share) for share in arrow.shares]
    long = abs(places[1] - places[0]) if arrow.both else 0.0
    return {
        "candidate": arrow.name,
        "before": arrow.quiet,
        "after": arrow.bold,
        "dot": next(iter(arrow.shares), None),
        "y": round(y, 2),
        "colour": style.ink(arrow.ink),
        "fill": style.ink(PAPER if arrow.movement == LEFT else arrow.ink),
        "said": _said(style, arrow),
        "dotted": not 0 < long < _SHORT,
    }
