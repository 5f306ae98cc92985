"""Swing as arrows: from each candidate's share before to the share after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from primaire.analysis.swing import LEFT, NEW, moved
from primaire.charts.inks import ACCENT, PAPER, QUIET, TEXT, Ink
from primaire.charts.lettering import width, wrap
from primaire.charts.panels import BASES, Figures, panels, show_source
from primaire.charts.sheet import BODY, HEADING, LEADING, SMALL, TITLE, Sheet, names_beside, widest
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.charts.picture import Picture
    from primaire.charts.sheet import Align
    from primaire.charts.style import Style
    from primaire.messages import Message
    from primaire.table import Section, Table

MOST: Final = 8
"""Panels that one picture holds."""

_ROW = 22.0  # pixels of a row whose name takes one line
_NAMES = 0.34  # of the room, for names beside the arrows
_BESIDE_FROM = 420.0  # pixels of room below which names stand above the arrows
_HEAD, _TIP = 110.0, 4.5  # area of an arrowhead, and pixels from its middle to its tip
_SHORT = 16.0  # pixels below which an arrow is a head without a dot
_DOT = 36.0  # area of a dot
_ASIDE = 7.0  # pixels from a mark to what is written beside it
_GUIDE = 24.0  # pixels from which on a line leads from zero to what is written: a shorter one would be read as a minus

_WORDS = {LEFT: term("no longer standing"), NEW: term("new")}
"""What is written of those who stood in one of the two votes."""


@dataclass(frozen=True)
class _Row:
    """One candidate as drawn: shares before and after, None where there is none or it is not known, and in words."""

    name: str
    movement: str
    before: float | None
    after: float | None
    from_: str
    to: str
    points: str
    ink: Ink

    @property
    def both(self) -> bool:
        """Whether there are two shares, and an arrow between them."""
        return self.before is not None and self.after is not None

    @property
    def rises(self) -> bool:
        """Whether the share after is not the smaller one."""
        return self.before is not None and self.after is not None and self.after >= self.before


def swing(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.swing.swing` as arrows, a panel for each pair of votes.

    An arrow goes from the share before to the share after, in per cent of valid votes, all on one scale from zero. Who
    stood in one of the two votes alone is a dot, hollow if no longer standing. Raises NotHeldError for more than
    :data:`MOST` pairs.
    """
    sheet, figures = Sheet(style), Figures(table, style)
    sections = panels(table, MOST)
    drawn = [_rows(figures, section) for section in sections]
    longest = max((share for rows in drawn for row in rows for share in (row.before, row.after) if share), default=0.0)
    said: list[str] = []
    for place, (section, rows) in enumerate(zip(sections, drawn, strict=True)):
        said.append(f"{_head(sheet, figures, section, further=place > 0)}.")
        _draw(sheet, rows, longest or 1.0)
        measures = _measures(figures, section)
        sheet.top += 6
        for measure in measures:
            sheet.paragraph(measure, size=SMALL)
        figures.close(sheet, replace(section, notes=_notes(figures, section)))
        said += [*(_said(style, row) for row in rows), *measures]
    show_source(sheet, figures, sections)
    return sheet.finish(said[0].removesuffix(".") if said else style.say(table.title), " ".join(said))


def _rows(figures: Figures, section: Section) -> list[_Row]:
    names = figures.texts("candidate", section)
    inks = figures.style.colours.well_known([(name, None) for name in names]) or dict.fromkeys(names, ACCENT)
    unknown = term("not published")
    columns = zip(
        names,
        figures.cells("movement", section),
        figures.numbers("share_before", section),
        figures.numbers("share_after", section),
        figures.texts("share_before", section, missing=unknown),
        figures.texts("share_after", section, missing=unknown),
        figures.texts("points", section),
        [inks[name] for name in names],
        strict=True,
    )
    return [_Row(*row) for row in columns]


def _head(sheet: Sheet, figures: Figures, section: Section, *, further: bool) -> str:
    style = figures.style
    named = style.say(section.title)
    title = style.say(_found(figures, section)) or named
    base = style.say(
        msg(
            "From the share before to the share after, in % of {base:term}. On the right: points.",
            base=BASES["share_valid"],
        )
    )
    sheet.top += 18 if further else 0
    lines = [line for line in (named, style.say(section.subtitle), base) if line != title]
    sheet.heading(title, *lines, size=HEADING if further else TITLE)
    return title


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
        msg("Votes of those who left: {votes} ({share}).", votes=left, share=share) if left and share else None,
    ]
    return [" ".join(style.say(one) for one in told if one)] if any(told) else []


