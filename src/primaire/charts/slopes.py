"""Round against round as slopes: each candidate a line from its share in one round to its share in the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING, Any, Final

from primaire.charts.dodging import spread
from primaire.charts.inks import PAPER, QUIET, TEXT, Ink
from primaire.charts.lettering import wrap
from primaire.charts.panels import BASES, DECIMALS, Figures, show_source, weakest
from primaire.charts.rounds import Line, Panel, grouped, round_of, side_by_side
from primaire.charts.sheet import BODY, HEADING, LEADING, SMALL, TITLE, Sheet, widest
from primaire.messages import msg, msgn, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.charts.picture import Picture
    from primaire.charts.sheet import Align
    from primaire.charts.style import Style
    from primaire.messages import Message
    from primaire.table import Section, Table

MOST: Final = 8
"""Panels that one picture holds."""

_LOWEST, _HIGHEST = 200.0, 360.0  # pixels of a panel's height before labels ask for more
_SPAN = 5.0  # points of share that the height shows at the least, so that a change of one point does not look steep
_BETWEEN = 0.15  # of the room, that lines keep between two rounds
_BESIDE_FROM = 110.0  # pixels for names below which they stand under the figures, not beside them
_BELOW = 36.0  # pixels by which labels may be pushed below the lowest dot
_ASIDE, _LEADER = 8.0, 22.0  # pixels from a dot to its label, and to one that had to be pushed aside
_DOT = 34.0  # area of a dot
_LISTED = 3  # contests that are not drawn and yet named


def slopes(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.results.results`, the rounds of each contest side by side.

    A line goes from a candidate's share in one round to that in the next, in per cent of the base that leads the table.
    Candidates of two rounds are the same by their name. Contests with one round are named below.

    Raises:
        NotHeldError: no contest has two rounds, or more than :data:`MOST` do.
    """
    sheet, figures = Sheet(style), Figures(table, style)
    several, single = grouped(figures, MOST)
    panels = [side_by_side(figures, sections) for sections in several]
    said = []
    for place, panel in enumerate(panels):
        said.append(f"{_head(sheet, figures, panel, further=place > 0)}.")
        complete = _draw(sheet, panel)
        _close(sheet, figures, panel, complete=complete)
        said += [_said(style, panel, line) for line in panel.lines]
    if single:
        sheet.top += 8
        sheet.paragraph(style.say(_left_out(single)), size=SMALL, ink=QUIET)
    show_source(sheet, figures, [section for panel in panels for section in panel.sections])
    return sheet.finish(said[0].removesuffix("."), " ".join(said))


def _left_out(single: Sequence[Section]) -> Message:
    """Say which contests have one round, or, where they are more than can be listed, how many."""
    if len(single) > _LISTED:
        return msgn(
            "{n:count} contest has one round only and is not drawn.",
            "{n:count} contests have one round only and are not drawn.",
            len(single),
        )
    return msg("One round only, not drawn: {titles}.", titles=[section.title for section in single])


def _head(sheet: Sheet, figures: Figures, panel: Panel, *, further: bool) -> str:
    style, last = figures.style, panel.sections[-1]
    rounds = style.language.join([str(one) for one in panel.rounds])
    election = figures.texts("election", last)[0]
    named = style.say(msg("{election}, rounds {rounds}", election=election, rounds=rounds))
    title = style.say(_found(figures, panel)) or named
    base = style.say(msg("Shares in % of {base:term}.", base=BASES[figures.leading]))
    sheet.top += 18 if further else 0
    lines = [line for line in (named, style.say(last.subtitle), base) if line != title]
    sheet.heading(title, *lines, size=HEADING if further else TITLE)
    for section in panel.sections:
        if figures.cells("status", section)[0] != "final" and section.lead:
            sheet.paragraph(style.say(_of_round([round_of(figures, section)], section.lead)))
            sheet.top += 4
    return title


