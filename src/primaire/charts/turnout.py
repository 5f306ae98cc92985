"""Turnout against share: each unit a dot, as far to the right as many came to vote, as high as one candidate's share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.charts.inks import ACCENT, QUIET
from primaire.charts.panels import BASES, DECIMALS, Figures, refuse_many, runs, show_source, weakest
from primaire.charts.scatter import DOTTED_UP_TO, Axis, Cloud, draw, radii
from primaire.charts.sheet import HEADING, SMALL, TITLE, Sheet
from primaire.errors import NotHeldError
from primaire.matching import fold
from primaire.messages import msg, msgn
from primaire.render.safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    import pandas as pd

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.messages import Message
    from primaire.table import Section, Table

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

MOST: Final = 6
"""Panels that one picture holds."""

_TOLD, _CLEAR = 10, 0.3  # units from which a correlation is told, and from which it is called a relation
_ALL_NAMED, _OUTLYING, _FAR = 20, 6, 3.0  # units up to which all are named; else how many at most, and how far away


_KEY = (
    msg("Lines: all units that are drawn together."),
    msg("Dots are units, not voters: what goes together in places need not do so in people."),
)
"""What is to be known to read any panel."""


@dataclass(frozen=True)
class _Panel:
    """One contest and round: the rows of one candidate, one for each unit, and how many units there are in all."""

    figures: Figures
    section: Section
    rows: pd.DataFrame
    units: int
    unsure: tuple[str, ...]

    @property
    def leading(self) -> str:
        return self.figures.leading

    @cached_property
    def name(self) -> str:
        return str(
            self.figures.style.write(self.rows["candidate"].iloc[0], self.figures.table.column("candidate").kind)
        )

    def numbers(self, name: str) -> Floats:
        return np.asarray(self.rows[name].to_numpy("float64", na_value=np.nan))

    @cached_property
    def correlation(self) -> float | None:
        """Pearson's, of turnout and share; None of fewer than ten units, or where one of them is the same everywhere."""
        turnout, share = self.numbers("turnout"), self.numbers(self.leading)
        if len(turnout) < _TOLD or not turnout.std() > 0 or not share.std() > 0:
            return None
        return float(np.corrcoef(turnout, share)[0, 1])

    def whole(self, part: str, base: str) -> float | None:
        """Return one count in per cent of another, all units together; None where one is not known."""
        total, counted = self.numbers(base).sum(), self.numbers(part).sum()
        return None if np.isnan(total + counted) or not total > 0 else float(100 * counted / total)

    def write(self, whole: float, name: str) -> str:
        """Return a percentage of all units together as people read it."""
        column = self.figures.table.column(name)
        origins = [] if column.origin is None else [str(one) for one in self.rows[column.origin].dropna().unique()]
        return self.figures.marked(self.figures.style.write(whole, "share", DECIMALS), weakest(origins))

    def written(self, name: str) -> list[str]:
        """Return a percentage of each unit as people read it."""
        return self.figures.read(name, self.rows)