def _notes(figures: Figures, section: Section) -> tuple[Message, ...]:
    """Return what is to be known, but for who left and who is new: that is drawn."""
    people = list(zip(figures.cells("candidate", section), figures.cells("movement", section), strict=True))
    drawn = moved(*([name for name, movement in people if movement == which] for which in (LEFT, NEW)))
    return tuple(note for note in section.notes if note not in drawn)


def _said(style: Style, row: _Row) -> str:
    """Return a row in words."""
    if not row.both:
        return f"{row.name}: {_alone(style, row)}."
    said = msg("{name}: from {before} to {after}", name=row.name, before=row.from_, after=row.to)
    return f"{style.say(said)} ({style.say(msg('{points} points', points=row.points))})."


def _alone(style: Style, row: _Row) -> str:
    """Return what is said of a candidate of whom two shares are not known, or not there."""
    if row.movement in _WORDS:
        return f"{row.from_ if row.movement == LEFT else row.to}, {style.word(_WORDS[row.movement])}"
    return style.say(msg("{before} before, {after} after", before=row.from_, after=row.to))


# Layout


def _draw(sheet: Sheet, rows: Sequence[_Row], longest: float) -> None:
    if not rows:
        sheet.paragraph(sheet.style.word(term("No rows.")), ink=QUIET)
        return
    beside = _names_beside(sheet, rows)
    start, end = _scale(sheet, rows, longest, beside)
    first, data, guides, written = sheet.top, [], [], []
    for row in rows:
        shares = [share for share in (row.before, row.after) if share is not None]
        places = [start + (end - start) * share / longest for share in shares]
        words = None if row.both else _Words(sheet, _alone(sheet.style, row), max(places, default=start), beside)
        y = _name(sheet, row, beside, words)
        long = abs(places[-1] - places[0]) if row.both else 0.0
        data.append({**_datum(sheet.style, row, y), "dotted": not 0 < long < _SHORT})
        if words:
            sheet.text(words.x, y, words.lines, ink=QUIET, align=words.align)
            continue
        over = max(_SHORT - long, 0.0) if long else 0.0  # where a head is longer than its arrow
        low, high = (
            edge + side for edge, side in zip(sorted(places), (-over, 0) if row.rises else (0, over), strict=True)
        )
        left, right = (row.from_, row.to) if row.rises else (row.to, row.from_)
        sheet.text(low - _ASIDE, y, left, bold=not row.rises, ink=QUIET if row.rises else TEXT, align="right")
        sheet.text(high + _ASIDE, y, right, bold=row.rises, ink=TEXT if row.rises else QUIET)
        sheet.text(sheet.right, y, row.points, bold=True, align="right")
        clear = low - width(left, BODY, bold=not row.rises) - 2 * _ASIDE
        guides.append((start, y, clear, y))
        if clear < start < low - _ASIDE:
            written.append((y - BODY * LEADING / 2, y + BODY * LEADING / 2))
    if beside:
        sheet.rules((start, top, start, bottom) for top, bottom in _between(first, sheet.top, written))
    sheet.rules(guide for guide in guides if guide[2] - guide[0] >= _GUIDE)
    _mark(sheet, data, longest, (start, end))