def _found(figures: Figures, panel: Panel) -> Message | None:
    """Say who gained most from the first round to the last; None where several did, or the share of one is not known."""
    changes = []
    for line in panel.lines:
        before, after = line.points[0], line.points[-1]
        if before and after:
            if before.share is None or after.share is None:
                return None
            changes.append((after.share - before.share, line, (before, after)))
    if not changes:
        return None
    points, line, ends = max(changes, key=lambda change: change[0])
    if sum(isclose(points, other, abs_tol=1e-9) for other, *_ in changes) > 1:
        return None
    decimals = min([DECIMALS, *(end.places for end in ends if end.places is not None)])
    written = figures.marked(
        figures.style.write(points, "points", decimals), weakest(end.origin or "computed" for end in ends)
    )
    first, last = panel.rounds[0], panel.rounds[-1]
    if points <= 0:
        return msg("Nobody gains from round {first} to round {last}", first=first, last=last)
    return msg(
        "{name} gains most from round {first} to round {last}: {points} points",
        name=line.name,
        first=first,
        last=last,
        points=written,
    )


def _close(sheet: Sheet, figures: Figures, panel: Panel, *, complete: bool) -> None:
    """Set what is to be known of the figures, each once, and what is not drawn or, unless ``complete``, not written."""
    said: dict[str, tuple[Message, list[int]]] = {}
    for section, number in zip(panel.sections, panel.rounds, strict=True):
        for note in section.notes:
            said.setdefault(str(note), (note, []))[1].append(number)
    notes = [note if len(held) == len(panel.rounds) else _of_round(held, note) for note, held in said.values()]
    for at, number in enumerate(panel.rounds):
        notes += [_of_round([number], note) for note in _unwritten(panel, at, complete=complete)]
    sheet.top += 8
    for note in notes:
        sheet.paragraph(figures.style.say(note), size=SMALL, ink=QUIET)


def _of_round(numbers: list[int], note: Message) -> Message:
    return msg("Round {round} – {note}", round=numbers, note=note)


def _unwritten(panel: Panel, at: int, *, complete: bool) -> Iterator[Message]:
    """Say whose share in a round is not known, and those that are not written beside a name."""
    unknown = [line.name for line in panel.lines if (point := line.points[at]) and point.share is None]
    if unknown:
        yield msg("No share is published for: {names}.", names=unknown)
    if at in (0, len(panel.rounds) - 1):
        return
    known = [(share, line) for line in panel.lines for place, share in line.drawn if place == at]
    unnamed = [pair for pair in known if not complete or pair[1].points[0] is None]
    shares = [
        msg("{name} {share}", name=line.name, share=point.value)
        for _, line in sorted(unnamed, key=lambda pair: -pair[0])
        if (point := line.points[at])
    ]
    if shares:
        yield (
            msg("New, not named above: {shares}.", shares=shares)
            if complete
            else msg("Shares: {shares}.", shares=shares)
        )


def _said(style: Style, panel: Panel, line: Line) -> str:
    """Return a line in words."""
    parts = [
        style.say(
            msg("{value} ({votes}) in round {round}", value=point.value, votes=point.votes, round=number)
            if point.votes
            else msg("{value} in round {round}", value=point.value, round=number)
        )
        for number, point in zip(panel.rounds, line.points, strict=True)
        if point is not None
    ]
    return f"{style.pair(line.name, ', '.join(parts))}."


# Layout


@dataclass(frozen=True)
class _Label:
    """What is written beside a dot: the share and, outside of it or below, in lines, the name."""

    line: Line
    share: float
    value: str
    name: tuple[str, ...]
    height: float


