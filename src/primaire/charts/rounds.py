"""The rounds of a contest side by side: who stood in which, and with which share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.charts.inks import OTHERS, Ink
from primaire.charts.panels import Figures, refuse_many, runs
from primaire.errors import NotHeldError
from primaire.matching import fold
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from primaire.table import Section


@dataclass(frozen=True)
class Point:
    """A candidate in one round: the share, None where it is not known, and the figures as people read them."""

    share: float | None
    value: str
    votes: str
    origin: str | None
    places: int | None


@dataclass(frozen=True)
class Line:
    """A candidate in all rounds of a contest, None for those in which they did not stand."""

    name: str
    label: str | None
    points: tuple[Point | None, ...]
    ink: Ink = OTHERS

    @property
    def stayed(self) -> bool:
        """Whether they stood in the last round."""
        return self.points[-1] is not None

    @property
    def drawn(self) -> list[tuple[int, float]]:
        """The rounds in which the share is known, and the share."""
        return [(at, point.share) for at, point in enumerate(self.points) if point and point.share is not None]


@dataclass(frozen=True)
class Panel:
    """The rounds of one contest in one place, and who stood in them."""

    sections: tuple[Section, ...]
    rounds: tuple[int, ...]
    days: tuple[str | None, ...]
    lines: tuple[Line, ...]


def grouped(figures: Figures, most: int) -> tuple[list[tuple[Section, ...]], list[Section]]:
    """Return the sections of each contest that has several rounds, by round, and those of contests with one.

    Raises:
        NotHeldError: no contest has two rounds, or more than ``most`` have.
    """
    table, parts = figures.table, figures.table.parts()
    held, starts, _ = runs(table)
    heads = table.frame.iloc[starts]
    contest = heads.groupby(["election", "contest", "level", "unit"], sort=False, dropna=False).ngroup().to_numpy()
    order = np.lexsort([heads["round"].to_numpy(), contest])
    groups = np.split(held[order], np.flatnonzero(np.diff(contest[order])) + 1) if len(held) else []
    several = [group for group in groups if len(group) > 1]
    if not several:
        raise NotHeldError(
            msg("No contest has candidates in two rounds here: nothing to set side by side."),
            remedy=msg("Name the files of all rounds, or draw the results of this one."),
        )
    refuse_many(len(several), most)
    single = [group[0] for group in groups if len(group) == 1]
    return [tuple(parts[int(at)] for at in group) for group in several], [parts[int(at)] for at in single]


def round_of(figures: Figures, section: Section) -> int:
    """Return the number of the round that a section is of."""
    return int(figures.cells("round", section)[0])


def side_by_side(figures: Figures, sections: tuple[Section, ...]) -> Panel:
    """Return the rounds of a contest with who stood in them, the same by their name, in the colours they are known by."""
    people: dict[tuple[str, int], list[Point | None]] = {}
    known: dict[tuple[str, int], tuple[str, str | None]] = {}
    for at, section in enumerate(sections):
        met: Counter[str] = Counter()
        for name, label, point in _points(figures, section):
            key = (fold(name), met[fold(name)])  # two may bear one name
            met[fold(name)] += 1
            known[key] = (name, label)
            people.setdefault(key, [None] * len(sections))[at] = point
    inks = figures.style.colours.well_known(list(known.values()))
    inks = inks or figures.style.colours.of(known[key] for key, points in people.items() if points[-1] is not None)
    lines = tuple(
        Line(*known[key], points=tuple(points), ink=inks.get(known[key][0], OTHERS)) for key, points in people.items()
    )
    return Panel(
        sections,
        tuple(round_of(figures, section) for section in sections),
        tuple(figures.cells("date", section)[0] for section in sections),
        lines,
    )


def _points(figures: Figures, section: Section) -> Iterable[tuple[str, str | None, Point]]:
    leading = figures.leading
    column = figures.table.column(leading)
    absent = [None] * (section.stop - section.start)
    held = zip(
        figures.numbers(leading, section),
        figures.texts(leading, section, missing=term("not published")),
        figures.texts("votes", section),
        absent if column.origin is None else figures.cells(column.origin, section),
        absent if column.places is None else figures.cells(column.places, section),
        strict=True,
    )
    labels = figures.texts("label", section)
    for name, label, point in zip(figures.texts("candidate", section), labels, held, strict=True):
        yield name, label or None, Point(*point)