def _between(top: float, bottom: float, written: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the pieces of a line down a picture that leave free what is written across it."""
    ends = [top, *(end for gap in written for end in gap), bottom]
    return list(zip(ends[::2], ends[1::2], strict=True))


def _scale(sheet: Sheet, rows: Sequence[_Row], longest: float, beside: float) -> tuple[float, float]:
    """Return where zero and the largest share stand, so that what is written outside of arrows has its room."""
    both = [row for row in rows if row.both]
    points = widest((row.points for row in both), BODY, bold=True)
    values = max((widest((row.from_, row.to), BODY, bold=True) for row in both), default=0.0) + _ASIDE + _SHORT
    left, end = sheet.left + beside, sheet.right - (points + 10 + values if both else _ASIDE)
    parts = [min(row.before or 0.0, row.after or 0.0) / longest for row in both]
    needed = [(left + values - end * part) / (1 - part) for part in parts if part < 1]
    return max([left, *needed]), end


class _Words:
    """What is written beside a dot: on its right where there is room, else on its left; folded where there is none."""

    def __init__(self, sheet: Sheet, text: str, x: float, beside: float) -> None:
        rooms: dict[Align, float] = {
            "left": sheet.right - x - _ASIDE,
            "right": x - _ASIDE - sheet.left - beside,
        }
        long = width(text, BODY)
        wide = max(rooms, key=rooms.__getitem__)
        self.align: Align = next((align for align, room in rooms.items() if room >= long), wide)
        self.x = x + (_ASIDE if self.align == "left" else -_ASIDE)
        self.lines = wrap(text, rooms[self.align], BODY)


def _names_beside(sheet: Sheet, rows: Sequence[_Row]) -> float:
    """Return the pixels that names take to the left of the arrows; 0 where they stand above them."""
    names = [row.name for row in rows]
    return names_beside(sheet.room, names, widest(names, BODY), most=_NAMES, least=_BESIDE_FROM)


def _name(sheet: Sheet, row: _Row, beside: float, words: _Words | None) -> float:
    """Set a name beside or above its arrow, move below both, and return the height at which the arrow stands."""
    written = len(words.lines) * BODY * LEADING if words else 0.0
    if not beside:
        sheet.paragraph(row.name)
        height = max(written, _ROW - 4)
        y = sheet.top + height / 2
        sheet.top += height + 8
        return y
    lines = wrap(row.name, beside - 10, BODY)
    height = max(len(lines) * BODY * LEADING + 4, written + 4, _ROW)
    y = sheet.top + height / 2
    sheet.text(sheet.left + beside - 10, y, lines, align="right")
    sheet.top += height
    return y


def _datum(style: Style, row: _Row, y: float) -> dict[str, Any]:
    return {
        "candidate": row.name,
        "before": row.before,
        "after": row.after,
        "dot": row.before if row.before is not None else row.after,
        "y": round(y, 2),
        "colour": style.ink(row.ink),
        "fill": style.ink(PAPER if row.movement == LEFT else row.ink),
        "said": _said(style, row),
    }


def _mark(sheet: Sheet, data: Sequence[dict[str, Any]], longest: float, pixels: tuple[float, float]) -> None:
    """Draw shafts, then dots where they begin, then heads where they end."""
    alt = sheet.alt
    plain = {"type": "nominal", "scale": None, "legend": None}
    scale = (0.0, longest)
    told = {**sheet.at("y"), "description": alt.Description("said", type="nominal")}
    moved = [row for row in data if None not in (row["before"], row["after"]) and row["before"] != row["after"]]
    ways = {
        1: [row for row in moved if row["after"] > row["before"]],
        -1: [row for row in moved if row["after"] < row["before"]],
    }
    for way, rows in ways.items():
        if rows:
            shaft = alt.Chart(sheet.data(rows)).mark_rule(strokeWidth=2.5, x2Offset=-way * _TIP)
            ends = {"x": sheet.along("before", scale, pixels), "x2": alt.X2("after")}
            sheet.add(shaft.encode(**ends, **told, color=alt.Color("colour", **plain)))
    dots = [row for row in data if row["dot"] is not None and row["dotted"]]
    if dots:
        mark = alt.Chart(sheet.data(dots)).mark_point(size=_DOT, strokeWidth=1.5, opacity=1)
        inks = {"stroke": alt.Stroke("colour", **plain), "fill": alt.Fill("fill", **plain)}
        sheet.add(mark.encode(x=sheet.along("dot", scale, pixels), **told, **inks))
    for way, rows in ways.items():
        if rows:
            shape = "triangle-right" if way > 0 else "triangle-left"
            head = alt.Chart(sheet.data(rows)).mark_point(
                shape=shape, size=_HEAD, filled=True, opacity=1, xOffset=-way * _TIP
            )
            sheet.add(head.encode(x=sheet.along("after", scale, pixels), **told, color=alt.Color("colour", **plain)))