class _Frame:
    """Where the rounds of a panel stand, and which labels stand beside each."""

    def __init__(self, sheet: Sheet, panel: Panel) -> None:
        rounds = len(panel.rounds)
        self.last = rounds - 1
        self.values = widest((p.value for line in panel.lines for p in line.points if p), BODY, bold=True) + 5
        self.gap = self.values + 2 * _ASIDE
        lines = self.last * min(sheet.room * _BETWEEN, sheet.room / 2 / self.last)
        free = sheet.room - lines - (rounds - 2) * self.gap
        self.figures = free >= 2 * (self.values + _BESIDE_FROM)
        """Whether there is room for the figures of rounds in between."""
        if rounds > 2 and not self.figures:  # noqa: PLR2004  a first and a last one
            self.gap, free = 0.0, sheet.room - lines
        names = free / 2 - self.values - _LEADER
        self.beside = names >= _BESIDE_FROM
        self._names = names if self.beside else free / 2 - _LEADER
        self.labels = [self._labels(panel, at) for at in range(rounds)]
        start, end = sheet.left + self._side(0), sheet.right - self._side(self.last)
        self.centres = [start + at * (end - start) / self.last for at in range(rounds)]

    @property
    def lettering(self) -> float:
        """The size of names."""
        return BODY if self.beside else SMALL

    def _labels(self, panel: Panel, at: int) -> list[_Label]:
        found = []
        for line in panel.lines:
            point = line.points[at]
            if point is None or point.share is None or (0 < at < self.last and not self.figures):
                continue
            name = () if 0 < at < self.last else tuple(wrap(line.name, self._names, self.lettering))
            value, lines = BODY * LEADING, len(name) * self.lettering * LEADING
            height = max(value, lines) if self.beside else value + lines + 3
            found.append(_Label(line, point.share, point.value, name, height))
        return found

    def _side(self, at: int) -> float:
        names = max((widest(label.name, self.lettering) for label in self.labels[at]), default=0.0)
        return _LEADER + (self.values + names if self.beside else max(self.values, names))

    def ends(self, at: int) -> tuple[float, float]:
        """Return where lines arrive at a round and where they leave it: between them stands its figure."""
        half = self.gap / 2 if 0 < at < self.last else 0.0
        return self.centres[at] - half, self.centres[at] + half


def _draw(sheet: Sheet, panel: Panel) -> bool:
    """Draw the rounds side by side, and tell whether the figures of all of them are written."""
    shares = [share for line in panel.lines for _, share in line.drawn]
    if not shares:
        sheet.paragraph(sheet.style.word(term("No shares are published.")), ink=QUIET)
        return True
    frame = _Frame(sheet, panel)
    _name_rounds(sheet, panel, frame)
    span = max(max(shares) - min(shares), _SPAN)
    low = max((max(shares) + min(shares) - span) / 2, 0.0)
    high = low + span
    needed = max(sum(label.height for label in labels) for labels in frame.labels)
    height = max(min(max(sheet.room * 0.5, _LOWEST), _HIGHEST), needed - _BELOW)
    top, bottom = sheet.top + BODY, sheet.top + BODY + height
    sheet.rules([(x, top - 6, x, bottom + 6) for at in range(len(frame.centres)) for x in set(frame.ends(at))])
    _mark(sheet, panel, frame, (low, high), (bottom, top))
    sheet.top = bottom + BODY
    for at, labels in enumerate(frame.labels):
        wanted = [bottom - (label.share - low) / (high - low) * height for label in labels]
        places = spread(wanted, [label.height for label in labels], top - BODY, bottom + _BELOW)
        _set_labels(sheet, frame, at, list(zip(labels, wanted, places, strict=True)))
        ends = [place + label.height / 2 for label, place in zip(labels, places, strict=True)]
        sheet.top = max([sheet.top, *ends])
    return frame.figures or frame.last == 1


def _name_rounds(sheet: Sheet, panel: Panel, frame: _Frame) -> None:
    """Set number and day of each round above its dots."""
    style = sheet.style
    deep = 0.0
    for at, (number, day) in enumerate(zip(panel.rounds, panel.days, strict=True)):
        x = frame.centres[at]
        align: Align = "right" if at == 0 else "left" if at == frame.last else "center"
        # The first and the last keep to the margins: one that is alone between them has room on both sides.
        between = (frame.centres[1] - frame.centres[0]) * (1.8 if frame.last == 2 else 0.9)  # noqa: PLR2004
        room = {"right": x - sheet.left, "left": sheet.right - x}.get(align, between)
        title = wrap(style.say(msg("Round {number}", number=number)), room, BODY, bold=True)
        days = wrap(style.write(day, "date"), room, SMALL) if day else []
        below = sheet.top + len(title) * BODY * LEADING
        sheet.text(x, sheet.top + BODY * LEADING / 2, title, bold=True, align=align, first=True)
        sheet.text(x, below + SMALL * LEADING / 2, days, size=SMALL, ink=QUIET, align=align, first=True)
        deep = max(deep, len(title) * BODY * LEADING + len(days) * SMALL * LEADING)
    sheet.top += deep + 6