def turnout(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.results.results`, units by themselves, as a plane of dots.

    One candidate is drawn, that of the table or, of several, the one who has most votes in the last round; in a round in
    which they do not stand, the one who has most there. A dot lies at the turnout of a unit, in per cent of registered,
    and the share, in per cent of the base that leads the table.

    Raises:
        NotHeldError: no contest has two units with turnout and share, or there are more than :data:`MOST` contests and
            rounds.
    """
    sheet, figures = Sheet(style), Figures(table, style)
    panels = _panels(figures)
    said: list[str] = []
    for place, panel in enumerate(panels):
        said.append(f"{_head(sheet, panel, further=place > 0)}.")
        said.append(_draw(sheet, panel))
    notes = [style.say(note) for note in _KEY]
    sheet.top += 6
    for note in notes:
        sheet.paragraph(note, size=SMALL, ink=QUIET)
    show_source(sheet, figures, [panel.section for panel in panels])
    return sheet.finish(said[0].removesuffix("."), " ".join([*said, *notes]))


def _panels(figures: Figures) -> list[_Panel]:
    frame, parts = figures.table.frame, figures.table.parts()
    held, starts, stops = runs(figures.table)
    ballots = frame.iloc[starts]
    contests = ballots.groupby(["election", "contest", "round"], sort=False, dropna=False).ngroup().to_numpy()
    size = int(contests.max(initial=-1)) + 1
    refuse_many(size, MOST)
    sizes = stops - starts
    rows = np.arange(sizes.sum()) + np.repeat(starts - sizes.cumsum() + sizes, sizes)
    at = np.repeat(contests, sizes)
    votes = [frame.iloc[rows[at == place]] for place in range(size)]
    found = []
    for place, candidate in _chosen(votes, figures.leading).items():
        mine = votes[place][votes[place]["candidate"] == candidate]
        drawn = mine[mine["turnout"].notna() & mine[figures.leading].notna()]
        first = held[contests == place]
        if len(first) < 2:  # noqa: PLR2004  two dots
            continue
        unsure = ballots[contests == place]["status"].astype("str")
        found.append(_Panel(figures, parts[int(first[0])], drawn, len(first), tuple(sorted(set(unsure) - {"final"}))))
    panels = [panel for panel in found if len(panel.rows) > 1]
    if not panels:
        raise _nothing(figures, found)
    return panels


def _nothing(figures: Figures, panels: Sequence[_Panel]) -> NotHeldError:
    if panels:
        return NotHeldError(
            msg("No two units have both a turnout and a share: there is nothing to set side by side."),
            expected=msg(
                "Turnout needs registered voters, and a share votes of {base:term}.", base=BASES[figures.leading]
            ),
        )
    return NotHeldError(
        msg("There is one unit only: no turnout to set against another."),
        remedy=msg("Leave units by themselves: --by unit, or a level such as --by commune."),
    )


def _chosen(votes: Sequence[pd.DataFrame], leading: str) -> dict[int, str]:
    """Return the candidate of each panel: who leads the last round of the contest, where they stand, else who leads."""
    leaders: dict[tuple[str, str], str] = {}
    order = sorted(range(len(votes)), key=lambda place: -int(votes[place]["round"].iloc[0]))
    found = {}
    for place in order:
        rows = votes[place]
        key = (str(rows["election"].iloc[0]), str(rows["contest"].iloc[0]))
        names = {fold(name): name for name in rows["candidate"].dropna().unique().tolist()}
        wanted = leaders.get(key)
        if wanted not in names:
            by = rows.groupby("candidate", sort=False)
            total = by["votes"].agg(lambda votes: votes.sum(skipna=False))  # a sum that lacks a unit is none
            total = by[leading].mean() if total.isna().all() else total
            if total.isna().all():
                continue
            wanted = fold(str(total.idxmax()))
            leaders.setdefault(key, wanted)
        found[place] = names[wanted]
    return dict(sorted(found.items()))


def _head(sheet: Sheet, panel: _Panel, *, further: bool) -> str:
    style, first = sheet.style, panel.rows.iloc[0]
    title = style.say(_found(panel))
    contest = "" if first["contest"] == first["election"] else printable(str(first["contest"]))
    sheet.top += 18 if further else 0
    sheet.heading(title, style.say(panel.section.title), contest, size=HEADING if further else TITLE)
    return title


def _found(panel: _Panel) -> Message:
    """Say whether turnout and share go together; nothing of why."""
    if panel.correlation is None:
        return msg("{name}: turnout and share, unit by unit", name=panel.name)
    if panel.correlation >= _CLEAR:
        return msg("Where turnout is higher, {name} has a higher share", name=panel.name)
    if panel.correlation <= -_CLEAR:
        return msg("Where turnout is higher, {name} has a lower share", name=panel.name)
    return msg("{name}: no clear relation between turnout and share", name=panel.name)


def _draw(sheet: Sheet, panel: _Panel) -> str:
    """Draw a panel, and return it in words."""
    style, base = sheet.style, panel.leading.removeprefix("share_")
    names = panel.figures.read("unit", panel.rows, missing="–")
    across = _axis(panel, "turnout", style.say(msg("Turnout, % of registered voters →")), ("voters", "registered"))
    title = msg("↑ {name}, % of {base:term}", name=panel.name, base=BASES[panel.leading])
    up = _axis(panel, panel.leading, style.say(title), ("votes", base))
    said = _said(panel, names)
    label = panel.rows["label"].iloc[0]
    ink = style.colours.known(panel.name, label if isinstance(label, str) else None) or ACCENT
    cloud = Cloud(names, panel.numbers("registered"), said, ink, _outlying(across.values, up.values))
    most = draw(sheet, across, up, cloud)
    notes = " ".join(style.say(note) for note in _notes(panel, most))
    sheet.paragraph(notes, size=SMALL, ink=QUIET)
    named = [f"{said[at]}." for at in cloud.labelled] if said else []
    whole = msg(
        "All together: turnout {turnout}, share {share}.", turnout=across.written or "–", share=up.written or "–"
    )
    return " ".join([style.say(whole), *named, notes])


def _axis(panel: _Panel, name: str, title: str, counts: tuple[str, str]) -> Axis:
    whole = panel.whole(*counts)
    return Axis(title, panel.numbers(name), whole, "" if whole is None else panel.write(whole, name))


def _said(panel: _Panel, names: Sequence[str]) -> list[str]:
    """Return what each dot says; nothing where there are too many."""
    if len(names) > DOTTED_UP_TO:
        return []
    say = panel.figures.style.say
    figures = zip(names, panel.written("turnout"), panel.written(panel.leading), strict=True)
    return [
        say(msg("{unit}: turnout {turnout}, {name} {share}", unit=unit, turnout=turnout, name=panel.name, share=share))
        for unit, turnout, share in figures
    ]


def _outlying(across: Floats, up: Floats) -> list[int]:
    """Return the places of those far from the middle, the farthest first: in median absolute deviations.

    The farthest by turnout and by share take turns: many who stay at home would leave no name for a share like no other.
    """
    ways = [_deviation(up), _deviation(across)]
    if len(up) <= _ALL_NAMED:
        return [int(at) for at in np.argsort(-np.hypot(*ways), kind="stable")]
    far = [[at for at in np.argsort(-way, kind="stable")[:_OUTLYING].tolist() if way[at] > _FAR] for way in ways]
    in_turn = (at for turn in zip_longest(*far) for at in turn if at is not None)
    return list(dict.fromkeys(in_turn))[:_OUTLYING]


def _deviation(values: Floats) -> Floats:
    off = np.abs(values - np.median(values))
    # The standard deviation, were values normal; where more than half are the same, how far all are off.
    usual = 1.4826 * np.median(off) or off.mean()
    return np.asarray(off / usual if usual > 0 else np.zeros(len(values)))


def _notes(panel: _Panel, most: int) -> Iterable[Message]:
    drawn = len(panel.rows)
    sized = radii(panel.numbers("registered"), 1.0) is not None
    if most:
        yield msgn(
            "{units:count} units; the fuller the colour of a square, the more of them lie there, up to {n:count}.",
            "{units:count} units; the fuller the colour of a square, the more of them lie there, up to {n:count}.",
            most,
            units=drawn,
        )
    elif sized:
        yield msg("{n:count} units, each a dot; its area: registered voters.", n=drawn)
    else:
        yield msg("{n:count} units, each a dot.", n=drawn)
    if drawn < panel.units:
        yield msgn(
            "{n:count} unit without turnout or share is not drawn.",
            "{n:count} units without turnout or share are not drawn.",
            panel.units - drawn,
        )
    if panel.unsure:
        yield msg("Not all of the units are final: {status:term}.", status=list(panel.unsure))
    if panel.correlation is not None:
        yield msg("Correlation of turnout and share: {r:index} (from −1 to 1).", r=panel.correlation)