def _mark(sheet: Sheet, panel: Panel, frame: _Frame, domain: tuple[float, float], pixels: tuple[float, float]) -> None:
    """Draw lines, then dots; those who left below those who stayed."""
    alt, style = sheet.alt, sheet.style
    segments, dots = [], []
    for line in sorted(panel.lines, key=lambda line: line.stayed):
        ink = style.ink(line.ink)
        held = {"candidate": line.name, "colour": ink, "said": _said(style, panel, line)}
        dots += [
            {**held, "share": share, "x": round(x, 2), "fill": ink if line.stayed else style.ink(PAPER)}
            for at, share in line.drawn
            for x in sorted(set(frame.ends(at)))
        ]
        segments += [
            {
                **held,
                "share": one,
                "share2": other,
                "x": round(frame.ends(at)[1], 2),
                "x2": round(frame.ends(later)[0], 2),
                "thick": 2.5 if line.stayed else 1.5,
            }
            for (at, one), (later, other) in pairwise(line.drawn)
            if later == at + 1
        ]
    told = {"y": sheet.up("share", domain, pixels), "description": alt.Description("said", type="nominal")}
    plain = {"type": "nominal", "scale": None, "legend": None}
    if segments:
        lines = alt.Chart(sheet.data(segments)).mark_rule(strokeCap="round")
        thick = alt.StrokeWidth("thick", type="quantitative", scale=None, legend=None)
        sheet.add(
            lines.encode(
                **sheet.at("x", "x2"),
                **told,
                y2=alt.Y2("share2"),
                color=alt.Color("colour", **plain),
                strokeWidth=thick,
            )
        )
    points = alt.Chart(sheet.data(dots)).mark_point(size=_DOT, strokeWidth=1.5, opacity=1)
    inks = {"stroke": alt.Stroke("colour", **plain), "fill": alt.Fill("fill", **plain)}
    sheet.add(points.encode(**sheet.at("x"), **told, **inks))


def _set_labels(sheet: Sheet, frame: _Frame, at: int, labels: Sequence[tuple[_Label, float, float]]) -> None:
    """Set the labels of a round, given where each is wanted and stands; leaders go to those that were pushed aside."""
    x = frame.centres[at]
    if 0 < at < frame.last:
        for label, _, y in labels:
            sheet.text(x, y, label.value, bold=label.line.stayed, ink=_ink(label), align="center")
        return
    out, align = (-1, "right") if at == 0 else (1, "left")
    pushed = any(abs(y - wanted) > BODY / 2 for _, wanted, y in labels)
    start = x + out * (_LEADER if pushed else _ASIDE)
    if pushed:
        sheet.rules([(x + out * 5, wanted, start - out * 2, y) for _, wanted, y in labels])
    for label, _, y in labels:
        look: dict[str, Any] = {"ink": _ink(label), "align": align}
        if frame.beside:
            sheet.text(start, y, label.value, bold=label.line.stayed, **look)
            sheet.text(start + out * frame.values, y, label.name, **look)
        else:
            top = y - (label.height - 3) / 2
            sheet.text(start, top + BODY * LEADING / 2, label.value, bold=label.line.stayed, **look)
            below = top + (BODY + SMALL / 2) * LEADING
            sheet.text(start, below, label.name, size=SMALL, first=True, **look)


def _ink(label: _Label) -> Ink:
    return TEXT if label.line.stayed else QUIET
